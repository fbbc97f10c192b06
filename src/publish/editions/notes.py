"""Notes: calls in the text and the notes themselves at the end of each chapter, linked both ways.

Roles are those of DPUB-ARIA 1.1 (https://www.w3.org/TR/dpub-aria-1.1/): doc-noteref,
doc-endnotes, doc-backlink. A renderer may move the notes elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from publish.documents import trees
from publish.documents.trees import Blocks, Node


def gathered(blocks: Blocks, chapter: str, words: Mapping[str, str]) -> Blocks:
    """A chapter with its notes in a section at the end."""
    found: list[Blocks] = []

    def call(node: Node) -> Node:
        found.append(node["c"])
        number = len(found)
        return _html(
            f'<sup class="noteref"><a id="fnref-{chapter}-{number}" '
            f'href="#fn-{chapter}-{number}" role="doc-noteref">{number}</a></sup>'
        )

    changed: Blocks = trees.rewritten(blocks, call, {"Note"})
    return [*changed, *_section(found, chapter, words)] if found else changed


def _section(notes: list[Blocks], chapter: str, words: Mapping[str, str]) -> Blocks:
    start = (
        f'<section id="notes-{chapter}" class="notes" role="doc-endnotes">'
        f"<h2>{escape(words['notes'])}</h2><ol>"
    )
    items = [
        block
        for number, note in enumerate(notes, 1)
        for block in (
            _html(f'<li id="fn-{chapter}-{number}">', "Block"),
            *_with_way_back(note, f"fnref-{chapter}-{number}", words["back-to-text"]),
            _html("</li>", "Block"),
        )
    ]
    return [_html(start, "Block"), *items, _html("</ol></section>", "Block")]


def _with_way_back(note: Blocks, call: str, label: str) -> Blocks:
    """A note that ends in a link back to its call."""
    back = _html(
        f'<a class="backlink" href="#{call}" role="doc-backlink" aria-label="{escape(label)}">↩</a>'
    )
    if note and note[-1]["t"] in {"Para", "Plain"}:
        last = {"t": note[-1]["t"], "c": [*note[-1]["c"], trees.string("\u00a0"), back]}
        return [*note[:-1], last]
    return [*note, {"t": "Para", "c": [back]}]


def _html(text: str, kind: str = "Inline") -> Node:
    return {"t": f"Raw{kind}", "c": ["html", text]}
