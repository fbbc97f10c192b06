"""JATS: an article's front matter and full text for archives.

Tagged by JATS 1.3 (ANSI/NISO Z39.96-2021), as its Journal Publishing Tag Set has it; a work that
is in no journal has no ISSN, so that the set declared is Journal Archiving, which includes the
other. Titles, abstracts and keywords stand in every language that there is an edition in. Pictures
are the files beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.distribution.records import inlines, texts, works
from publish.distribution.records.elements import Part, Vocabulary, document
from publish.distribution.records.works import Subject
from publish.editions import Credit, Edition, citing, identifiers

if TYPE_CHECKING:
    from lxml import etree

E = Vocabulary(
    xlink="http://www.w3.org/1999/xlink",
    mml="http://www.w3.org/1998/Math/MathML",
    ali="http://www.niso.org/schemas/ali/1.0/",
)
DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD '
    'with MathML3 v1.3 20210610//EN" "JATS-archivearticle1-3-mathml3.dtd">'
)
# JATS names some of the MARC relators; the others go by their codes.
_TYPES = {"aut": "author", "cre": "author", "edt": "editor", "trl": "translator"}
_RELATORS = "https://id.loc.gov/vocabulary/relators"


def render(subject: Subject) -> bytes:
    """The edition as a JATS article. In: a subject whose edition is an article."""
    edition = subject.edition
    translated = works.is_translation(edition)
    root = E(
        "article",
        {
            "dtd-version": "1.3",
            "article-type": "translation" if translated else "research-article",
            "xml:lang": edition.language.tag,
        },
        E("front", _journal(edition), E("article-meta", _meta(subject))),
        texts.parts(subject.archive),
    )
    return document(root, DOCTYPE)


def _journal(edition: Edition) -> etree._Element:
    """The series, if it is part of one, and whose imprint it is."""
    series, place = edition.series, edition.publisher.place
    id = E("journal-id", {"journal-id-type": "publisher"}, series.title) if series.title else None
    title = E("journal-title-group", E("journal-title", series.title)) if series.title else None
    return E(
        "journal-meta",
        id,
        title,
        E.given("issn", series.issn or edition.identifiers.get("issn", "")),
        E(
            "publisher",
            E("publisher-name", works.house(edition)),
            E.given("publisher-loc", place),
        ),
    )


def _meta(subject: Subject) -> Iterator[etree._Element]:
    """The article's own metadata, in the order that JATS wants."""
    edition, work = subject.edition, subject.work
    others = work.others(edition)
    yield from _ids(edition)
    yield E("article-version", {"article-version-type": "publish"}, edition.version)
    yield E(
        "title-group",
        inlines.filled(E, "article-title", edition.title.html),
        inlines.filled(E, "subtitle", edition.subtitle.html) if edition.subtitle else None,
        (_translated_title(other) for other in others),
    )
    if people := [_person(credit, edition) for credit in edition.credits]:
        yield E("contrib-group", people)
    yield _date(edition)
    if edition.series.number:
        yield E("volume", edition.series.number)
    yield from _permissions(edition)
    yield from _addresses(edition)
    yield from _related(subject)
    yield from _words(edition, others)
    yield from _funding(edition)


def _ids(edition: Edition) -> Iterator[etree._Element]:
    if doi := edition.identifiers.get("doi"):
        yield E("article-id", {"pub-id-type": "doi"}, doi)
    yield E("article-id", {"pub-id-type": "publisher-id"}, identifiers.urn(edition))


def _translated_title(other: Edition) -> etree._Element:
    return E(
        "trans-title-group",
        {"xml:lang": other.language.tag},
        inlines.filled(E, "trans-title", other.title.html),
        inlines.filled(E, "trans-subtitle", other.subtitle.html) if other.subtitle else None,
    )


def _person(credit: Credit, edition: Edition) -> etree._Element:
    orcid = works.orcid(credit)
    return E(
        "contrib",
        {"contrib-type": _TYPES.get(credit.role, credit.role)},
        E("contrib-id", {"contrib-id-type": "orcid"}, orcid) if orcid else None,
        _name(credit, edition),
        E(
            "role",
            {
                "vocab": "marc-relators",
                "vocab-identifier": f"{_RELATORS}.html",
                "vocab-term": credit.role,
                "vocab-term-identifier": f"{_RELATORS}/{credit.role}",
            },
            credit.role_name,
        ),
        E("aff", _institution(credit)) if credit.affiliation else None,
        E("bio", inlines.paragraphs(E, "p", credit.bio)) if credit.bio else None,
    )


def _name(credit: Credit, edition: Edition) -> etree._Element:
    """A name, beside the same in the source's letters if that is another."""
    if credit.organisation:
        return E("collab", credit.name)
    family, given = citing.name_of(credit)
    tag = {"xml:lang": edition.language.tag}
    own = (
        E("name", tag, E("surname", family), E("given-names", given))
        if given
        else E("string-name", tag, family)
    )
    if not (other := works.other_name(credit)):
        return own
    source = {"xml:lang": edition.source_language.tag}
    return E("name-alternatives", own, E("string-name", source, other))


def _institution(credit: Credit) -> Part:
    if not (ror := works.ror(credit.affiliation_ror)):
        return credit.affiliation
    return E(
        "institution-wrap",
        E("institution", credit.affiliation),
        E("institution-id", {"institution-id-type": "ror"}, ror),
    )


def _date(edition: Edition) -> etree._Element:
    day = edition.date
    return E(
        "pub-date",
        {
            "date-type": "pub",
            "publication-format": "electronic",
            "iso-8601-date": day.isoformat(),
        },
        E("day", f"{day:%d}"),
        E("month", f"{day:%m}"),
        E("year", f"{day:%Y}"),
    )


def _permissions(edition: Edition) -> Iterator[etree._Element]:
    url = edition.licence_url
    if edition.rights or url:
        yield E(
            "permissions",
            E.given("copyright-statement", edition.rights),
            E("copyright-year", str(edition.date.year)) if edition.rights else None,
            E(
                "license",
                E("ali:license_ref", url),
                E("license-p", E("ext-link", _link(url), edition.licence_name)),
            )
            if url
            else None,
        )


def _link(url: str) -> dict[str, str]:
    return {"ext-link-type": "uri", "xlink:href": url}


def _addresses(edition: Edition) -> Iterator[etree._Element]:
    for format, kind in works.FORMATS.items():
        if url := edition.address(format):
            yield E("self-uri", {"content-type": kind, "xlink:href": url})


def _related(subject: Subject) -> Iterator[etree._Element]:
    """The article that this is a translation of, or those that are translations of this."""
    work, edition = subject.work, subject.edition
    translated = works.is_translation(edition)
    related = (work.source,) if translated else work.others(edition)
    kind = "translated-article" if translated else "translation"
    for other in related:
        doi = other.identifiers.get("doi", "")
        yield E(
            "related-article",
            {
                "related-article-type": kind,
                "ext-link-type": "doi" if doi else "uri",
                "xlink:href": doi or works.address(other, "html"),
                "xml:lang": other.language.tag,
            },
            inlines.filled(E, "article-title", other.title.html),
        )


def _words(edition: Edition, others: tuple[Edition, ...]) -> Iterator[etree._Element]:
    """Abstracts, then keywords, each in every language."""
    if edition.abstract:
        yield E("abstract", inlines.paragraphs(E, "p", edition.abstract.html))
    for other in others:
        if other.abstract:
            tag = {"xml:lang": other.language.tag}
            yield E("trans-abstract", tag, inlines.paragraphs(E, "p", other.abstract.html))
    for each in (edition, *others):
        if each.keywords:
            attributes = {"kwd-group-type": "author", "xml:lang": each.language.tag}
            yield E("kwd-group", attributes, (E("kwd", word) for word in each.keywords))


def _funding(edition: Edition) -> Iterator[etree._Element]:
    groups = [
        E(
            "award-group",
            E(
                "funding-source",
                E(
                    "institution-wrap",
                    E("institution", funder.name),
                    _id("ror", works.ror(funder.ror)),
                    _id("open-funder-registry", funder.funder_id),
                ),
            ),
            E.given("award-id", funder.award),
        )
        for funder in edition.funders
    ]
    if groups or edition.funding:
        yield E("funding-group", groups, E.given("funding-statement", edition.funding))


def _id(kind: str, value: str) -> etree._Element | None:
    return E("institution-id", {"institution-id-type": kind}, value) if value else None
