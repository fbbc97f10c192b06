"""Inlines: short texts of an edition, titles and abstracts, in the markup of JATS."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publish.distribution.records.elements import Vocabulary
from publish.renderers import pages

_GONE = "gone"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TEX = "{http://www.w3.org/1998/Math/MathML}annotation"
# What HTML calls it → what JATS does; of all else only what stands in it is kept.
_NAMES = {
    "b": "bold",
    "code": "monospace",
    "em": "italic",
    "i": "italic",
    "strong": "bold",
    "sub": "sub",
    "sup": "sup",
}


def filled(make: Vocabulary, name: str, text: str) -> etree._Element:
    """An element with a text of the trunk in it; the markup has the element's own prefix."""
    body = pages.parse(text)
    etree.strip_elements(body, _TEX, with_tail=False)
    prefix, colon, _ = name.rpartition(":")
    for element in body.iterdescendants():
        tag = element.get("lang", "")
        known = _NAMES.get(str(element.tag)) or ("styled-content" if tag else "")
        element.attrib.clear()
        if tag:
            element.set(_LANG, tag)
        element.tag = make.named(f"{prefix}{colon}{known}") if known else _GONE
    etree.strip_tags(body, _GONE)
    return make(name, body.text or "", list(body))


def paragraphs(make: Vocabulary, name: str, text: str) -> Iterator[etree._Element]:
    """Elements with the paragraphs of a text; one with all of it if it has none."""
    found = pages.parse(text).findall("p")
    yield from (filled(make, name, pages.serialise(paragraph)) for paragraph in found)
    if not found:
        yield filled(make, name, text)
