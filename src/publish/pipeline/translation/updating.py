"""Updating: the catalogues of the editions brought up to date with the manuscript."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from publish import catalogues, manuscripts
from publish.catalogues import Catalogue, Entry, Key, Update
from publish.catalogues.reviews import serialise
from publish.catalogues.updating import Minor
from publish.documents.pandoc import Pandoc
from publish.pipeline import keeping, naming, preparing, standing
from publish.pipeline.keeping import Change
from publish.pipeline.naming import tag_of
from publish.pipeline.translation import migrating, remembering, translating
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project

if TYPE_CHECKING:
    from publish.exchange.remembering import Filled

_PLACE = re.compile(r"(.+):(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Manner:
    """How catalogues are brought up to date.

    `minor`: what was changed in the source means what it meant, and approved translations stay
    approved, where only spelling and punctuation were mended. `minor_of`: those messages only, by
    place (`manuscript/article.md:41`) or by words in them, however much they were changed.
    `memory`: TMX files and other catalogues, from which what nobody translated is filled; what
    was translated from the very same passage is approved if `approve`, all else is fuzzy.
    """

    minor: bool = False
    minor_of: Sequence[str] = ()
    memory: Sequence[Path] = ()
    approve: bool = False


class Updated(NamedTuple):
    """What became of an edition's messages; how many are `migrated`, and what memory filled."""

    update: Update
    migrated: int = 0
    filled: Sequence[Filled] = ()


def update(
    project: Project, editions: Sequence[str], how: Manner | None = None
) -> dict[str, Updated]:
    """Bring catalogues up to date with the manuscript; nothing a translator wrote is lost.

    All catalogues are read and worked out before the first is written.
    PublishError `edition-unknown`, `message-unknown`, `memory-type`, `memory-language`, and all
    that is wrong in manuscript and catalogues.
    """
    how = how or Manner()
    former = _read(project, editions)
    with Pandoc() as pandoc:
        template, chapters = translating.extracted(project, pandoc)
        now = migrating.migrated(former, template, pandoc)
    minor = _minor(template, how)
    done = {n: catalogues.update(each.catalogue, template, minor=minor) for n, each in now.items()}
    done = {name: _changed_back(project, name, each) for name, each in done.items()}
    filled = _filled(project, done, how)
    metadata = manuscripts.read(project).metadata
    changes = [
        (
            Change(each, standing.marked(metadata, each, filled[name][0])),
            keeping.by_chapter(each, chapters),
        )
        for name, each in former.items()
    ]
    reviews = [_reviews(project, name, now[name].pairs, each) for name, each in done.items()]
    keeping.write(project, " ".join(["update", *editions]), changes, dict(ChainMap(*reviews)))
    return {n: Updated(each, len(now[n].pairs), filled[n][1]) for n, each in done.items()}


def _read(project: Project, editions: Sequence[str]) -> dict[str, Catalogue]:
    """The catalogues of the editions' languages; PublishError with all that is wrong in them."""
    tags = dict.fromkeys(map(tag_of, naming.asked(project, editions)))
    names = [tag for tag in tags if tag in project.languages()]
    found = translating.read(project, names, errors := Collected())
    errors.stop()
    return found


def _filled(
    project: Project, done: Mapping[str, Update], how: Manner
) -> dict[str, tuple[Catalogue, Sequence[Filled]]]:
    """Catalogues with fixed words and with what memory knows, and what that was."""
    after = {name: translating.worded(each.catalogue, name) for name, each in done.items()}
    found: dict[str, tuple[Catalogue, Sequence[Filled]]] = {n: (c, ()) for n, c in after.items()}
    if how.memory:
        found |= dict(remembering.fill(project, after, how.memory, approve=how.approve))
    return found


def _changed_back(project: Project, edition: str, done: Update) -> Update:
    """With the approval of what was fuzzy and now is what somebody found good, word for word."""
    reviews = preparing.reviews(project, edition)
    found = {m.entry.key: m.entry.approved for m in done.fuzzy if reviews.of(m.entry.approved)}
    if not found:
        return done
    return done._replace(
        catalogue=done.catalogue.with_entries(found.values()),
        fuzzy=tuple(match for match in done.fuzzy if match.entry.key not in found),
        revived=(*done.revived, *found.values()),
    )


def _reviews(
    project: Project, edition: str, migrated: Sequence[tuple[Entry, Entry]], done: Update
) -> dict[Path, bytes]:
    """The records of reviews with those of messages that stay approved, if there are any."""
    before = preparing.reviews(project, edition)
    after = before.carried(migrated)
    after = after.carried((m.former[0], m.entry) for m in done.carried if len(m.former) == 1)
    after = after.joined((m.former, m.entry) for m in done.carried if len(m.former) > 1)
    return {} if after == before else {project.reviews(edition): serialise(after)}


def _minor(template: Catalogue, how: Manner) -> Minor:
    """The messages whose change is minor; PublishError `message-unknown`."""
    if not how.minor_of:
        return how.minor
    meant = {words: _meant(template.messages, words) for words in how.minor_of}
    if unknown := [words for words, keys in meant.items() if not keys]:
        raise PublishError(*map(_unknown, unknown))
    return {key for keys in meant.values() for key in keys}


def _meant(messages: Sequence[Entry], said: str) -> list[Key]:
    """The message in a line of a file, the one that begins there or before, or those with words."""
    if place := _PLACE.fullmatch(said):
        found = [each for each in _places(messages, place[1]) if each[0] <= int(place[2])]
        if found:
            nearest = max(line for line, _ in found)
            return [key for line, key in found if line == nearest]
    words = " ".join(said.split()).casefold()
    return [e.key for e in messages if words and words in " ".join(e.text.split()).casefold()]


def _places(messages: Iterable[Entry], path: str) -> Iterator[tuple[int, Key]]:
    for entry in messages:
        for reference in entry.references:
            file, _, line = reference.rpartition(":")
            if line.isdecimal() and f"/{file}".endswith(f"/{path.removeprefix('./')}"):
                yield int(line), entry.key


def _unknown(said: str) -> Problem:
    what = f"no message is at “{said}” or has these words"
    hint = "Say where it begins (manuscript/article.md:41), or some words of it as it is now."
    return Problem("message-unknown", what, Location("--minor-of"), hint=hint)
