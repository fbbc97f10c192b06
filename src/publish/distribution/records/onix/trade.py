"""Trade: what is said to readers of a product, who publishes it, and what it is related to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish import languages
from publish.distribution.records import works
from publish.distribution.records.onix.names import E, ids, products
from publish.distribution.records.works import Subject
from publish.editions import Edition

if TYPE_CHECKING:
    from lxml import etree


def texts(subject: Subject) -> Iterator[etree._Element]:
    """What stands in its `CollateralDetail`."""
    edition = subject.edition
    tag = languages.bibliographic(edition.language.tag)
    for kind, words in (
        ("30", edition.abstract.plain),  # 153: abstract
        ("20", edition.rights if edition.licence_url else ""),  # 153: open access statement
        ("13", edition.disclaimer),  # 153: publisher's notice
    ):
        if words:
            yield E(
                "TextContent",
                E("TextType", kind),
                E("ContentAudience", "00"),  # 154: unrestricted
                E("Text", {"language": tag, "textformat": "06"}, words),  # 34: plain text
            )
    if page := edition.address():
        yield _cover(page.rpartition("/")[0])


def _cover(folder: str) -> etree._Element:
    return E(
        "SupportingResource",
        E("ResourceContentType", "01"),  # 158: front cover
        E("ContentAudience", "00"),
        E("ResourceMode", "03"),  # 159: still image
        E(
            "ResourceVersion",
            E("ResourceForm", "02"),  # 161: downloadable file
            E("ResourceLink", f"{folder}/metadata/cover.png"),
        ),
    )


def publishing(edition: Edition) -> Iterator[etree._Element]:
    """What stands in its `PublishingDetail`."""
    yield _house("01", works.house(edition), works.ror(edition.publisher.ror))  # 45: publisher
    if edition.on_behalf_of.name:
        asked = edition.on_behalf_of
        yield _house("06", asked.name, works.ror(asked.ror))  # 45: published on behalf of
    for funder in edition.funders:
        paid = E("Funding", E("FundingIdentifier", *_award(funder.award))) if funder.award else None
        yield _house("16", funder.name, works.ror(funder.ror), paid)  # 45: funding body
    if edition.publisher.place:
        yield E("CityOfPublication", edition.publisher.place)
    yield E("PublishingStatus", "04")  # 64: active
    yield E(
        "PublishingDate",
        E("PublishingDateRole", "01"),  # 163: publication date
        E("Date", {"dateformat": "00"}, f"{edition.date:%Y%m%d}"),
    )


def _award(number: str) -> tuple[etree._Element, ...]:
    return (
        E("FundingIDType", "01"),  # 228: proprietary
        E("IDTypeName", "Award number"),
        E("IDValue", number),
    )


def _house(role: str, name: str, ror: str, more: etree._Element | None = None) -> etree._Element:
    id = E("PublisherIdentifier", E("PublisherIDType", "40"), E("IDValue", ror))  # 44: ROR
    return E(
        "Publisher",
        E("PublishingRole", role),
        id if ror else None,
        E("PublisherName", name),
        more,
    )


def related(subject: Subject, format: str) -> Iterator[etree._Element]:
    """What it was translated from, the other languages, and the same in the other format."""
    edition, work = subject.edition, subject.work
    if works.is_translation(edition):
        code = E("WorkRelationCode", "29")  # 164: derived from via translation
        yield E("RelatedWork", code, ids("Work", work.source))
    for other in work.others(edition):
        yield _other("11", other, format)  # 51: is other-language version of
    for each in products(edition):
        if each != format:
            yield _other("06", edition, each)  # 51: alternative format


def _other(relation: str, edition: Edition, format: str) -> etree._Element:
    return E(
        "RelatedProduct",
        E("ProductRelationCode", relation),
        ids("Product", edition, format),
    )


def supply(edition: Edition) -> etree._Element | None:
    """Free of charge, where the licence makes it so; of prices for the others nothing is known."""
    if not works.is_free(edition):
        return None
    return E(
        "ProductSupply",
        E(
            "SupplyDetail",
            E("Supplier", E("SupplierRole", "09"), E("SupplierName", works.house(edition))),
            E("ProductAvailability", "20"),  # 65: available
            E("UnpricedItemType", "01"),  # 57: free of charge
        ),
    )
