"""Translations: a catalogue read for one edition, each message checked before it is let in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publish.catalogues import Catalogue, Entry
from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Inlines
from publish.languages import Language
from publish.messages import Message
from publish.messages.comparison import faults
from publish.problems import Problem

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Translation:
    """What an edition says for each message; `untranslated` are those it has nothing for."""

    inlines: Mapping[Key, Inlines]
    source_language: Language | None = None
    untranslated: frozenset[Key] = field(default_factory=frozenset)

    def of(self, message: Message) -> Inlines | None:
        """The translation of a message, or its source marked as untranslated; None to keep it."""
        if message.key not in self.untranslated:
            return self.inlines.get(message.key)
        source = self.source_language
        marks = {"lang": source.tag, "dir": source.direction} if source else {}
        return [trees.span(message.inlines, classes=["untranslated"], **marks)]


_LONGEST, _LONGER = 2_000, 10  # signs in a translation, and times as many as in its source

SOURCE = Translation({})


def read(
    messages: Iterable[Message],
    catalogues: Sequence[Catalogue],
    pandoc: Pandoc,
    source_language: Language,
) -> tuple[Translation, list[Problem]]:
    """The translation of messages by the first catalogue that has each, and what is wrong in them.

    Problems: `translation-structure`, `translation-lost`, `translation-invented`, at the
    catalogue's line.
    """
    unique = {message.key: message for message in messages}
    found = {key: entry for key in unique if (entry := _first(key, catalogues))}
    parsed = pandoc.inlines([_fitting(key, entry) for key, entry in found.items()])
    problems: list[Problem] = []
    inlines: dict[Key, Inlines] = {}
    for (key, own), translated in zip(found.items(), parsed, strict=True):
        wrong = list(faults(unique[key].inlines, translated))
        problems += [Problem(f.code, f.message, own.location, hint=f.hint) for f in wrong]
        inlines[key] = trees.joined(translated) if translated else []
    missing = frozenset(unique.keys() - found.keys())
    return Translation(inlines, source_language, missing), problems


def sound(translation: Translation, messages: Iterable[Message]) -> Translation:
    """A translation without what nothing could be made of; there the source's words stay."""
    unique = {message.key: message for message in messages}
    wrong = {
        key
        for key, inlines in translation.inlines.items()
        if any(True for _ in faults(unique[key].inlines, inlines or None))
    }
    kept = {key: inlines for key, inlines in translation.inlines.items() if key not in wrong}
    return replace(translation, inlines=kept)


def _fitting(key: Key, entry: Entry) -> str:
    """A translation's text; none where it is so long that nobody can have meant it for this."""
    text = entry.translation
    return text if len(text) <= _LONGEST + _LONGER * len(key[1]) else ""


def _first(key: Key, catalogues: Sequence[Catalogue]) -> Entry | None:
    """The first approved translation of a message."""
    for catalogue in catalogues:
        entry = catalogue.by_key.get(key)
        if entry and entry.translated:
            return entry
    return None


def words_in(messages: Iterable[Message]) -> int:
    """How many words messages have, as translators count them."""
    return sum(len(message.text.split()) for message in messages)
