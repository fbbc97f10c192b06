"""Progress: how far each edition has come, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from publish import languages
from publish.catalogues import Catalogue, Key
from publish.documents.pandoc import Pandoc
from publish.messages import Message
from publish.pipeline import preparing, translating
from publish.pipeline.naming import tag_of
from publish.problems import Collected, Problem
from publish.project import Project

_HEADS = ("edition", "language", "translated", "", "fuzzy", "missing", "words", "", "obsolete")
_TEXTS = 2  # columns of words; the others are numbers, and stand to the right


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an edition has come, in messages and in words of the source."""

    edition: str
    name: str
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int
    obsolete: int

    @property
    def total(self) -> int:
        """All messages of the manuscript."""
        return self.translated + self.fuzzy + self.missing


def of(project: Project) -> tuple[list[Progress], list[Problem]]:
    """Each edition against the manuscript as it is now, and what is wrong in catalogues."""
    with Pandoc() as pandoc:
        prepared = preparing.prepare(project, pandoc)
    messages = {message.key: message for message in prepared.every_message}
    source = prepared.manuscript.metadata.language
    names = [name for name in project.editions() if tag_of(name) != source]
    found = translating.read(project, names, errors := Collected())
    return [_progress(*item, messages) for item in found.items()], errors.problems


def _progress(edition: str, catalogue: Catalogue, messages: Mapping[Key, Message]) -> Progress:
    found = {key: catalogue.by_key.get(key) for key in messages}
    done = [key for key, entry in found.items() if entry and entry.translated]
    fuzzy = sum(1 for entry in found.values() if entry and entry.fuzzy)
    words = {key: len(message.text.split()) for key, message in messages.items()}
    tag = tag_of(edition)
    return Progress(
        edition=edition,
        name=languages.locale(tag).get_display_name("en") or tag,
        translated=len(done),
        fuzzy=fuzzy,
        missing=len(messages) - len(done) - fuzzy,
        words=sum(words.values()),
        words_translated=sum(words[key] for key in done),
        obsolete=len(catalogue.obsolete),
    )


def as_json(found: Sequence[Progress]) -> str:
    """For a machine: a list of objects, one an edition, in alphabetical order."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)


def as_table(found: Sequence[Progress]) -> str:
    """For people: a line an edition, in aligned columns; numbers stand to the right."""
    rows = [_HEADS, *map(_row, found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _row(one: Progress) -> tuple[str, ...]:
    return (
        one.edition,
        one.name,
        f"{one.translated} of {one.total}",
        _share(one.translated, one.total),
        str(one.fuzzy),
        str(one.missing),
        f"{one.words_translated} of {one.words}",
        _share(one.words_translated, one.words),
        str(one.obsolete),
    )


def _share(part: int, whole: int) -> str:
    """Per cents, rounded down: 100 % is nothing less."""
    return f"{100 * part // max(1, whole)} %"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "  ".join(
        text.ljust(width) if n < _TEXTS else text.rjust(width)
        for n, (text, width) in enumerate(cells)
    ).rstrip()
