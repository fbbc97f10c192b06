"""Reporting: the progress of the editions as a table for a terminal, and as a page to be mailed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish import manuscripts, styles
from publish.pipeline.translation.progress import Count, Progress
from publish.project import Project

_HEADS = ("edition", "language", "", "translated", "", "reviewed", "approved", "fuzzy", "missing",
          "source", "in", "out")  # fmt: skip
_TEXTS = {0, 1, 2, 9}  # columns of words; the others are numbers, and stand to the right


def as_table(found: Sequence[Progress]) -> str:
    """For people: two lines an edition, in aligned columns; numbers stand to the right."""
    rows = [_HEADS, *(row for one in found for row in _rows(one))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def as_page(project: Project, found: Sequence[Progress]) -> bytes:
    """A report in one HTML file that needs nothing else, without a script."""
    from publish.renderers import pages  # heavy, and only now it is wanted

    metadata = manuscripts.read(project).metadata
    style = styles.read(project.styles)
    css = style.sheet("status.css")
    return pages.fill("status.html", style, found=found, metadata=metadata, css=css).encode()


def _rows(one: Progress) -> Iterator[tuple[str, ...]]:
    stands = f"{one.source.version} of {one.source.date}" if one.source else "never complete"
    yield (one.edition, one.name, "messages", *_cells(one.messages), stands, "", "")
    came, went = one.since
    yield ("", "", "words", *_cells(one.words), "", f"+{came}" if came else "",
           f"−{went}" if went else "")  # fmt: skip


def _cells(count: Count) -> tuple[str, ...]:
    return (
        f"{count.translated} of {count.total}",
        share(count.translated, count.total),
        *map(str, (count.reviewed, count.approved, count.fuzzy, count.missing)),
    )


def share(part: int, whole: int) -> str:
    """Per cents, rounded down: 100 % is nothing less."""
    return f"{100 * part // max(1, whole)} %"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "  ".join(
        text.ljust(width) if n in _TEXTS else text.rjust(width)
        for n, (text, width) in enumerate(cells)
    ).rstrip()
