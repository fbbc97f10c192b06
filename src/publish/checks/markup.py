"""Checks of raw markup in a manuscript: what of it comes into no edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from publish.documents import Document, trees
from publish.documents.trees import Node
from publish.editions import markup
from publish.problems import Location, Problem, Severity

_PICTURE = re.compile(r"""<img\b[^>]*\bsrc\s*=\s*["']?(?!\s*([\w.+-]+:|[/\\]{2}))""", re.IGNORECASE)
_HTML = ("html", "html4", "html5")


def check(nodes: Iterable[Node], document: Document) -> Iterator[Problem]:
    """Warnings `markup-dropped`: another program's own code, HTML that is not for text.

    And `markup-picture`: pictures that are in raw HTML. And `table-head`: tables without a head,
    whose cells nobody can name who hears them. In: every node of the document.
    """
    for node in nodes:
        if node["t"] in ("RawBlock", "RawInline"):
            yield from _raw(node["c"][0], node["c"][1], document)
        elif node["t"] == "Table" and not _has_head(node["c"]):
            hint = "Give it a first row that says what stands below; see docs/authors.md."
            what = "this table has no head, so that nobody who listens knows what a cell means"
            words = next((each["c"] for each in trees.every([node]) if each["t"] == "Str"), "")
            place = Location(document.path, document.line_of(words))
            yield Problem("table-head", what, place, Severity.WARNING, hint)


def _raw(format: str, text: str, document: Document) -> Iterator[Problem]:
    place = Location(document.path, document.line_of(text.strip().partition("\n")[0]))
    if format in _HTML and _PICTURE.search(text):
        hint = 'Write ![Caption](file.svg){alt="…"}: then it is in every edition, and checked.'
        what = "a picture in raw HTML is no part of the publication: EPUB and PDF lack its file"
        yield Problem("markup-picture", what, place, Severity.WARNING, hint)
    lost = markup.lost(text) if format in _HTML else [f"raw {format}"]
    if lost:
        hint = "Write it in Markdown; what is for one format only has no place in a manuscript."
        what = f"{', '.join(lost)} is left out of every edition"
        yield Problem("markup-dropped", what, place, Severity.WARNING, hint)


def _has_head(contents: Any) -> bool:
    """Whether a table has a row or a column of heads (pandoc-types, `Table`)."""
    _, _, _, (_, rows), bodies, _ = contents
    return bool(rows) or any(columns or heads for _, columns, heads, _ in bodies)
