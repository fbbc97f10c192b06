"""Progress: how far each edition has come, and how much of its source has changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from publish import catalogues, languages
from publish.catalogues import Catalogue, Entry, Key, revisions
from publish.catalogues.reviews import Reviews, State
from publish.catalogues.revisions import Difference, Revision
from publish.documents.pandoc import Pandoc
from publish.messages import Message
from publish.pipeline import preparing
from publish.pipeline.naming import tag_of
from publish.pipeline.translation import translating
from publish.problems import Collected, Problem
from publish.project import Project


@dataclass(frozen=True, slots=True)
class Count:
    """How many messages, or words of the source, have come how far.

    What is approved is reviewed too, and what is reviewed is translated.
    """

    total: int
    translated: int
    reviewed: int
    approved: int
    fuzzy: int
    missing: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an edition has come.

    `source` is the revision that was translated, None if none ever was in whole; `now` that of the
    manuscript; `since` what changed from the one to the other, as far as it is not translated.
    """

    edition: str
    name: str
    messages: Count
    words: Count
    obsolete: int
    source: Revision | None
    now: Revision
    since: Difference

    @property
    def up_to_date(self) -> bool:
        """Whether the edition renders the manuscript as it is."""
        return not (self.messages.fuzzy or self.messages.missing)


class _Text(NamedTuple):
    """A manuscript as it is now."""

    messages: Mapping[Key, Message]
    template: Catalogue
    now: Revision


def of(project: Project) -> tuple[list[Progress], list[Problem]]:
    """Each edition against the manuscript as it is now, and what is wrong in catalogues."""
    with Pandoc() as pandoc:
        prepared = preparing.prepare(project, pandoc)
        messages = {message.key: message for message in prepared.every_message}
    metadata = prepared.manuscript.metadata
    template = translating.template_of(prepared, project.name(project.template))
    text = _Text(messages, template, Revision(metadata.version, metadata.date))
    names = [name for name in project.editions() if tag_of(name) != metadata.language]
    found = translating.read(project, names, errors := Collected())
    made = []
    for name, catalogue in found.items():
        with errors.each():
            made.append(_progress(name, catalogue, preparing.reviews(project, name), text))
    return made, errors.problems


def _progress(edition: str, catalogue: Catalogue, reviews: Reviews, text: _Text) -> Progress:
    tag = tag_of(edition)
    words = preparing.own_words(tag)  # what publish itself says where the catalogue is silent
    entries = {**(words.by_key if words else {}), **_written(catalogue)}
    states = {
        key: reviews.state(entries[key]) if key in entries else State.MISSING
        for key in text.messages
    }
    lengths = {key: len(message.text.split()) for key, message in text.messages.items()}
    update = catalogues.update(catalogue, text.template)
    messages = _count(states, dict.fromkeys(states, 1))
    done = not (messages.fuzzy or messages.missing)
    return Progress(
        edition=edition,
        name=languages.locale(tag).get_display_name("en") or tag,
        messages=messages,
        words=_count(states, lengths),
        obsolete=len(catalogue.obsolete),
        source=text.now if done else revisions.of(catalogue),
        now=text.now,
        since=Difference() if done else revisions.since(catalogue, update),
    )


def _written(catalogue: Catalogue) -> dict[Key, Entry]:
    return {entry.key: entry for entry in catalogue.messages if entry.written}


def _count(states: Mapping[Key, State], sizes: Mapping[Key, int]) -> Count:
    def at_least(state: State) -> int:
        return sum(sizes[key] for key, each in states.items() if each >= state)

    done = at_least(State.TRANSLATED)
    total = at_least(State.MISSING)
    fuzzy = at_least(State.FUZZY) - done
    reviewed, approved = at_least(State.REVIEWED), at_least(State.APPROVED)
    return Count(total, done, reviewed, approved, fuzzy, total - done - fuzzy)


def as_json(found: Sequence[Progress]) -> str:
    """For a machine: a list of objects, one an edition, in alphabetical order."""
    return json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2)


def _plain(one: Progress) -> dict[str, Any]:
    messages, words = asdict(one.messages), asdict(one.words)
    return {
        "edition": one.edition,
        "name": one.name,
        **{key: messages[key] for key in messages if key != "total"},
        "words": words.pop("total"),
        **{f"words_{key}": count for key, count in words.items()},
        "obsolete": one.obsolete,
        "up_to_date": one.up_to_date,
        "source_version": one.source.version if one.source else None,
        "source_date": one.source.date.isoformat() if one.source else None,
        "version": one.now.version,
        "date": one.now.date.isoformat(),
        "words_in": one.since.words_in,
        "words_out": one.since.words_out,
    }
