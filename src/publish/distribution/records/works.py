"""Works: what records are about, and what all of them say of it in the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from publish.editions import Credit, Edition
from publish.editions.archiving import Archive
from publish.metadata import Depositor

FORMATS = {"epub": "application/epub+zip", "pdf": "application/pdf", "html": "text/html"}
AUTHORS = {"aut", "cre"}


@dataclass(frozen=True, slots=True)
class Work:
    """A publication in all its editions; `editions` begins with those of the source."""

    editions: tuple[Edition, ...]

    @property
    def source(self) -> Edition:
        """The edition that the others were translated from."""
        return self.editions[0]

    def others(self, edition: Edition) -> tuple[Edition, ...]:
        """The first edition in each other language."""
        found = {edition.language.tag: edition}
        for other in self.editions:
            found.setdefault(other.language.tag, other)
        return tuple(found.values())[1:]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the records of an edition are made from.

    `archive` is its full text, `accessibility` what the EPUB says of itself by the properties
    of schema.org, `depositor` who hands records to Crossref.
    """

    edition: Edition
    work: Work
    archive: Archive
    accessibility: Mapping[str, tuple[str, ...]]
    cover: bytes
    depositor: Depositor | None = None


def is_translation(edition: Edition) -> bool:
    """Whether an edition is in another language than the manuscript."""
    return edition.language.tag != edition.source_language.tag


def is_free(edition: Edition) -> bool:
    """Whether an edition's licence lets everybody read it: one of Creative Commons."""
    return edition.licence.startswith("CC")


def house(edition: Edition) -> str:
    """Whose product it is: the publisher's, else that of who is named first."""
    names = [edition.publisher.name, *(credit.name for credit in edition.credits)]
    return next((name for name in names if name), edition.title.plain)


def other_name(credit: Credit) -> str:
    """A person's name in the source's letters, if that is another one."""
    other = credit.source_name if credit.source_name != credit.name else ""
    return "" if credit.organisation else other


def orcid(credit: Credit) -> str:
    """An ORCID as an address, '' if there is none."""
    digits = re.search(r"(?:\d{4}-){3}\d{3}[\dX]", credit.orcid)
    return f"https://orcid.org/{digits[0]}" if digits else ""


def ror(value: str) -> str:
    """A ROR as an address, '' if there is none."""
    return f"https://ror.org/{value.rstrip('/').rpartition('/')[2]}" if value else ""


def address(edition: Edition, format: str) -> str:
    """Where a file of an edition stands: its address, else its place seen from a record's."""
    return edition.address(format) or f"../../{edition.id}/{edition.slug}.{format}"


def own(edition: Edition, name: str) -> str:
    """Where a record of an edition stands, likewise."""
    page = edition.address()
    folder = page.rpartition("/")[0] if page else f"../../{edition.id}"
    return f"{folder}/metadata/{name}"
