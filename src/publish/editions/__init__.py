"""Editions: a manuscript in one language, resolved, numbered and written as HTML.

An `Edition` is everything that a renderer needs and nothing else: plain values that
can be hashed, pickled and sent to another process. The text in it is HTML, written once
by pandoc (the trunk); each renderer makes its own pages from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from publish.editions.copies import Copy
from publish.languages import Language
from publish.metadata import Accessibility, Funder, Organisation
from publish.records import Record, field


class Text(Record, frozen=True):
    """A short text in the edition's language: as an HTML fragment, and as plain words."""

    html: str
    plain: str

    def __bool__(self) -> bool:
        return bool(self.plain)


class Heading(Record, frozen=True):
    """An entry of the contents: `level` 1 is a section of an article, a chapter of a book."""

    level: int
    id: str
    number: str
    text: Text


class Chapter(Record, frozen=True):
    """One document of the manuscript: `id` is unique in the edition and safe as a file name."""

    id: str
    title: Text
    html: str
    headings: tuple[Heading, ...]


class Credit(Record, frozen=True):
    """A contributor as this edition names them; `role` is a MARC relator code (aut, ant, trl …)."""

    name: str
    role: str
    role_name: str
    organisation: bool = False
    affiliation: str = ""
    orcid: str = ""
    url: str = ""
    sort_name: str = ""
    original_name: str = ""
    bio: str = ""
    bio_title: str = ""
    source_name: str = ""
    affiliation_ror: str = ""


class Alternate(Record, frozen=True):
    """Another edition of the same work; `partner` is the institute whose it is, if any's."""

    edition: str
    tag: str
    name: str
    partner: str = ""


class Original(Record, frozen=True):
    """The edition in the manuscript's own language, as a record of a translation names it."""

    edition: str
    title: str
    subtitle: str
    identifiers: Mapping[str, str]
    version: str
    date: dt.date


class Series(Record, frozen=True):
    """The series that the publication is part of."""

    title: str = ""
    number: str = ""
    issn: str = ""


class Attachment(Record, frozen=True):
    """A file to be kept within the PDF: `relationship` as PDF/A-3 names it (Source, Data)."""

    name: str
    data: bytes
    kind: str
    relationship: str
    about: str


class Press(Record, frozen=True):
    """How an edition is printed: the bytes of an ICC profile, its condition in the registry."""

    profile: bytes = b""
    condition: str = ""


class PageStart(Record, frozen=True):
    """Where a page of the printed edition begins.

    `label` is its number; `signs` letters, digits and pictures stand between the beginning of the
    element with the id `anchor` ('' is that of the whole) and the page's own, which begin with
    `opening`.
    """

    label: str
    anchor: str
    signs: int
    opening: str


class Edition(Record, frozen=True):
    """A publication in one language, ready to be rendered.

    `id` is the folder's name (`ko`), `slug` the file name without its suffix, `words` the
    fixed words of the interface in the edition's language, `resources` the files that the
    HTML refers to by their keys, `untranslated` the share of words left in the source language,
    `citation` how others cite it, set by the publication's citation style.
    `publisher` is whose imprint it is, a `partner`'s too; `logo` the key of its picture, `tokens`
    are colours that take the place of those in `tokens.css`. What belongs to a translation
    (`source_version`, `source_date`, `original`) is empty in the source's language. `lag_note`
    says that the source has changed since; `notes_language` is what it and the translation note
    are in. `pages` are those of the edition's PDF, once it has been made. `copy` is one for review,
    in an edition that has nothing else in it.
    """

    id: str
    slug: str
    kind: str
    language: Language
    source_language: Language
    title: Text
    subtitle: Text
    credits: tuple[Credit, ...]
    abstract: Text
    keywords: tuple[str, ...]
    date: dt.date
    date_text: str
    version: str
    licence: str
    licence_url: str
    licence_name: str
    rights: str
    funding: str
    publisher: Organisation
    identifiers: Mapping[str, str]
    base_url: str
    translation_note: str
    chapters: tuple[Chapter, ...]
    words: Mapping[str, str]
    alternates: tuple[Alternate, ...] = ()
    resources: Mapping[str, bytes] = field(default_factory=dict)
    untranslated: float = 0.0
    series: Series = Series()
    citation: Text = Text("", "")
    partner: Organisation = field(default_factory=Organisation)
    on_behalf_of: Organisation = field(default_factory=Organisation)
    funders: tuple[Funder, ...] = ()
    disclaimer: str = ""
    source_version: str = ""
    source_date: dt.date | None = None
    original: Original | None = None
    logo: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[PageStart, ...] = ()
    accessibility: Accessibility = field(default_factory=Accessibility)
    lag_note: str = ""
    notes_language: Language | None = None
    press: Press = Press()
    attachments: tuple[Attachment, ...] = ()
    copy: Copy | None = None

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The whole contents, in reading order."""
        return tuple(heading for chapter in self.chapters for heading in chapter.headings)

    def address(self, format: str = "html", edition: str = "") -> str:
        """Where a file of this edition, or of another of the work, stands; '' without base URL."""
        base = self.base_url.rstrip("/")
        return f"{base}/{edition or self.id}/{self.slug}.{format}" if base else ""

    def identifiers_in(self, format: str) -> dict[str, str]:
        """What the file of a format is known by: its own ISBN in place of the edition's."""
        own = self.identifiers.get(f"isbn-{format}") or self.identifiers.get("isbn", "")
        others = {k: v for k, v in self.identifiers.items() if not k.startswith("isbn")}
        return others | ({"isbn": own} if own else {})
