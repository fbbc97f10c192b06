"""Examination: what a program can see of the Web Content Accessibility Guidelines in a book.

A book claims to conform only if somebody says that they have examined it (`certified_by` in the
metadata) and nothing is found here; what needs a person's judgement is theirs to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PIL import ImageColor

from publish import languages, styles
from publish.renderers.epub.documents import XHTML, Page

if TYPE_CHECKING:
    from lxml import etree

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))
_WHITE = (255, 255, 255)
_INKS = ("--ink", "--ink-soft", "--accent")


def faults(pages: Sequence[Page], tokens: Mapping[str, str]) -> Iterator[str]:
    """What speaks against a claim: the success criterion of WCAG 2.2, and where.

    In: the finished documents, the colours they are set in. Ornaments, moving pictures and
    pictures without words are not looked for here but told by `accessibility`.
    """
    for page in pages:
        yield from (f"{fault} in {page.name}" for fault in _faults(page.tree))
    for name in _INKS:
        colour = ImageColor.getrgb(tokens[name])[:3]
        if styles.contrast(colour, _WHITE) < styles.READABLE:
            yield f"1.4.3 (contrast) of {name}"


def _faults(tree: etree._Element) -> Iterator[str]:
    if not tree.get("lang"):
        yield "3.1.1 (language of the page)"
    if not all(languages.known(each.get("lang", "")) for each in tree.iterfind(".//*[@lang]")):
        yield "3.1.2 (language of parts)"
    if not (tree.findtext(f".//{XHTML}title") or "").strip():
        yield "2.4.2 (title of the page)"
    levels = [_HEADINGS.index(str(each.tag)) for each in tree.iter(*_HEADINGS)]
    if any(below > above + 1 for above, below in zip([-1, *levels], levels, strict=False)):
        yield "1.3.1 (order of headings)"
    if any(table.find(f".//{XHTML}th") is None for table in tree.iter(f"{XHTML}table")):
        yield "1.3.1 (heads of tables)"
    if not all(map(_is_named, tree.iter(f"{XHTML}a"))):
        yield "2.4.4 (purpose of links)"
    if any(count > 1 for count in Counter(tree.xpath("//@id")).values()):
        yield "4.1.2 (names of parts)"


def _is_named(link: etree._Element) -> bool:
    pictures = "".join(each.get("alt", "") for each in link.iter(f"{XHTML}img"))
    words = "".join(link.itertext()) + link.get("aria-label", "") + pictures
    return bool(words.strip()) or link.get("href") is None
