"""Pandoc's tree as plain JSON values: what the other modules need to see and build.

The node types are those of https://hackage.haskell.org/package/pandoc-types
(Text.Pandoc.Definition): `{"t": type, "c": contents}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

Node = dict[str, Any]
Inlines = list[Node]
Blocks = list[Node]

Change = Callable[[Node], Node | list[Node] | None]

SPACE: Node = {"t": "Space"}
_WORDS = frozenset(("Str", "Space"))
_NOTHING = frozenset[str]()
BREAKS = {"Space", "SoftBreak", "LineBreak"}
CONTAINERS = {"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"}

_TAGGED = 2  # keys of a node: its type and its contents
ATTRIBUTED = {"Header", "CodeBlock", "Div", "Span", "Link", "Image", "Code", "Table", "Figure"}

# Signs that XML forbids, and those in which documents.pandoc hides others.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\U000f0000-\U000f00ff]")
_ODD = re.compile(rf"[ \t\r\n]|{_UNSEEN.pattern}|\A\Z")  # a `Str` with these is not yet normal


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


def link(
    inlines: Inlines, target: str, id: str = "", classes: list[str] | None = None, **pairs: str
) -> Node:
    """A `Link`."""
    return {"t": "Link", "c": [attributes(id, classes, **pairs), inlines, [target, ""]]}


def attribute(node: Node, name: str) -> str:
    """The value of a node's attribute, '' if it has none."""
    attr = attr_of(node)
    return next((value for key, value in attr[2] if key == name), "") if attr else ""


def attr_of(node: Node) -> Any:
    """A node's `Attr` (id, classes, pairs), or None for a type without one."""
    kind = node["t"]
    return node["c"][kind == "Header"] if kind in ATTRIBUTED else None


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
    return "".join(pieces(inlines)).strip()


def pieces(inlines: Inlines) -> Iterator[str]:
    """The words of some inlines, a piece wherever markup begins or ends."""
    for node in inlines:
        kind = node["t"]
        if kind == "Str":
            yield node["c"]
        elif kind in BREAKS:
            yield " "
        elif kind in {"Code", "Math"}:
            yield node["c"][1]
        elif kind == "Quoted":
            mark = '"' if node["c"][0]["t"] == "DoubleQuote" else "'"
            yield from (mark, *pieces(node["c"][1]), mark)
        else:
            yield from pieces(inlines_of(node) or [])


def every(nodes: list[Node]) -> Iterator[Node]:
    """Every node of a tree, in reading order, whatever its type."""
    found: list[Node] = []
    _collect(nodes, found)
    return iter(found)


def _collect(values: Any, found: list[Node]) -> None:
    add = found.append
    for value in values:
        kind = type(value)
        if kind is dict:
            if value.get("t") in _WORDS:  # as most nodes are
                add(value)
                continue
            contents, tagged = value.get("c"), "t" in value
            if tagged:
                add(value)
            inner = type(contents)
            if inner is str or (contents is None and tagged):
                continue  # as `is_leaf` has it
            _collect(contents if inner is list and len(value) == _TAGGED else value.values(), found)
        elif (kind is list or kind is tuple) and value:
            _collect(value, found)


def ids_of(nodes: Iterable[Node]) -> Iterator[str]:
    """The ids of nodes, in their order."""
    for node in nodes:
        if node["t"] in ATTRIBUTED and (id := node["c"][node["t"] == "Header"][0]):
            yield id


def strings(nodes: list[Node]) -> Iterator[str]:
    """Every text in a tree, words and code, in reading order."""
    for node in every(nodes):
        if node["t"] == "Str":
            yield node["c"]
        elif node["t"] in {"Code", "CodeBlock", "Math", "RawInline", "RawBlock"}:
            yield node["c"][1]


def rewritten(value: Any, change: Change, kinds: AbstractSet[str] | None = None) -> Any:
    """A tree with each node changed, inner nodes first; if `kinds` are given, only those nodes.

    `change` gives the node that stands in its place, a list of nodes (none, to remove it),
    or None to keep it.
    """
    return _rewritten(value, change, kinds, _NOTHING if kinds is None else _WORDS - kinds)


def _rewritten(
    value: Any, change: Change, kinds: AbstractSet[str] | None, kept: AbstractSet[str]
) -> Any:
    if isinstance(value, list | tuple):
        return _rewritten_list(value, change, kinds, kept)
    if isinstance(value, dict) and not is_leaf(value):
        return {key: _rewritten(item, change, kinds, kept) for key, item in value.items()}
    return value


def is_leaf(value: Node) -> bool:
    """Whether nothing is inside: a word or a space, as most nodes are."""
    contents = value.get("c")
    return type(contents) is str or (contents is None and "t" in value)


def _rewritten_list(
    value: Any, change: Change, kinds: AbstractSet[str] | None, kept: AbstractSet[str]
) -> list[Any]:
    """Most nodes are words and spaces, which are kept as they are: no more is done with them."""
    result: list[Any] = []
    add = result.append
    for item in value:
        type_ = type(item)
        if type_ is dict:
            kind = item.get("t")
            if kind in kept:
                add(item)
                continue
            contents = item.get("c")
            inner = type(contents)
            if inner is list and kind is not None and len(item) == _TAGGED:
                item = {"t": kind, "c": _rewritten_list(contents, change, kinds, kept)}  # noqa: PLW2901  # inner nodes first
            elif inner is not str and (contents is not None or kind is None):
                item = _rewritten(item, change, kinds, kept)  # noqa: PLW2901  # inner nodes first
            if kind is None or (kinds is not None and kind not in kinds):
                add(item)
                continue
            changed = change(item)
            result += changed if type(changed) is list else [item if changed is None else changed]
        elif type_ is list or type_ is tuple:
            add(_rewritten_list(item, change, kinds, kept) if item else [])
        else:
            add(item)
    return result


def normal(blocks: Blocks) -> Blocks:
    """A tree as it is kept: the same words are the same nodes, wherever they came from.

    Line breaks of the source are spaces; spaces stand between marked-up words, not at their
    edges; what has no contents and no attributes is gone; neighbours are joined. A table has a
    body. What pandoc
    notes beside a citation (its number, its source text) is taken away. Comments in HTML
    stay blocks and leave paragraphs.
    """
    result: Blocks = rewritten(blocks, _normal, _CHANGED)
    return joined(result)  # type: ignore[no-any-return]  # a list for a list


_CHANGED = {
    *("SoftBreak", "Str", "Cite", "Code", "RawInline", "Quoted", "Span", "Link", "Image"),
    *("Table", "DefinitionList"),
    *CONTAINERS,
}


def _normal(node: Node) -> Node | Inlines | None:
    kind = node["t"]
    if kind == "SoftBreak":
        return SPACE
    if kind == "Str":
        return _strings(node["c"]) if _ODD.search(node["c"]) else None
    if kind == "Cite":
        return {"t": "Cite", "c": [[_citation(citation) for citation in node["c"][0]], []]}
    if kind == "RawInline" and node["c"][1].startswith("<!--"):
        return []
    if kind in _WELL_MADE:
        return _WELL_MADE[kind](node)
    return _tight(node) if inlines_of(node) is not None else None


def _unroled(node: Node) -> Node | None:
    """Code without the role that RST gave it (:ref:`…`): in HTML a role is something else."""
    (id, classes, pairs), text = node["c"]
    kept = [pair for pair in pairs if pair[0] != "role"]
    return None if len(kept) == len(pairs) else {"t": "Code", "c": [[id, classes, kept], text]}


def _definitions(node: Node) -> Node:
    pairs = [[term, [_apart(each) for each in meanings]] for term, meanings in node["c"]]
    return {"t": "DefinitionList", "c": pairs}


def _apart(blocks: Blocks) -> Blocks:
    """Several passages as paragraphs: pandoc has them plain, and they would run together."""
    if sum(block["t"] == "Plain" for block in blocks) <= 1:
        return blocks
    return [block | {"t": "Para"} if block["t"] == "Plain" else block for block in blocks]


def _table(node: Node) -> Node | None:
    """A table of a foot alone has it as its body: a last line of `=` makes all rows a foot."""
    *rest, bodies, (foot, rows) = node["c"]
    if not rows or any(body[2] or body[3] for body in bodies):
        return None
    return {"t": "Table", "c": [*rest, [[["", [], []], 0, [], rows]], [foot, []]]}


_WELL_MADE: dict[str, Callable[[Node], Node | None]] = {
    "Code": _unroled,
    "DefinitionList": _definitions,
    "Table": _table,
}


def _citation(citation: dict[str, Any]) -> dict[str, Any]:
    """One work of a citation; words after its key stand apart from it, `-@key [so]` as well."""
    _, suffix, _ = trimmed(citation["citationSuffix"])
    in_text = citation["citationMode"]["t"] == "AuthorInText"
    apart = not in_text and text(suffix)[:1].isalnum()
    return citation | {
        "citationPrefix": trimmed(citation["citationPrefix"])[1],
        "citationSuffix": [SPACE, *suffix] if apart else suffix,
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _strings(text: str) -> Inlines:
    """A `Str` of a reader that left spaces in it, or signs that no page can show."""
    words = re.split(r"[ \t\r\n]+", _UNSEEN.sub("", text))
    inlines: Inlines = [string(words[0])] if words[0] else []
    for word in words[1:]:
        inlines += [SPACE, string(word)] if word else [SPACE]
    return inlines


def _tight(node: Node) -> Inlines:
    """A marked-up passage with the spaces at its edges outside it, nothing where it is empty."""
    inner = inlines_of(node) or []
    if node["t"] == "Image":  # an alternative text can call no note
        inner = rewritten(inner, lambda inside: [] if inside["t"] == "Note" else None)
    before, inner, after = trimmed(inner)
    plain = node["t"] in CONTAINERS or (node["t"] == "Span" and attr_of(node) == ["", [], []])
    kept = inner if plain and (not inner or node["t"] == "Span") else [with_inlines(node, inner)]
    return [*before, *kept, *after]


def trimmed(inlines: Inlines) -> tuple[Inlines, Inlines, Inlines]:
    """Spaces and line breaks before some inlines, the inlines, spaces and breaks after them."""
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in BREAKS:
        start += 1
    while end > start and inlines[end - 1]["t"] in BREAKS:
        end -= 1
    return inlines[:start], inlines[start:end], inlines[end:]


def joined(value: Any) -> Any:
    """Neighbours of one kind made one, everywhere in a tree: `Str`s, spaces, emphases."""
    if isinstance(value, dict):
        return value if is_leaf(value) else {key: joined(item) for key, item in value.items()}
    if not isinstance(value, list | tuple):
        return value
    result: list[Any] = []
    before = None  # the kind of the last node
    for item in value:
        kind = item.get("t") if type(item) is dict else None
        if kind is None or kind != before:
            result.append(item if kind in _WORDS else joined(item))
        elif kind == "Str":
            result[-1] = string(result[-1]["c"] + item["c"])
        elif kind in CONTAINERS:
            result[-1] = {"t": kind, "c": joined(result[-1]["c"] + item["c"])}
        elif kind != "Space":
            result.append(joined(item))
        before = kind
    return result
