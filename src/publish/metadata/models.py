"""Models: the keys of `metadata.yaml` and `edition.yaml`, and what each may hold.

`description` says what a key takes, for the JSON Schema and for whoever wrote something else;
the `examples` are what the remedy shows.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Address = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s<>\"]+$",
        description="an address that begins with https://",
        examples=["https://example.org/"],
    ),
]
# https://id.loc.gov/vocabulary/relators.html
Role = Annotated[
    str,
    Meta(
        pattern="^[a-z]{3}$",
        description="a MARC relator, a code of three letters",
        examples=["aut", "edt", "trl", "ill", "ctb", "ant", "fnd"],
    ),
]
Slug = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",
        description="a file name of letters a to z, digits, hyphens and dots",
        examples=["my-article"],
    ),
]
Licence = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z0-9.+-]+$",
        description="an identifier from https://spdx.org/licenses/",
        examples=["CC-BY-4.0"],
    ),
]
Orcid = Annotated[
    str,
    Meta(
        pattern=r"^(https://orcid\.org/)?(\d{4}-){3}\d{3}[\dX]/?$",
        description="an ORCID of four times four digits",
        examples=["0000-0002-1825-0097"],
    ),
]
Ror = Annotated[
    str,
    Meta(
        pattern=r"^(https://ror\.org/)?0[a-z0-9]{6}\d{2}$",
        description="an identifier from https://ror.org",
        examples=["https://ror.org/01pp8nd67"],
    ),
]
Doi = Annotated[
    str,
    Meta(
        pattern=r"^10\.\d{4,9}/[^\s<>\"]+$",
        description="a DOI without an address before it",
        examples=["10.1000/182"],
    ),
]
Isbn = Annotated[
    str,
    Meta(
        pattern=r"^(97[89][- ]?)?(\d[- ]?){9}[\dX]$",
        description="an ISBN of 13 or 10 digits",
        examples=["978-3-16-148410-0"],
    ),
]
Issn = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d{3}[\dX]$",
        description="an ISSN of twice four digits",
        examples=["2049-3630"],
    ),
]
Uuid = Annotated[
    str,
    Meta(
        pattern="^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
        description="a UUID",
        examples=["e8d312eb-3fbf-4d58-8525-5e1d650ed85c"],
    ),
]
Share = Annotated[float, Meta(ge=0, le=100, description="a number from 0 to 100", examples=[95.5])]

Quotes = Annotated[
    tuple[str, ...],
    Meta(
        min_length=4,
        max_length=4,
        description="a list of four marks, the outer pair and the inner pair",
        examples=['["“", "”", "‘", "’"]'],
    ),
]
Families = Annotated[
    tuple[str, ...],
    Meta(
        min_length=1,
        description="a list of typefaces, the preferred one first",
        examples=['["Gentium Book Plus", "Noto Serif"]'],
    ),
]


class Model(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping in a YAML file; keys that it does not name are refused."""


class Organisation(Model, frozen=True, kw_only=True):
    """A publisher, a partner institute or a funder."""

    name: str = ""
    place: str = ""
    url: Address = ""
    ror: Ror = ""


class Contributor(Model, frozen=True, kw_only=True):
    """Somebody who had a part in the work."""

    name: str
    role: Role = "aut"
    given: str = ""
    family: str = ""
    organisation: bool = False
    affiliation: str = ""
    orcid: Orcid = ""
    url: Address = ""
    bio: str = ""


class Identifiers(Model, frozen=True, kw_only=True):
    """Identifiers of the work or of one edition."""

    doi: Doi = ""
    isbn: Isbn = ""
    issn: Issn = ""
    uuid: Uuid = ""

    def given(self) -> dict[str, str]:
        """Those that there are, by their kind."""
        return {kind: value for kind, value in msgspec.structs.asdict(self).items() if value}


class Series(Model, frozen=True, kw_only=True):
    """The series that a publication is part of."""

    title: str
    number: str = ""
    issn: Issn = ""


class Metadata(Model, frozen=True, kw_only=True):
    """A publication: `manuscript/metadata.yaml`."""

    title: str
    subtitle: str = ""
    language: str = "en"
    date: dt.date
    version: str = "1.0"
    kind: Literal["article", "book"] = "article"
    slug: Slug = ""
    contributors: tuple[Contributor, ...] = ()
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    licence: Licence = ""
    rights: str = ""
    identifiers: Identifiers = Identifiers()
    publisher: Organisation = Organisation()
    series: Series | None = None
    funding: str = ""
    base_url: Address = ""
    references: str = ""
    csl: str = ""
    chapters: tuple[str, ...] = ()


class Release(Model, frozen=True, kw_only=True):
    """What an edition must have before it may be released."""

    translated: Share = 100.0


class EditionFile(Model, frozen=True, kw_only=True):
    """What one edition adds to the publication: `translations/<lang>/edition.yaml`."""

    contributors: tuple[Contributor, ...] = ()
    publisher: Organisation | None = None
    identifiers: Identifiers = Identifiers()
    date: dt.date | None = None
    version: str = ""
    rights: str = ""
    funding: str = ""
    disclaimer: str = ""
    release: Release = Release()


class Rules(Model, frozen=True, kw_only=True, rename="kebab"):
    """What a publication changes of a language's rules: a table of `styles/languages.toml`."""

    quotes: Quotes = ()
    fonts: Families = ()
    hyphenate: bool = True
    keep_words: bool = False
    emphasis: Literal["italic", "weight"] = "italic"
    apostrophe: str = "’"
