"""Messages: what a translator is given of a document, and the document in her words.

A message is one passage in pandoc Markdown, with numbered placeholders (`[^1]`) for what
has no words of its own: footnote calls and raw code. See `walk` for the contract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publish.documents import Document, trees
from publish.documents.pandoc import Pandoc
from publish.documents.places import Lines
from publish.documents.trees import Blocks, Inlines, Node
from publish.messages.walk import Passage, fill, hold, walk
from publish.problems import Location

__all__ = ["Lookup", "Message", "extract", "translate"]

# What is shown as Markdown even in a passage that pandoc would not read back as it is.
_SAFE = {"Str", "Space", "Emph", "Strong", "Quoted", "Note"}
_SAFEST = {"Str", "Space", "Note"}


@dataclass(frozen=True, slots=True)
class Message:
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


Lookup = Callable[[Message], Inlines | None]


def extract(documents: Sequence[Document], pandoc: Pandoc) -> list[list[Message]]:
    """The messages of each document, in the order of the walk."""
    passages = [_passages(document) for document in documents]
    texts = iter(_texts([passage for one in passages for passage in one], pandoc))
    return [
        _messages(document, one, texts)
        for document, one in zip(documents, passages, strict=True)
    ]


def translate(document: Document, messages: Sequence[Message], lookup: Lookup) -> Blocks:
    """The document's blocks with each message replaced by what `lookup` gives; None keeps it."""
    coming = iter(messages)

    def each(_: Passage) -> Inlines | None:
        message = next(coming)
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
    document: Document, passages: Sequence[Passage], texts: Iterator[tuple[str, Inlines, list[Node]]]
) -> list[Message]:
    lines = Lines(document.text)
    return [
        Message(
            text=text,
            context=passage.context or document.context,
            place=_place(document, passage),
            comment=passage.comment,
            location=Location(document.path, _line(document, passage, lines)),
            inlines=inlines,
            hidden=tuple(hidden),
            first_hidden=len(passage.held) + 1,
        )
        for passage, (text, inlines, hidden) in zip(passages, texts, strict=False)
    ]


def _place(document: Document, passage: Passage) -> str:
    """Where a passage is, in words; a field of the metadata by its key."""
    key = passage.div if passage.div in document.lines or not document.path else ""
    return f"{document.name} {key}".strip() if key else passage.place


def _line(document: Document, passage: Passage, lines: Lines) -> int | None:
    if passage.div in document.lines:
        return document.lines[passage.div]
    return lines.find(trees.text(passage.inlines), aside=passage.aside or "caption of" in passage.place)


def _texts(
    passages: Sequence[Passage], pandoc: Pandoc
) -> Iterator[tuple[str, Inlines, list[Node]]]:
    """Text, inlines and hidden nodes of each passage.

    Where pandoc would not read a text back as the same inlines, what is difficult in it is
    hidden behind placeholders, more of it each time; the promise is checked, not hoped for.
    """
    given = [(passage.inlines, list[Node]()) for passage in passages]
    texts = pandoc.texts([inlines for inlines, _ in given])
    for safe in (_SAFE, _SAFEST):
        wrong = [n for n, text in enumerate(texts) if text is None]
        for n in wrong:
            given[n] = _hidden(passages[n], safe)
        for n, text in zip(wrong, pandoc.texts([given[n][0] for n in wrong]), strict=True):
            texts[n] = text
    for (inlines, hidden), text in zip(given, texts, strict=True):
        yield trees.text(inlines) if text is None else text, inlines, hidden


def _hidden(passage: Passage, safe: set[str]) -> tuple[Inlines, list[Node]]:
    held: list[Node] = list(passage.held)

    def difficult(node: Node) -> bool:
        notes = any(inner["t"] == "Note" for inner in trees.every([node]))
        return node["t"] not in safe and not notes

    return hold(passage.inlines, held, difficult), held[len(passage.held) :]
