"""Which message each returned translation is for, also when its source has moved on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from publish.catalogues import Catalogue, Entry
from publish.exchange.values import LONGEST, Returned, Unit, id_of, size, state
from publish.problems import Location, Problem, Severity

Read: TypeAlias = Callable[[Sequence[Entry]], Sequence[Unit]]
"""What makes units of messages, as the delivery's format has them."""


class Goal(NamedTuple):
    """A returned translation and its message; `as_sent` is the message with the source it had."""

    returned: Returned
    entry: Entry
    as_sent: Entry
    stale: bool = False


def matched(
    returned: Sequence[Returned], catalogue: Catalogue, read: Read
) -> tuple[list[Goal], list[Problem]]:
    """The goal of each translation, and warnings `exchange-stale`, `exchange-unknown`."""
    found = places(catalogue)
    goals = [Goal(each, *found[each.id]) for each in returned if each.id in found]
    unknown = [each for each in returned if each.id not in found]
    goals += _followed(unknown, catalogue, {id(goal.entry) for goal in goals}, read)
    known = {id(goal.returned) for goal in goals}
    warnings = [_stale(goal.entry, goal.returned.location) for goal in goals if goal.stale]
    warnings += [_unknown(each.location) for each in unknown if id(each) not in known]
    return goals, warnings


def _followed(
    unknown: Sequence[Returned], catalogue: Catalogue, taken: Collection[int], read: Read
) -> Iterator[Goal]:
    """The goals of those whose source has changed while its translation stayed approved.

    Such a message has the very translation that was handed out, and no other has it.
    """
    sent = {each.sent for each in unknown} - {""}
    left = [e for e in catalogue.messages if e.translated and id(e) not in taken] if sent else []
    followers = defaultdict[str, list[Entry]](list)
    for unit in read(left):
        followers[state(unit.target)].append(unit.entry)
    for each in unknown:
        if each.sent and len(found := followers[each.sent]) == 1:
            yield Goal(each, found[0], found[0], stale=True)


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
    what = "the catalogue knows no such message, and nothing of this one is taken in"
    hint = "Was it joined with another since, dropped long ago, or handed out from elsewhere?"
    return Problem("exchange-unknown", what, place, Severity.WARNING, hint)
