"""Crossref: the deposit that registers an edition's DOI.

Source: Crossref's metadata input schema 5.4.0 and its documentation. An article that stands for
itself is registered as a report, the one kind beside journal articles and books that has a
publisher, a licence, funders and relations. Crossref keeps both ends of a relation if one of them
is deposited, so a translation names its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from publish.distribution.records import inlines, texts, works
from publish.distribution.records.elements import Vocabulary, document
from publish.distribution.records.works import AUTHORS, Subject
from publish.editions import Credit, Edition, identifiers
from publish.metadata import Depositor

if TYPE_CHECKING:
    from lxml import etree

_MARKUP = re.compile(r"</?(?:i|b|sc|sub|sup|span)\b[^>]*>")  # in the texts of CSL-JSON
VERSION = "5.4.0"
SCHEMA = f"http://www.crossref.org/schema/{VERSION}"
E = Vocabulary(
    SCHEMA,
    xsi="http://www.w3.org/2001/XMLSchema-instance",
    jats="http://www.ncbi.nlm.nih.gov/JATS1",
    fr="http://www.crossref.org/fundref.xsd",
    ai="http://www.crossref.org/AccessIndicators.xsd",
    rel="http://www.crossref.org/relations.xsd",
)
_ROLES = {
    "aut": "author",
    "cre": "author",
    "edt": "editor",
    "trl": "translator",
    "rev": "reviewer",
}
# CSL's types of works → those of Crossref's citations.
_TYPES = {
    "article-journal": "journal_article",
    "book": "book",
    "chapter": "book_chapter",
    "dataset": "dataset",
    "paper-conference": "conference_paper",
    "patent": "patent",
    "post-weblog": "blog_post",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "thesis": "dissertation",
    "webpage": "web_resource",
}


def lacking(subject: Subject) -> tuple[str, ...]:
    """What a deposit wants and the edition does not have, by the keys of the metadata."""
    edition = subject.edition
    wanted = {
        "identifiers.doi": edition.identifiers.get("doi"),
        "base_url": edition.base_url,
        "publisher.name": edition.publisher.name,
        "depositor": subject.depositor,
    }
    return tuple(key for key, value in wanted.items() if not value)


def render(subject: Subject, depositor: Depositor) -> bytes:
    """The deposit of an edition that lacks nothing (`lacking`)."""
    edition = subject.edition
    whole = _book(subject) if edition.kind == "book" else _report(subject)
    root = E(
        "doi_batch",
        {
            "version": VERSION,
            "xsi:schemaLocation": f"{SCHEMA} https://www.crossref.org/schemas/crossref{VERSION}.xsd",
        },
        E(
            "head",
            E("doi_batch_id", f"{edition.slug}-{edition.id}-{edition.version}"),
            E("timestamp", timestamp(edition)),
            E(
                "depositor",
                E("depositor_name", depositor.name),
                E("email_address", depositor.email),
            ),
            E("registrant", edition.publisher.name),
        ),
        E("body", whole),
    )
    return document(root)


def timestamp(edition: Edition) -> str:
    """A number that grows with the edition's date and version, as a later deposit's must."""
    numbers = [int(digits[:9]) for digits in re.findall(r"\d+", edition.version)[:3]]
    figures = "".join(f"{min(number, 99):02}" for number in (*numbers, 0, 0, 0)[:3])
    return f"{edition.date:%Y%m%d}{figures}"


def _report(subject: Subject) -> etree._Element:
    metadata = E(
        "report-paper_metadata",
        _language(subject.edition),
        _beginning(subject),
        _isbns(subject.edition),
        _publisher(subject.edition),
        _ending(subject),
    )
    return E("report-paper", metadata)


def _book(subject: Subject) -> etree._Element:
    edition = subject.edition
    metadata = E(
        "book_metadata",
        _language(edition),
        _beginning(subject),
        list(_isbns(edition)) or [E("noisbn", {"reason": "monograph"})],
        _publisher(edition),
        _ending(subject),
    )
    edited = any(c.role == "edt" for c in edition.credits) and not _of(edition, AUTHORS)
    return E("book", {"book_type": "edited_book" if edited else "monograph"}, metadata)


def _of(edition: Edition, roles: set[str]) -> list[Credit]:
    return [credit for credit in edition.credits if credit.role in roles]


def _language(edition: Edition) -> Mapping[str, str]:
    return {"language": edition.language.tag.partition("-")[0]}


def _beginning(subject: Subject) -> Iterator[etree._Element]:
    edition = subject.edition
    if people := _of(edition, set(_ROLES)):
        yield E("contributors", (_person(credit, n) for n, credit in enumerate(people)))
    yield E("titles", _titles(subject))
    if edition.abstract:
        paragraphs = inlines.paragraphs(E, "jats:p", edition.abstract.html)
        yield E("jats:abstract", {"xml:lang": edition.language.tag}, paragraphs)
    day = edition.date
    parts = (E("month", f"{day:%m}"), E("day", f"{day:%d}"), E("year", f"{day:%Y}"))
    yield E("publication_date", {"media_type": "online"}, parts)


def _titles(subject: Subject) -> Iterator[etree._Element]:
    edition, source = subject.edition, subject.work.source
    yield E("title", edition.title.plain)
    if edition.subtitle:
        yield E("subtitle", edition.subtitle.plain)
    if works.is_translation(edition):
        yield E("original_language_title", _language(source), source.title.plain)
        if source.subtitle:
            yield E("subtitle", source.subtitle.plain)


def _person(credit: Credit, place: int) -> etree._Element:
    attributes = {
        "sequence": "additional" if place else "first",
        "contributor_role": _ROLES[credit.role],
    }
    if credit.organisation:
        return E("organization", attributes, credit.name)
    family, given = works.name_of(credit)
    return E(
        "person_name",
        attributes,
        E.given("given_name", given),
        E("surname", family),
        E("affiliations", _institution(credit.affiliation, works.ror(credit.affiliation_ror)))
        if credit.affiliation
        else None,
        E.given("ORCID", works.orcid(credit)),
    )


def _institution(name: str, ror: str) -> etree._Element:
    id = E("institution_id", {"type": "ror"}, ror) if ror else None
    return E("institution", E("institution_name", name), id)


def _isbns(edition: Edition) -> Iterator[etree._Element]:
    numbers = dict.fromkeys(identifiers.isbn(edition, format) for format in works.FORMATS)
    return (E("isbn", {"media_type": "electronic"}, number) for number in numbers if number)


def _publisher(edition: Edition) -> etree._Element:
    house = edition.publisher
    return E("publisher", E("publisher_name", house.name), E.given("publisher_place", house.place))


def _ending(subject: Subject) -> Iterator[etree._Element]:
    """Funders, licence, relation, where it is to be found, and what it cites."""
    edition = subject.edition
    if edition.funders:
        yield E("fr:program", {"name": "fundref"}, _funders(edition))
    if edition.licence_url:
        yield E(
            "ai:program",
            {"name": "AccessIndicators"},
            E("ai:free_to_read") if works.is_free(edition) else None,
            E("ai:license_ref", {"applies_to": "vor"}, edition.licence_url),
        )
    yield from _relation(subject)
    yield _doi(edition)
    if found := list(_citations(subject)):
        yield E("citation_list", found)


def _funders(edition: Edition) -> Iterator[etree._Element]:
    for funder in edition.funders:
        id = identifiers.doi_address(funder.funder_id) if funder.funder_id else ""
        name = _assertion("funder_name", funder.name)
        if id:
            name.append(_assertion("funder_identifier", id))
        group = [name]
        group += [_assertion("ror", works.ror(funder.ror))] if funder.ror else []
        group += [_assertion("award_number", funder.award)] if funder.award else []
        yield E("fr:assertion", {"name": "fundgroup"}, group)


def _assertion(name: str, value: str) -> etree._Element:
    return E("fr:assertion", {"name": name}, value)


def _relation(subject: Subject) -> Iterator[etree._Element]:
    """A translation is one of its source, by DOI or by address."""
    if works.is_translation(subject.edition):
        source = subject.work.source
        doi = source.identifiers.get("doi", "")
        relation = E(
            "rel:intra_work_relation",
            {
                "relationship-type": "isTranslationOf",
                "identifier-type": "doi" if doi else "uri",
            },
            doi or source.address(),
        )
        yield E("rel:program", {"name": "relations"}, E("rel:related_item", relation))


def _doi(edition: Edition) -> etree._Element:
    """The page that the DOI leads to, and the files for those who mine text."""
    items = [
        E("item", E("resource", {"mime_type": works.FORMATS[format]}, edition.address(format)))
        for format in ("pdf", "epub")
    ]
    return E(
        "doi_data",
        E("doi", edition.identifiers["doi"]),
        E("resource", edition.address()),
        E("collection", {"property": "text-mining"}, items),
    )


def _citations(subject: Subject) -> Iterator[etree._Element]:
    for key, words in texts.cited(subject.archive).items():
        work = subject.archive.works.get(key, {})
        kind = _TYPES.get(str(work.get("type")), "other")
        parts = list(_cited(work)) if "DOI" in work else []
        yield E(
            "citation",
            {"key": key, "type": kind},
            parts or [*_cited(work), E("unstructured_citation", words)],
        )


def _cited(work: Mapping[str, Any]) -> Iterator[etree._Element]:
    """The parts of a citation that Crossref matches by, in the order of its schema."""
    journal = work.get("type") == "article-journal"
    pages = re.match(r"\w+", str(work.get("page", "")))
    for name, value in (
        ("issn", work.get("ISSN") if journal else ""),
        ("journal_title", work.get("container-title") if journal else ""),
        ("author", _first(work.get("author", ()))),
        ("volume", work.get("volume")),
        ("issue", work.get("issue")),
        ("first_page", pages[0] if pages else ""),
        ("cYear", _year(work)),
        ("doi", work.get("DOI")),
        ("series_title", work.get("collection-title")),
        ("volume_title", "" if journal else work.get("container-title")),
        ("article_title", work.get("title")),
    ):
        if value:
            yield E(name, _MARKUP.sub("", str(value)))


def _first(names: Sequence[Mapping[str, str]]) -> str:
    return (names[0].get("family") or names[0].get("literal", "")) if names else ""


def _year(work: Mapping[str, Any]) -> str:
    parts = work.get("issued", {}).get("date-parts") or [[""]]
    return str(parts[0][0])
