"""XLIFF 2.1 (ISO 21720:2017) written: a file a document, a unit a message, a segment a sentence.

https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html. The glossary is that of
its module (5.2), on each unit the terms that occur in it; what we need to know when the file
comes back (edition, state of the translation) is in the metadata module (5.4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lxml import etree

from publish.catalogues.reviews import State
from publish.exchange import glossaries, sentences, xmls
from publish.exchange.values import Code, Parcel, Parts, Shell, Term, Unit, words

CORE = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
FUZZY = "publish:fuzzy"
NOTES = ("place", "reference", "context", "comment", "translator", "former-source")
# XLIFF 2.1, 4.3.1.33; a plural message half translated is none that is handed out.
STATES = {
    State.MISSING: "initial",
    State.FUZZY: "initial",
    State.TRANSLATED: "translated",
    State.REVIEWED: "reviewed",
    State.APPROVED: "final",
}

# A language may have to cite in another way, or to quote otherwise: `comparison` decides.
_FREE = {"Cite", "Citation", ";", "Literal"}
_NAMES = {None: CORE, "gls": GLOSSARY, "mda": METADATA}


def write(parcel: Parcel) -> bytes:
    """A parcel as XLIFF 2.1."""
    root = etree.Element(f"{{{CORE}}}xliff", version="2.1", nsmap=_NAMES)
    root.set("srcLang", parcel.source_language)
    root.set("trgLang", parcel.language)
    for number, (path, units) in enumerate(_by_document(parcel.units).items(), 1):
        file = _add(root, "file", id=f"f{number}", original=path)
        file.set(xmls.SPACE, "preserve")
        _meta(file, edition=parcel.edition, catalogue=parcel.path)
        _add(_add(file, "notes"), "note", id="n1", category="publication").text = parcel.title
        for unit in units:
            _unit(file, unit, parcel)
    xmls.indent(root, leave={f"{{{CORE}}}source", f"{{{CORE}}}target"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _by_document(units: Sequence[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        references = unit.entry.references
        found[references[0].rpartition(":")[0] if references else "publish"].append(unit)
    return found


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{CORE}}}{tag}", attributes)


def _meta(parent: etree._Element, **values: str) -> None:
    metadata = etree.SubElement(parent, f"{{{METADATA}}}metadata")
    group = etree.SubElement(metadata, f"{{{METADATA}}}metaGroup", category="publish")
    for name, value in values.items():
        etree.SubElement(group, f"{{{METADATA}}}meta", type=name).text = value


def _unit(file: etree._Element, unit: Unit, parcel: Parcel) -> None:
    element = _add(file, "unit", id=unit.id, canResegment="yes")
    _glossary(element, glossaries.occurring(parcel.terms, words(unit.source)))
    _meta(element, state=unit.base)
    _notes(element, unit)
    data = _Data(element, unit)
    before = sentences.cut(unit.source, parcel.source_language)
    after = sentences.cut(unit.target, parcel.language)
    if not unit.target:
        after = [((), space) for _, space in before]
    elif not _aligned(before, after):
        before, after = [(unit.source, "")], [(unit.target, "")]
    for (source, space), (target, between) in zip(before, after, strict=True):
        _segment(element, source, target, unit, data)
        if space:
            _ignorable(element, space, between, translated=bool(target))


def _aligned(before: Sequence[sentences.Cut], after: Sequence[sentences.Cut]) -> bool:
    """Whether sentences stand for each other: as many, and each with the codes of the other."""

    def codes(cut: sentences.Cut) -> set[str]:
        return {part.id for part in cut[0] if isinstance(part, Code)}

    return len(before) == len(after) and all(
        codes(one) == codes(other) for one, other in zip(before, after, strict=True)
    )


def _segment(parent: etree._Element, source: Parts, target: Parts, unit: Unit, data: _Data) -> None:
    segment = _add(parent, "segment", state="initial")
    data.fill(_add(segment, "source"), source)
    if target:
        data.fill(_add(segment, "target"), target)
        segment.set("state", STATES[unit.state])
        if unit.state is State.FUZZY:
            segment.set("subState", FUZZY)


def _ignorable(parent: etree._Element, space: str, between: str, *, translated: bool) -> None:
    ignorable = _add(parent, "ignorable")
    _add(ignorable, "source").text = space
    if translated:
        _add(ignorable, "target").text = between


def _notes(parent: etree._Element, unit: Unit) -> None:
    """Where the message is, what its author says about it, and what it was before (`#|`)."""
    entry = unit.entry
    place, *comments = entry.extracted or ("",)
    said = [("place", place), ("reference", " ".join(entry.references))]
    said += [("context", entry.context or ""), *(("comment", text) for text in comments)]
    said += [("translator", text) for text in entry.comments]
    if entry.previous and entry.previous.text:
        said.append(("former-source", entry.previous.text))
    notes = _add(parent, "notes")
    for number, (category, text) in enumerate(((c, t) for c, t in said if t), 1):
        _add(notes, "note", id=f"n{number}", category=category).text = text
    if not len(notes):
        parent.remove(notes)


def _glossary(parent: etree._Element, terms: Sequence[Term]) -> None:
    if not terms:
        return
    glossary = etree.SubElement(parent, f"{{{GLOSSARY}}}glossary")
    for number, term in enumerate(terms, 1):
        entry = etree.SubElement(glossary, f"{{{GLOSSARY}}}glossEntry", id=f"g{number}")
        etree.SubElement(entry, f"{{{GLOSSARY}}}term").text = term.term
        etree.SubElement(entry, f"{{{GLOSSARY}}}translation").text = term.translation
        if said := glossaries.said(term):
            etree.SubElement(entry, f"{{{GLOSSARY}}}definition").text = said


class _Data:
    """The inline codes of a unit, and their originals beside them (XLIFF 2.1, 4.7.2)."""

    def __init__(self, unit: etree._Element, of: Unit) -> None:
        self._shells = of.shells
        self._references: dict[str, str] = {}
        texts = [t for s in of.shells.values() for t in (s.start, s.end) if t]
        if texts:
            data = _add(unit, "originalData")
            for number, text in enumerate(dict.fromkeys(texts), 1):
                self._references[text] = f"d{number}"
                _add(data, "data", id=f"d{number}").text = text

    def fill(self, element: etree._Element, parts: Parts) -> None:
        """Words and codes into a source or a target."""
        at = element
        for part in parts:
            if isinstance(part, str):
                xmls.say(at, part)
            elif part.form == "close":
                at = xmls.outside(at)
            else:
                code = self._code(at, part, self._shells[part.id])
                at = code if part.form == "open" else at

    def _code(self, at: etree._Element, code: Code, shell: Shell) -> etree._Element:
        tag = "ph" if code.form == "lone" else "pc"
        free = shell.kind == "fmt" or shell.node["t"] in _FREE
        fixed = {} if free else {"canCopy": "no", "canDelete": "no"}
        element = _add(at, tag, id=code.id, **fixed, type=shell.kind)
        if shell.sort:
            element.set("subType", shell.sort)
        if shell.kind == "other":
            del element.attrib["type"]
        suffixes = {"": shell.start} if tag == "ph" else {"Start": shell.start, "End": shell.end}
        for suffix, text in suffixes.items():
            if text:
                element.set(f"dataRef{suffix}", self._references[text])
                element.set(f"disp{suffix}", text)
        return element
