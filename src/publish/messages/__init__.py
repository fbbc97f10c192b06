"""Messages: what a translator is given of a document, and the document in her words.

A message is one passage in pandoc Markdown, with numbered placeholders (`[^1]`) for what
has no words of its own: footnote calls and raw code. See `walk` for the contract.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from publish.documents import Document, places, trees
from publish.documents.late import Late
from publish.documents.pandoc import Pandoc
from publish.documents.places import Wanted
from publish.documents.trees import Blocks, Inlines, Node
from publish.messages import texts
from publish.messages.placeholders import fill
from publish.messages.texts import Text
from publish.messages.walk import Passage, walk
from publish.problems import Location

__all__ = ["Lookup", "Message", "extract", "translate"]


@dataclass(frozen=True)
class Message(Late):
    """A passage as a translator sees it.

    `text` is pandoc Markdown; `inlines` the same as a tree, with placeholders, of which those
    after the first `len(passage.held)` stand for `hidden`.
    """

    text: str
    context: str | None
    place: str
    comment: str
    location: Location
    inlines: Inlines
    hidden: tuple[Node, ...] = ()
    first_hidden: int = 1

    @property
    def key(self) -> tuple[str | None, str]:
        """What a catalogue finds it by."""
        return self.context, self.text


_SHOWN, _MOST = 80, 12  # signs of a code, and codes, that a translator is told of
Lookup = Callable[[Message], Inlines | None]


def extract(documents: Sequence[Document], pandoc: Pandoc) -> list[list[Message]]:
    """The messages of each document, in the order of the walk."""
    passages = [_passages(document) for document in documents]
    found = iter(texts.written([passage for one in passages for passage in one], pandoc))
    return [
        _messages(document, one, [next(found) for _ in one])
        for document, one in zip(documents, passages, strict=True)
    ]


def translate(document: Document, messages: Sequence[Message], lookup: Lookup) -> Blocks:
    """The document's blocks with each message replaced by what `lookup` gives; None keeps it."""
    coming = iter(messages)

    def each(_: Passage) -> Inlines | None:
        message = next(coming, None)
        if message is None:  # of a tree that was kept, and is not what it was said to be
            return None
        translated = lookup(message)
        given = message.inlines if translated is None else translated
        return fill(given, message.hidden, message.first_hidden)

    return walk(document.blocks, each)


def _passages(document: Document) -> list[Passage]:
    found: list[Passage] = []

    def each(passage: Passage) -> None:
        found.append(passage)

    walk(document.blocks, each)
    return found


def _messages(
    document: Document, passages: Sequence[Passage], found: Sequence[Text]
) -> list[Message]:
    lines = _lines(document, passages)
    return [
        Message(
            text=text.text,
            context=passage.context or document.context,
            place=_place(document, passage),
            comment=" ".join(filter(None, (passage.comment, _told(passage.held)))),
            location=Location(document.path, line),
            inlines=text.inlines,
            hidden=text.hidden,
            first_hidden=len(passage.held) + 1,
        )
        for passage, text, line in zip(passages, found, lines, strict=True)
    ]


def _told(held: Sequence[Node]) -> str:
    """What those placeholders are that are no notes: raw code, whose words nobody can translate."""
    raw = [(n, node["c"][1]) for n, node in enumerate(held, 1) if node["t"] == "RawInline"]
    codes = [f"[^{n}] is {' '.join(code.split())[:_SHOWN]}" for n, code in raw[:_MOST]]
    return f"Code of the author’s, to be kept at its words: {', '.join(codes)}." if codes else ""


def _place(document: Document, passage: Passage) -> str:
    """Where a passage is, in words; a field of the metadata by its key."""
    key = passage.div if passage.div in document.lines or not document.path else ""
    return f"{document.name} {key}".strip() if key else passage.place


def _lines(document: Document, passages: Sequence[Passage]) -> list[int | None]:
    """The line of each passage: that of its field, or where its words are in the file."""
    if not document.text:
        return [document.lines.get(passage.div) for passage in passages]
    wanted = [Wanted(" ".join(trees.pieces(p.inlines)), p.before, p.aside) for p in passages]
    return places.lines(document.text, wanted)
