"""Identifiers: what an edition is called by machines, the same name in every file that has one.

Each edition has a name of its own, so that a library never takes a translation for a new version
of the source.
"""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

from publish.editions import Edition

_TEN = 10  # digits of an ISBN from before 2007


def urn(edition: Edition, id: str = "") -> str:
    """The name that an edition always has, or the edition `id` of its work.

    The work's name and the id, hashed (RFC 9562, 5.5).
    """
    uuid = edition.identifiers.get("uuid")
    work = f"urn:uuid:{uuid}" if uuid else f"{edition.base_url}/{edition.slug}"
    return uuid5(NAMESPACE_URL, f"{work}#{id or edition.id}").urn


def main(edition: Edition) -> str:
    """What an edition is called where there is room for one name: its DOI, else its URN."""
    doi = edition.identifiers.get("doi")
    return doi_address(doi) if doi else urn(edition)


def doi_address(doi: str) -> str:
    """A DOI as an address (DOI Handbook, 3.8)."""
    return f"https://doi.org/{doi}"


def isbn(edition: Edition, format: str) -> str:
    """The ISBN of a format, else that of the edition, in 13 digits; '' if it has none."""
    digits = re.sub(r"[- ]", "", edition.identifiers_in(format).get("isbn", ""))
    return _thirteen(digits) if len(digits) == _TEN else digits


def _thirteen(ten: str) -> str:
    """An ISBN of 13 digits for one of 10 (ISO 2108, annex A)."""
    start = f"978{ten[:-1]}"
    total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(start))
    return f"{start}{-total % 10}"
