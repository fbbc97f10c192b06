"""Joiners: signs that are not drawn, and at which no line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

JOINER = "\N{WORD JOINER}"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"

# No line breaks between two neighbours that are no spaces, if one of them is Hangul.
_NEIGHBOURS = re.compile(rf"(?<=[{_HANGUL}])(?=[^\s{JOINER}])|(?<=[^\s{JOINER}])(?=[{_HANGUL}])")
# Nor within a range of numbers; and Pango takes a no-break space that ends a text for one that
# may hang over the edge.
_HELD = re.compile("(?<=\\d–)(?=\\d)|(?<=\u00a0)\\Z")
BLOCKS = ("p", "ul", "ol", "li", "blockquote", "pre", "div", "dl", "dt", "dd", "figure")
_ALONE = frozenset(("code", "head", "math", "pre", "svg"))  # no joiners in the text of these
_WORDS_END = frozenset(  # and no word runs on from without into one of these
    (
        *(*BLOCKS, "address", "article", "br", "caption", "figcaption", "footer", "header", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "img", "main", "nav", "section"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    )
)


def hold_together(root: etree._Element) -> None:
    """Let no line break within 1961–2025, nor earlier because of a no-break space before a link."""
    for element, part, text in _texts(root):
        if "–" in text or "\N{NO-BREAK SPACE}" in text:
            setattr(element, part, _HELD.sub(JOINER, text))


def join_words(root: etree._Element) -> None:
    """Let lines break between words only, where one of two letters is Hangul.

    WeasyPrint knows no `word-break: keep-all`; a word joiner between the letters does it, and
    is neither drawn nor found when the text is searched or copied.
    """
    before = ""
    for element, part, text in _texts(root):
        if part == "boundary":
            before = ""
            continue
        joined = _NEIGHBOURS.sub(JOINER, before + text)[len(before) :]
        setattr(element, part, joined)
        before = text[-1:] or before


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """The texts of a tree in order, with `boundary` where one run of letters ends."""
    if element.tag in _ALONE or not isinstance(element.tag, str):
        return
    if _ends_run(element):
        yield element, "boundary", ""
    if element.text:
        yield element, "text", element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield child, "tail", child.tail
    if _ends_run(element):
        yield element, "boundary", ""


def _ends_run(element: etree._Element) -> bool:
    return element.tag in _WORDS_END or "data-tag" in element.attrib
