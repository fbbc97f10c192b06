"""Texts: passages as Markdown that is read back as the very same inlines.

The promise is checked, not hoped for: pandoc reads each text that it wrote. Where it would
read something else, what is difficult is hidden behind placeholders, first only the nodes
that fail by themselves, then all markup, at last everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Inlines, Node
from publish.messages.placeholders import hold
from publish.messages.walk import Passage


class Text(NamedTuple):
    """A passage as Markdown, the inlines that it is read as, and what is hidden in them."""

    text: str
    inlines: Inlines
    hidden: tuple[Node, ...] = ()


_WORDS = {"Str", "Space", "Note"}

Hides = Callable[[Node], bool]


def written(passages: Sequence[Passage], pandoc: Pandoc) -> list[Text]:
    """The text of each passage."""
    given = [passage.inlines for passage in passages]
    texts = [Text(text or "", i) for i, text in zip(given, pandoc.texts(given), strict=True)]
    for choose in (_failing, _marked, _all):
        wrong = [n for n, text in enumerate(texts) if not text.text]
        if wrong:
            hides = choose([given[n] for n in wrong], pandoc)
            tried = [_hiding(passages[n], hides) for n in wrong]
            markdown = pandoc.texts([text.inlines for text in tried])
            for n, text, found in zip(wrong, tried, markdown, strict=True):
                texts[n] = text._replace(text=found or "")
    return texts


def _hiding(passage: Passage, hides: Hides) -> Text:
    held: list[Node] = list(passage.held)
    inlines = hold(passage.inlines, held, hides)
    return Text("", inlines, tuple(held[len(passage.held) :]))


def _failing(passages: Sequence[Inlines], pandoc: Pandoc) -> Hides:
    """Nodes that pandoc does not read back even alone, and that have no such node in them."""
    nodes = [node for inlines in passages for node in _every(inlines) if node["t"] not in _WORDS]
    alone = pandoc.texts([[node] for node in nodes])
    bad = {id(node) for node, text in zip(nodes, alone, strict=True) if text is None}

    def hides(node: Node) -> bool:
        inner = _every(trees.inlines_of(node) or [])
        return id(node) in bad and not any(id(each) in bad for each in inner)

    return hides


def _marked(_: Sequence[Inlines], __: Pandoc) -> Hides:
    return lambda node: node["t"] not in _WORDS


def _all(_: Sequence[Inlines], __: Pandoc) -> Hides:
    return lambda _: True


def _every(inlines: Inlines) -> Iterator[Node]:
    for node in inlines:
        yield node
        yield from _every(trees.inlines_of(node) or [])
