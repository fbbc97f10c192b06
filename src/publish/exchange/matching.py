"""Which message each returned translation is for, also when its source has moved on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publish.catalogues import Catalogue, Entry
from publish.exchange.values import LONGEST, Returned, id_of, size
from publish.problems import Location, Problem, Severity


class Goal(NamedTuple):
    """A returned translation and its message; `as_sent` is the message with the source it had."""

    returned: Returned
    entry: Entry
    as_sent: Entry
    stale: bool = False


def matched(returned: Sequence[Returned], catalogue: Catalogue) -> tuple[list[Goal], list[Problem]]:
    """The goal of each translation, and warnings `exchange-stale`, `exchange-unknown`."""
    goals: list[Goal] = []
    warnings: list[Problem] = []
    found_at = places(catalogue)
    for each in returned:
        if found := found_at.get(each.id):
            goals.append(Goal(each, *found))
            warnings += [_stale(found[0], each.location)] if found[2] else []
        else:
            warnings.append(_unknown(each.location))
    return goals, warnings


def contradictions(goals: Sequence[Goal]) -> Iterator[Problem]:
    """Messages that came twice and differently, and messages without end."""
    first: dict[str, Goal] = {}
    for goal in goals:
        other = first.setdefault(goal.returned.id, goal)
        if other.returned.target != goal.returned.target:
            line = other.returned.location.line
            what = f"this message came twice, and differently; first in line {line}"
            hint = "Keep the better translation in both places."
            yield Problem("exchange-duplicate", what, goal.returned.location, hint=hint)
        if (length := size(goal.returned.target)) > LONGEST:
            what = f"this translation has {length} characters"
            hint = f"No passage has more than {LONGEST}; look what was pasted there."
            yield Problem("exchange-too-large", what, goal.returned.location, hint=hint)


_Place = tuple[Entry, Entry, bool]


def places(catalogue: Catalogue) -> dict[str, _Place]:
    """Messages by id: those in use before those that a message was before, before old ones."""
    found: dict[str, _Place] = {}
    for entry in catalogue.messages:
        if entry.plural is None:
            found[id_of(entry.key)] = (entry, entry, False)
    for entry in catalogue.messages:
        if entry.fuzzy and (former := _former(entry)):
            found.setdefault(id_of(former.key), (entry, former, True))
    for entry in catalogue.obsolete:
        found.setdefault(id_of(entry.key), (entry, entry, True))
    return found


def _former(entry: Entry) -> Entry | None:
    """A message as it was before its source changed (`#|`)."""
    former = entry.previous
    if former is None or former.text is None or entry.plural is not None:
        return None
    return Entry(former.text, entry.translation, former.context)


def _stale(entry: Entry, place: Location) -> Problem:
    what = "the source has changed since this was handed out"
    hint = "What was translated goes with the new message, for review."
    if entry.obsolete:
        what = "the source of this is no longer in the manuscript"
        hint = "The translation is kept with the obsolete messages, in case it comes back."
    return Problem("exchange-stale", what, place, Severity.WARNING, hint)


def _unknown(place: Location) -> Problem:
    what = "the catalogue knows no such message, neither now nor before"
    hint = "It was not handed out from this catalogue, or the manuscript dropped it long ago."
    return Problem("exchange-unknown", what, place, Severity.WARNING, hint)
