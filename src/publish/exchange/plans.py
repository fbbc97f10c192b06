"""What a delivery would change in a catalogue, and what speaks against it.

Three states are compared: the translation as it was handed out (`base`), as it came back, and
as it is in the catalogue now. What is wrong in one message keeps the whole delivery out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Literal, NamedTuple, TypeAlias

from publish.catalogues import Catalogue, Entry
from publish.catalogues.reviews import NONE, Reviews, State
from publish.documents.pandoc import Pandoc
from publish.exchange import matching, quotes, readings, units
from publish.exchange.matching import Goal
from publish.exchange.values import Delivery, Parts, Unit, state
from publish.problems import Location, Problem, PublishError

Prefer: TypeAlias = Literal["", "file", "catalogue"]


class Kind(StrEnum):
    """What happens to a message."""

    NEW = "new"
    CHANGED = "changed"
    STALE = "stale"
    KEPT = "kept"
    REMARKED = "remarked"
    DOUBTED = "doubted"
    CONFIRMED = "confirmed"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


_WORDED = {Kind.NEW, Kind.CHANGED, Kind.STALE}
_VERDICTS = {
    State.FUZZY: Kind.DOUBTED,
    State.TRANSLATED: Kind.CONFIRMED,
    State.REVIEWED: Kind.REVIEWED,
    State.APPROVED: Kind.APPROVED,
}


class Change(NamedTuple):
    """What a delivery does to a message; one that is KEPT was changed here only, and stays.

    `state` is one that a person out there gave it: TRANSLATED takes a review back.
    """

    kind: Kind
    before: Entry
    after: Entry
    location: Location
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a delivery would do; nothing is applied while there are errors."""

    catalogue: Catalogue
    changes: Sequence[Change]
    unchanged: int
    errors: Sequence[Problem]
    warnings: Sequence[Problem]

    def applied(self, by: str, revised: str) -> Catalogue:
        """The catalogue with all changes; the same object if there are none.

        PublishError with everything that speaks against it. `by` is its Last-Translator (""
        leaves who it was), `revised` its PO-Revision-Date.
        """
        if self.errors:
            raise PublishError(*self.errors)
        after = {id(c.before): c.after for c in self.changes if c.after != c.before}
        if not after:
            return self.catalogue
        entries = tuple(after.get(id(entry), entry) for entry in self.catalogue.entries)
        dated = self.catalogue._replace(entries=entries).with_field("PO-Revision-Date", revised)
        return dated.with_field("Last-Translator", by) if by else dated

    def reviewed(self, reviews: Reviews, by: str, date: str) -> Reviews:
        """The records of reviews with those that came back; the same object if none did."""
        for given in (State.TRANSLATED, State.REVIEWED, State.APPROVED):
            if entries := [change.after for change in self.changes if change.state is given]:
                reviews = reviews.given(entries, given, by, date)
        return reviews


def plan(
    delivery: Delivery,
    catalogue: Catalogue,
    pandoc: Pandoc,
    reviews: Reviews = NONE,
    *,
    as_fuzzy: bool = False,
    prefer: Prefer = "",
) -> Plan:
    """What a delivery would change; `prefer` says who wins where both sides changed a message."""
    read = units.markdown if delivery.markdown else partial(units.of, pandoc=pandoc)
    goals, told = matching.matched(delivery.returned, catalogue, read)
    warnings = [*delivery.warnings, *told]
    if errors := list(matching.contradictions(goals)):
        return Plan(catalogue, (), 0, errors, warnings)
    judge = _Judge(delivery, reviews, as_fuzzy=as_fuzzy, prefer=prefer)
    outgoing = read([goal.as_sent for goal in goals])  # as they would be handed out now
    kinds = [judge.kind(*pair) for pair in zip(goals, outgoing, strict=True)]
    worded = [n for n, kind in enumerate(kinds) if kind in _WORDED]
    pairs = [(outgoing[n], goals[n].returned) for n in worded]
    found = readings.of(pairs, pandoc, markdown=delivery.markdown)
    texts = {n: reading.text for n, reading in zip(worded, found, strict=True)}
    changes = [judge.change(kind, goals[n], texts.get(n)) for n, kind in enumerate(kinds) if kind]
    changes = [c for c in changes if c.kind is Kind.KEPT or c.after != c.before or c.state]
    errors = [*judge.conflicts, *(problem for each in found for problem in each.problems)]
    return Plan(catalogue, changes, len(goals) - len(changes), errors, warnings)


class _Judge:
    """What becomes of each message of a delivery."""

    def __init__(
        self, delivery: Delivery, reviews: Reviews, *, as_fuzzy: bool, prefer: Prefer
    ) -> None:
        self._bent, self._own = delivery.kind == "DOCX", delivery.own
        self._reviews = reviews
        self._as_fuzzy, self._prefer = as_fuzzy, prefer
        self.conflicts: list[Problem] = []

    def kind(self, goal: Goal, unit: Unit) -> Kind | None:
        """What happens to a message; None if nothing does."""
        returned = goal.returned
        if self._same(returned.target, unit.target):
            return self._verdict(goal)
        if state(returned.target) == returned.sent:
            return Kind.KEPT
        if goal.stale:
            return Kind.STALE
        if returned.sent not in {"", state(unit.target)} and returned.id not in self._own:
            return self._both(goal)
        return Kind.CHANGED if unit.target else Kind.NEW

    def _same(self, came: Parts, here: Parts) -> bool:
        if not self._bent:
            return state(came) == state(here)
        return state(_folded(came)) == state(_folded(here))

    def _verdict(self, goal: Goal) -> Kind | None:
        """The same words, perhaps another verdict on them."""
        verdict, here = goal.returned.verdict, self._reviews.state(goal.entry)
        if goal.stale or verdict is None or verdict == here:
            return None
        if verdict is State.FUZZY:
            return Kind.DOUBTED
        if self._as_fuzzy:
            return None
        if here > verdict >= goal.returned.sent_state:
            return None  # it went further here; out there nobody took anything back
        return Kind.WITHDRAWN if here > verdict is State.TRANSLATED else _VERDICTS[verdict]

    def _both(self, goal: Goal) -> Kind:
        if not self._prefer:
            self.conflicts.append(_conflict(goal))
        return Kind.CHANGED if self._prefer == "file" else Kind.KEPT

    def change(self, kind: Kind, goal: Goal, text: str | None) -> Change:
        """A message as it will be."""
        place, entry = goal.returned.location, goal.entry
        if kind is Kind.KEPT:
            return Change(kind, entry, entry, place)
        fuzzy = kind in {Kind.STALE, Kind.DOUBTED} or self._as_fuzzy
        fuzzy = fuzzy or goal.returned.state is State.FUZZY
        words = entry.translation if text is None else text
        if entry.obsolete:
            return Change(kind, entry, entry.changed(translation=words), place)
        if words == entry.translation and text is not None and goal.returned.state is None:
            fuzzy = entry.fuzzy  # it was only written in another way
        given = None if fuzzy else _given(kind, goal.returned.verdict)
        return Change(kind, entry, entry.with_translation(words, fuzzy=fuzzy), place, given)


def _given(kind: Kind, verdict: State | None) -> State | None:
    """The state of review that somebody out there gave, or took back."""
    if kind is Kind.WITHDRAWN:
        return State.TRANSLATED
    return verdict if verdict in {State.REVIEWED, State.APPROVED} else None


def _folded(parts: Parts) -> Parts:
    return tuple(quotes.folded(part) if isinstance(part, str) else part for part in parts)


def _conflict(goal: Goal) -> Problem:
    here = " ".join(goal.entry.translation.split())[:60]
    what = f"this was changed here too since it was handed out; here it is “{here}”"
    hint = "Import with --prefer file or --prefer catalogue, or make the two the same."
    return Problem("exchange-conflict", what, goal.returned.location, hint=hint)
