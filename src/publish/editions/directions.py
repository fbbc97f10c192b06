"""Directions: code, formulas and addresses run from left to right, words as their language does.

Citations and works in a list of references do not say their language: a citation runs as all its
letters do, a work as its first letter (as with `dir="auto"` in HTML).

Without a direction of their own they would take that of the text around them: the dots, dashes
and marks at their ends would stand on the wrong side (Unicode Standard Annex 9, 6.5).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from publish.documents import trees
from publish.documents.trees import Node

DIRECTED = {"Math", "Cite", *trees.ATTRIBUTED}
_CODE = ("Code", "CodeBlock")
_RUNS = {"L": "ltr", "R": "rtl", "AL": "rtl"}  # by the bidirectional classes of letters


def directing(around: str, direction_of: Callable[[str], str]) -> Callable[[Node], Node | None]:
    """A change for nodes of a text: what runs otherwise than the text around says so (`dir`).

    In: `ltr` or `rtl`; what gives the direction of a language by its tag, '' if it is not known.
    """

    def change(node: Node) -> Node | None:
        if node["t"] in ("Math", "Cite"):
            runs = {"ltr"} if node["t"] == "Math" else set(_runs(node))
            return _span(node, *runs) if len(runs) == 1 and around not in runs else None
        attr = trees.attr_of(node)
        if attr is None or any(key == "dir" for key, _ in attr[2]):
            return None
        tag = next((value for key, value in attr[2] if key == "lang"), "")
        own = direction_of(tag) if tag else next(_runs(node), "") if "csl-entry" in attr[1] else ""
        own = "ltr" if node["t"] in _CODE or _is_address(node) else own
        if not own or own == around:
            return None
        marked = [attr[0], attr[1], [*attr[2], ["dir", own]]]
        return {"t": node["t"], "c": [marked, *node["c"][1:]]}

    return change


def _span(node: Node, direction: str) -> Node:
    return {"t": "Span", "c": [["", [], [["dir", direction]]], [node]]}


def _is_address(node: Node) -> bool:
    return node["t"] == "Link" and trees.text(node["c"][1]).startswith("http")


def _runs(node: Node) -> Iterator[str]:
    """How each letter of a node runs."""
    words = (each["c"] for each in trees.every([node]) if each["t"] == "Str")
    classes = (unicodedata.bidirectional(sign) for word in words for sign in word)
    return (_RUNS[each] for each in classes if each in _RUNS)
