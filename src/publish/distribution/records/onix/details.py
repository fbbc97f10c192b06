"""Details: what a product is, who made it and in which languages it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish import languages
from publish.distribution.records import works
from publish.distribution.records.onix import access
from publish.distribution.records.onix.names import DETAILS, E
from publish.distribution.records.works import Subject
from publish.documents.words import filled
from publish.editions import Credit, Edition, citing
from publish.renderers import pages

if TYPE_CHECKING:
    from lxml import etree

# MARC relators → 17: contributor role.
_ROLES = {
    "aft": "A19",
    "ann": "A29",
    "ant": "A38",
    "arr": "B25",
    "aui": "A24",
    "aut": "A01",
    "cmm": "A21",
    "com": "C01",
    "cre": "A09",
    "ctb": "A32",
    "edt": "B01",
    "ill": "A12",
    "pht": "A13",
    "red": "B24",
    "rev": "Z04",
    "trc": "B33",
    "trl": "B06",
    "win": "A24",
    "wpr": "A15",
}
_OTHER = "Z99"


def description(subject: Subject, format: str) -> Iterator[etree._Element]:
    """What stands in a product's `DescriptiveDetail`."""
    edition = subject.edition
    yield E("ProductComposition", "00")  # 2: single item
    yield E("ProductForm", "ED")  # 150: digital download
    yield E("ProductFormDetail", DETAILS[format])
    features = access.epub(subject.accessibility) if format == "epub" else access.PDF
    yield from (_feature(*feature) for feature in features)
    yield E("PrimaryContentType", "10")  # 81: text
    yield E("EpubTechnicalProtection", "00")  # 144: none
    if edition.licence_url:
        yield _licence(edition)
    if edition.series.title:
        yield _series(edition)
    yield from _titles(subject)
    for place, credit in enumerate(edition.credits, 1):
        yield _contributor(edition, credit, place)
    yield E("EditionStatement", filled(edition.words["version"], version=edition.version))
    yield _language("01", edition.language.tag)  # 22: language of text
    if works.is_translation(edition):
        yield _language("02", edition.source_language.tag)  # 22: original language
    if edition.keywords:
        words = "; ".join(edition.keywords)
        scheme = E("SubjectSchemeIdentifier", "20")  # 27: keywords
        yield E("Subject", scheme, E("SubjectHeadingText", words))


def _feature(kind: str, value: str, words: str = "") -> etree._Element:
    return E(
        "ProductFormFeature",
        E("ProductFormFeatureType", kind),
        E("ProductFormFeatureValue", value),
        E.given("ProductFormFeatureDescription", words),
    )


def _licence(edition: Edition) -> etree._Element:
    return E(
        "EpubLicense",
        E("EpubLicenseName", edition.licence_name),
        E(
            "EpubLicenseExpression",
            E("EpubLicenseExpressionType", "01"),  # 218: human readable
            E("EpubLicenseExpressionLink", edition.licence_url),
        ),
    )


def _series(edition: Edition) -> etree._Element:
    series = edition.series
    issn = E(
        "CollectionIdentifier",
        E("CollectionIDType", "02"),  # 13: ISSN
        E("IDValue", series.issn.replace("-", "")),
    )
    return E(
        "Collection",
        E("CollectionType", "10"),  # 148: publisher's collection
        issn if series.issn else None,
        E(
            "TitleDetail",
            E("TitleType", "01"),
            E(
                "TitleElement",
                E("TitleElementLevel", "02"),  # 149: collection
                E.given("PartNumber", series.number),
                E("TitleText", series.title),
            ),
        ),
    )


def _titles(subject: Subject) -> Iterator[etree._Element]:
    yield _title("01", subject.edition)  # 15: distinctive title
    if works.is_translation(subject.edition):
        yield _title("03", subject.work.source)  # 15: title in original language


def _title(kind: str, edition: Edition) -> etree._Element:
    tag = {"language": languages.bibliographic(edition.language.tag)}
    return E(
        "TitleDetail",
        E("TitleType", kind),
        E(
            "TitleElement",
            E("TitleElementLevel", "01"),  # 149: product
            E("TitleText", tag, edition.title.plain),
            E("Subtitle", tag, edition.subtitle.plain) if edition.subtitle else None,
        ),
    )


def _contributor(edition: Edition, credit: Credit, place: int) -> etree._Element:
    translator = credit.role == "trl" and works.is_translation(edition)
    return E(
        "Contributor",
        E("SequenceNumber", str(place)),
        E("ContributorRole", _ROLES.get(credit.role, _OTHER)),
        _translated("FromLanguage", edition.source_language.tag) if translator else None,
        _translated("ToLanguage", edition.language.tag) if translator else None,
        _orcid(credit),
        list(_names(credit)),
        E("ProfessionalAffiliation", E("Affiliation", credit.affiliation))
        if credit.affiliation
        else None,
        _biography(edition, credit) if credit.bio else None,
        E("ContributorDescription", credit.role_name) if credit.role not in _ROLES else None,
    )


def _biography(edition: Edition, credit: Credit) -> etree._Element:
    tag = languages.bibliographic(edition.language.tag)
    words = " ".join("".join(pages.parse(credit.bio).itertext()).split())
    return E("BiographicalNote", {"language": tag, "textformat": "06"}, words)  # 34: plain text


def _translated(name: str, tag: str) -> etree._Element:
    return E(name, languages.bibliographic(tag))


def _orcid(credit: Credit) -> etree._Element | None:
    orcid = works.orcid(credit).rpartition("/")[2].replace("-", "")
    if not orcid:
        return None
    return E("NameIdentifier", E("NameIDType", "21"), E("IDValue", orcid))  # 44: ORCID


def _names(credit: Credit) -> Iterator[etree._Element]:
    if credit.organisation:
        yield E("CorporateName", credit.name)
        return
    family, given = citing.name_of(credit)
    yield E("PersonName", credit.name)
    if given:
        yield E("PersonNameInverted", f"{family}, {given}")
        yield E("NamesBeforeKey", given)
        yield E("KeyNames", family)


def _language(role: str, tag: str) -> etree._Element:
    return E("Language", E("LanguageRole", role), E("LanguageCode", languages.bibliographic(tag)))
