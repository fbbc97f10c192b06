"""What a catalogue is: messages with their translations, and how each stood in its file.

The terms are those of the GNU gettext manual, section "PO Files".
"""

# No `from __future__ import annotations` where there are named tuples: typing compiles each
# annotation that is text, and the first time that takes 3 ms.

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, Self, TypeAlias

from publish.catalogues.escapes import escape
from publish.problems import Location

Key: TypeAlias = tuple[str | None, str]
"""What tells two messages apart: context and text."""

FUZZY = "fuzzy"


class Previous(NamedTuple):
    """The source a fuzzy translation was made for (`#|` lines)."""

    context: str | None
    text: str | None
    plural: str | None = None


class Raw(NamedTuple):
    """The characters an entry was read from, in three parts; a part that no longer holds is None.

    `comments` begins with the blank lines before the entry, `source` with msgctxt or msgid,
    `translation` with msgstr. What is unchanged is written back from here, so that a file
    keeps the line breaks of whichever tool wrote it.
    """

    comments: str | None = None
    source: str | None = None
    translation: str | None = None

    def retired(self) -> "Raw":
        """The same lines as an obsolete entry has them."""
        if not re.search(r"\n[ \t]*\Z", self.source or "\n"):
            return Raw()  # msgid and msgstr share a line, which no mark can stand before
        return Raw(
            _sub(r"(?m)^#\|", "#~|", self.comments),
            *(_sub(r"(?m)^(?=[^\r\n])", "#~ ", p) for p in self[1:]),
        )

    def revived(self) -> "Raw":
        """The same lines without the marks of an obsolete entry."""
        return Raw(
            _sub(r"(?m)^#~[ \t]*\|", "#|", self.comments),
            *(_sub(r"(?m)^#~[ \t]?", "", p) for p in self[1:]),
        )


def _sub(pattern: str, replacement: str, part: str | None) -> str | None:
    return None if part is None else re.sub(pattern, replacement, part)


_PARTS = (
    {"comments", "extracted", "references", "flags", "previous"},
    {"context", "text", "plural"},
    {"translation", "translations"},
)


class Entry(NamedTuple):
    """One message: its text, its translation, and what is said about them.

    `translation` is "" if there is none; a message with a `plural` has its forms in
    `translations` instead. `path` and `line` are where it was read, "" and 0 if it was not
    (yet). Two entries that say the same are equal, wherever and however they were written.
    """

    text: str
    translation: str = ""
    context: str | None = None
    plural: str | None = None
    translations: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    line: int = 0
    path: str = ""
    raw: Raw = Raw()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self.said == other.said

    def __ne__(self, other: object) -> bool:  # a tuple has its own
        return not self == other

    def __hash__(self) -> int:
        return hash(self.said)

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, wherever and however it was written."""
        return self[:-3]

    @property
    def key(self) -> Key:
        """Context and text, by which the message is found."""
        return self.context, self.text

    @property
    def location(self) -> Location:
        """Where it was read."""
        return Location(self.path, self.line or None)

    @property
    def fuzzy(self) -> bool:
        """Whether somebody must look at the translation before it is used."""
        return FUZZY in self.flags

    @property
    def written(self) -> bool:
        """Whether there is any translation, approved or not."""
        return bool(self.translation) or any(self.translations)

    @property
    def translated(self) -> bool:
        """Whether the translation is complete and approved."""
        complete = all(self.translations) if self.translations else bool(self.translation)
        return complete and not self.fuzzy

    @property
    def approved(self) -> Self:
        """The entry with its translation taken for that of the present text."""
        flags = tuple(flag for flag in self.flags if flag != FUZZY)
        return self.changed(flags=flags, previous=None)

    def changed(self, **fields: Any) -> Self:
        """The entry with other values; only the lines they stand in will be written anew."""
        new = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not new:
            return self
        raw = self.raw
        if "obsolete" in new:
            raw = raw.retired() if new["obsolete"] else raw.revived()
        kept = (
            None if names & new.keys() else part for names, part in zip(_PARTS, raw, strict=True)
        )
        return self._replace(raw=Raw(*kept), **new)

    def with_translation(self, *forms: str, fuzzy: bool = False) -> Self:
        """The entry translated (one form, or all plural forms), fuzzy or approved.

        An approved translation belongs to the present text, so the former text goes.
        """
        flags = tuple(flag for flag in self.flags if fuzzy or flag != FUZZY)
        if fuzzy and not self.fuzzy:
            flags = (FUZZY, *flags)
        words = {"translation": forms[0]} if self.plural is None else {"translations": forms}
        return self.changed(flags=flags, previous=self.previous if fuzzy else None, **words)


class _Parts(NamedTuple):
    """What makes a `Catalogue`, which has room for what follows from it and is found out once."""

    path: str
    header: Entry
    entries: tuple[Entry, ...] = ()
    tail: str = ""
    eol: str = "\n"
    bom: bool = False
    width: int | None = None
    others: tuple["Catalogue", ...] = ()


class Catalogue(_Parts):
    """A PO file: its header, its messages in order, and its habits of writing.

    `width` is the column at which the file wraps its lines, None if it does not; `tail` is
    what follows the last message. Entries are all messages, obsolete ones too; the header
    is none of them. Where an edition has several files (`volumes`), this is what the first is,
    with the entries of them all, and `others` are the other files as they were read.
    """

    @cached_property
    def messages(self) -> tuple[Entry, ...]:
        """The messages in use, in order."""
        return tuple(entry for entry in self.entries if not entry.obsolete)

    @cached_property
    def obsolete(self) -> tuple[Entry, ...]:
        """The messages kept as memory only."""
        return tuple(entry for entry in self.entries if entry.obsolete)

    @cached_property
    def by_key(self) -> Mapping[Key, Entry]:
        """The messages in use, by context and text."""
        return {entry.key: entry for entry in self.messages}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """What the header says, by name of field."""
        lines = (line.partition(":") for line in self.header.translation.split("\n"))
        return {name.strip(): value.strip() for name, colon, value in lines if colon}

    def with_entries(self, entries: Iterable[Entry]) -> Self:
        """The catalogue with these entries in the places of the messages with their keys.

        Raises KeyError if it has no such message.
        """
        new = {id(self.by_key[entry.key]): entry for entry in entries}
        return self._replace(entries=tuple(new.get(id(each), each) for each in self.entries))

    def with_translation(self, key: Key, *forms: str, fuzzy: bool = False) -> Self:
        """The catalogue with this message translated; raises KeyError if it has no such message."""
        return self.with_entries([self.by_key[key].with_translation(*forms, fuzzy=fuzzy)])

    def with_field(self, name: str, value: str) -> Self:
        """The catalogue with a field of its header set; the other fields stay as they are."""
        return self._replace(header=_with_field(self.header, name, " ".join(value.split())))


def _with_field(header: Entry, name: str, value: str) -> Entry:
    """The header with the field replaced where it stands, or else added behind the others."""
    line, words = f"{name}: {value}\n", header.translation
    its_line = re.compile(rf"^{re.escape(name)}:.*\n?", re.MULTILINE)
    if not its_line.search(words):
        return header.changed(translation=words + ("" if words.endswith("\n") else "\n") + line)
    changed = header.changed(translation=its_line.sub(lambda _: line, words, count=1))
    in_file = re.compile(rf'^"{re.escape(name)}:[^"\\\n]*\\n"', re.MULTILINE)
    raw, found = in_file.subn(lambda _: f'"{escape(line)}"', header.raw.translation or "", count=1)
    return changed._replace(raw=header.raw._replace(translation=raw)) if found else changed
