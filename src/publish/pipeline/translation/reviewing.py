"""Reviewing: what awaits a reviewer, and what a reviewer says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publish import manuscripts
from publish.catalogues import Entry, Key
from publish.catalogues.reviews import Review, State, id_of, serialise
from publish.pipeline import keeping, naming, preparing
from publish.pipeline.editing import Editing
from publish.pipeline.translation import choosing
from publish.problems import Location, Problem, PublishError
from publish.project import Project

_LINE = re.compile(r"(?:(.*):)?(\d{1,9})")
_PASSAGE = re.compile(r"p(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody says: TRANSLATED takes back what was said before."""

    state: State
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A message, where it stands, how far it has come, and who said so."""

    location: Location
    entry: Entry
    state: State
    reviews: Sequence[Review]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of it: translations that have the state now, and those that cannot (not ready)."""

    path: str
    done: Sequence[Entry]
    changed: bool
    passed: Sequence[Entry]


def awaiting(
    project: Project, edition: str, named: Sequence[str] = (), chapter: str = ""
) -> list[Awaiting]:
    """The messages that are not approved yet, or those that are named, and how far each has come.

    PublishError `edition-unknown`, `review-message`, `exchange-chapter`.
    """
    entries = _entries(project, edition, named, chapter)
    reviews = preparing.reviews(project, edition)
    found = (Awaiting(e.location, e, reviews.state(e), reviews.of(e)) for e in entries)
    return [each for each in found if named or each.state < State.APPROVED]


def review(
    project: Project, edition: str, verdict: Verdict, named: Sequence[str] = (), chapter: str = ""
) -> Reviewed:
    """Record a verdict on messages that are named, on a chapter, or on all.

    A message is named by its id, by its line in the catalogue (`412`, `manuscript.po:412`), by
    its place in the manuscript (`article.md:41`) or by its number in a copy for review (`p40`).
    PublishError `edition-unknown`,
    `review-message`, `exchange-chapter`.
    """
    entries = _entries(project, edition, named, chapter)
    reviews = preparing.reviews(project, edition)
    after = reviews.given(entries, verdict.state, verdict.by, verdict.date)
    if after != reviews:
        keeping.write(
            project, f"review {edition}", [], {project.reviews(edition): serialise(after)}
        )
    done = [entry for entry in entries if entry.translated]
    passed = [entry for entry in entries if not entry.translated]
    path = project.name(project.reviews(edition))
    return Reviewed(path, done, after != reviews, passed)


def _entries(project: Project, edition: str, named: Sequence[str], chapter: str) -> list[Entry]:
    """The messages meant, in the catalogue's order."""
    naming.translated(project, edition)
    manuscripts.read(project)
    catalogue = preparing.catalogue(project, edition)
    found = list(catalogue.messages)
    if chapter:
        found = choosing.of_chapter(found, chapter)
    if not named:
        return found
    passages = _passages(project) if any(map(_PASSAGE.fullmatch, named)) else []
    meant = [_named(name, found, passages) for name in named]
    if unknown := [name for name, entries in zip(named, meant, strict=True) if not entries]:
        raise PublishError(*(_unknown(name, catalogue.path) for name in unknown))
    wanted = {entry.key for entries in meant for entry in entries}
    return [entry for entry in found if entry.key in wanted]


def _passages(project: Project) -> list[Key]:
    """The messages in the order in which a copy for review numbers them."""
    with Editing(project) as editing:
        return [message.key for part in editing.read().passages for message in part]


def _named(name: str, entries: Sequence[Entry], passages: Sequence[Key]) -> list[Entry]:
    """The messages of a passage's number, of an id, of a line or of a place in the manuscript."""
    if number := _PASSAGE.fullmatch(name):
        keys = passages[: int(number[1])][int(number[1]) - 1 :]
        return [entry for entry in entries if entry.key in keys]
    place = _LINE.fullmatch(name)
    if place is None:
        return [entry for entry in entries if id_of(entry.key) == name]
    file, line = place[1] or "", int(place[2])
    here = [e for e in entries if not file or f"/{e.path}".endswith(f"/{file}")]
    if not file and len({entry.path for entry in entries}) > 1:
        return []  # a line of which file?
    if here:
        return [entry for entry in here if _first_line(entry) <= line <= _last_line(entry)]
    return [e for e in entries if any(f"/{r}".endswith(f"/{name}") for r in e.references)]


def _first_line(entry: Entry) -> int:
    """Where an entry begins in its file: with its comments."""
    return entry.line - (entry.raw.comments or "").lstrip().count("\n")


def _last_line(entry: Entry) -> int:
    """Where its translation ends; behind that there may be nothing, or what is no message."""
    rest = (entry.raw.source or "") + (entry.raw.translation or "")
    return entry.line + rest.rstrip().count("\n")


def _unknown(name: str, path: str) -> Problem:
    what = f"no message is called “{name}”"
    hint = "Name it by its id (m…), its line in the catalogue (manuscript.po:412), its place "
    hint += "(article.md:41) or its number in a review copy (p40)."
    return Problem("review-message", what, Location(path), hint=hint)
