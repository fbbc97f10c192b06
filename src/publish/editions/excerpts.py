"""Excerpts: of a text only what has to do with citations; nothing else is asked of pandoc.

A citation is set by what is cited before it, by whether it stands in a note, and by the signs
around it: pandoc moves punctuation before or behind a note, and takes away the space in front of
one. Notes count, in styles that cite in notes. Words further off can neither change a citation
nor be changed by one (pandoc 3.9, `Text.Pandoc.Citeproc`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from publish.documents import trees
from publish.documents.trees import Blocks, Inlines, Node

_CALLS = {"Cite", "Note"}
_BEFORE = 2  # nodes before a call that it may change: a space, and what the space follows

Run = tuple[int, int]


def excerpt(blocks: Blocks) -> Blocks:
    """Each passage around a citation or a note, as a block of its own."""
    return [{"t": "Plain", "c": passage} for passage in _passages(blocks)]


def restored(blocks: Blocks, cited: Blocks) -> Blocks:
    """A text with the passages of its excerpt as they came back."""
    return _restored(blocks, iter(cited))  # type: ignore[no-any-return]  # a list for a list


def _passages(value: Any) -> Iterator[Inlines]:
    if isinstance(value, dict) and not trees.is_leaf(value):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each, is_run in _parted(value):
            if is_run:
                yield each
            else:
                for inner in each:
                    yield from _passages(inner)


def _restored(value: Any, cited: Iterator[Node]) -> Any:
    if isinstance(value, dict) and not trees.is_leaf(value):
        return {key: _restored(each, cited) for key, each in value.items()}
    if not isinstance(value, list | tuple):
        return value
    result: list[Any] = []
    for each, is_run in _parted(value):
        result += next(cited)["c"] if is_run else [_restored(inner, cited) for inner in each]
    return result


def _parted(nodes: Any) -> Iterator[tuple[Any, bool]]:
    """A list in parts: passages around calls, and what is between them."""
    end = 0
    for start, stop in _runs(nodes):
        yield nodes[end:start], False
        yield nodes[start:stop], True
        end = stop
    yield nodes[end:], False


def _runs(nodes: Any) -> list[Run]:
    """Where in a list calls stand, with what is around them; neighbours are one run."""
    runs: list[Run] = []
    for n, node in enumerate(nodes):
        if type(node) is dict and node.get("t") in _CALLS:
            start, stop = max(n - _BEFORE, 0), _end(nodes, n + 1)
            if runs and runs[-1][1] >= start:
                start = runs.pop()[0]
            runs.append((start, stop))
    return runs


def _end(nodes: Inlines, n: int) -> int:
    """Behind the first node from here on that has more than signs."""
    while n < len(nodes):
        n += 1
        if any(map(_is_word, trees.pieces([nodes[n - 1]]))):
            break
    return n


def _is_word(text: str) -> bool:
    """Whether there is anything in a text but punctuation."""
    return any(not unicodedata.category(sign).startswith("P") for sign in text)
