"""Copies for review: source beside translation, with all that is said of each passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from publish.records import Record

OPEN = ("missing", "fuzzy")


class Signature(NamedTuple):
    """Who gave a translation which state, and when (year-month-day)."""

    state: str
    by: str
    date: str


class Doubt(NamedTuple):
    """What a check found in a translation: an `error` or a `warning`."""

    severity: str
    code: str
    message: str
    hint: str


class Waived(NamedTuple):
    """A finding that a translator took back, and why."""

    code: str
    reason: str


class Place(NamedTuple):
    """A line of a file."""

    path: str
    line: int

    @property
    def name(self) -> str:
        """The place as an id of a page, the same for the same place: `manuscript-412`."""
        stem = self.path.rpartition("/")[2].rpartition(".")[0]
        plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in stem)
        return f"{plain or 'line'}-{self.line}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Passage(Record, frozen=True):
    """A message: source and translation as fragments of HTML, and what is known about it.

    `former` is the source as it was, what is gone and what is new marked; `label` where it stands
    in its chapter; `notes` are the author's, `remarks` the translator's.
    """

    number: int
    id: str
    source: str
    translation: str
    state: str
    label: str
    former: str = ""
    context: str = ""
    manuscript: tuple[str, ...] = ()
    catalogue: Place | None = None
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    waivers: tuple[Waived, ...] = ()
    heading: bool = False

    @property
    def waiting(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.doubts) or self.state in OPEN


class Part(Record, frozen=True):
    """The passages of one file of the manuscript; '' is that of the fixed words."""

    path: str
    passages: tuple[Passage, ...]


class Copy(Record, frozen=True):
    """All passages of an edition, in the order of the manuscript."""

    parts: tuple[Part, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Those of all parts."""
        return tuple(passage for part in self.parts for passage in part.passages)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many passages are in each state, doubtful, waived."""
        found = Counter(passage.state for passage in self.passages)
        found["doubtful"] = sum(1 for passage in self.passages if passage.doubts)
        found["waived"] = sum(1 for passage in self.passages if passage.waivers)
        return found

    @property
    def by_catalogue(self) -> tuple[tuple[Place, Passage], ...]:
        """Each line of a catalogue at which a message begins, and its passage."""
        found = ((p.catalogue, p) for p in self.passages if p.catalogue)
        return tuple(sorted(found, key=lambda pair: pair[0]))
