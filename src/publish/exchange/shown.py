"""How a code is shown to people who must not type it: as it would stand in Markdown."""

from __future__ import annotations

from publish.documents import trees
from publish.documents.trees import Node
from publish.exchange.values import Shell

_PAIRS = {
    "Emph": ("*", "*"),
    "Strong": ("**", "**"),
    "Strikeout": ("~~", "~~"),
    "Superscript": ("^", "^"),
    "Subscript": ("~", "~"),
    "SmallCaps": ("[", "]{.smallcaps}"),
    "Underline": ("[", "]{.underline}"),
}
_SORTS = {"Emph": "xlf:i", "Strong": "xlf:b", "Underline": "xlf:u", "LineBreak": "xlf:lb"}
_FMT = {*_PAIRS, "Span", "LineBreak"}
_KINDS = {"Link": "link", "Image": "image"}


def is_address(node: Node) -> bool:
    """A link that shows nothing but its own address."""
    if node["t"] != "Link":
        return False
    address: str = node["c"][2][0]
    return trees.text(node["c"][1]) in {address, address.removeprefix("mailto:")}


def shell(node: Node, *, pair: bool = False) -> Shell:
    """A node as a code; one that encloses words comes without them."""
    sort = node["t"]
    start, end = _text(node)
    kind = "fmt" if sort in _FMT else _KINDS.get(sort, "other")
    return Shell(node, start, end, kind, _SORTS.get(sort, ""), pair)


def _text(node: Node) -> tuple[str, str]:
    sort, contents = node["t"], node.get("c", [])
    if sort in _PAIRS:
        return _PAIRS[sort]
    if sort in {"Link", "Image"}:
        return _target(node)
    if sort == "Span":
        return f"[{trees.text(contents[1])}", f"]{{{_attributes(node)}}}"
    if sort == "Cite":
        return _cite(node)
    return _lone(sort, contents), ""


def _target(node: Node) -> tuple[str, str]:
    _, inlines, (address, _) = node["c"]
    if is_address(node):
        return f"<{address}>", ""
    mark = "![" if node["t"] == "Image" else "["
    return f"{mark}{trees.text(inlines)}", f"]({address})"


def _cite(node: Node) -> tuple[str, str]:
    if citations := node["c"][0]:
        keys = "; ".join(_key(citation) for citation in citations)
        named = citations[0]["citationMode"]["t"] == "AuthorInText"
        return (keys if named else f"[{keys}]"), ""
    return ("", "") if node.get("named") else ("[", "]")


def _key(citation: Node) -> str:
    hidden = citation["citationMode"]["t"] == "SuppressAuthor"
    return f"{'-' if hidden else ''}@{citation['citationId']}"


def _lone(sort: str, contents: object) -> str:
    match sort, contents:
        case "Note", [{"c": inlines}]:
            return f"[^{trees.text(inlines)}]"  # a placeholder: its number
        case (("Code" | "Math" | "RawInline"), [_, str(text)]):
            mark = {"Code": "`", "Math": "$"}.get(sort, "")
            return f"{mark}{text}{mark}"
        case "Citation", dict(citation):
            return _key(citation)
        case "Literal", str(text):
            return text
        case _:
            return {"LineBreak": "↵", ";": "; "}.get(sort, "…")


def _attributes(node: Node) -> str:
    id, classes, pairs = trees.attr_of(node) or ("", [], [])
    found = [f"#{id}"] if id else []
    found += [f".{name}" for name in classes]
    return " ".join(found + [f'{key}="{value}"' for key, value in pairs])
