"""Footnotes: each note of a chapter moved to its call, from where it floats to the foot."""

from __future__ import annotations

from lxml import etree

from publish.renderers import pages
from publish.renderers.pdf.joiners import BLOCKS, JOINER


def move(root: etree._Element) -> None:
    """Move each note from the end of its chapter to its call, from where it floats to the foot.

    A note may hold paragraphs and lists, which HTML does not allow within a paragraph: the
    parser would end the paragraph there. So blocks become spans that remember what they were
    (`data-tag`); the sheet shows them as blocks, the structure tree calls them by that name.
    """
    calls = {call.get("href"): call for call in root.iterfind(".//a[@role='doc-noteref']")}
    for section in root.findall(".//section[@role='doc-endnotes']"):
        for item in section.iterfind("ol/li"):
            call = calls.get(f"#{item.get('id')}")
            if call is not None:
                outermost = _outermost(call)
                _join(outermost)
                _after(outermost, _note(item, call))
        if section.find("h2") is not None and section.find("ol/li") is None:
            pages.taken(section)


def name_roles(root: etree._Element) -> None:
    """Only notes and their calls are called so: raw HTML may have these roles anywhere."""
    notes = {f"#{each.get('id')}" for each in root.iterfind(".//span[@role='doc-footnote'][@id]")}
    for each in root.xpath(".//*[@role='doc-noteref' or @role='doc-footnote']"):
        if notes.isdisjoint((each.get("href"), f"#{each.get('id')}")):
            del each.attrib["role"]


def _join(call: etree._Element) -> None:
    """Let no line begin with a note's number: it stays with the word before it."""
    before, parent = call.getprevious(), call.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''}{JOINER}"
    elif parent is not None:
        parent.text = f"{parent.text or ''}{JOINER}"


def _outermost(call: etree._Element) -> etree._Element:
    """The call's superscript, if it stands in one."""
    parent = call.getparent()
    return parent if parent is not None and parent.tag == "sup" else call


def _note(item: etree._Element, call: etree._Element) -> etree._Element:
    """The note as an element that may stand within a paragraph, its number in front."""
    for back in item.findall(".//a[@role='doc-backlink']"):
        _without_space(back)
        pages.taken(back)
    item.text, item.tail = (item.text or "").strip() or None, None
    for block in list(item.iterdescendants(*BLOCKS)):
        _as_span(block)
    item.tag = "span"
    item.set("class", "note")
    item.set("role", "doc-footnote")
    number = etree.Element("a", {"class": "note-number", "href": f"#{call.get('id')}"})
    number.text = "".join(call.itertext()) + "\N{NO-BREAK SPACE}"
    first = next(item.iterfind("span[@data-tag='p']"), item)
    number.tail, first.text = (first.text or "").lstrip(), None
    first.insert(0, number)
    return item


def _without_space(element: etree._Element) -> None:
    """Take the space before an element away: at a line's end it would upset the breaking."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif parent is not None:
        parent.text = (parent.text or "").rstrip()


def _as_span(block: etree._Element) -> None:
    """A block as a span; spaces around it would become lines, and an empty one goes."""
    block.set("data-tag", str(block.tag))
    block.tag, block.tail = "span", (block.tail or "").strip() or None
    if block.get("data-tag") in {"ul", "ol", "li", "blockquote", "div", "figure"}:
        block.text = (block.text or "").strip() or None
    if not len(block) and not (block.text or "").strip():
        pages.taken(block)


def _after(element: etree._Element, new: etree._Element) -> None:
    """Put an element right after another, before the text that follows that one."""
    new.tail, element.tail = element.tail, None
    element.addnext(new)
