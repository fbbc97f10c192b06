"""Accessibility: what the book has, found by looking at its pages, told as metadata.

Nothing is claimed that was not seen: no alternative texts if one picture lacks them, no
freedom from hazards if a picture might move, and no conformance at all, which is for those
to say who have judged the finished file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publish.editions import Edition
from publish.renderers.epub.documents import MATH, XHTML, Page
from publish.renderers.epub.package import Meta

if TYPE_CHECKING:
    from lxml import etree

# SMIL and CSS in SVG, and the signs of GIF, PNG and WebP files with more than one picture.
_MOVING = re.compile(rb"<(?:animate|set)|@keyframes|NETSCAPE2\.0|acTL|ANMF")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What there is in the pages; the cover is left aside, for its words are all in the text."""

    pictures: int
    described: bool
    headings: bool
    notes: bool
    formulas: bool
    paged: bool
    still: bool


def entries(edition: Edition, pages: Sequence[Page], files: Mapping[str, bytes]) -> Iterator[Meta]:
    """The statements that EPUB Accessibility 1.1 asks for, as far as they are true.

    In: the finished pages, and the files that they show. Out: statements with properties of
    schema.org (values: “Schema.org Accessibility Properties for Discoverability”, W3C CG);
    the summary is one, in the edition's language.
    """
    facts = _facts(pages, files)
    if facts.paged:
        yield Meta("pageBreakSource", _printed(edition))
    for name, values in (
        ("accessMode", _modes(facts)),
        ("accessModeSufficient", _sufficient(facts)),
        ("accessibilityFeature", _features(facts)),
        ("accessibilityHazard", ["none" if facts.still else "unknown"]),
        ("accessibilitySummary", [summary(edition, facts)]),
    ):
        yield from (Meta(f"schema:{name}", value) for value in values)


def _facts(pages: Sequence[Page], files: Mapping[str, bytes]) -> _Facts:
    trees = [page.tree for page in pages if page.name != "cover.xhtml"]
    pictures = [each for tree in trees for each in tree.iter(f"{XHTML}img")]

    def any_of(path: str) -> bool:
        return any(tree.find(path) is not None for tree in trees)

    return _Facts(
        pictures=len(pictures),
        described=all(_is_described(each) for each in pictures),
        headings=any_of(f".//{XHTML}h1"),
        notes=any_of(".//*[@role='doc-backlink']"),
        formulas=any_of(f".//{MATH}"),
        paged=any_of(".//*[@role='doc-pagelist']"),
        still=not any(_MOVING.search(content) for content in files.values()),
    )


def _is_described(picture: etree._Element) -> bool:
    """An empty alternative text counts only where the picture is said to be an ornament."""
    ornament = picture.get("role") in ("presentation", "none")
    return bool(picture.get("alt", "").strip()) or ornament


def _printed(edition: Edition) -> str:
    """Whose the pages are: the PDF, named by its number, its place or its title."""
    isbn = edition.identifiers_in("pdf").get("isbn")
    return f"urn:isbn:{isbn}" if isbn else edition.address("pdf") or f"{edition.title.plain} (PDF)"


def _modes(facts: _Facts) -> Iterator[str]:
    yield "textual"
    if facts.pictures:
        yield "visual"


def _sufficient(facts: _Facts) -> Iterator[str]:
    if facts.described:
        yield "textual"
    if facts.pictures:
        yield "textual,visual"


def _features(facts: _Facts) -> Iterator[str]:
    yield from ("displayTransformability", "readingOrder", "tableOfContents", "unlocked")
    if facts.headings:
        yield "structuralNavigation"
    if facts.pictures and facts.described:
        yield "alternativeText"
    if facts.formulas:
        yield "MathML"
    if facts.paged:
        yield from ("pageBreakMarkers", "pageNavigation")


def summary(edition: Edition, facts: _Facts) -> str:
    """One sentence for each fact, in the edition's language."""
    told = {
        "a11y-structure": facts.headings,
        "a11y-notes": facts.notes,
        "a11y-pictures-described": facts.pictures and facts.described,
        "a11y-pictures-undescribed": facts.pictures and not facts.described,
        "a11y-pictures-none": not facts.pictures,
        "a11y-formulas": facts.formulas,
        "a11y-pages": facts.paged,
        "a11y-still": facts.still,
    }
    return " ".join(edition.words[key] for key, true in told.items() if true)
