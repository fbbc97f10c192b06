"""Checks of tables: whether a page has room for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.checks.written import written
from publish.documents import Document, trees
from publish.documents.pandoc import Pandoc
from publish.editions import markup
from publish.problems import Location, Problem, Severity
from publish.renderers.tables import PRINTED, SMALLEST, room_needed

_HINT = "Turn rows and columns, make two tables of it, or shorten the longest words."


def check(documents: Iterable[Document], pandoc: Pandoc) -> Iterator[Problem]:
    """Warnings `table-wide`: a table that the PDF has no room for in the smallest type."""
    for document, node, html in written(documents, "Table", pandoc):
        if _need(html) > PRINTED / SMALLEST:
            words = max(trees.strings(node["c"]), key=len, default="")
            what = "the table is wider than a page: the PDF will divide words and numbers in it"
            place = Location(document.path, document.line_of(words))
            yield Problem("table-wide", what, place, Severity.WARNING, _HINT)


def _need(html: str) -> float:
    from publish.renderers import pages  # which few builds need: a table is looked at once

    return room_needed(pages.parse(markup.clean(html)))
