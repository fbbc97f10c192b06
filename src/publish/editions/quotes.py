"""Quotation marks: plain quotes of the manuscript as each language writes them.

The marks are those of the language that surrounds a quotation; inside a passage in another
language they are that language's (https://github.com/jgm/pandoc/issues/84).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publish.documents import trees

Marks = tuple[str, str, str, str]


def written(value: Any, marks: Marks, marks_of: Callable[[str], Marks], outer: str = "") -> Any:
    """A tree in which each `Quoted` stands between real marks.

    `marks` are opening and closing, outer and inner; `marks_of` gives them for another
    language's tag; `outer` is the kind of the quotation around.
    """
    if isinstance(value, dict):
        if value.get("t") == "Quoted":
            raise TypeError("a quotation stands outside a list of inlines")
        attr = trees.attr_of(value) if "t" in value else None
        tag = next((v for k, v in attr[2] if k == "lang"), "") if attr else ""
        inner = marks_of(tag) if tag else marks
        return {key: written(item, inner, marks_of, outer) for key, item in value.items()}
    if not isinstance(value, list | tuple):
        return value
    result: list[Any] = []
    for item in value:
        if isinstance(item, dict) and item.get("t") == "Quoted":
            result += _quoted(item, marks, marks_of, outer)
        else:
            result.append(written(item, marks, marks_of, outer))
    return result


def _quoted(node: Any, marks: Marks, marks_of: Callable[[str], Marks], outer: str) -> list[Any]:
    """Double quotes are the outer marks, single ones the inner; within its like, the other."""
    kind = node["c"][0]["t"]
    if kind == outer:
        kind = {"DoubleQuote": "SingleQuote", "SingleQuote": "DoubleQuote"}[kind]
    opening, closing = marks[:2] if kind == "DoubleQuote" else marks[2:]
    inside = written(node["c"][1], marks, marks_of, kind)
    return [trees.string(opening), *inside, trees.string(closing)]
