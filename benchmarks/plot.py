"""A plot of bars as SVG: text as text, in the colours of the page that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABEL, BAR, GAP, HEAD = 760, 250, 16, 5, 44
MOST = 1.6  # of what is 1; a longer bar is cut off, and its number tells
STYLE = """
text { font: 13px sans-serif; fill: #222 }
.note { fill: #666; font-size: 12px }
.title { font-weight: bold }
.publish { fill: #1f6f8b }
.rival { fill: #c9c4b8 }
.line { stroke: #888; stroke-width: 1 }
.goal { stroke: #b3362b; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .note { fill: #aaa } .rival { fill: #6b675e } .publish { fill: #4aa3c2 }
}
"""


@dataclass(frozen=True)
class Bar:
    """A bar: its length is a share of what is 1; `note` stands behind it."""

    label: str
    share: float
    note: str
    ours: bool = False
    goal: float | None = None


@dataclass(frozen=True)
class Group:
    """Bars below a title."""

    title: str
    bars: Sequence[Bar]


def drawn(title: str, groups: Sequence[Group]) -> str:
    """The plot; red lines are goals, the grey line is 1."""
    parts, y = [], HEAD
    for group in groups:
        parts.append(f'<text class="title" x="0" y="{y + BAR - 3}">{escape(group.title)}</text>')
        y += BAR + GAP
        for bar in group.bars:
            parts += bar_at(bar, y)
            y += BAR + GAP
        y += 2 * GAP
    one = place(1)
    parts.append(f'<line class="line" x1="{one}" x2="{one}" y1="{HEAD - 8}" y2="{y}"/>')
    head = f'<text class="note" x="0" y="16">{escape(title)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n"
        + "\n".join([head, *parts])
        + "\n</svg>\n"
    )


def bar_at(bar: Bar, y: int) -> list[str]:
    """A bar with its label, its number, and its goal as a line across it."""
    end, base = place(min(bar.share, MOST)), y + BAR - 4
    kind = "publish" if bar.ours else "rival"
    parts = [
        f'<text x="{LABEL - 8}" y="{base}" text-anchor="end">{escape(bar.label)}</text>',
        f'<rect class="{kind}" x="{LABEL}" y="{y}" width="{max(1, end - LABEL)}" height="{BAR}"/>',
        f'<text class="note" x="{end + 6}" y="{base}">{escape(bar.note)}</text>',
    ]
    if bar.goal is not None:
        x = place(bar.goal)
        parts.append(f'<line class="goal" x1="{x}" x2="{x}" y1="{y - 2}" y2="{y + BAR + 2}"/>')
    return parts


def place(share: float) -> int:
    """Where a share ends, from the left."""
    return round(LABEL + share * (WIDTH - LABEL - 90) / MOST)
