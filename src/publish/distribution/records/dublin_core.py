"""Dublin Core: the fifteen elements, as repositories harvest them (OAI-PMH 2.0, `oai_dc`)."""

from __future__ import annotations

from collections.abc import Iterator

from publish.distribution.records import works
from publish.distribution.records.elements import Vocabulary, document
from publish.distribution.records.works import Subject
from publish.editions import Edition, identifiers

_NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
E = Vocabulary(
    oai_dc=_NAMESPACE,
    dc="http://purl.org/dc/elements/1.1/",
    xsi="http://www.w3.org/2001/XMLSchema-instance",
)


def render(subject: Subject) -> bytes:
    """The record of an edition."""
    edition = subject.edition
    tag = edition.language.tag
    place = {"xsi:schemaLocation": f"{_NAMESPACE} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"}
    said = ((name, value, words) for name, value, words in _said(subject) if value)
    elements = (
        E(f"dc:{name}", {"xml:lang": tag} if words else None, value) for name, value, words in said
    )
    return document(E("oai_dc:dc", place, elements))


def _said(subject: Subject) -> Iterator[tuple[str, str, bool]]:
    """Element, value, and whether the value is in the edition's language."""
    edition = subject.edition
    yield "title", edition.title.plain, True
    yield "title", edition.subtitle.plain, True
    for credit in edition.credits:
        name = "creator" if credit.role in works.AUTHORS else "contributor"
        yield name, credit.sort_name or credit.name, False
    for keyword in edition.keywords:
        yield "subject", keyword, True
    yield "description", edition.abstract.plain, True
    yield "publisher", edition.publisher.name, True
    yield "date", edition.date.isoformat(), False
    yield "type", "Text", False  # DCMI Type Vocabulary
    for kind in works.FORMATS.values():
        yield "format", kind, False
    for identifier in _identifiers(edition):
        yield "identifier", identifier, False
    if works.is_translation(edition):
        yield "source", identifiers.main(subject.work.source), False
    yield "language", edition.language.tag, False
    for other in subject.work.others(edition):
        yield "relation", identifiers.main(other), False
    yield "rights", edition.rights, True
    yield "rights", edition.licence_url, False


def _identifiers(edition: Edition) -> Iterator[str]:
    """What it is called in all records first, then its other names and its address."""
    numbers = (identifiers.isbn(edition, format) for format in works.FORMATS)
    known = (
        identifiers.main(edition),
        *(f"urn:isbn:{number}" for number in numbers if number),
        identifiers.urn(edition),
        edition.address(),
    )
    return (value for value in dict.fromkeys(known) if value)
