"""XLIFF 1.2, for tools that know nothing newer (OmegaT 3 and 4, Trados before 2017).

http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html: `g` encloses, `x` stands alone. These
tools cut sentences themselves, and many translate what stands in `target`: so there the source
stands until somebody has translated it, with the state needs-translation.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publish.catalogues.reviews import State
from publish.exchange import glossaries, xmls
from publish.exchange.safety import refused
from publish.exchange.values import (
    Code,
    Delivery,
    Parcel,
    Part,
    Parts,
    Remark,
    Returned,
    Unit,
    lot,
    tidy,
    words,
)
from publish.problems import Location

CORE = "urn:oasis:names:tc:xliff:document:1.2"
OWN = "urn:publish:exchange"

_STATE, _EDITION = f"{{{OWN}}}state", f"{{{OWN}}}edition"
_FUZZY = {"needs-review-translation", "needs-adaptation", "needs-l10n", "needs-review-adaptation"}
_NOTES = {"publish", "glossary"}  # whom we have them from
_UNDONE = {"new", "needs-translation"}
_STATES = {
    State.MISSING: "needs-translation",
    State.FUZZY: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.REVIEWED: "signed-off",
    State.APPROVED: "final",
}
_KNOWN = {"signed-off": State.REVIEWED, "final": State.APPROVED}


def write(parcel: Parcel) -> bytes:
    """A parcel as XLIFF 1.2."""
    root = etree.Element(f"{{{CORE}}}xliff", {"version": "1.2"}, nsmap={None: CORE, "publish": OWN})
    languages = {"source-language": parcel.source_language, "target-language": parcel.language}
    file = _add(root, "file", original=parcel.path, datatype="plaintext", **languages)
    file.set(_EDITION, parcel.edition)
    body = _add(file, "body")
    for unit in parcel.units:
        _unit(body, unit, parcel)
    xmls.indent(root, leave={f"{{{CORE}}}source", f"{{{CORE}}}target"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{CORE}}}{tag}", attributes)


def _unit(body: etree._Element, unit: Unit, parcel: Parcel) -> None:
    element = _add(body, "trans-unit", id=unit.id)
    element.set(_STATE, unit.base)
    element.set(xmls.SPACE, "preserve")
    _fill(_add(element, "source"), unit.source, unit)
    if unit.target and not unit.entry.fuzzy:
        element.set("approved", "yes")
    state = _STATES[unit.state] if unit.target else "needs-translation"
    target = _add(element, "target", state=state)
    _fill(target, unit.target or unit.source, unit)
    for text in (*unit.entry.extracted, *unit.entry.references, *unit.entry.comments):
        _add(element, "note", **{"from": "publish"}).text = text
    for term in glossaries.occurring(parcel.terms, words(unit.source)):
        said = f" ({known})" if (known := glossaries.said(term)) else ""
        note = _add(element, "note", **{"from": "glossary"})
        note.text = f"{term.term} = {term.translation}{said}"


def _fill(element: etree._Element, parts: Parts, unit: Unit) -> None:
    at = element
    for part in parts:
        if isinstance(part, str):
            xmls.say(at, part)
        elif part.form == "close":
            at = xmls.outside(at)
        elif part.form == "open":
            at = _add(at, "g", id=part.id)
        else:
            _add(at, "x", id=part.id, **{"equiv-text": unit.shells[part.id].start or " "})


def read(root: etree._Element, path: str) -> Delivery:
    """What came back as XLIFF 1.2."""
    file = root.find(f"{{{CORE}}}file")
    if file is None:
        raise refused("exchange-broken", "this XLIFF has no file in it", path)
    found = [_returned(unit, path) for unit in root.iter(f"{{{CORE}}}trans-unit")]
    edition = file.get(_EDITION) or (file.get("target-language") or "")
    done = [each for each in found if each.target]
    said = [r for unit in root.iter(f"{{{CORE}}}trans-unit") for r in _remarks(unit, path)]
    return Delivery("XLIFF", edition, done, lot=lot("XLIFF 1", found), remarks=said)


def _remarks(unit: etree._Element, path: str) -> Iterator[Remark]:
    """Notes that are none of ours."""
    for note in unit.iterfind(f"{{{CORE}}}note"):
        text = "".join(note.itertext()).strip()
        if text and note.get("from") not in _NOTES:
            yield Remark(unit.get("id", ""), text, Location(path, note.sourceline))


def _returned(unit: etree._Element, path: str) -> Returned:
    target, source = unit.find(f"{{{CORE}}}target"), unit.find(f"{{{CORE}}}source")
    state = target.get("state", "") if target is not None else ""
    parts = () if target is None else tidy(tuple(_inside(target)))
    if state in _UNDONE and source is not None and parts == tidy(tuple(_inside(source))):
        parts = ()
    place = Location(path, unit.sourceline)
    fuzzy = state in _FUZZY and unit.get("approved") != "yes"
    said = State.FUZZY if fuzzy else _KNOWN.get(state, State.TRANSLATED)
    return Returned(unit.get("id", ""), parts, place, said, unit.get(_STATE, ""))


def _inside(element: etree._Element) -> Iterator[Part]:
    if element.text:
        yield element.text
    for child in element:
        id = child.get("id", "")
        if child.tag == f"{{{CORE}}}g":
            yield from (Code(id, "open"), *_inside(child), Code(id, "close"))
        elif child.tag == f"{{{CORE}}}mrk":
            yield from _inside(child)
        else:
            yield Code(id or "?", "lone")
        if child.tail:
            yield child.tail
