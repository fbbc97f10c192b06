"""Texts: the chapters of the trunk as an EPUB wants them, one file each.

What is a heading of level 1 in the contents is an `h1` here, since each file stands for
itself. The references leave the last chapter for a file of their own; notes stay in the file
of their calls, for a reading system shows them in place only if it need open no other file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from publish.editions import Edition, Heading
from publish.records import Record
from publish.renderers import formulas, pages, tables

REFERENCES = "references.xhtml"
_MATH = "{http://www.w3.org/1998/Math/MathML}"
_PHONE, _SMALL = 22, 30  # ems of a table that a telephone shows, and those in small type
_HEADINGS = {f"h{level}": f"h{level - 1}" for level in range(2, 7)}


class Text(Record, frozen=True):
    """A file of the main part: its HTML within `body`, its ids, and its headings in order."""

    name: str
    title: str
    html: str
    ids: frozenset[str]
    headings: tuple[Heading, ...]
    notes: str = ""
    images: tuple[str, ...] = ()


def read(edition: Edition) -> tuple[Text, ...]:
    """The edition's chapters in order, then the references if there are any.

    In: chapters whose HTML is well-formed. Out: texts with names of plain ASCII.
    Errors: etree.XMLSyntaxError, which would be a fault of the trunk.
    """
    return tuple(_texts(edition))


def _file(edition: Edition, image: str) -> str:
    """The key of `edition.resources` that an image's `src` means, or '' if there is none."""
    return next((key for key in (image, unquote(image)) if key in edition.resources), "")


def figures(edition: Edition, texts: tuple[Text, ...]) -> Mapping[str, bytes]:
    """The pictures that the texts show, byte for byte, under their names in the EPUB."""
    names = sorted({name for text in texts for name in text.images})
    return {safe(name): edition.resources[name] for name in names}


def safe(name: str) -> str:
    """A file name that every zip tool and reading system takes: ASCII without blanks."""
    plain = "".join(sign if _plain(sign) else f"_{ord(sign):x}_" for sign in name)
    return "figure.cover.png" if plain == "cover.png" else plain  # that is the cover we draw


def _plain(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign in "/._-")


def _texts(edition: Edition) -> Iterator[Text]:
    moved: list[etree._Element] = []
    for number, chapter in enumerate(edition.chapters, start=1):
        body = pages.parse(chapter.html)
        moved += map(pages.taken, body.findall(".//section[@role='doc-bibliography']"))
        title = edition.title if edition.kind == "article" else chapter.title
        yield _text(edition, f"text-{number:02}.xhtml", title.plain, body, chapter.headings)
    if moved:
        body = etree.Element("body")
        body.extend(moved)
        yield _text(edition, REFERENCES, edition.words["references"], body, ())


def _text(
    edition: Edition, name: str, title: str, body: etree._Element, headings: tuple[Heading, ...]
) -> Text:
    notes = body.find(".//section[@role='doc-endnotes']")
    _lift(body, None if edition.kind == "article" else notes)
    _mark_chapter(edition, body)
    _tick(body)
    _fit_tables(body)
    formulas.hold(body)
    _read_out(body)
    _point(edition, body)
    return Text(
        name=name,
        title=title,
        images=tuple(_images(edition, body)),
        html=pages.serialise(body),
        ids=frozenset(str(each.get("id")) for each in body.iterfind(".//*[@id]")),
        headings=headings,
        notes="" if notes is None else notes.get("id", ""),
    )


def _lift(body: etree._Element, notes: etree._Element | None) -> None:
    """Headings one level up; the notes of a book's chapter stay beneath the chapter's title."""
    kept = set() if notes is None else set(notes.iter(etree.Element))
    for each in body.iter(*_HEADINGS):
        if each not in kept:
            each.tag = _HEADINGS[str(each.tag)]


def _mark_chapter(edition: Edition, body: etree._Element) -> None:
    if edition.kind == "book":
        for section in body.findall("section"):
            if section.get("role") is None:
                section.set("role", "doc-chapter")


def _tick(body: etree._Element) -> None:
    """Boxes of task lists as signs: a form in a book counts as a script (EPUB 3.3, 5.5.3)."""
    for box in body.findall(".//input[@type='checkbox']"):
        box.tag = "span"
        box.text = "☑" if box.get("checked") is not None else "☐"
        for name in list(box.keys()):
            del box.attrib[name]
        box.set("class", "box")


def _fit_tables(body: etree._Element) -> None:
    """Marks for the sheet: a box that scrolls would not be divided between two pages."""
    for table in body.iter("table"):
        tables.mark(table, _PHONE, _SMALL)


def _point(edition: Edition, body: etree._Element) -> None:
    """Code runs from left to right everywhere; CSS must not say so (EPUB 3.3, 6.3.1.2)."""
    if edition.language.direction == "rtl":
        for each in body.iter("pre", "code"):
            each.set("dir", "ltr")


def _read_out(body: etree._Element) -> None:
    """Formulas get the TeX they came from as words for devices that cannot read MathML."""
    for formula in body.iter(f"{_MATH}math"):
        source = formula.find(f".//{_MATH}annotation[@encoding='application/x-tex']")
        if source is not None and formula.get("alttext") is None:
            formula.set("alttext", source.text or "")


def _images(edition: Edition, body: etree._Element) -> Iterator[str]:
    """Points each image at its file in the EPUB, and names the resource behind it."""
    for image in body.iterfind(".//img"):
        name = _file(edition, image.get("src", ""))
        if name:
            image.set("src", safe(name))
            yield name
