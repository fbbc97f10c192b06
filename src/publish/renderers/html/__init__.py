"""The web page: an edition as one HTML file that needs nothing else.

The chapters of the trunk are fitted for the page (drawings drawn in place, wide things made
to scroll), the template puts everything round them, and last, when it is known which letters
stand in which face, the fonts go in, cut down to those letters.
"""

from __future__ import annotations

import re
from base64 import b64encode
from itertools import accumulate

from lxml import etree

from publish.documents.words import filled
from publish.editions import Chapter, Edition, citing, identifiers
from publish.renderers import formulas, pages
from publish.renderers.html import frames, linked, webfonts
from publish.renderers.html.frames import Frame
from publish.styles import Style

IMAGES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SVG = "{http://www.w3.org/2000/svg}"
PIXELS = range(100, 1201)  # widths of a drawing that are likely to be meant as pixels
VOID_END = re.compile(rf"<({'|'.join(sorted(pages.VOID))})\b([^<>]*?) ?/>")
MATH = "{http://www.w3.org/1998/Math/MathML}"
# Where a brace of CSS is none: CSS Syntax Level 3, 4.3 (a drawing has no backslashes any more).
NO_BRACES = re.compile(
    r"""/\*.*?\*/|"[^"\r\n]*"|'[^'\r\n]*'|url\(\s*(?!["'\s])[^)]*\)""", re.DOTALL | re.IGNORECASE
)


def render(edition: Edition, style: Style) -> bytes:
    """The edition as a web page.

    In: an edition, and a style with `templates/web.html`, `tokens.css` and `web.css`.
    Out: the file in UTF-8, with style, images and fonts inside. Errors: PublishError
    `font-missing`, `font-glyph-missing`. Source: HTML Standard; WCAG 2.2; CSP Level 3.
    """
    return page(edition, style, frames.alone(edition), linked.data(edition)).encode()


def page(edition: Edition, style: Style, frame: Frame, linked: str) -> str:
    """A page of an edition's chapters in a frame; `linked` is what it tells machines."""
    text = pages.render(
        "web.html",
        edition,
        style,
        chapters=[_chapter(chapter, edition) for chapter in edition.chapters]
        if frame.part != "opening"
        else [],
        css=sheet(edition, style),
        linked=linked,
        records=_records(edition),
        identifier=identifiers.main(edition),
        frame=frame,
    )
    return finished(text, edition)


def sheet(edition: Edition, style: Style) -> str:
    """The sheet of an edition's pages, without fonts."""
    return style.sheet("web.css") + pages.language_rules(edition)


def finished(page: str, edition: Edition) -> str:
    """A page from a template as HTML, complete: with the logo and the fonts in it."""
    page = _with_logo(page, edition)
    page = VOID_END.sub(r"<\1\2>", page)  # the trunk is XML, this is not
    faces = f"<style>\n{webfonts.rules(page, edition)}</style>\n</head>"
    return page.replace("</head>", faces, 1)


def _records(edition: Edition) -> list[tuple[str, str, str, str]]:
    """What reference managers take: its name, a file's name, the type, the content in base64."""
    key = citing.key(edition)
    return [
        (each.name, f"{key}.{each.suffix}", each.type, _base64(each.write(edition).encode()))
        for each in citing.FORMATS
    ]


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


def _with_logo(page: str, edition: Edition) -> str:
    """The logo's own bytes in place of its name: as a picture, in which nothing acts."""
    if not edition.logo:
        return page
    kind = IMAGES[edition.logo.rpartition(".")[2]]
    data = _base64(edition.resources[edition.logo])
    return page.replace(f'src="{edition.logo}"', f'src="data:{kind};base64,{data}"')


def _chapter(chapter: Chapter, edition: Edition) -> str:
    """A chapter's HTML, its images within it and its wide parts made to scroll."""
    tree = pages.parse(chapter.html)
    for number, image in enumerate(list(tree.iter("img")), 1):
        _place(image, edition, f"{chapter.id}-{number}")
    for number, table in enumerate(list(tree.iter("table")), 1):
        _fit_table(table, edition, f"{chapter.id}-{number}")
    for formula in list(tree.iter(f"{MATH}math")):
        if formula.get("display") == "block":
            _scroll(formula, "span", {})
    formulas.hold(tree)
    return pages.serialise(tree)


def _place(image: etree._Element, edition: Edition, key: str) -> None:
    """An image's own bytes in place of its address: drawings as elements, others as data."""
    source = image.get("src", "")
    content = edition.resources.get(source)
    if content is None:
        return
    suffix = source.rpartition(".")[2].lower()
    if suffix == "svg":
        drawing = _drawing(content, image, f"pub-{key}-")
        _replace(image, drawing)
        _scroll(drawing, "span", {})
    else:
        image.set("src", f"data:{IMAGES.get(suffix, 'image/*')};base64,{_base64(content)}")


def _drawing(content: bytes, image: etree._Element, prefix: str) -> etree._Element:
    """An SVG as part of the page: named by the alternative text, its ids and rules its own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    drawing = etree.fromstring(content, parser)
    _rename_ids(drawing, prefix)
    for each in drawing.xpath(
        "descendant-or-self::*[@lang]"
    ):  # in SVG within HTML it is `xml:lang`
        each.set(XML_LANG, each.attrib.pop("lang"))
    drawing.set("style", f"--width: {_width(drawing)}")
    for key in ("id", "class", "style", "width", "height"):
        if key in image.attrib:
            drawing.set(key, image.attrib[key])
    drawing.attrib.pop("aria-labelledby", None)
    if alt := image.get("alt"):
        drawing.attrib.update({"role": "img", "aria-label": alt})
    else:
        drawing.set("aria-hidden", "true")
    for sheet in drawing.iter(f"{SVG}style"):  # nested, so that they rule nothing else
        drawing.set("id", drawing.get("id") or f"{prefix}drawing")
        sheet.text = f"#{drawing.get('id')} {{ {_closed(sheet.text or '')} }}"
    return drawing


def _closed(rules: str) -> str:
    """Rules that close no brace but their own, nor can be read as if they did; else none."""
    signs = NO_BRACES.sub("", rules)
    depths = accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in signs)
    return "" if re.search("[\"']", signs) or min(depths, default=0) < 0 else rules


def _width(drawing: etree._Element) -> int:
    """The width in pixels that a drawing was made for; 0 if it does not say so plainly."""
    match = re.fullmatch(
        r"\s*\S+[\s,]+\S+[\s,]+(\d{1,9})\S*[\s,]+\S+\s*", drawing.get("viewBox", "")
    )
    width = int(match[1]) if match else 0
    return width if width in PIXELS else 0


def _rename_ids(drawing: etree._Element, prefix: str) -> None:
    """Ids of a drawing get a prefix, wherever they are given or named."""
    known = {each.get("id", "") for each in drawing.iter(etree.Element) if each.get("id")}
    if not known:
        return
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    mention = re.compile(rf"#({names})(?![\w.-])")
    for each in drawing.iter(etree.Element):
        for key, value in each.attrib.items():
            each.set(key, mention.sub(rf"#{prefix}\1", value))
        for key in ("id", "aria-labelledby", "aria-describedby"):
            if key in each.attrib:
                each.set(key, " ".join(prefix + name for name in each.attrib[key].split()))
        if each.tag == f"{SVG}style" and each.text:
            each.text = mention.sub(rf"#{prefix}\1", each.text)


def _fit_table(table: etree._Element, edition: Edition, key: str) -> None:
    """A table's head cells get their scope; it scrolls in a group named by its caption."""
    for cell in table.iterfind("./thead//th"):
        cell.set("scope", cell.get("scope", "col"))
    caption = table.find("caption")
    if caption is None:
        name = {"aria-label": filled(edition.words["table"], number="").strip()}
    else:
        caption.set("id", caption.get("id", f"pub-caption-{key}"))
        name = {"aria-labelledby": caption.attrib["id"]}
    _scroll(table, "div", {"role": "group"} | name)


def _scroll(element: etree._Element, tag: str, attributes: dict[str, str]) -> None:
    """A box round an element that scrolls where it is too wide, by keyboard as well."""
    box = etree.Element(tag, {"class": "scroll", "tabindex": "0"})
    for key, value in attributes.items():
        box.set(key, value)
    _replace(element, box)
    element.tail = None
    box.append(element)


def _replace(old: etree._Element, new: etree._Element) -> None:
    new.tail = old.tail
    if (parent := old.getparent()) is not None:
        parent.replace(old, new)
