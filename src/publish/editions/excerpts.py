"""Excerpts: of a text only what has to do with citations; nothing else is asked of pandoc.

A citation is set by what is cited before it, by whether it stands in a note, and by the signs
around it: pandoc moves punctuation before or behind a note, and takes away the space in front of
one. Notes count, in styles that cite in notes. Words further off can neither change a citation
nor be changed by one (pandoc 3.9, `Text.Pandoc.Citeproc`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from operator import is_
from typing import Any

from publish.documents import trees
from publish.documents.trees import Blocks, Inlines

_CALLS = {"Cite", "Note"}
_BEFORE = 2  # nodes before a call that it may change: a space, and what the space follows

Run = tuple[int, int]


def excerpt(blocks: Blocks) -> Blocks:
    """Each passage around a citation or a note, as a block of its own."""
    found: Blocks = []

    def collect(passage: Inlines) -> Inlines:
        found.append({"t": "Plain", "c": passage})
        return passage

    _changed(blocks, collect)
    return found


def restored(blocks: Blocks, cited: Blocks) -> Blocks:
    """A text with the passages of its excerpt as they came back."""
    passages = iter(cited)
    return _changed(blocks, lambda _: next(passages)["c"])  # type: ignore[no-any-return]  # a list for a list


def _changed(value: Any, change: Callable[[Inlines], Inlines]) -> Any:
    """A tree with each passage around calls changed; most of it has none, and is left as it is."""
    if isinstance(value, dict):
        contents = value.get("c")
        inner = _changed(contents, change) if isinstance(contents, list | tuple) else contents
        return value if inner is contents else {"t": value["t"], "c": inner}
    if not isinstance(value, list | tuple):
        return value
    result: list[Any] = []
    end = 0
    for start, stop in _runs(value):
        result += [_changed(each, change) for each in value[end:start]]
        result += change(list(value[start:stop]))
        end = stop
    result += [_changed(each, change) for each in value[end:]]
    same = not end and all(map(is_, result, value))
    return value if same else result


def _runs(nodes: Sequence[Any]) -> list[Run]:
    """Where in a list calls stand, with what is around them; neighbours are one run."""
    runs: list[Run] = []
    for n, node in enumerate(nodes):
        if type(node) is dict and node.get("t") in _CALLS:
            start, stop = max(n - _BEFORE, 0), _end(nodes, n + 1)
            if runs and runs[-1][1] >= start:
                start = runs.pop()[0]
            runs.append((start, stop))
    return runs


def _end(nodes: Sequence[Any], n: int) -> int:
    """Behind the first node from here on that has more than signs."""
    while n < len(nodes):
        n += 1
        if any(map(_is_word, trees.pieces([nodes[n - 1]]))):
            break
    return n


def _is_word(text: str) -> bool:
    """Whether there is anything in a text but punctuation."""
    return any(not unicodedata.category(sign).startswith("P") for sign in text)
