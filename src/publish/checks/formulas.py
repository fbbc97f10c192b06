"""Checks of formulas: whether an edition can show what their TeX says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publish.checks.written import written
from publish.documents import Document
from publish.documents.pandoc import Pandoc
from publish.problems import Location, Problem, Severity

_HINT = "Write it with other commands; docs/authors.md names what can be set."
_UNSET = {  # elements of MathML that the PDF leaves out: `renderers.pdf.equations`
    "menclose": "a frame or a stroke",
    "mmultiscripts": "indices before a letter",
}
_ELEMENT = re.compile(r"<(\w+)")


def check(documents: Iterable[Document], pandoc: Pandoc) -> Iterator[Problem]:
    """Warnings `formula-tex`: TeX that stays as it is; `formula-form`: what the PDF leaves out."""
    for document, node, html in written(documents, "Math", pandoc):
        yield from _problems(document, node["c"][1], set(_ELEMENT.findall(html)))


def _problems(document: Document, tex: str, elements: set[str]) -> Iterator[Problem]:
    place = Location(document.path, document.line_of(tex))
    if "math" not in elements:
        what = f"“{tex}” cannot be read as a formula: its TeX would be printed as it stands"
        yield Problem("formula-tex", what, place, Severity.WARNING, _HINT)
    for name in sorted(elements & _UNSET.keys()):
        what = f"the PDF sets “{tex}” without {_UNSET[name]}"
        yield Problem("formula-form", what, place, Severity.WARNING, _HINT)
