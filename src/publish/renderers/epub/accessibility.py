"""Accessibility: what the book has, found by looking at its pages, told as metadata.

Nothing is claimed that was not seen: no alternative texts if one picture lacks them, no
freedom from hazards if a picture might move, and conformance only where somebody says that they
have examined the book, and `examination` finds nothing against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from publish.documents.words import filled
from publish.editions import Edition
from publish.records import Record, replace
from publish.renderers.epub import contents, documents
from publish.renderers.epub.documents import MATH, XHTML, Page
from publish.renderers.epub.examination import STANDARD, faults
from publish.renderers.epub.package import Detail, Meta
from publish.renderers.pages import are_still, hazard
from publish.styles import Style

if TYPE_CHECKING:
    from lxml import etree


class Facts(Record, frozen=True):
    """What there is in the pages; the cover is left aside, for its words are all in the text."""

    pictures: int
    described: bool
    headings: bool
    notes: bool
    formulas: bool
    paged: bool
    still: bool
    conforms: bool = False


def entries(edition: Edition, facts: Facts) -> Iterator[Meta]:
    """The statements that EPUB Accessibility 1.1 asks for, as far as they are true.

    In: what the book has. Out: statements with properties of schema.org (values: “Schema.org
    Accessibility Properties for Discoverability”, W3C CG); the summary is one, in the edition's
    language. Conformance is claimed with the name of who says so.
    """
    if facts.conforms:
        by: Detail = ("a11y:certifiedBy", edition.accessibility.certified_by, {})
        yield Meta("dcterms:conformsTo", STANDARD, "conformance", (by,))
    if facts.conforms and edition.accessibility.report:
        yield Meta("link:a11y:certifierReport", edition.accessibility.report)
    if facts.paged:
        yield Meta("pageBreakSource", _printed(edition))
    for name, values in (
        ("accessMode", _modes(facts)),
        ("accessModeSufficient", _sufficient(facts)),
        ("accessibilityFeature", _features(facts)),
        ("accessibilityHazard", [hazard(still=facts.still)]),
        ("accessibilitySummary", [summary(edition, facts)]),
    ):
        yield from (Meta(f"schema:{name}", value) for value in values)


def facts(edition: Edition, pages: Sequence[Page], tokens: Mapping[str, str]) -> Facts:
    """What the book has: its finished pages, and the colours it is set in."""
    trees = [page.tree for page in pages if page.name != "cover.xhtml"]
    pictures = [each for tree in trees for each in tree.iter(f"{XHTML}img")]

    def any_of(path: str) -> bool:
        return any(tree.find(path) is not None for tree in trees)

    found = Facts(
        pictures=len(pictures),
        described=all(_is_described(each) for each in pictures),
        headings=any_of(f".//{XHTML}h1"),
        notes=any_of(".//*[@role='doc-backlink']"),
        formulas=any_of(f".//{MATH}"),
        paged=any_of(".//*[@role='doc-pagelist']"),
        still=are_still(edition.resources),
    )
    examined = edition.accessibility.certified_by and found.described and found.still
    return replace(found, conforms=bool(examined) and not any(faults(pages, tokens)))


def statement(edition: Edition, style: Style, facts: Facts) -> Page:
    """The page on which the book says for whom it can be read, in the edition's language."""
    words, name = edition.words, edition.accessibility.certified_by
    conformance = words["a11y-unclaimed"]
    if facts.conforms:
        conformance = filled(words["a11y-conforms"], standard=STANDARD, name=name)
    values = {"sentences": tuple(_sentences(edition, facts)), "conformance": conformance}
    return documents.page(edition, style, contents.ACCESSIBILITY, "accessibility", values)


def _is_described(picture: etree._Element) -> bool:
    """An empty alternative text counts only where the picture is said to be an ornament."""
    ornament = picture.get("role") in ("presentation", "none")
    return bool(picture.get("alt", "").strip()) or ornament


def _printed(edition: Edition) -> str:
    """Whose the pages are: the PDF, named by its number, its place or its title."""
    isbn = edition.identifiers_in("pdf").get("isbn")
    return f"urn:isbn:{isbn}" if isbn else edition.address("pdf") or f"{edition.title.plain} (PDF)"


def _modes(facts: Facts) -> Iterator[str]:
    yield "textual"
    if facts.pictures:
        yield "visual"


def _sufficient(facts: Facts) -> Iterator[str]:
    if facts.described:
        yield "textual"
    if facts.pictures:
        yield "textual,visual"


def _features(facts: Facts) -> Iterator[str]:
    yield from ("displayTransformability", "readingOrder", "tableOfContents", "unlocked")
    if facts.headings:
        yield "structuralNavigation"
    if facts.pictures and facts.described:
        yield "alternativeText"
    if facts.formulas:
        yield "MathML"
    if facts.paged:
        yield from ("pageBreakMarkers", "pageNavigation")


def summary(edition: Edition, facts: Facts) -> str:
    """One sentence for each fact, in the edition's language."""
    return " ".join(_sentences(edition, facts))


def _sentences(edition: Edition, facts: Facts) -> Iterator[str]:
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
    yield from (edition.words[key] for key, true in told.items() if true)
