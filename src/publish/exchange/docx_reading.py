"""DOCX read, whatever a word processor made of it: runs split, styles changed, changes tracked.

Insertions count, deletions do not (ISO/IEC 29500-1, 17.13.5); comments are told. A row is found
by the id in it, its translation by the head of the column. Places are rows of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from publish.exchange import safety, xmls
from publish.exchange.docx_parts import W
from publish.exchange.docx_words import HEADS
from publish.exchange.values import Code, Delivery, Part, Parts, Remark, Returned, lot, tidy
from publish.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT = "word/document.xml"

_LAST = 3  # the column of the translations, where no head says another
_COMMENTS, _CORE = "word/comments.xml", "docProps/core.xml"
_ID = re.compile(r"\b(m[0-9a-f]{16})\s*(none|[0-9a-f]{12}(?:~|\+{1,2})?)?")
_EDITION = re.compile(r"publish:([A-Za-z0-9+-]+)")
_TOKEN = re.compile(r"⟦\s*(?P<end>/?)\s*(?P<id>[\w.-]+)\s*(?P<lone>\|[^⟧]*)?⟧")
_SAID = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SKIPPED = {"del", "moveFrom", "AlternateContent", "rPr", "pPr", "instrText", "delText"}
_FOREIGN = {"footnoteReference", "endnoteReference", "drawing", "pict", "object", "sym", "oMath"}


def read(archive: safety.Archive, path: str) -> Delivery:
    """What came back in a Word document."""
    root = safety.xml(archive.read(DOCUMENT), path)
    found = _EDITION.search(" ".join(root.itertext(f"{{{W}}}t")))
    rows = [row for row in root.iter(f"{{{W}}}tr") if not _deleted(row)]
    returned: list[Returned] = []
    warnings: list[Problem] = []
    places: dict[str, tuple[str, Location]] = {}
    column, ours = _LAST, {_table(row) for row in rows if _is_ours(_texts(row))}
    for number, row in enumerate(rows, 1):
        place, cells = Location(path, number), _texts(row)
        column = _column(cells, column)
        one = _returned(cells, column, place) if _table(row) in ours else None
        if isinstance(one, Problem):
            warnings.append(one)
        elif one:
            returned.append(one)
            warnings += _noticed(row, place)
            places |= dict.fromkeys(_commented(row), (one.id, place))
    if not returned and found is None:
        hint = "Only tables that `publish exchange export` made can be read."
        raise safety.refused("exchange-type", "this Word document has no table of ours", path, hint)
    kept = [each for each in returned if each.target]
    by, whole = _author(archive, path), lot("DOCX", returned)
    edition, said = found[1] if found else "", _comments(archive, path, places)
    return Delivery("DOCX", edition, kept, by, warnings, lot=whole, remarks=said)


def _table(row: _Element) -> _Element:
    return next(row.iterancestors(f"{{{W}}}tbl"), row)


def _texts(row: _Element) -> list[str]:
    """The words of a row's cells, but of none that is in a table within one."""
    cells = row.iter(f"{{{W}}}tc")
    return [_text(cell) for cell in cells if next(cell.iterancestors(f"{{{W}}}tr")) is row]


def _is_ours(cells: Sequence[str]) -> bool:
    return _is_head(cells) or any(map(_ID.search, cells))


def _is_head(cells: Sequence[str]) -> bool:
    return any(_EDITION.fullmatch(cell.strip()) for cell in cells)


def _column(cells: Sequence[str], former: int) -> int:
    """The column of the translations, if these are the heads; somebody may have added others."""
    if not _is_head(cells):
        return former
    return next((n for n, cell in enumerate(cells) if cell.strip().startswith(HEADS)), _LAST)


def _returned(cells: Sequence[str], column: int, place: Location) -> Returned | Problem | None:
    """What a row says, or why nobody can know what it says; None for heads and empty rows."""
    others = (cell for n, cell in enumerate(cells) if n != column)
    id = next((match for cell in others if (match := _ID.search(cell))), None)
    if id and len(cells) > column:
        return Returned(id[1], _parts(cells[column]), place, None, id[2] or "")
    if not id and (_is_head(cells) or not any(map(str.strip, cells))):
        return None
    shown = " ".join((cells[column] if len(cells) > column else cells[-1]).split())[:60]
    what = f"this row has {'no cell for the translation' if id else 'lost its id'}: “{shown}”"
    hint = "It was not read. Mend the row, or write the translation into the catalogue."
    return Problem("exchange-row", what, place, Severity.WARNING, hint)


def _deleted(row: _Element) -> bool:
    return row.find(f"{{{W}}}trPr/{{{W}}}del") is not None


def _text(cell: _Element) -> str:
    """The words of a cell; where a new paragraph was begun, a space."""
    paragraphs = ("".join(_words(paragraph)) for paragraph in _paragraphs(cell))
    return " ".join(text for text in paragraphs if text.strip())


def _paragraphs(element: _Element) -> Iterator[_Element]:
    """Those of the cell itself, not of a text box in it (which stands there twice)."""
    for child in element:
        name = xmls.local(child)
        if name == "p":
            yield child
        elif name not in _SKIPPED:
            yield from _paragraphs(child)


def _words(element: _Element) -> Iterator[str]:
    for child in element:
        name = xmls.local(child)
        if name == "t":
            yield child.text or ""
        elif name in _SAID:
            yield _SAID[name]
        elif name not in _SKIPPED and name not in _FOREIGN and name != "p":
            yield from _words(child)


def _parts(text: str) -> Parts:
    parts: list[Part] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts.append(text[end : match.start()])
        form = "lone" if match["lone"] else "close" if match["end"] else "open"
        parts.append(Code(match["id"], form))  # type: ignore[arg-type]  # one of three words
        end = match.end()
    return tidy((*parts, text[end:]))


def _noticed(row: _Element, place: Location) -> Iterator[Problem]:
    """What somebody did in a row that is not taken as it stands, or not taken at all."""
    names = {xmls.local(element) for element in row.iter() if isinstance(element.tag, str)}
    if names & {"ins", "del", "moveTo", "moveFrom"}:
        what = "there are tracked changes here; they are taken as accepted"
        hint = "Reject in the word processor what is not to be taken, and import again."
        yield Problem("exchange-tracked", what, place, Severity.WARNING, hint)
    if foreign := sorted(names & _FOREIGN):
        what = f"what a word processor put in here is left out: {', '.join(foreign)}"
        hint = "Notes, pictures and symbols come from the manuscript, as tokens such as ⟦1⟧."
        yield Problem("exchange-left-out", what, place, Severity.WARNING, hint)


def _commented(row: _Element) -> set[str]:
    """The ids of the comments on something in a row."""
    marks = row.iter(*(f"{{{W}}}comment{what}" for what in ("RangeStart", "RangeEnd", "Reference")))
    return {mark.get(f"{{{W}}}id", "") for mark in marks}


def _comments(
    archive: safety.Archive, path: str, places: Mapping[str, tuple[str, Location]]
) -> list[Remark]:
    """What stands in the margin, each by the message on which it is, if on any."""
    if _COMMENTS not in archive.names:
        return []
    root = safety.xml(archive.read(_COMMENTS), path)
    return [
        Remark(id, f"{one.get(f'{{{W}}}author', '')}: {_text(one)}", place)
        for one in root.iter(f"{{{W}}}comment")
        for id, place in [places.get(one.get(f"{{{W}}}id", ""), ("", Location(path)))]
    ]


def _author(archive: safety.Archive, path: str) -> str:
    """Who saved it last, by its own account."""
    if _CORE not in archive.names:
        return ""
    root = safety.xml(archive.read(_CORE), path)
    names = {"lastModifiedBy", "creator"}
    said = {
        xmls.local(e): e.text or ""
        for e in root
        if isinstance(e.tag, str) and xmls.local(e) in names
    }
    return " ".join((said.get("lastModifiedBy") or said.get("creator") or "").split())[:100]
