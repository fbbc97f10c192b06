"""Metadata: what the book is, in the terms of the package document."""

from __future__ import annotations

from collections.abc import Iterator

from publish.editions import Credit, Edition, identifiers
from publish.renderers.epub import accessibility
from publish.renderers.epub.package import Detail, Meta

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# ONIX code list 5: what kind of identifier a number is; and how it is written as a URI.
_KINDS = {"doi": ("06", "https://doi.org/"), "isbn": ("15", "urn:isbn:"), "issn": ("", "urn:issn:")}
_CREATORS = {"aut", "cre"}


def entries(edition: Edition, facts: accessibility.Facts) -> tuple[Meta, ...]:
    """All statements about the book but its main identifier and the date of change.

    In: the edition, and what the book has. Out: statements in the order in which people read
    them. Source: EPUB 3.3, chapter 5.5 and appendix D.
    """
    return (
        *_identifiers(edition),
        *_titles(edition),
        *_people(edition),
        *_houses(edition),
        *_facts(edition),
        *accessibility.entries(edition, facts),
    )


def _identifiers(edition: Edition) -> Iterator[Meta]:
    for scheme, value in edition.identifiers_in("epub").items():
        if scheme != "uuid":
            code, start = _KINDS.get(scheme, ("", f"{scheme}:"))
            kind = (("identifier-type", code, {"scheme": "onix:codelist5"}),) if code else ()
            yield Meta("dc:identifier", start + value, f"identifier-{scheme}", kind)


def _titles(edition: Edition) -> Iterator[Meta]:
    titles = (("main", edition.title), ("subtitle", edition.subtitle))
    for order, (kind, text) in enumerate(titles, start=1):
        if text:
            refines: tuple[Detail, ...] = (
                ("title-type", kind, {}),
                ("display-seq", str(order), {}),
            )
            yield Meta("dc:title", text.plain, f"title-{kind}", refines)


def _people(edition: Edition) -> Iterator[Meta]:
    """Authors as creators, all others as contributors, in the order of the credits."""
    for number, credit in enumerate(edition.credits, start=1):
        name = "dc:creator" if credit.role in _CREATORS else "dc:contributor"
        yield Meta(name, credit.name, f"person-{number}", tuple(_about(edition, credit)))


def _houses(edition: Edition) -> Iterator[Meta]:
    """Who asked for it and who paid for it (MARC: cli, fnd), and the series it is part of."""
    houses = [("cli", edition.on_behalf_of.name), *(("fnd", each.name) for each in edition.funders)]
    for number, (role, name) in enumerate(houses, start=1):
        if name:
            details = (("role", role, {"scheme": "marc:relators"}),)
            yield Meta("dc:contributor", name, f"house-{number}", details)
    if edition.series.title:
        kind: tuple[Detail, ...] = (("collection-type", "series", {}),)
        place: tuple[Detail, ...] = (
            (("group-position", edition.series.number, {}),) if edition.series.number else ()
        )
        yield Meta("belongs-to-collection", edition.series.title, "series", (*kind, *place))


def _about(edition: Edition, credit: Credit) -> Iterator[Detail]:
    yield "role", credit.role, {"scheme": "marc:relators"}
    if credit.sort_name:
        yield "file-as", credit.sort_name, {}
    if credit.original_name and credit.original_name != credit.name:
        yield "alternate-script", credit.original_name, {_LANG: edition.source_language.tag}


def _facts(edition: Edition) -> Iterator[Meta]:
    for name, value in (
        ("dc:language", edition.language.tag),
        ("dc:date", edition.date.isoformat()),
        ("dc:publisher", edition.publisher.name),
        ("dc:rights", edition.rights),
        ("dc:rights", edition.licence_name),
        ("dc:rights", edition.disclaimer),
        ("schema:creditText", edition.translation_note),
        ("dc:description", edition.abstract.plain),
        *(("dc:subject", keyword) for keyword in edition.keywords),
        ("dc:source", _source(edition)),
        ("dcterms:license", edition.licence_url),
        ("schema:version", edition.version),
    ):
        if value:
            yield Meta(name, value)


def _source(edition: Edition) -> str:
    """The identifier of the edition that this one was translated from, if it was."""
    if edition.language.tag == edition.source_language.tag:
        return ""
    tag = edition.source_language.tag
    ids = [each.edition for each in edition.alternates if each.tag == tag]
    return identifiers.urn(edition, ids[0] if ids else tag)
