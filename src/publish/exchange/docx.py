"""DOCX written: a table for people who have only a word processor (ISO/IEC 29500-1, 17.4).

Columns: a narrow one with the message's id, the context, the source, the translation. Codes
are tokens ⟦1⟧ in a grey of their own, explained in the context. The package is made of as few
parts as Word and LibreOffice accept, with the same bytes each time.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from publish import languages
from publish.exchange import docx_parts, glossaries, xmls
from publish.exchange.docx_parts import W
from publish.exchange.docx_words import Words, words_of
from publish.exchange.values import Code, Parcel, Parts, Shell, Term, Unit, words

_GREY, _DOUBTFUL = "F2F2F2", "FFF2CC"
_WIDTHS = (500, 2900, 5300, 5300)  # twentieths of a point; A4 on its side
_LONGEST_SHOWN = 40
_WHEN = (1980, 1, 1, 0, 0, 0)


def write(parcel: Parcel) -> bytes:
    """A parcel as a Word document."""
    data = io.BytesIO()
    parts = docx_parts.fixed(parcel) | {"word/document.xml": _document(parcel)}
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _WHEN), text, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def token(code: Code, shell: Shell) -> str:
    """A code as people see it: ⟦1⟧words⟦/1⟧, and ⟦2|[^1]⟧ for what stands by itself."""
    if code.form != "lone":
        return f"⟦{'/' if code.form == 'close' else ''}{code.id}⟧"
    return f"⟦{code.id}|{_shown(shell.start)}⟧"


def _shown(text: str) -> str:
    text = " ".join(text.replace("⟦", "(").replace("⟧", ")").split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _document(parcel: Parcel) -> bytes:
    said = words_of(parcel.language)
    root = etree.Element(f"{{{W}}}document", nsmap={"w": W})
    body = _add(root, "body")
    writing = _Writing(parcel, said)
    writing.heading(body)
    writing.table(body)
    writing.glossary(body)
    _add(body, "p")  # Word wants a paragraph behind a table
    page = _add(body, "sectPr")
    _add(page, "pgSz", w="16838", h="11906", orient="landscape")
    sides = dict.fromkeys(("top", "right", "bottom", "left"), "1000")
    _add(page, "pgMar", **sides, header="500", footer="500", gutter="0")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{W}}}{tag}")
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name}", value)
    return element


class _Writing:
    """One document in the making."""

    def __init__(self, parcel: Parcel, said: Words) -> None:
        self.parcel, self.said = parcel, said
        self.shells: dict[str, Shell] = {}

    def heading(self, body: etree._Element) -> None:
        """What this is, and how it is filled in."""
        source = self.parcel.source_language
        self.paragraph(body, (self.parcel.title,), said_in=source, style="Title")
        for line in self.said.legend:
            self.paragraph(body, (line,), said_in=self.said.language)

    def table(self, body: etree._Element) -> None:
        """The messages."""
        rows = self._table(body, _WIDTHS)
        head = ("", self.said.context, self.said.source, self.said.translation)
        first = (f"publish:{self.parcel.edition}", *head[1:])
        self._row(rows, [((text,), _GREY, self.said.language) for text in first], head=True)
        for unit in self.parcel.units:
            self.shells = dict(unit.shells)
            fill = _DOUBTFUL if unit.entry.fuzzy else ""
            self._row(
                rows,
                [
                    ((f"{unit.id} {unit.base}",), _GREY, "en"),
                    (tuple(self._context(unit)), _GREY, self.parcel.source_language),
                    (unit.source, _GREY, self.parcel.source_language),
                    (unit.target, fill, self.parcel.language),
                ],
            )

    def glossary(self, body: etree._Element) -> None:
        """The terms that occur, once for all."""
        text = " ".join(words(unit.source) for unit in self.parcel.units)
        terms = glossaries.occurring(self.parcel.terms, text)
        if not terms:
            return
        self.paragraph(body, (self.said.glossary,), said_in=self.said.language, style="Title")
        rows = self._table(body, _WIDTHS[1:])
        for term in terms:
            self._row(rows, list(self._term(term)))

    def _term(self, term: Term) -> Iterator[tuple[Parts, str, str]]:
        yield (term.term,), _GREY, self.parcel.source_language
        yield (term.translation,), "", self.parcel.language
        yield (glossaries.said(term),), "", self.parcel.language

    def _context(self, unit: Unit) -> Iterator[str]:
        """Where it is, what is said about it, and what its codes mean."""
        entry = unit.entry
        lines = [*entry.extracted, entry.context or "", *entry.comments]
        if entry.fuzzy:
            lines.append(self.said.doubtful)
        pairs = {id: s for id, s in unit.shells.items() if s.pair}
        lines += [f"⟦{id}⟧ {_shown(s.start)}…{_shown(s.end)}" for id, s in pairs.items()]
        yield "\n".join(line for line in lines if line)

    def _table(self, body: etree._Element, widths: tuple[int, ...]) -> etree._Element:
        table = _add(body, "tbl")
        properties = _add(table, "tblPr")
        _add(properties, "tblStyle", val="TableGrid")
        _add(properties, "tblW", w=str(sum(widths)), type="dxa")
        _add(properties, "tblLayout", type="fixed")
        grid = _add(table, "tblGrid")
        for width in widths:
            _add(grid, "gridCol", w=str(width))
        return table

    def _row(
        self, table: etree._Element, cells: list[tuple[Parts, str, str]], *, head: bool = False
    ) -> None:
        row = _add(table, "tr")
        properties = _add(row, "trPr")
        _add(properties, "cantSplit")
        if head:
            _add(properties, "tblHeader")
        widths = _WIDTHS[-len(cells) :]
        for number, (parts, fill, language) in enumerate(cells):
            cell = _add(row, "tc")
            about = _add(cell, "tcPr")
            _add(about, "tcW", w=str(widths[number]), type="dxa")
            if fill:
                _add(about, "shd", val="clear", color="auto", fill=fill)
            style = "Id" if len(cells) == len(_WIDTHS) and not number else ""
            self.paragraph(cell, parts, said_in=language, style=style)

    def paragraph(
        self, parent: etree._Element, parts: Parts, *, said_in: str, style: str = ""
    ) -> None:
        """A paragraph of words and codes in a language."""
        paragraph = _add(parent, "p")
        about = _add(paragraph, "pPr")
        if style:
            _add(about, "pStyle", val=style)
        rtl = languages.locale(said_in).text_direction == "rtl"
        if rtl:
            _add(about, "bidi")
        mark = _add(about, "rPr")  # what is typed into an empty cell is in its language too
        _speak(mark, said_in, rtl=rtl)
        for part in parts:
            text = part if isinstance(part, str) else token(part, self.shells[part.id])
            _run(paragraph, text, said_in, rtl=rtl, code=isinstance(part, Code))


def _run(parent: etree._Element, text: str, language: str, *, rtl: bool, code: bool) -> None:
    run = _add(parent, "r")
    about = _add(run, "rPr")
    if code:
        _add(about, "rStyle", val="PublishCode")
    _speak(about, language, rtl=rtl)
    for number, line in enumerate(text.split("\n")):
        if number:
            _add(run, "br")
        written = _add(run, "t")
        written.set(xmls.SPACE, "preserve")
        written.text = line


def _speak(about: etree._Element, language: str, *, rtl: bool) -> None:
    if rtl:
        _add(about, "rtl")
    _add(about, "lang", val=language, eastAsia=language, bidi=language)
