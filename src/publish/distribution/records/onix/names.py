"""Names: the vocabulary of ONIX, and what a product and a work are called in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.distribution.records.elements import Vocabulary
from publish.editions import Edition, identifiers

if TYPE_CHECKING:
    from lxml import etree

E = Vocabulary("http://ns.editeur.org/onix/3.0/reference")
DETAILS = {"epub": "E101", "pdf": "E107"}  # 175: product form detail


def products(edition: Edition) -> Iterator[str]:
    """The formats, without those that have the ISBN of another: it names one product."""
    seen = set[str]()
    for format in DETAILS:
        number = identifiers.isbn(edition, format)
        if number not in seen:
            yield format
        seen |= {number} if number else set()


def reference(edition: Edition, format: str) -> str:
    """What a product is called in all messages about it."""
    return f"{identifiers.urn(edition)}#{format}"


def ids(kind: str, edition: Edition, format: str = "") -> Iterator[etree._Element]:
    """5 and 16: a name of our own, an ISBN, a DOI. `kind` is Product or Work."""
    own = reference(edition, format) if format else identifiers.urn(edition)
    code = "ProductIDType" if kind == "Product" else "WorkIDType"
    for scheme, value in (
        ("01", own),
        ("15", identifiers.isbn(edition, format)),
        ("06", edition.identifiers.get("doi", "")),
    ):
        if value:
            name = E("IDTypeName", "URN") if scheme == "01" else None
            yield E(f"{kind}Identifier", E(code, scheme), name, E("IDValue", value))
