r"""Models: the keys of `metadata.yaml` and `edition.yaml`, and what each may hold.

`description` says what a key takes, for the JSON Schema and for whoever wrote something else;
the `examples` are what the remedy shows. A pattern ends in `$(?!\n)`: to Python `$` also stands
before a last line break.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Address = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s<>\"]+$(?!\n)",
        description="an address that begins with https://",
        examples=["https://example.org/"],
    ),
]
Contact = Annotated[
    str,
    Meta(
        pattern=r"^(https?://[^\s<>\"]+|[^\s<>\"@:/]+@[^\s<>\"@:/]+)$(?!\n)",
        description="an address that begins with https://, or one of e-mail",
        examples=["access@example.org"],
    ),
]
# https://id.loc.gov/vocabulary/relators.html
Role = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{3}$(?!\n)",
        description="a MARC relator, a code of three letters",
        examples=["aut", "edt", "trl", "ill", "ctb", "ant", "fnd"],
    ),
]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$(?!\n)",
        description="a file name of letters a to z, digits, hyphens and dots",
        examples=["my-article"],
    ),
]
Licence = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9.+-]+$(?!\n)",
        description="an identifier from https://spdx.org/licenses/",
        examples=["CC-BY-4.0"],
    ),
]
Orcid = Annotated[
    str,
    Meta(
        pattern=r"^(https://orcid\.org/)?(\d{4}-){3}\d{3}[\dX]/?$(?!\n)",
        description="an ORCID of four times four digits",
        examples=["0000-0002-1825-0097"],
    ),
]
Ror = Annotated[
    str,
    Meta(
        pattern=r"^(https://ror\.org/)?0[a-z0-9]{6}\d{2}$(?!\n)",
        description="an identifier from https://ror.org",
        examples=["https://ror.org/01pp8nd67"],
    ),
]
Doi = Annotated[
    str,
    Meta(
        pattern=r"^10\.\d{4,9}/[^\s<>\"]+$(?!\n)",
        description="a DOI without an address before it",
        examples=["10.1000/182"],
    ),
]
Isbn = Annotated[
    str,
    Meta(
        pattern=r"^(97[89][- ]?)?(\d[- ]?){9}[\dX]$(?!\n)",
        description="an ISBN of 13 or 10 digits",
        examples=["978-3-16-148410-0"],
    ),
]
Issn = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d{3}[\dX]$(?!\n)",
        description="an ISSN of twice four digits",
        examples=["2049-3630"],
    ),
]
Uuid = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$(?!\n)",
        description="a UUID",
        examples=["e8d312eb-3fbf-4d58-8525-5e1d650ed85c"],
    ),
]
Email = Annotated[
    str,
    Meta(
        pattern=r"^[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+$(?!\n)",
        description="an address for e-mail",
        examples=["editors@example.org"],
    ),
]
FunderId = Annotated[
    str,
    Meta(
        pattern=r"^10\.13039/\d+$(?!\n)",
        description="an identifier of the Crossref Funder Registry",
        examples=["10.13039/501100004189"],
    ),
]
Logo = Annotated[
    str,
    Meta(
        pattern=r"^[^\\]+\.(svg|png|jpe?g)$(?!\n)",
        description="a picture beside this file, in SVG, PNG or JPEG",
        examples=["logo.svg"],
    ),
]
# A stranger's input that goes into style sheets: nothing but figures can pass.
Colour = Annotated[
    str,
    Meta(
        pattern=r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$(?!\n)",
        description="a colour as six or three hexadecimal digits, in quotation marks",
        examples=['"#1b4f72"'],
    ),
]
Typeface = Annotated[
    str,
    Meta(
        pattern=r"^[^\W_][\w .-]{0,63}$(?!\n)",
        description="the name of a typeface",
        examples=["Noto Serif KR"],
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
Words = Annotated[
    tuple[str, ...],
    Meta(description="a list of words", examples=['["Nr.", "Art."]']),
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
    """A publisher, or an institute for which an edition is made.

    `name` is for the readers of the edition, `source_name` the same in the language of the
    manuscript; `address` is what stands in an imprint.
    """

    name: str = ""
    source_name: str = ""
    place: str = ""
    address: str = ""
    url: Address = ""
    ror: Ror = ""
    logo: Logo = ""

    def named(self, name: str) -> Organisation:
        """The same under another name."""
        return msgspec.structs.replace(self, name=name)


class Funder(Model, frozen=True, kw_only=True):
    """Who paid; `award` is the number of the grant."""

    name: str
    source_name: str = ""
    ror: Ror = ""
    funder_id: FunderId = ""
    award: str = ""
    url: Address = ""


class Depositor(Model, frozen=True, kw_only=True):
    """Who hands records to a registry such as Crossref, and where it writes to."""

    name: str
    email: Email


class Contributor(Model, frozen=True, kw_only=True):
    """Somebody who had a part in the work."""

    name: str
    role: Role = "aut"
    given: str = ""
    family: str = ""
    organisation: bool = False
    source_name: str = ""
    affiliation: str = ""
    affiliation_ror: Ror = ""
    orcid: Orcid = ""
    url: Address = ""
    bio: str = ""


class Identifiers(Model, frozen=True, kw_only=True, rename="kebab"):
    """Identifiers of the work or of one edition; `isbn-pdf` is that of one format."""

    doi: Doi = ""
    isbn: Isbn = ""
    isbn_pdf: Isbn = ""
    isbn_epub: Isbn = ""
    isbn_html: Isbn = ""
    issn: Issn = ""
    uuid: Uuid = ""

    def given(self) -> dict[str, str]:
        """Those that there are, by their kind as it is written in the file."""
        values = zip(self.__struct_encode_fields__, msgspec.structs.astuple(self), strict=True)
        return {kind: value for kind, value in values if value}


class Series(Model, frozen=True, kw_only=True):
    """The series that a publication is part of."""

    title: str
    number: str = ""
    issn: Issn = ""


class Press(Model, frozen=True, kw_only=True):
    """How a publication is printed: the print shop's colour profile, a file in `manuscript/`.

    `condition` is the name that the profile's printing condition has in the ICC's registry, such
    as FOGRA39 (https://registry.color.org/cmyk-registry/).
    """

    profile: str = ""
    condition: str = ""


class Accessibility(Model, frozen=True, kw_only=True):
    """Who has examined whether everybody can read the publication, and whom one may ask."""

    certified_by: str = ""
    report: Address = ""
    contact: Contact = ""


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
    keyword_order: Literal["language", "author"] = "language"
    licence: Licence = ""
    rights: str = ""
    identifiers: Identifiers = Identifiers()
    publisher: Organisation = Organisation()
    funding: str = ""
    funders: tuple[Funder, ...] = ()
    series: Series | None = None
    depositor: Depositor | None = None
    accessibility: Accessibility = Accessibility()
    base_url: Address = ""
    references: str = ""
    csl: str = ""
    reference_language: Literal["edition", "work"] = "edition"
    press: Press = Press()
    attach: bool = False
    chapters: tuple[str, ...] = ()
    catalogues: Literal["one", "chapters"] = "one"


class Release(Model, frozen=True, kw_only=True):
    """What an edition must have before it may be released."""

    translated: Share = 100.0
    reviewed: Share = 0.0
    approved: Share = 0.0


class Tokens(Model, frozen=True, kw_only=True, rename="kebab"):
    """What an edition changes of the looks: colours by day and by night, typefaces."""

    paper: Colour = ""
    ink: Colour = ""
    ink_soft: Colour = ""
    accent: Colour = ""
    hairline: Colour = ""
    tint: Colour = ""
    select: Colour = ""
    paper_night: Colour = ""
    ink_night: Colour = ""
    ink_soft_night: Colour = ""
    accent_night: Colour = ""
    hairline_night: Colour = ""
    tint_night: Colour = ""
    select_night: Colour = ""
    fonts: tuple[Typeface, ...] = ()

    def colours(self) -> dict[str, str]:
        """Those that there are, by the names that they have in `tokens.css`."""
        values = zip(self.__struct_encode_fields__, msgspec.structs.astuple(self), strict=True)
        return {name: value for name, value in values if value and isinstance(value, str)}


class EditionFile(Model, frozen=True, kw_only=True):
    """What one edition adds to the publication: `translations/<edition>/edition.yaml`.

    `partner` is the institute under whose imprint it appears, `on_behalf_of` who asked for the
    translation, if another; `source_version` and `source_date` are those of the text that was
    translated. `authoritative: both` leaves out that the source's text is the one that counts.
    """

    partner: Organisation | None = None
    on_behalf_of: Organisation | None = None
    contributors: tuple[Contributor, ...] = ()
    publisher: Organisation | None = None
    identifiers: Identifiers = Identifiers()
    date: dt.date | None = None
    version: str = ""
    source_version: str = ""
    source_date: dt.date | None = None
    licence: Licence = ""
    rights: str = ""
    funding: str = ""
    funders: tuple[Funder, ...] = ()
    disclaimer: str = ""
    authoritative: Literal["source", "both"] = "source"
    series: Series | None = None
    depositor: Depositor | None = None
    tokens: Tokens = Tokens()
    release: Literal["translated", "reviewed", "approved"] | Release = Release()

    def placed(self, folder: str) -> EditionFile:
        """The same, its biographies and its logo named from the publication's folder."""

        def at(name: str) -> str:
            return name and f"{folder}/{name}"

        people = tuple(msgspec.structs.replace(c, bio=at(c.bio)) for c in self.contributors)
        houses = {
            key: msgspec.structs.replace(house, logo=at(house.logo))
            for key in ("partner", "on_behalf_of", "publisher")
            if (house := getattr(self, key))
        }
        return msgspec.structs.replace(self, contributors=people, **houses)

    def made_from(self, version: str, day: dt.date) -> EditionFile:
        """The same, of that version of the source: its own, too, unless it has one of its own."""
        return msgspec.structs.replace(
            self,
            source_version=version,
            source_date=day,
            version=self.version or version,
            date=self.date or day,
        )

    def over(self, other: EditionFile) -> EditionFile:
        """What is said here, and for the rest what the language's own edition says.

        An imprint is a house's own: it does not come from there. Contributors of both are named.
        """
        said = {key: getattr(self, key) for key in _SHARED if getattr(self, key)}
        found = {key: said.get(key, getattr(other, key)) for key in _SHARED}
        people = tuple(dict.fromkeys((*other.contributors, *self.contributors)))
        both = "both" in {self.authoritative, other.authoritative}
        return msgspec.structs.replace(
            self, contributors=people, authoritative="both" if both else "source", **found
        )


# What a partner's edition has in common with the other editions in its language.
_SHARED = (
    "date", "source_version", "source_date", "licence", "rights", "funding", "funders",
    "disclaimer", "version",
)  # fmt: skip


class Rules(Model, frozen=True, kw_only=True, rename="kebab"):
    """What a publication changes of a language's rules: a table of `styles/languages.toml`."""

    quotes: Quotes = ()
    fonts: Families = ()
    hyphenate: bool = True
    keep_words: bool = False
    emphasis: Literal["italic", "weight"] = "italic"
    apostrophe: str = "’"
    no_break_after: Words = ()
    no_break_before: Words = ()
    no_break_within: Words = ()
    no_break_before_number: Words = ()
    no_break_after_number: Words = ()
    units: Words = ()
