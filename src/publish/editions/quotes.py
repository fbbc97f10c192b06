"""Quotation marks: plain quotes of the manuscript as each language writes them.

The marks are those of the language that surrounds a quotation; inside a passage in another
language they are that language's (https://github.com/jgm/pandoc/issues/84).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publish.documents import trees
from publish.records import Record, replace

_WORDS = {"Str", "Space"}
Marks = tuple[str, str, str, str]


class Quotes(Record, frozen=True):
    """How to write quotations: `marks` are opening and closing, outer and inner.

    `marks_of` gives them for another language's tag, None if it is not known; `around` is
    the kind of the quotation around, `page` the marks outside all others.
    """

    marks: Marks
    marks_of: Callable[[str], Marks | None]
    around: str = ""
    page: Marks | None = None

    def written(self, value: Any) -> Any:
        """A tree in which each `Quoted` stands between real marks."""
        if isinstance(value, dict):
            if trees.is_leaf(value):
                return value
            inner = self._within(value) if "t" in value else self
            return {key: inner.written(item) for key, item in value.items()}
        if not isinstance(value, list | tuple):
            return value
        result: list[Any] = []
        for item in value:
            kind = item.get("t") if type(item) is dict else None
            if kind == "Quoted":
                result += self._quoted(item)
            else:
                result.append(item if kind in _WORDS else self.written(item))
        return result

    def _within(self, node: Any) -> Quotes:
        """The marks inside a node: a language has its own, a note stands by itself."""
        if node["t"] == "Note":
            return replace(self, marks=self.page or self.marks, around="")
        tag = trees.attribute(node, "lang")
        marks = self.marks_of(tag) if tag else None
        return replace(self, marks=marks, page=self.page or self.marks) if marks else self

    def _quoted(self, node: Any) -> list[Any]:
        """Double quotes are the outer marks, single ones the inner; within its like, the other."""
        kind = node["c"][0]["t"]
        if kind == self.around:
            kind = {"DoubleQuote": "SingleQuote", "SingleQuote": "DoubleQuote"}[kind]
        opening, closing = self.marks[:2] if kind == "DoubleQuote" else self.marks[2:]
        inside = replace(self, around=kind).written(node["c"][1])
        return [trees.string(opening), *inside, trees.string(closing)]
