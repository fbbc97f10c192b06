"""Translations: a catalogue read for one edition, each message checked before it is let in."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from publish.catalogues import Catalogue, Entry
from publish.documents import shapes, trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Inlines
from publish.languages import Language
from publish.messages import Message
from publish.messages.comparison import Fault, faults
from publish.problems import Problem
from publish.records import Record, field, replace
from publish.shelves import BARE, Shelf

Key = tuple[str | None, str]


class Said(Mapping[Key, Inlines]):
    """Translations as inlines by what they translate, read by pandoc when they are asked for."""

    def __init__(self, texts: Mapping[Key, str], pandoc: Pandoc) -> None:
        self.texts = texts
        self._pandoc = pandoc
        self._read: dict[Key, Inlines | None] = {}

    def __getitem__(self, key: Key) -> Inlines:
        if key not in self.texts:
            raise KeyError(key)
        self.read([key])
        return self._read[key] or []

    def __iter__(self) -> Iterator[Key]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def read(self, keys: Iterable[Key]) -> None:
        """Read those of them that are not read yet, all at once."""
        new = [key for key in dict.fromkeys(keys) if key in self.texts and key not in self._read]
        read = self._pandoc.inlines([self.texts[key] for key in new]) if new else []
        self._read |= {
            key: None if inlines is None else trees.joined(inlines)
            for key, inlines in zip(new, read, strict=True)
        }

    def without(self, keys: Container[Key]) -> Said:
        """The same but for some."""
        texts = {key: text for key, text in self.texts.items() if key not in keys}
        return Said(texts, self._pandoc)

    def faults(self, message: Message) -> list[Fault]:
        """What speaks against the translation of a message."""
        self.read([message.key])
        return list(faults(message.inlines, self._read[message.key]))


class Translation(Record, frozen=True):
    """What an edition says for each message; `untranslated` are those it has nothing for."""

    inlines: Mapping[Key, Inlines]
    source_language: Language | None = None
    untranslated: frozenset[Key] = field(default_factory=frozenset)

    @property
    def marks(self) -> dict[str, str]:
        """The attributes of words that stand in the source's language; none in its own edition."""
        source = self.source_language
        return {"lang": source.tag, "dir": source.direction} if source else {}

    def of(self, message: Message) -> Inlines | None:
        """The translation of a message, or its source marked as untranslated; None to keep it."""
        if message.key not in self.untranslated:
            return self.inlines.get(message.key)
        return [trees.span(message.inlines, classes=["untranslated"], **self.marks)]

    def read(self, messages: Iterable[Message]) -> None:
        """Have the translations of these messages read, all at once."""
        if isinstance(self.inlines, Said):
            self.inlines.read(message.key for message in messages)

    def told(self, messages: Iterable[Message]) -> bytes:
        """All that makes these messages what they are in the edition, beside their source."""
        texts = self.inlines.texts if isinstance(self.inlines, Said) else {}
        said = [texts.get(m.key, m.key in self.untranslated) for m in messages]
        source = self.source_language
        return shapes.written([said, source and [source.tag, source.direction]])


_LONGEST, _LONGER = 2_000, 10  # signs in a translation, and times as many as in its source

SOURCE = Translation({})
_SOUND = b"sound"


def read(
    documents: Sequence[Sequence[Message]],
    catalogues: Sequence[Catalogue],
    pandoc: Pandoc,
    source_language: Language,
    shelf: Shelf = BARE,
) -> tuple[Translation, list[Problem]]:
    """The translation of messages by the first catalogue that has each, and what is wrong in them.

    In: the messages of each document. On the shelf is which documents' translations are sound.
    Problems: `translation-structure`, `translation-lost`, `translation-invented`,
    `translation-citation`, at the catalogue's line.
    """
    unique = {message.key: message for messages in documents for message in messages}
    found = {key: entry for key in unique if (entry := _first(key, catalogues))}
    inlines = Said({k: e.translation if fits(e) else "" for k, e in found.items()}, pandoc)
    doubtful = _unsure(documents, inlines, shelf)
    unsure = dict.fromkeys(message.key for messages in doubtful for message in messages)
    inlines.read(unsure)
    problems = [
        Problem(fault.code, fault.message, found[key].location, hint=fault.hint)
        for key in unsure
        if key in found
        for fault in inlines.faults(unique[key])
    ]
    if not problems:
        for messages in doubtful:
            shelf.keep(_asked(messages, inlines), _SOUND)
    missing = frozenset(unique.keys() - found.keys())
    return Translation(inlines, source_language, missing), problems


def _unsure(
    documents: Iterable[Sequence[Message]], inlines: Said, shelf: Shelf
) -> list[Sequence[Message]]:
    """The documents of which it is not known that there is nothing wrong in their translations."""
    return [one for one in documents if shelf.find(_asked(one, inlines)) != _SOUND]


def _asked(messages: Sequence[Message], inlines: Said) -> list[bytes]:
    pairs = [(*m.key, inlines.texts.get(m.key)) for m in messages]
    return [b"translation", shapes.written(pairs)]


def sound(translation: Translation, messages: Iterable[Message]) -> Translation:
    """A translation without what nothing could be made of; there the source's words stay."""
    unique = {message.key: message for message in messages}
    wrong = {
        key
        for key, inlines in translation.inlines.items()
        if any(True for _ in faults(unique[key].inlines, inlines or None))
    }
    if not isinstance(translation.inlines, Said):
        return translation
    return replace(translation, inlines=translation.inlines.without(wrong))


def fits(entry: Entry) -> bool:
    """Whether a translation is not so long that nobody can have meant it for this."""
    return len(entry.translation) <= _LONGEST + _LONGER * len(entry.key[1])


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
