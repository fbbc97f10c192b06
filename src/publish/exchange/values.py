"""What goes out and what comes back: passages as words and codes, whatever the file's format.

A code stands for what must not be typed: a note's call, a citation, the beginning and the end
of an emphasis or of a link. Formats only know ids; what an id stands for is looked up in the
catalogue (`codes`), never in the file, so that no file can bring in anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple, TypeAlias

from publish.catalogues import Entry
from publish.catalogues.reviews import NONE, Reviews, State, id_of
from publish.documents.trees import Node
from publish.problems import Location, Problem

__all__ = ["Code", "Delivery", "Parcel", "Part", "Parts", "Remark", "Returned", "Shell", "Shells",
           "Term", "Unit", "id_of", "lot", "noted", "sent", "size", "state", "tidy",
           "words"]  # fmt: skip

LONGEST = 100_000
"""So many characters are more than any paragraph has."""


class Code(NamedTuple):
    """A mark among words: the beginning or the end of something, or something by itself."""

    id: str
    form: Literal["open", "close", "lone"]


Part: TypeAlias = str | Code
Parts: TypeAlias = tuple[Part, ...]


class Shell(NamedTuple):
    """What a code stands for: a node without its contents, and how that is shown to people.

    `kind` and `sort` are XLIFF's type and subType (XLIFF 2.1, 4.3.1.37 and 4.3.1.34); `pair`
    says that it encloses words.
    """

    node: Node
    start: str
    end: str = ""
    kind: str = "other"
    sort: str = ""
    pair: bool = False


Shells: TypeAlias = Mapping[str, Shell]

_MARKS = {State.FUZZY: "~", State.REVIEWED: "+", State.APPROVED: "++"}
_SENT = {mark: state for state, mark in _MARKS.items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """A message as it is handed out; `target` is empty if nobody has translated it."""

    id: str
    entry: Entry
    source: Parts
    target: Parts
    shells: Shells
    reviews: Reviews = NONE

    @property
    def state(self) -> State:
        """How far the translation has come."""
        return self.reviews.state(self.entry)

    @property
    def base(self) -> str:
        """The state of the translation, by which work done in the meantime is seen.

        A digest, and a mark behind it for any state but that of being translated.
        """
        return state(self.target) + (_MARKS.get(self.state, "") if self.target else "")


@dataclass(frozen=True, slots=True)
class Term:
    """A line of a glossary: what a term is called, what it must not be called, and why."""

    term: str
    translation: str
    forbidden: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that is handed out at once: to whose edition it belongs, its messages and terms."""

    edition: str
    source_language: str
    language: str
    title: str
    path: str
    units: Sequence[Unit]
    terms: Sequence[Term] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """One translation that came back.

    `state` is None where the format cannot say; `base` is "" where it is not known what was
    handed out.
    """

    id: str
    target: Parts
    location: Location
    state: State | None = None
    base: str = ""

    @property
    def sent(self) -> str:
        """The digest of the translation that was handed out."""
        return self.base.rstrip("~+")

    @property
    def sent_state(self) -> State:
        """The state of the translation when it was handed out."""
        return sent_state(self.base)

    @property
    def verdict(self) -> State | None:
        """The state of the translation, if somebody out there has decided that anew."""
        return None if self.base and self.state == self.sent_state else self.state


class Remark(NamedTuple):
    """What somebody out there said of a message; `kept` if that is to stand in its comment."""

    id: str
    text: str
    location: Location
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that came back, whatever it was; `markdown` says that its words are Markdown.

    `lot` is the same for all that comes back of one export, half done or done; `own` are messages
    (ids) that have the very words which it brought when it came before.
    """

    kind: str
    edition: str
    returned: Sequence[Returned]
    by: str = ""
    warnings: Sequence[Problem] = ()
    markdown: bool = False
    lot: str = ""
    own: Collection[str] = ()
    remarks: Sequence[Remark] = ()


def lot(kind: str, returned: Iterable[Returned]) -> str:
    """A digest of what was handed out: its form, and what it had of each message."""
    return _digest([kind, *sorted((each.id, each.base) for each in returned)])


def sent_state(base: str) -> State:
    """The state that a base tells of."""
    return _SENT.get(base[len(base.rstrip("~+")) :], State.TRANSLATED)


def noted(id: str, line: str) -> str:
    """A digest of a line in a message's comment as it was handed out."""
    return _digest([id, line])[:12]


def sent(term: Term) -> str:
    """A digest of a term as it was handed out; no spreadsheet takes it for a number."""
    return "t" + _digest((term.term, term.translation, term.forbidden, term.note))[:12]


def state(parts: Parts) -> str:
    """A digest of a translation as it was handed out; the same for what reads the same."""
    return _digest(tidy(parts))[:12] if parts else "none"


def tidy(parts: Parts) -> Parts:
    """The same parts with neighbouring words joined and spaces as one, none at the edges."""
    pieces: list[Part] = []
    for part in parts:
        if isinstance(part, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += part
        else:
            pieces.append(part)
    whole = [re.sub(r"[ \t\r\n]+", " ", p) if isinstance(p, str) else p for p in pieces]
    if whole and isinstance(whole[0], str):
        whole[0] = whole[0].lstrip(" ")
    if whole and isinstance(whole[-1], str):
        whole[-1] = whole[-1].rstrip(" ")
    return tuple(part for part in whole if part)


def words(parts: Parts) -> str:
    """The words alone."""
    return "".join(part for part in parts if isinstance(part, str))


def size(parts: Parts) -> int:
    """How many characters the words have."""
    return sum(len(part) for part in parts if isinstance(part, str))


def _digest(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]
