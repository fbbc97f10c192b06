"""OPDS: a catalogue of all editions with their files, for reading apps and libraries.

`render` writes OPDS 2.0 (JSON; https://drafts.opds.io/opds-2.0, with the metadata of the Readium
Web Publication Manifest), `atom` OPDS 1.2 (https://specs.opds.io/opds-1.2) for those who know only
that. Both are the same for all editions but for the name of the feed and its own address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from publish.distribution.records import works
from publish.distribution.records.elements import Vocabulary, document
from publish.distribution.records.works import FORMATS, Subject
from publish.editions import Credit, Edition, identifiers

if TYPE_CHECKING:
    from lxml import etree

TYPE = "application/opds+json"
ATOM = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPEN = "http://opds-spec.org/acquisition/open-access"
_PICTURE = "http://opds-spec.org/image"
_ROLES = {
    "aut": "author",
    "cre": "author",
    "edt": "editor",
    "ill": "illustrator",
    "trl": "translator",
}
E = Vocabulary("http://www.w3.org/2005/Atom", dcterms="http://purl.org/dc/terms/")


def render(subject: Subject) -> bytes:
    """The feed in OPDS 2.0."""
    feed = {
        "metadata": {
            "title": subject.edition.title.plain,
            "modified": _moment(_newest(subject)),
            "numberOfItems": len(subject.work.editions),
        },
        "links": [{"rel": "self", "href": works.own(subject.edition, "opds.json"), "type": TYPE}],
        "publications": [_publication(subject, each) for each in subject.work.editions],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()


def _newest(subject: Subject) -> Edition:
    return max(subject.work.editions, key=lambda edition: edition.date)


def _moment(edition: Edition) -> str:
    return f"{edition.date.isoformat()}T00:00:00Z"


def _publication(subject: Subject, edition: Edition) -> dict[str, Any]:
    others = [each for each in subject.work.editions if each is not edition]
    licence = {"rel": "license", "href": edition.licence_url, "type": "text/html"}
    return {
        "metadata": {name: value for name, value in _metadata(edition).items() if value},
        "links": [
            *(_file(edition, format) for format in FORMATS),
            *([licence] if edition.licence_url else []),
            *(_alternate(each) for each in others),
        ],
        "images": [{"href": works.own(edition, "cover.png"), "type": "image/png"}],
    }


def _metadata(edition: Edition) -> dict[str, Any]:
    kind = "Book" if edition.kind == "book" else "ScholarlyArticle"
    series = {"name": edition.series.title, "position": _position(edition.series.number)}
    return {
        "@type": f"http://schema.org/{kind}",
        "identifier": identifiers.main(edition),
        "altIdentifier": [identifiers.urn(edition)] if "doi" in edition.identifiers else [],
        "title": edition.title.plain,
        "subtitle": edition.subtitle.plain,
        "language": edition.language.tag,
        **_people(edition),
        "publisher": {"name": edition.publisher.name} if edition.publisher.name else None,
        "published": edition.date.isoformat(),
        "modified": _moment(edition),
        "description": edition.abstract.plain,
        "subject": list(edition.keywords),
        "belongsTo": {"series": {k: v for k, v in series.items() if v}} if series["name"] else {},
    }


def _position(number: str) -> int | None:
    return int(number) if re.fullmatch(r"\d{1,9}", number) else None


def _people(edition: Edition) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for credit in edition.credits:
        known = {
            "name": credit.name,
            "sortAs": credit.sort_name if credit.sort_name != credit.name else "",
            "identifier": works.orcid(credit),
        }
        person = {key: value for key, value in known.items() if value}
        found.setdefault(_ROLES.get(credit.role, "contributor"), []).append(person)
    return found


def _file(edition: Edition, format: str) -> dict[str, str]:
    return {"rel": OPEN, "href": works.address(edition, format), "type": FORMATS[format]}


def _alternate(edition: Edition) -> dict[str, str]:
    return {
        "rel": "alternate",
        "href": works.address(edition, "html"),
        "type": FORMATS["html"],
        "language": edition.language.tag,
        "title": edition.title.plain,
    }


def atom(subject: Subject) -> bytes:
    """The feed in OPDS 1.2."""
    own = works.own(subject.edition, "opds.xml")
    newest = _newest(subject)
    root = E(
        "feed",
        {"xml:lang": subject.edition.language.tag},
        E("id", f"{identifiers.urn(subject.edition)}#opds"),
        E("title", subject.edition.title.plain),
        E("updated", _moment(newest)),
        E("author", E("name", subject.edition.publisher.name or subject.edition.title.plain)),
        E("link", {"rel": "self", "href": own, "type": ATOM}),
        E("link", {"rel": "start", "href": own, "type": ATOM}),
        (_entry(edition) for edition in subject.work.editions),
    )
    return document(root)


def _entry(edition: Edition) -> etree._Element:
    return E(
        "entry",
        {"xml:lang": edition.language.tag},
        E("id", identifiers.urn(edition)),
        E("title", edition.title.plain),
        E("updated", _moment(edition)),
        (_person(credit) for credit in edition.credits),
        E("dcterms:language", edition.language.tag),
        E("dcterms:identifier", identifiers.main(edition)),
        E("dcterms:issued", edition.date.isoformat()),
        E.given("dcterms:publisher", edition.publisher.name),
        E.given("rights", edition.rights),
        E.given("summary", {"type": "text"}, edition.abstract.plain),
        (E("category", {"term": word, "label": word}) for word in edition.keywords),
        _links(edition),
    )


def _person(credit: Credit) -> etree._Element:
    """Whoever wrote it is its author; all others contributed."""
    role = "author" if credit.role in works.AUTHORS else "contributor"
    return E(role, E("name", credit.name), E.given("uri", works.orcid(credit)))


def _links(edition: Edition) -> Iterator[etree._Element]:
    cover = works.own(edition, "cover.png")
    yield E("link", {"rel": _PICTURE, "href": cover, "type": "image/png"})
    for format in FORMATS:
        yield E("link", _file(edition, format))
    if edition.licence_url:
        yield E("link", {"rel": "license", "href": edition.licence_url})
