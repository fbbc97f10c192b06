"""Thresholds: what an edition must have before it may be released."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publish.catalogues.reviews import State
from publish.editions.translations import Translation
from publish.messages import Message
from publish.metadata import Release
from publish.pipeline import preparing
from publish.problems import Location, Problem, PublishError, short
from publish.project import Project


def releasable(
    project: Project,
    name: str,
    translation: Translation,
    messages: Sequence[Message],
    asked: Release | str,
) -> None:
    """A release has the shares that its edition asks for; 100 % translated if it asks for none.

    PublishError `edition-incomplete`, `edition-unreviewed`, with each message that is short of it.
    """
    wanted = shares(asked)
    unique = {message.key: message for message in messages}
    missing = [unique[key] for key in unique if key in translation.untranslated]
    counted = _Counted(name, len(unique))
    problems = list(counted.short("edition-incomplete", "translated", wanted.translated, missing))
    if wanted.reviewed or wanted.approved:
        catalogue = preparing.catalogue(project, name)
        reviews = preparing.reviews(project, name)
        # What publish itself says where a catalogue is silent is nobody's to review.
        states = {key: reviews.state(e) for key, e in catalogue.by_key.items() if e.translated}
        for state, share in (
            (State.REVIEWED, wanted.reviewed),
            (State.APPROVED, wanted.approved),
        ):
            lacking = [unique[key] for key in unique if states.get(key, state) < state]
            problems += counted.short("edition-unreviewed", state.word, share, lacking)
    if problems:
        raise PublishError(*problems)


def shares(asked: Release | str) -> Release:
    """What an edition asks for: `release: approved` is all translated, and all approved."""
    return asked if isinstance(asked, Release) else Release(**{asked: 100.0})


class _Counted(NamedTuple):
    """An edition, and how many messages it has."""

    name: str
    total: int

    def short(
        self, code: str, word: str, wanted: float, lacking: Sequence[Message]
    ) -> Iterator[Problem]:
        """What is lacking, if it is too much."""
        share = 100 * (1 - len(lacking) / max(1, self.total))
        if share >= wanted:
            return
        what = (
            f"{self.name}: {share:.1f} % of the messages are {word}, a release wants {wanted:g} %"
        )
        hint = f"Have these {word}, or ask for less at `release` in edition.yaml."
        whole = Location(f"translations/{self.name}")
        yield Problem(code, what, whole, hint=hint)
        for message in lacking:
            place = message.location if message.location.path else whole  # a fixed word has none
            yield Problem(code, f"not {word}: {short(message.text)}", place)
