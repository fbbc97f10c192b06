"""Reviews: who found which translation good, and when.

A record is kept in `reviews.csv`, beside the catalogue and not in it, so that no tool can lose it.
It is known by a digest of the message (context and source) and one of the translation: when
either changes it no longer holds, and holds again when they are once more what was reviewed.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from publish.catalogues.values import Entry, Key
from publish.problems import Location, Problem, PublishError, short

COLUMNS = ("message", "translation", "state", "by", "date", "text")


class State(IntEnum):
    """How far a translation has come; each is more than the one before."""

    MISSING = 0
    FUZZY = 1
    TRANSLATED = 2
    REVIEWED = 3
    APPROVED = 4

    @property
    def word(self) -> str:
        """What it is called, in files and to people."""
        return self.name.lower()


_GIVEN = {state.word: state for state in (State.REVIEWED, State.APPROVED)}


class Review(NamedTuple):
    """A record: digests of message and translation, the state given, by whom and when.

    `date` is written year-month-day; `text` is the beginning of the message, for people only.
    """

    message: str
    translation: str
    state: State
    by: str
    date: str
    text: str


@dataclass(frozen=True)
class Reviews:
    """All records of an edition, whether they hold or not."""

    records: tuple[Review, ...] = ()

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], list[Review]]:
        known = defaultdict(list)
        for record in self.records:
            known[record.message, record.translation].append(record)
        return known

    def of(self, entry: Entry) -> list[Review]:
        """The records that hold for a message as it is now, the highest state last."""
        found = self._known.get(_place(entry), []) if self._known and entry.translated else []
        return sorted(found, key=lambda record: (record.state, record.date, record.by))

    def state(self, entry: Entry) -> State:
        """The state of a message's translation."""
        if not entry.translated:
            return State.FUZZY if entry.fuzzy and entry.written else State.MISSING
        return max((record.state for record in self.of(entry)), default=State.TRANSLATED)

    def given(self, entries: Iterable[Entry], state: State, by: str, date: str) -> Reviews:
        """With these translations found reviewed or approved; TRANSLATED takes that back.

        Those that are not translated, or fuzzy, are passed over.
        """
        ready = [entry for entry in entries if entry.translated]
        if state is State.TRANSLATED:
            places = {_place(entry) for entry in ready}
            return Reviews(tuple(r for r in self.records if r[:2] not in places))
        new = (Review(*_place(entry), state, by, date, short(entry.text)) for entry in ready)
        return self._with(new)

    def carried(self, pairs: Iterable[tuple[Entry, Entry]]) -> Reviews:
        """With the records of each former entry for what it has become, too."""
        return self._with(
            record._replace(message=id_of(now.key), translation=_digest(_words(now)))
            for former, now in pairs
            for record in self.of(former)
        )

    def joined(self, pairs: Iterable[tuple[Sequence[Entry], Entry]]) -> Reviews:
        """With a record for each message made of several: the least state that they all have."""
        more = list[Review]()
        for formers, now in pairs:
            records = [found[-1] for former in formers if (found := self.of(former))]
            if len(records) == len(formers):
                state = min(record.state for record in records)
                by = ", ".join(dict.fromkeys(record.by for record in records))
                date = max(record.date for record in records)
                more.append(Review(*_place(now), state, by, date, short(now.text)))
        return self._with(more)

    def _with(self, new: Iterable[Review]) -> Reviews:
        """Of one person's records of the same state for the same text, the latest."""
        kept = {(*record[:3], record.by): record for record in self.records}
        kept |= {(*record[:3], record.by): record for record in new}
        return self if tuple(kept.values()) == self.records else Reviews(tuple(kept.values()))


NONE = Reviews()


def id_of(key: Key) -> str:
    """A message's id: an XML NMTOKEN that changes when the source does."""
    return "m" + _digest([key[0], key[1]])


def read(text: str, path: str) -> Reviews:
    """The records of a file; PublishError `review-record` with every line that is none."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    records, problems = list[Review](), list[Problem]()
    try:
        for row in rows:
            if len(row) == len(COLUMNS) and row[2] in _GIVEN:
                records.append(Review(row[0], row[1], _GIVEN[row[2]], *row[3:]))
            elif any(row) and tuple(row) != COLUMNS:
                problems.append(_wrong(Location(path, rows.line_num)))
    except csv.Error:  # a quotation mark that is not closed makes one cell of all that follows
        problems.append(_wrong(Location(path, rows.line_num)))
    if problems:
        raise PublishError(*problems)
    return Reviews(tuple(records))


def serialise(reviews: Reviews) -> bytes:
    """A file's bytes: a line a record, in an order in which two people's additions rarely meet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*r[:2], r.state.word, *r[3:]) for r in sorted(reviews.records))
    return text.getvalue().encode()


def _wrong(place: Location) -> Problem:
    what = f"this line is no record of a review: {', '.join(COLUMNS)}"
    hint = "Take the line from version control, or delete it; `publish review` writes them."
    return Problem("review-record", what, place, hint=hint)


def _place(entry: Entry) -> tuple[str, str]:
    return id_of(entry.key), _digest(_words(entry))


def _words(entry: Entry) -> list[str]:
    return [entry.translation, *entry.translations]


def _digest(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]
