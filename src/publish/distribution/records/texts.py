"""Texts: body and back of a JATS article, as pandoc wrote them and with what it leaves undone.

Numbers of headings and captions become labels, references to a place say of what kind it is,
and each work cited stands twice: in its parts, and as the edition sets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from publish.editions.archiving import VERSE, Archive
from publish.project import NO_TEXT

_KINDS = {
    "sec": "sec",
    "fig": "fig",
    "table-wrap": "table",
    "disp-formula": "disp-formula",
    "fn": "fn",
    "ref": "bibr",
}
_HREF = "{http://www.w3.org/1999/xlink}href"
_HARMLESS = re.compile(r"(?:https?|mailto|ftp|doi|tel|urn|geo):|[^:]*(?:$|[/?#])", re.IGNORECASE)
_BLOCKS = {"body", "boxed-text", "disp-quote", "p", "sec"}


def parts(archive: Archive) -> Iterator[etree._Element]:
    """Body and back, without what is empty; etree.XMLSyntaxError would be pandoc's fault."""
    article, parted = _read(archive.whole), _read(archive.parted)
    for title in list(article.iter("title")):
        _label_heading(title)
    for caption in list(article.iter("caption")):
        _label_caption(caption)
    for span in list(article.iterfind(".//*[@content-type='equation']")):
        _equation(span)
    for code in article.iter("monospace"):
        code.attrib.clear()
    for paragraph in list(article.iter("p")):
        _verse(paragraph)
    for link in list(article.iter("ext-link")):
        _picture_link(link)
        if not _HARMLESS.match(link.get(_HREF, "").strip()):
            _unlink(link)
    _references(article, {str(ref.get("id")): ref for ref in parted.iter("ref")})
    _links(article)
    return (part for part in article if len(part))


def cited(archive: Archive) -> dict[str, str]:
    """The works of the list of references by their keys, each as the edition sets it."""
    found = _read(archive.whole).iter("ref")
    return {
        str(ref.get("id")).removeprefix("ref-"): " ".join("".join(ref.itertext()).split())
        for ref in found
    }


def _read(text: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    declared = '<article xmlns:xlink="http://www.w3.org/1999/xlink">'
    text = NO_TEXT.sub("", text).replace("<article>", declared, 1)
    return etree.fromstring(text.encode(), parser)


def _label_heading(title: etree._Element) -> None:
    """`<title><named-content content-type="number">1</…> Words` as a label and a title."""
    parent = title.getparent()
    if parent is None:
        return
    if not len(title) and not (title.text or "").strip():
        parent.remove(title)
    elif (number := _taken(title, "number")) is not None:
        parent.insert(parent.index(title), number)


def _label_caption(caption: etree._Element) -> None:
    """“Figure 1” before the caption's first words as a label; a table's id on the whole."""
    parent, first = caption.getparent(), caption.find("p")
    if parent is None:
        return
    if first is not None and (label := _taken(first, "label")) is not None:
        parent.insert(parent.index(caption), label)
    table = parent.find("table")
    if table is not None and "id" in table.attrib:
        parent.set("id", table.attrib.pop("id"))


def _taken(element: etree._Element, kind: str) -> etree._Element | None:
    """The number or label that an element begins with, taken out of it."""
    first = element[0] if len(element) else None
    if first is None or (element.text or "").strip() or first.get("content-type") != kind:
        return None
    label = etree.Element("label")
    label.text = "".join(first.itertext())
    element.text = (first.tail or "").lstrip()
    element.remove(first)
    return label


def _equation(span: etree._Element) -> None:
    """A numbered equation: the formula has the id and, as its label, the number."""
    formula = span.find("disp-formula")
    number = span.find("*[@content-type='equation-number']")
    parent = span.getparent()
    if formula is None or parent is None:
        return
    formula.set("id", str(span.get("id")))
    formula.tail = span.tail
    if number is not None:
        label = etree.Element("label")
        label.text = "".join(number.itertext())
        formula.insert(0, label)
    parent.replace(span, formula)


def _verse(paragraph: etree._Element) -> None:
    """A paragraph of lines (`archiving`) as what JATS has for verse."""
    lines = [each for each in paragraph if each.get("content-type") == VERSE]
    if lines and len(lines) == len(paragraph):
        paragraph.tag, paragraph.text = "verse-group", None
        for line in lines:
            line.tag, line.tail = "verse-line", None
            line.attrib.clear()
        _wrap(paragraph)


def _wrap(verse: etree._Element) -> None:
    """Verse in a list, a note or a cell stands in a paragraph, as pandoc has quotations do."""
    parent = verse.getparent()
    if parent is not None and parent.tag not in _BLOCKS:
        wrapper = etree.Element("p", {"specific-use": "wrapper"})
        wrapper.tail, verse.tail = verse.tail, None
        parent.replace(verse, wrapper)
        wrapper.append(verse)


def _picture_link(link: etree._Element) -> None:
    """A picture that is a link: the picture, and the link on its description behind it."""
    pictures = list(link.iter("inline-graphic"))
    parent = link.getparent()
    if not pictures or parent is None:
        return
    words = " ".join("".join(link.itertext()).split())
    place = parent.index(link)
    for picture in pictures:
        picture.tail = None
        parent.insert(place, picture)
    etree.strip_tags(link, "*")
    link.text = words or link.get(_HREF, "")


def _unlink(link: etree._Element) -> None:
    """A link that leads nowhere, or that acts, keeps only its words."""
    etree.strip_tags(link, "*")
    link.tag = "named-content"
    link.attrib.clear()
    link.set("content-type", "reference")


def _references(article: etree._Element, parted: dict[str, etree._Element]) -> None:
    for ref in article.iter("ref"):
        other = parted.get(str(ref.get("id")))
        citation = None if other is None else other.find("element-citation")
        if citation is None or not len(ref):
            continue
        for element in [each for each in citation.iter() if not len(each) and not each.text]:
            element.getparent().remove(element)  # type: ignore[union-attr]  # it lies in the citation
        both = etree.SubElement(ref, "citation-alternatives")
        both.extend([citation, ref[0]])


def _links(article: etree._Element) -> None:
    """What a reference leads to is said; one that leads nowhere keeps only its words."""
    places = {str(each.get("id")): str(each.tag) for each in article.iterfind(".//*[@id]")}
    for link in list(article.iter("xref")):
        link.attrib.pop("alt", None)
        target = places.get(link.get("rid", ""))
        if target is None:
            _unlink(link)
        elif kind := _KINDS.get(target):
            link.set("ref-type", kind)
        else:
            link.attrib.pop("ref-type", None)
