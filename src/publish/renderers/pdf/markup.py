"""Markup: the trunk's HTML made ready for pages of paper.

Notes go to the foot of the page (`footnotes`), headings get their bookmarks, emphasis a face that
somebody drew, and words and numbers hold together (`joiners`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from publish import fonts
from publish.editions import Chapter, Edition
from publish.renderers import pages
from publish.renderers.pdf import equations, fitting, footnotes, heads, joiners, lists, runs
from publish.renderers.pdf.joiners import JOINER
from publish.styles import Style

LONG = 15  # headings beyond which an article, too, gets contents
SHORT = 8  # rows up to which a table is not broken
_CONTENTS = re.compile(r"<nav\b[^>]*\bdoc-toc\b.*?</nav>", re.DOTALL)
_ENTRY = re.compile(r'(?<=<a )href="#([^"]+)"')

_OWN_FONT = re.compile(r"font-(family|style)\s*:[^;]*;?")
_EUROPEAN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_EMPHASIS = frozenset(("cite", "dfn", "em", "i", "var", "{http://www.w3.org/1998/Math/MathML}mi"))


def families(edition: Edition) -> tuple[str, ...]:
    """The families of an edition's running text, then those for words in other scripts."""
    return tuple(dict.fromkeys((*edition.language.fonts, *fonts.OTHER_SCRIPTS)))


def sheets(edition: Edition, style: Style, families: tuple[str, ...], *names: str) -> list[str]:
    """The sheets of an edition: those of the style, then what its language and its kind ask for."""
    return [style.sheet(*names), language_rule(edition, families)]


def document(edition: Edition, style: Style, families: tuple[str, ...]) -> etree._Element:
    """An edition as one HTML document, without its sheets.

    In: of the style, `templates/print.html`; the typefaces: emphasis is by weight where none of
    them has a slanted form. Errors: PublishError `style-template`.
    """
    root = pages.document(
        "print.html",
        edition,
        style,
        sheet="",
        body="\n".join(_chapter(edition, *each) for each in enumerate(edition.chapters, 1)),
        contents=has_contents(edition),
    )
    for back in root.iterfind("body/div[@class='back']"):
        back.set("data-title", running(edition.title.plain))
    footnotes.name_roles(root)
    bookmarks(root)
    decoration(root)
    short_tables(root)
    fitting.tables_to(root, style)
    equations.lay_out(root, families)
    choose_faces(root, families, edition.language.tag)
    joiners.hold_together(root)
    if edition.language.direction == "rtl":
        for body in root.iterfind("body"):
            runs.hold(body)
    if edition.language.keep_words:
        joiners.join_words(root)
    return root


def has_contents(edition: Edition) -> bool:
    """Whether an edition has a table of contents."""
    return edition.kind == "book" or len(edition.headings) > LONG


def text(root: etree._Element) -> str:
    """A document as text that is HTML and XML, and says the same to either's parser."""
    for element in root.iter(etree.Element):
        if not str(element.tag).startswith(pages.FOREIGN):
            element.tag = str(element.tag).lower()  # raw HTML may have it otherwise
        tag = element.tag
        if tag not in pages.VOID and not len(element):
            element.text = element.text or ""  # else it would have no end tag
        if tag == "table":
            _hold_rows(element)
        elif tag == "pre" and element.text:
            element.text = element.text.removeprefix("\n")
    return f"<!DOCTYPE html>\n{etree.tostring(root, encoding='unicode')}"


def _hold_rows(table: etree._Element) -> None:
    """Rows that stand right in a table in a body, as HTML has it."""
    if rows := table.findall("tr"):
        body = etree.Element("tbody")
        rows[0].addprevious(body)
        body.extend(rows)


def apart(root: etree._Element) -> list[str]:
    """A book's document as several: what stands before the chapters, each chapter, and the rest.

    Each has the whole's head. Nothing but the contents asks for what is in another.
    """
    body, main = root.find("body"), root.find("body/main")
    if body is None or main is None:
        return [text(root)]
    chapters, where = list(main), body.index(main)
    before, after = list(body)[:where], list(body)[where + 1 :]
    found = [text(_shell(root, before))]
    for chapter in chapters:
        shell = _shell(root, [])
        around = etree.SubElement(shell[-1], "main", main.attrib)
        around.append(chapter)
        found.append(text(shell))
    return [*found, text(_shell(root, after))]


def _shell(root: etree._Element, children: Sequence[etree._Element]) -> etree._Element:
    """A document with the same head and other children in its body."""
    shell = etree.Element(root.tag, root.attrib)
    head, body = root.find("head"), root.find("body")
    shell.append(etree.Element("head") if head is None else deepcopy(head))
    etree.SubElement(shell, "body", {} if body is None else body.attrib).extend(children)
    return shell


def numbered(html: str, pages: Mapping[str, int]) -> str:
    """A document whose contents tell on which page each entry is; what is not there has none."""

    def entry(found: re.Match[str]) -> str:
        return f'{found[0]} data-page="{pages.get(found[1], "")}"'

    if not _CONTENTS.search(html):  # a template of somebody's own
        return _ENTRY.sub(entry, html)
    return _CONTENTS.sub(lambda found: _ENTRY.sub(entry, found[0]), html)


def words(root: etree._Element, resources: Mapping[str, bytes]) -> str:
    """All that is drawn on the pages, in text and in drawings, without tags and sheets."""
    drawings = (data for name, data in resources.items() if name.endswith(".svg"))
    texts = [" ".join(etree.fromstring(data).itertext()) for data in drawings]
    return "\n".join(["".join(root.xpath("//title/text() | //body//text()")), *texts])


def figures(resources: Mapping[str, bytes], families: tuple[str, ...]) -> dict[str, bytes]:
    """The edition's files, its drawings set in the typefaces of the running text.

    Errors: lxml's XMLSyntaxError if a drawing is not well-formed.
    """
    return {
        name: _drawing(data, families) if name.endswith(".svg") else data
        for name, data in resources.items()
    }


def _drawing(data: bytes, families: tuple[str, ...]) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iter(etree.Element):
        style = element.get("style", "")
        slanted = "italic" in (element.get("font-style", ""), *re.split(r"[\s:;]+", style))
        element.attrib.pop("font-family", None)
        if style:
            element.set("style", _OWN_FONT.sub("", style))
        if slanted:
            family = fonts.slanted("".join(element.itertext()), families)
            element.set("font-style", "italic" if family else "normal")
            element.set("font-family", _stack((family, *families) if family else families))
    root.set("font-family", _stack(families))
    return etree.tostring(root)


def _stack(families: Iterable[str]) -> str:
    return ",".join(f"'{family}'" for family in families)  # in SVG, spaces would join the names


def language_rule(edition: Edition, families: Iterable[str]) -> str:
    """What the sheet leaves to the edition's language."""
    text, mono = _stack(families), _stack((*fonts.MONOSPACE, *families))
    slant = "italic" if edition.language.emphasis == "italic" else "normal"
    hyphens = "auto" if edition.language.hyphenate else "manual"
    return (
        f"\n:root {{ --font-text: {text}; --font-mono: {mono};"
        f" --slant: {slant}; --hyphens: {hyphens} }}\n"
    )


def _chapter(edition: Edition, number: int, chapter: Chapter) -> str:
    root = pages.parse(chapter.html)
    footnotes.move(root)
    lists.tick_boxes(root)
    lists.number(root)
    for heading in root.iter("h2"):
        heading.set("data-title", running(edition.title.plain))
    id = f"pub-chapter-{number:02}"
    kind = ' class="chapter"' if edition.kind == "book" else ""
    return f'<div id="{id}"{kind}>{pages.serialise(root)}</div>'


def bookmarks(root: etree._Element) -> None:
    """Give each heading the plain words of its bookmark and of its running head."""
    for heading in root.iter("h1", "h2", "h3"):
        words = heading.xpath(".//text()[not(ancestor::*[@class='noteref' or @class='note'])]")
        number = "".join(heading.xpath("./span[@class='number']//text()"))
        label = " ".join("".join(words).replace(JOINER, "").split())
        heading.set("data-bookmark", label)
        heading.set("data-running", running(label.removeprefix(number).strip()))


def running(label: str) -> str:
    """A title as it runs at the head of pages: if it is long, as far as its colon, or cut."""
    short = label if heads.fits(label) else re.split("[:：]", label)[0]
    return short if heads.fits(short) else heads.cut(short)


def decoration(root: etree._Element) -> None:
    """Let WeasyPrint be content with a picture that says nothing; `tags` takes it for what it is.

    It misses an alternative text where there is an empty one on purpose.
    """
    for picture in root.iter("img"):
        if not picture.get("alt"):
            picture.set("alt", " ")


def short_tables(root: etree._Element) -> None:
    """Mark the tables that are short enough to stay whole."""
    for table in root.iter("table"):
        if len(table.findall(".//tr")) <= SHORT:
            table.set("class", f"{table.get('class', '')} short".strip())


def choose_faces(root: etree._Element, families: tuple[str, ...], language: str) -> None:
    """Give emphasis and foreign words a face that was drawn for them.

    Emphasis is slanted where one face has it all, else it is by weight. Korean families have
    Greek, Cyrillic and «» as signs on the full square: words said to be of another language get
    the first family that also has their italic.
    """
    for element in root.iterfind(".//body//*"):
        text, emphasis = "".join(element.itertext()), element.tag in _EMPHASIS
        foreign = element.get("lang", language) != language and _EUROPEAN.search(text)
        if not (emphasis or foreign):
            continue
        family = fonts.slanted(text, families)
        if family is None and emphasis:
            element.set("class", f"{element.get('class', '')} weighty".strip())
        elif family not in {None, families[0]}:
            element.set("style", f'font-family: "{family}"')
