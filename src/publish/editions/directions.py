"""Directions: code and formulas run from left to right, foreign words as their language does.

Without a direction of their own they would take that of the text around them: the dots, dashes
and marks at their ends would stand on the wrong side (Unicode Standard Annex 9, 6.5).
"""

from __future__ import annotations

from collections.abc import Callable

from publish.documents import trees
from publish.documents.trees import Node

_CODE = ("Code", "CodeBlock")


def directing(around: str, direction_of: Callable[[str], str]) -> Callable[[Node], Node | None]:
    """A change for nodes of a text: what runs otherwise than the text around says so (`dir`).

    In: `ltr` or `rtl`; what gives the direction of a language by its tag, '' if it is not known.
    """

    def change(node: Node) -> Node | None:
        if node["t"] == "Math" and around != "ltr":
            return {"t": "Span", "c": [["", [], [["dir", "ltr"]]], [node]]}
        attr = trees.attr_of(node)
        if attr is None or any(key == "dir" for key, _ in attr[2]):
            return None
        tag = next((value for key, value in attr[2] if key == "lang"), "")
        own = "ltr" if node["t"] in _CODE else direction_of(tag) if tag else ""
        if not own or own == around:
            return None
        marked = [attr[0], attr[1], [*attr[2], ["dir", own]]]
        return {"t": node["t"], "c": [marked, *node["c"][1:]]}

    return change
