"""Checks of tables: whether a page has room for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.documents import Document, trees
from publish.documents.pandoc import Pandoc
from publish.documents.serving import PandocError
from publish.editions import markup
from publish.problems import Location, Problem, Severity
from publish.renderers.tables import PRINTED, SMALLEST, room_needed

_HINT = "Turn rows and columns, make two tables of it, or shorten the longest words."


def check(documents: Iterable[Document], pandoc: Pandoc) -> Iterator[Problem]:
    """Warnings `table-wide`: a table that the PDF has no room for in the smallest type."""
    tables = [
        (document, node)
        for document in documents
        for node in trees.every(document.blocks)
        if node["t"] == "Table"
    ]
    if not tables:
        return
    from publish.renderers import pages  # which few builds need: a table is looked at once

    try:
        written = pandoc.html([[node] for _, node in tables])
    except PandocError:
        return  # who makes the edition tells of it
    for (document, node), html in zip(tables, written, strict=True):
        if room_needed(pages.parse(markup.clean(html))) > PRINTED / SMALLEST:
            words = max(trees.strings(node["c"]), key=len, default="")
            what = "the table is wider than a page: the PDF will divide words and numbers in it"
            place = Location(document.path, document.line_of(words))
            yield Problem("table-wide", what, place, Severity.WARNING, _HINT)
