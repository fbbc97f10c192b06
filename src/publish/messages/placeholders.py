"""Placeholders: what stands in a message for something that has no words of its own.

A placeholder is a note that holds its number, `[^1]` in Markdown; translators know it, and
may put it anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from publish.documents import trees
from publish.documents.trees import Blocks, Inlines, Node

_WORDS = {"Str", "Space"}
_LONGEST = 10  # digits; no message has as many placeholders


def hold(inlines: Inlines, held: list[Node], wanted: Callable[[Node], bool]) -> Inlines:
    """Inlines in which each wanted node is a placeholder; the nodes are added to `held`."""
    result: Inlines = []
    for node in inlines:
        if wanted(node):
            held.append(node)
            result.append(placeholder(len(held)))
            continue
        inner = None if node["t"] in _WORDS else trees.inlines_of(node)
        result.append(
            node if inner is None else trees.with_inlines(node, hold(inner, held, wanted))
        )
    return result


def placeholder(number: int) -> Node:
    """What stands in a message for something without words: `[^number]` in Markdown."""
    return {"t": "Note", "c": [{"t": "Para", "c": [trees.string(str(number))]}]}


def number_of(node: Node) -> int | None:
    """The number of a placeholder, None for any other node."""
    if node["t"] != "Note" or len(node["c"]) != 1:
        return None
    text = trees.text(first_inlines(node["c"]))
    return int(text) if text.isdecimal() and len(text) < _LONGEST else None


def fill(inlines: Inlines, held: Sequence[Node], first: int = 1) -> Inlines:
    """Inlines with the placeholders numbered from `first` on replaced by what they stand for."""
    if not held:
        return inlines

    def filled(node: Node) -> Node | None:
        number = number_of(node)
        index = -1 if number is None else number - first
        return held[index] if 0 <= index < len(held) else None

    return trees.rewritten(inlines, filled, {"Note"})  # type: ignore[no-any-return]  # a list for a list


def first_inlines(blocks: Blocks) -> Inlines:
    """The words of the first paragraph."""
    paragraphs = (block["c"] for block in blocks if block["t"] in {"Para", "Plain"})
    return next(paragraphs, [])
