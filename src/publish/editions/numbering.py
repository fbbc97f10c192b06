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
from publish.documents.words import filled

_DEEPEST = 99
REFERENCE = re.compile(r"(sec|fig|tbl|eq)-")
_NUMBERED = {"Figure", "Table", "Span", "Header"}
_KINDS = {"sec": "section", "fig": "figure", "tbl": "table", "eq": "equation"}


class Numbers:
    """Counts of a whole publication; chapters are to be numbered in reading order."""

    def __init__(self, words: Mapping[str, str], *, by_chapter: bool) -> None:
        self.of: dict[str, str] = {}
        self.titles: dict[str, Inlines] = {}
        self._words = words
        self._by_chapter = by_chapter
        self._levels: list[int] = []
        self._unnumbered = _DEEPEST
        self._counts: Counter[str] = Counter()

    def number(self, blocks: Blocks) -> Blocks:
        """A chapter with numbers at its headings, captions and equations."""
        return trees.rewritten(blocks, self._numbered, _NUMBERED)  # type: ignore[no-any-return]  # a list for a list

    def _numbered(self, node: Node) -> Node | None:
        kind = node["t"]
        if kind in ("Span", "Header"):
            return self._equation(node) if kind == "Span" else self._header(node)
        if "unnumbered" in node["c"][0][1]:
            return None
        change = self._figure if kind == "Figure" else self._table
        return {"t": kind, "c": change(node["c"])}

    def _header(self, node: Node) -> Node | None:
        """A heading with its number, unless it or one above it is to have none."""
        level, attr, inlines = node["c"]
        if level <= self._unnumbered:
            self._unnumbered = level if "unnumbered" in attr[1] else _DEEPEST
        if level >= self._unnumbered:
            self.titles[attr[0]] = trees.rewritten(inlines, _unlinked, {"Note", "Link", "Span"})
            return None
        self._levels = [*self._levels[:level], *[0] * (level - len(self._levels))]
        self._levels[level - 1] += 1
        if level == 1 and self._by_chapter:
            self._counts.clear()
        number = ".".join(map(str, self._levels))
        self.of[attr[0]] = number
        label = trees.span([trees.string(number)], classes=["number"])
        return {"t": "Header", "c": [level, attr, [label, trees.SPACE, *inlines]]}

    def link(self, citation: Any, words: Mapping[str, str]) -> Inlines:
        """A link in place of a reference; `words` are the forms used within a text."""
        id = citation["citationId"]
        number = self.of.get(id, "?")  # an unknown one was reported as the manuscript's problem
        kind = _KINDS[id.partition("-")[0]]
        if self._by_chapter and kind == "section" and "." not in number:
            kind = "chapter"
        label = [trees.string(filled(words[kind], number=number).replace(" ", "\u00a0"))]
        if id in self.titles:
            label = self.titles[id]
        elif citation["citationMode"]["t"] == "SuppressAuthor":
            label = [trees.string(number)]
        return _with_affixes(citation, trees.link(label, f"#{id}", classes=["xref"]))

    def _figure(self, contents: Any) -> Any:
        return self._captioned(contents, 1, "figure")

    def _table(self, contents: Any) -> Any:
        has_caption = bool(contents[1][1])
        return self._captioned(contents, 1, "table") if has_caption else contents

    def _captioned(self, contents: Any, place: int, kind: str) -> Any:
        """Contents with “Figure 1” before the caption's first words."""
        short, blocks = contents[place]
        number = self._next(kind, contents[0][0])
        text = filled(self._words[kind], number=number)
        label = trees.span([trees.string(text.replace(" ", "\u00a0"))], classes=["label"])
        begins = bool(blocks) and blocks[0]["t"] in {"Para", "Plain"}  # not so with a list
        first, rest = (blocks[0], blocks[1:]) if begins else ({"t": "Plain", "c": []}, blocks)
        inlines = [label, *([trees.SPACE, *first["c"]] if first["c"] else [])]
        changed = list(contents)
        changed[place] = [short, [{"t": first["t"], "c": inlines}, *rest]]
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


def _unlinked(node: Node) -> Inlines | None:
    """What may stand within a link: no note, no other link, nothing with an id."""
    if node["t"] == "Note":
        return []
    linked = node["t"] == "Link" or (node["t"] == "Span" and node["c"][0][0])
    return node["c"][1] if linked else None


def referring(words: Mapping[str, str], numbers: Numbers) -> Callable[[Node], Inlines | None]:
    """A change of citations that makes links of references; works in the same brackets stay."""

    def change(node: Node) -> Inlines | None:
        own = [c for c in node["c"][0] if REFERENCE.match(c["citationId"])]
        works = [c for c in node["c"][0] if c not in own]
        parts = [numbers.link(citation, words) for citation in own]
        parts += [[{"t": "Cite", "c": [works, []]}]] if works else []
        comma = [trees.string(","), trees.SPACE]
        return [node for n, part in enumerate(parts) for node in (comma * (n > 0) + part)]

    return change


def _with_affixes(citation: Any, link: Node) -> Inlines:
    """A link with the words before and after its key; `@fig-map [left]` has no comma of its own."""
    prefix, suffix = citation["citationPrefix"], citation["citationSuffix"]
    close = not suffix or suffix[0] == trees.SPACE or not trees.text(suffix)[:1].isalnum()
    return [
        *prefix,
        *([trees.SPACE] if prefix and prefix[-1] != trees.SPACE else []),
        link,
        *([] if close else [trees.SPACE]),
        *suffix,
    ]
