"""XLIFF 2.0 and 2.1 read, as any tool may have left it.

A tool may join and split segments, change their order, turn a `pc` into `sc` and `ec`, add
annotations (XLIFF 2.1, 4.7 and 4.8). Only ids are believed, not the original data beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.catalogues.reviews import State
from publish.exchange.safety import refused
from publish.exchange.values import Code, Delivery, Part, Parts, Remark, Returned, lot, tidy
from publish.exchange.xliff import CORE, FUZZY, METADATA, NOTES
from publish.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_STATES = {"reviewed": State.REVIEWED, "final": State.APPROVED}
_FMT = {"xlf:i": "Emph", "xlf:b": "Strong", "xlf:u": "Underline"}


def read(root: _Element, path: str) -> Delivery:
    """What came back; PublishError `exchange-broken` for what is XLIFF in name only."""
    if not root.get("version", "").startswith("2."):
        what = (
            f"this is XLIFF {root.get('version', 'without a version')}; 1.2 and 2.0 to 2.2 are read"
        )
        raise refused("exchange-type", what, path)
    units = list(root.iter(_tag("unit")))
    found: list[Returned] = []
    warnings: list[Problem] = []
    read = [_unit(unit, path) for unit in units]
    for whole, returned in read:
        found += [returned] if returned.target and whole else []
        warnings += [] if whole else [incomplete(returned.location)]
    edition = _meta(next(root.iter(_tag("file")), root), "edition")
    edition, all_of_it = edition or root.get("trgLang", ""), lot("XLIFF 2", (r for _, r in read))
    said = [remark for unit in units for remark in _remarks(unit, path)]
    return Delivery("XLIFF", edition, found, warnings=warnings, lot=all_of_it, remarks=said)


def _remarks(unit: _Element, path: str) -> Iterator[Remark]:
    """Notes that are none of ours."""
    for note in unit.iterfind(f"{_tag('notes')}/{_tag('note')}"):
        text = "".join(note.itertext()).strip()
        if text and note.get("category") not in NOTES:
            yield Remark(unit.get("id", ""), text, Location(path, note.sourceline))


def incomplete(place: Location) -> Problem:
    """Some sentences of a passage are translated, some are not."""
    what = "this passage is translated in part only, and stays as it was"
    hint = "Translate its other sentences too, and import again."
    return Problem("exchange-incomplete", what, place, Severity.WARNING, hint)


def _tag(name: str) -> str:
    return f"{{{CORE}}}{name}"


def _unit(unit: _Element, path: str) -> tuple[bool, Returned]:
    """Whether all sentences of a unit are translated, or none is; what it says."""
    parts: list[Part] = []
    states: list[tuple[str, str]] = []
    done: list[bool] = []
    for piece in _in_order(unit):
        target, source = piece.find(_tag("target")), piece.find(_tag("source"))
        segment = piece.tag == _tag("segment")
        if segment:
            states.append((piece.get("state", "initial"), piece.get("subState", "")))
            done.append(_said(target) or not _said(source))
        used = target if target is not None or segment else source
        parts += _parts(used) if used is not None else ()
    state = min((_state(*each) for each in states), default=None)
    place = Location(path, unit.sourceline)
    target_parts = tidy(tuple(parts)) if any(done) else ()
    returned = Returned(unit.get("id", ""), target_parts, place, state, _meta(unit, "state"))
    return all(done) or not any(done), returned


def _state(state: str, sort: str) -> State:
    """What a segment's state means; one that a tool left at its beginning, no more than its words.

    A passage is no further than the least of its sentences.
    """
    if (state, sort) == ("initial", FUZZY):
        return State.FUZZY
    return _STATES.get(state, State.TRANSLATED)


def _said(element: _Element | None) -> bool:
    return element is not None and bool(tidy(_parts(element)))


def _in_order(unit: _Element) -> list[_Element]:
    """Segments and what is between them, as their targets want to be ordered (4.3.1.23)."""
    pieces = [e for e in unit if e.tag in {_tag("segment"), _tag("ignorable")}]

    def order(numbered: tuple[int, _Element]) -> int:
        number, piece = numbered
        target = piece.find(_tag("target"))
        wanted = target.get("order", "") if target is not None else ""
        return int(wanted) if re.fullmatch(r"\d{1,9}", wanted) else number

    return [piece for _, piece in sorted(enumerate(pieces, 1), key=order)]


def _parts(element: _Element) -> Parts:
    return tuple(_inside(element))


def _inside(element: _Element) -> Iterator[Part]:
    if element.text:
        yield element.text
    for child in element:
        yield from _inline(child)
        if child.tail:
            yield child.tail


def _inline(element: _Element) -> Iterator[Part]:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    match name:
        case "pc":
            id = _id(element)
            yield from (Code(id, "open"), *_inside(element), Code(id, "close"))
        case "ph":
            yield Code(_id(element), "lone")
        case "sc":
            yield Code(_id(element), "open")
        case "ec":
            yield Code(element.get("startRef") or element.get("id") or "", "close")
        case "mrk":
            yield from _inside(element)
        case "cp" | "sm" | "em":
            return
        case _:
            yield Code(name or "?", "lone")  # nobody will know it


def _id(element: _Element) -> str:
    """A code's id; one that a translator added has none of ours, but may say what it is."""
    id = element.get("id", "")
    if not element.get("dataRefStart") and element.tag == _tag("pc"):
        return _FMT.get(element.get("subType") or "", id)
    return id


def _meta(element: _Element, name: str) -> str:
    for group in element.findall(f"{{{METADATA}}}metadata/{{{METADATA}}}metaGroup"):
        for meta in group if group.get("category") == "publish" else ():
            if meta.get("type") == name:
                return (meta.text or "").strip()
    return ""
