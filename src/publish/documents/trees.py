"""Pandoc's tree as plain JSON values: what the other modules need to see and build.

The node types are those of https://hackage.haskell.org/package/pandoc-types
(Text.Pandoc.Definition): `{"t": type, "c": contents}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]
Inlines = list[Node]
Blocks = list[Node]

SPACE: Node = {"t": "Space"}
CONTAINERS = {"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"}


def string(text: str) -> Node:
    """A `Str`."""
    return {"t": "Str", "c": text}


def words(text: str) -> Inlines:
    """Plain text as inlines; nothing in it is Markdown, but an apostrophe becomes one."""
    inlines: Inlines = []
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    for word in text.split():
        inlines += [SPACE, string(word)] if inlines else [string(word)]
    return inlines


def attributes(
    id: str = "", classes: list[str] | None = None, **pairs: str
) -> tuple[str, list[str], list[list[str]]]:
    """An `Attr`; underscores in names stand for hyphens (`aria_label`)."""
    return (id, classes or [], [[key.replace("_", "-"), value] for key, value in pairs.items()])


def span(inlines: Inlines, id: str = "", classes: list[str] | None = None, **pairs: str) -> Node:
    """A `Span`."""
    return {"t": "Span", "c": [attributes(id, classes, **pairs), inlines]}


def div(blocks: Blocks, id: str = "", classes: list[str] | None = None, **pairs: str) -> Node:
    """A `Div`."""
    return {"t": "Div", "c": [attributes(id, classes, **pairs), blocks]}


def link(inlines: Inlines, target: str, id: str = "", classes: list[str] | None = None, **pairs: str) -> Node:
    """A `Link`."""
    return {"t": "Link", "c": [attributes(id, classes, **pairs), inlines, [target, ""]]}


def attribute(node: Node, name: str) -> str:
    """The value of a node's attribute, '' if it has none."""
    attr = attr_of(node)
    return next((value for key, value in attr[2] if key == name), "") if attr else ""


def attr_of(node: Node) -> Any:
    """A node's `Attr` (id, classes, pairs), or None for a type without one."""
    place = {"Header": 1}.get(node["t"], 0)
    if node["t"] in {"Header", "CodeBlock", "Div", "Span", "Link", "Image", "Code", "Table", "Figure"}:
        return node["c"][place]
    return None


def inlines_of(node: Node) -> Inlines | None:
    """The inlines directly inside an inline, None if it has none."""
    kind = node["t"]
    if kind in CONTAINERS:
        return node["c"]  # type: ignore[no-any-return]  # JSON
    if kind in {"Quoted", "Span", "Link", "Image", "Cite"}:
        return node["c"][1]  # type: ignore[no-any-return]  # JSON
    return None


def with_inlines(node: Node, inlines: Inlines) -> Node:
    """An inline with other inlines inside."""
    if node["t"] in CONTAINERS:
        return {"t": node["t"], "c": inlines}
    contents = list(node["c"])
    contents[1] = inlines
    return {"t": node["t"], "c": contents}


def text(inlines: Inlines) -> str:
    """The words of some inlines, without notes and markup."""
    return "".join(_texts(inlines)).strip()


def _texts(inlines: Inlines) -> Iterator[str]:
    for node in inlines:
        kind = node["t"]
        if kind == "Str":
            yield node["c"]
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            yield " "
        elif kind in {"Code", "Math"}:
            yield node["c"][1]
        elif kind == "Quoted":
            mark = '"' if node["c"][0]["t"] == "DoubleQuote" else "'"
            yield mark + "".join(_texts(node["c"][1])) + mark
        else:
            yield from _texts(inlines_of(node) or [])


def every(nodes: list[Node]) -> Iterator[Node]:
    """Every node of a tree, in reading order, whatever its type."""
    stack: list[Any] = list(reversed(nodes))
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if "t" in value:
                yield value
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, list | tuple):
            stack.extend(reversed(value))


def rewritten(value: Any, change: Callable[[Node], Node | list[Node] | None]) -> Any:
    """A tree with each node changed, inner nodes first.

    `change` gives the node that stands in its place, a list of nodes (none, to remove it),
    or None to keep it.
    """
    if isinstance(value, list | tuple):
        return _rewritten_list(value, change)
    if isinstance(value, dict):
        inner = {key: rewritten(item, change) for key, item in value.items()}
        return inner
    return value


def _rewritten_list(value: Any, change: Callable[[Node], Node | list[Node] | None]) -> list[Any]:
    result: list[Any] = []
    for item in value:
        inner = rewritten(item, change)
        changed = change(inner) if isinstance(inner, dict) and "t" in inner else None
        if isinstance(changed, list):
            result.extend(changed)
        else:
            result.append(inner if changed is None else changed)
    return result


def normal(blocks: Blocks) -> Blocks:
    """A tree as it is kept: line breaks of the source are spaces, `Str`s and spaces are joined.

    What pandoc notes beside a citation (its number, its source text) is taken away, so that
    the same words read twice are equal. Comments in HTML stay blocks and leave paragraphs.
    """
    result: Blocks = rewritten(blocks, _normal)
    return joined(result)  # type: ignore[no-any-return]  # a list for a list


def _normal(node: Node) -> Node | list[Node] | None:
    kind = node["t"]
    if kind == "SoftBreak":
        return SPACE
    if kind == "Cite":
        citations = [c | {"citationNoteNum": 0, "citationHash": 0} for c in node["c"][0]]
        return {"t": "Cite", "c": [citations, []]}
    if kind == "RawInline" and node["c"][1].startswith("<!--"):
        return []
    return None


def joined(value: Any) -> Any:
    """Neighbouring `Str`s and spaces made one, everywhere in a tree."""
    if isinstance(value, dict):
        return {key: joined(item) for key, item in value.items()}
    if not isinstance(value, list | tuple):
        return value
    result: list[Any] = []
    for item in value:
        kind = item.get("t") if isinstance(item, dict) else None
        last = result[-1] if result else None
        if kind == "Str" and isinstance(last, dict) and last.get("t") == "Str":
            result[-1] = string(last["c"] + item["c"])
        elif not (kind == "Space" and last == SPACE):
            result.append(joined(item))
    return result
