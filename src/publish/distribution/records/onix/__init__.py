"""ONIX: an edition as shops and libraries order it, a product for the EPUB and one for the PDF.

Source: ONIX for Books 3.0, revision 8, with reference names, and the code lists of EDItEUR, whose
numbers are given as `list: code` beside them. No clock is read: the message is as old as the
edition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.distribution.records import works
from publish.distribution.records.elements import document
from publish.distribution.records.onix import details, trade
from publish.distribution.records.onix.names import E, ids, products, reference
from publish.distribution.records.works import Subject

if TYPE_CHECKING:
    from lxml import etree


def render(subject: Subject) -> bytes:
    """The message of an edition."""
    edition = subject.edition
    sender = subject.depositor
    root = E(
        "ONIXMessage",
        {"release": "3.0"},
        E(
            "Header",
            E(
                "Sender",
                E("SenderName", sender.name if sender else works.house(edition)),
                E("EmailAddress", sender.email) if sender else None,
            ),
            E("SentDateTime", f"{edition.date:%Y%m%d}"),
        ),
        (_product(subject, format) for format in products(edition)),
    )
    return document(root)


def _product(subject: Subject, format: str) -> etree._Element:
    edition = subject.edition
    return E(
        "Product",
        E("RecordReference", reference(edition, format)),
        E("NotificationType", "03"),  # 1: confirmed on publication
        E("RecordSourceType", "01"),  # 3: publisher
        E("RecordSourceName", works.house(edition)),
        ids("Product", edition, format),
        E("DescriptiveDetail", details.description(subject, format)),
        E.given("CollateralDetail", trade.texts(subject)),
        E("PublishingDetail", trade.publishing(edition)),
        E.given("RelatedMaterial", trade.related(subject, format)),
        trade.supply(edition),
    )
