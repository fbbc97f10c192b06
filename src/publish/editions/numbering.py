"""Numbering: sections, figures, tables and equations, and the references to them.

A reference is a citation whose key begins with `sec-`, `fig-`, `tbl-` or `eq-`, as in Quarto
(https://quarto.org/docs/authoring/cross-references.html): `@fig-map` is “Figure 1”,
`[-@fig-map]` only “1”. Numbers are given here, after translation, so that each edition
counts and words them by its own rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from publish.documents import trees
from publish.documents.trees import Blocks, Inlines, Node

REFERENCE = re.compile(r"(sec|fig|tbl|eq)-")
_KINDS = {"sec": "section", "fig": "figure", "tbl": "table", "eq": "equation"}


class Numbers:
    """Counts of a whole publication; chapters are to be numbered in reading order."""

    def __init__(self, words: Mapping[str, str], *, by_chapter: bool) -> None:
        self.of: dict[str, str] = {}
        self._words = words
        self._by_chapter = by_chapter
        self._levels: list[int] = []
        self._counts: Counter[str] = Counter()

    def number(self, blocks: Blocks) -> Blocks:
        """A chapter with numbers at its headings, captions and equations."""
        return trees.rewritten(blocks, self._numbered)  # type: ignore[no-any-return]  # a list for a list

    def _numbered(self, node: Node) -> Node | None:
        kind = node["t"]
        change = {
            "Header": self._header,
            "Figure": lambda c: self._captioned(c, 1, "figure"),
            "Table": self._table,
        }.get(kind)
        if change is None:
            return self._equation(node) if kind == "Span" else None
        attr = trees.attr_of(node)
        return None if "unnumbered" in attr[1] else {"t": kind, "c": change(node["c"])}

    def _header(self, contents: Any) -> Any:
        level, attr, inlines = contents
        self._levels = [*self._levels[:level], *[0] * (level - len(self._levels))]
        self._levels[level - 1] += 1
        if level == 1 and self._by_chapter:
            self._counts.clear()
        number = ".".join(map(str, self._levels))
        self.of[attr[0]] = number
        label = trees.span([trees.string(number)], classes=["number"])
        return [level, attr, [label, trees.SPACE, *inlines]]

    def _table(self, contents: Any) -> Any:
        has_caption = bool(contents[1][1])
        return self._captioned(contents, 1, "table") if has_caption else contents

    def _captioned(self, contents: Any, place: int, kind: str) -> Any:
        """Contents with “Figure 1” before the caption's first words."""
        short, blocks = contents[place]
        number = self._next(kind, contents[0][0])
        text = self._words[kind].format(number=number)
        label = trees.span([trees.string(text.replace(" ", "\u00a0"))], classes=["label"])
        first, rest = (blocks[:1] or [{"t": "Plain", "c": []}]), blocks[1:]
        inlines = [label, *([trees.SPACE, *first[0]["c"]] if first[0]["c"] else [])]
        changed = list(contents)
        changed[place] = [short, [{"t": first[0]["t"], "c": inlines}, *rest]]
        return changed

    def _equation(self, node: Node) -> Node | None:
        attr, inlines = node["c"]
        if not attr[0].startswith("eq-"):
            return None
        number = trees.string(f"({self._next('equation', attr[0])})")
        label = trees.span([number], classes=["equation-number"])
        return {"t": "Span", "c": [[attr[0], [*attr[1], "equation"], attr[2]], [*inlines, label]]}

    def _next(self, kind: str, id: str) -> str:
        self._counts[kind] += 1
        number = str(self._counts[kind])
        if self._by_chapter and self._levels:
            number = f"{self._levels[0]}.{number}"
        if id:
            self.of[id] = number
        return number


def is_reference(cite: Node) -> bool:
    """Whether a citation refers to a numbered thing of this publication."""
    return all(REFERENCE.match(citation["citationId"]) for citation in cite["c"][0])


def referring(words: Mapping[str, str], numbers: Mapping[str, str]) -> Callable[[Node], Any]:
    """A change that makes links of references; `words` are the forms used within a text."""

    def change(node: Node) -> Inlines | None:
        if node["t"] != "Cite" or not is_reference(node):
            return None
        links: Inlines = []
        for citation in node["c"][0]:
            links += [trees.string(","), trees.SPACE] if links else []
            links += _link(citation, words, numbers)
        return links

    return change


def _link(citation: Any, words: Mapping[str, str], numbers: Mapping[str, str]) -> Inlines:
    id = citation["citationId"]
    number = numbers.get(id, "?")  # an unknown one was reported as a problem of the manuscript
    text = words[_KINDS[id.partition("-")[0]]].format(number=number).replace(" ", "\u00a0")
    if citation["citationMode"]["t"] == "SuppressAuthor":
        text = number
    prefix, suffix = citation["citationPrefix"], citation["citationSuffix"]
    target = trees.link([trees.string(text)], f"#{id}", classes=["xref"])
    return [*prefix, *([trees.SPACE] if prefix else []), target, *suffix]
