"""Readings: files of a manuscript read and taken apart, kept by their bytes.

What nearly everybody wants of a chapter is small: its messages as text, where they are, the ids
in it, its pictures. Its tree is looked at only where something is made of it anew; if it is not
what it should be, the file is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import msgspec

from publish import documents, messages
from publish.documents import Document, shapes
from publish.documents.pandoc import Pandoc
from publish.manuscripts import File
from publish.messages import Message
from publish.problems import Location, Problem
from publish.shelves import BARE, Shelf


class _Said(msgspec.Struct, frozen=True, array_like=True):
    """A message as text, and where it is."""

    text: str
    context: str | None
    place: str
    comment: str
    line: int | None
    first_hidden: int


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was read; `whole` is for who wants its tree."""

    warnings: list[str]
    ids: tuple[str, ...]
    pictures: tuple[str, ...]
    media: dict[str, bytes]
    messages: list[_Said]
    whole: msgspec.Raw


# The tree of a file, and of each message its inlines and what is hidden in them.
_Whole = tuple[list[shapes.Block], list[tuple[list[shapes.Inline], list[shapes.Inline]]]]


class Readings:
    """Files of a manuscript as documents and messages, read by pandoc or as they were kept."""

    def __init__(self, pandoc: Pandoc, shelf: Shelf = BARE) -> None:
        self._pandoc = pandoc
        self._shelf = shelf
        self._known: dict[str, list[Message]] = {}
        self._new: dict[str, tuple[File, list[Problem]]] = {}

    def document(self, file: File) -> tuple[Document, list[Problem]]:
        """A file as a document, and what pandoc warned of; errors as `documents.read`."""
        data = self._shelf.find(_inputs(file))
        if data and (kept := shapes.read(data, _Kept)):
            late = cache(partial(_whole, kept, file, self._pandoc))
            self._known[file.path] = _messages(kept, file, late)
            return _document(kept, file, late)
        found, warnings = documents.read(file, self._pandoc)
        self._new[file.path] = file, warnings
        return found, warnings

    def messages(self, of: Sequence[Document]) -> list[list[Message]]:
        """The messages of documents, in order; those of new ones are kept with them."""
        new = [document for document in of if document.path not in self._known]
        found = iter(messages.extract(new, self._pandoc))
        return [
            self._known[document.path]
            if document.path in self._known
            else self._keep(document, next(found))
            for document in of
        ]

    def _keep(self, document: Document, found: list[Message]) -> list[Message]:
        if document.path in self._new:
            file, warnings = self._new.pop(document.path)
            self._shelf.keep(_inputs(file), _written(document, warnings, found))
            self._known[document.path] = found
        return found


def _inputs(file: File) -> list[bytes]:
    return [b"reading", documents.origin(file).encode()]


def _written(document: Document, warnings: Iterable[Problem], found: Iterable[Message]) -> bytes:
    said = [(m.text, m.context, m.place, m.comment, m.location.line, m.first_hidden) for m in found]
    whole = [document.blocks, [(message.inlines, message.hidden) for message in found]]
    texts = [warning.message for warning in warnings]
    kept = [texts, document.ids, document.pictures, document.media, said, whole]
    return shapes.written(kept)


def _whole(kept: _Kept, file: File, pandoc: Pandoc) -> Any:
    """The tree of a file, and of each message its inlines and what is hidden in them."""
    found = shapes.plain(kept.whole, _Whole)
    if found and len(found[1]) == len(kept.messages):
        return found
    document, _ = documents.read(file, pandoc)
    (own,) = messages.extract([document], pandoc)
    return [document.blocks, [[message.inlines, message.hidden] for message in own]]


def _document(kept: _Kept, file: File, whole: Any) -> tuple[Document, list[Problem]]:
    document = Document.late(
        lambda: {"blocks": whole()[0]},
        path=file.path,
        text=documents.text_of(file),
        name=file.stem,
        lines={},
        context=None,
        media=kept.media,
        origin=documents.origin(file),
        ids=kept.ids,
        pictures=kept.pictures,
    )
    return document, [documents.warning(said, file.path) for said in kept.warnings]


def _messages(kept: _Kept, file: File, whole: Any) -> list[Message]:
    def late(n: int) -> Mapping[str, Any]:
        inlines, hidden = whole()[1][n]
        return {"inlines": inlines, "hidden": tuple(hidden)}

    return [
        Message.late(
            partial(late, n),
            text=said.text,
            context=said.context,
            place=said.place,
            comment=said.comment,
            location=Location(file.path, said.line),
            first_hidden=said.first_hidden,
        )
        for n, said in enumerate(kept.messages)
    ]
