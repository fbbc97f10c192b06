"""Outlines: of a chapter only what other chapters can change, or what can change them.

Ids, links, citations, what is numbered: nothing else of a chapter has to do with others. Whatever
is done to all chapters together can be done to their outlines, and a chapter whose outline comes
out as before is as it was before (`chapters`). An outline is a tree of pandoc's without its words.
"""

from __future__ import annotations

from typing import Any

from publish.documents import trees
from publish.documents.trees import Blocks, Node

_WHOLE = {"Header", "Cite"}
_KEPT = {"Note", "Link"}
_ROWS: list[Any] = [trees.attributes(), []]
_CAPTIONED: dict[str, list[Any]] = {
    "Table": [[], _ROWS, [], _ROWS],
    "Figure": [[]],
}  # what they have, if it is nothing
_WORDS = {
    *("Str", "Space", "SoftBreak", "LineBreak", "Math", "RawInline"),
    *("RawBlock", "HorizontalRule", "Null"),
}


def outline(blocks: Blocks) -> Blocks:
    """The outline of a chapter."""
    return _values(blocks)


def _values(values: Any) -> list[Any]:
    """Values without the nodes in them that are not of an outline."""
    result: list[Any] = []
    for value in values:
        if isinstance(value, list | tuple):
            result.append(_values(value))
        elif isinstance(value, dict) and value.get("t") in _SHOWN:
            if (node := _node(value)) is not None:
                result.append(node)
        elif not isinstance(value, dict) or value.get("t") not in _WORDS:
            result.append(value)
    return result


def _node(node: Node) -> Node | None:
    """A node of an outline; None if there is nothing in it."""
    kind, contents = node["t"], node["c"]
    if kind in _WHOLE:
        return node
    attr = trees.attr_of(node)
    named = bool(attr and attr[0])
    if kind in {"Code", "CodeBlock"}:
        return {"t": kind, "c": [attr, ""]} if named else None
    if kind in _CAPTIONED:
        short, caption = contents[1]
        kept = [  # be they empty; a rule has no contents
            block | {"c": _values(block["c"])} if "c" in block else block for block in caption
        ]
        inner = _values(contents[2:])
        rest = inner if _has_nodes(inner) else _CAPTIONED[kind]
        return {"t": kind, "c": [attr, [short, kept], *rest]}
    inner = _values(contents if attr is None else contents[1:])
    if not (named or kind in _KEPT or _has_nodes(inner)):
        return None
    return {"t": kind, "c": inner if attr is None else [attr, *inner]}


def _has_nodes(value: Any) -> bool:
    """Whether a node is left in what was one's contents."""
    if isinstance(value, dict):
        return value.get("t") in _SHOWN
    return isinstance(value, list) and any(map(_has_nodes, value))


_SHOWN = {
    *_WHOLE,
    *_KEPT,
    *_CAPTIONED,
    *trees.CONTAINERS,
    *("Code", "CodeBlock", "Quoted", "Span", "Image", "Para", "Plain", "LineBlock", "BlockQuote"),
    *("OrderedList", "BulletList", "DefinitionList", "Div"),
}
