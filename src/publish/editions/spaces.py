"""Where no line may break: at spaces, plain in the manuscript, as each language holds them.

Which words hold together is told by `styles/languages.toml`; what every language shares (the
initials of a name, a day and its month, the thousands of a number) is told here. Inside a
passage in another language the rules are that language's, as with quotation marks.

A Korean particle follows a bracket or a quotation mark without a space: 「조약」은. Browsers break
there in spite of `word-break: keep-all` (UAX 14, LB 30 leaves Hangul out), so a word joiner
stands between.

Sources: DIN 5008 and Duden (“Abkürzungen”), Мильчин/Чельцова (Справочник издателя и автора),
New Hart's Rules, Lexique des règles typographiques en usage à l'Imprimerie nationale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from publish.documents import trees
from publish.documents.trees import Inlines, Node
from publish.languages import NoBreak
from publish.records import Record, replace

NO_BREAK = trees.string("\N{NO-BREAK SPACE}")
JOINER = "\N{WORD JOINER}"
OPENING = "([{«»„“”‚‘’‹›\"'*"
CLOSING = OPENING + ")]},;:!?…"
_SPACES = {"Space", "SoftBreak"}
_APART = {"Note", "Image"}  # have words of their own, which do not stand in the line
_INLINES = (
    trees.BREAKS
    | trees.CONTAINERS
    | {"Str", "Quoted", "Cite", "Code", "Math", "RawInline", "Link", "Image", "Note", "Span"}
)
_ROMAN = re.compile("[IVXLCDM]+")
_NUMBER = re.compile(r"[-−+]?\d")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
_CLOSED = ")]}%’”」』》〉】"
_CLOSING_SIGN = re.compile(f"[{re.escape(_CLOSED)}]")
_PARTICLE = re.compile(rf"(?<=[{re.escape(_CLOSED)}])(?=[가-힣])")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")


class Rules(Record, frozen=True, dict=True):
    """A language's rules, made ready to be asked about each space."""

    given: NoBreak

    @cached_property
    def signs(self) -> tuple[frozenset[str], ...]:
        """Words that stay with the next, the one before, a number behind or before; months."""
        given = self.given
        after = map(str.lower, given.after)
        lists = (after, given.before, given.before_number, given.after_number, given.months)
        return tuple(map(frozenset, lists))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbours in expressions that hold together."""
        phrases = (phrase.split() for phrase in self.given.within)
        return frozenset(pair for words in phrases for pair in pairwise(words))

    @cached_property
    def leaders(self) -> frozenset[str]:
        """Words of letters alone that may hold the next one."""
        leaders = {*self.given.after, *self.given.before_number, *(one for one, _ in self.pairs)}
        return frozenset(word.lower() for word in leaders)

    def hold(self, left: str, right: str) -> bool:
        """Whether no line may break between two words."""
        after, before, before_number, after_number, months = self.signs
        word = right.rstrip(CLOSING)
        if word in before or right in before or left in after:
            return True
        left = left.lstrip(OPENING)
        if left.isalpha() and not left.isupper() and left.lower() not in self.leaders:
            return False
        right, ends = right.lstrip(OPENING), (word, right.rstrip(CLOSING + "."))
        return (
            left.lower() in after
            or (left, word) in self.pairs
            or (left in before_number and _is_number(right, word))
            or (_is_number(left.rstrip(".")[-1:], left) and not after_number.isdisjoint(ends))
            or (
                not months.isdisjoint(ends)
                and left.rstrip(".").isdigit()
                and len(left) < len("00.0")
            )
            or (left.isdigit() and len(left) < len("0000") and bool(_THOUSANDS.match(right)))
            or (_is_initial(left) and right[:1].isupper() and right not in before_number)
        )


def _is_number(start: str, word: str) -> bool:
    return bool(_NUMBER.match(start) or _ROMAN.fullmatch(word))


def _is_initial(word: str) -> bool:
    return word[:1].isupper() and _INITIALS.fullmatch(word) is not None


rules = cache(Rules)


class Spaces(Record, frozen=True, dict=True):
    """How to write spaces: by which rules, and those of another language's tag, if known."""

    rules: Rules
    rules_of: Callable[[str], Rules | None]

    def written(self, value: Any) -> Any:
        """A tree in which each space at which no line may break is a no-break space."""
        if isinstance(value, dict):
            inner = self._within(value) if "t" in value else self
            return {key: inner.written(item) for key, item in value.items()}
        if not isinstance(value, list | tuple):
            return value
        if value and isinstance(value[0], dict) and value[0].get("t") in _INLINES:
            return self._line(value)
        return [self.written(item) for item in value]

    def _within(self, node: Node) -> Spaces:
        tag = trees.attribute(node, "lang")
        own = self.rules_of(tag) if tag else None
        return replace(self, rules=own) if own else self

    def _line(self, inlines: Sequence[Node]) -> Inlines:
        """Inlines that make one line of words, whatever markup parts them."""
        words: list[str] = [""]
        between: list[Rules] = []
        for piece in self.pieces(inlines):
            if isinstance(piece, str):
                words[-1] += piece
            else:
                words.append("")
                between.append(piece)
        held = (own.hold(*pair) for own, pair in zip(between, pairwise(words), strict=True))
        return self._put(inlines, _Found(held))

    def pieces(self, inlines: Sequence[Node]) -> Iterator[str | Rules]:
        """The words, and for each space between them the rules that it is under."""
        for node in inlines:
            kind = node["t"]
            if kind in _SPACES:
                yield self.rules
            elif kind == "Str":
                yield node["c"]
            elif kind in {"Code", "Math"}:
                yield node["c"][1]
            elif kind not in _APART:
                yield from self._within(node).pieces(trees.inlines_of(node) or [])

    def _put(self, inlines: Sequence[Node], found: _Found) -> Inlines:
        """The inlines again, with what was found about their spaces in order."""
        alike = not self.rules.given.in_words
        return [
            node if alike and node["t"] == "Str" else self._put_in(node, found) for node in inlines
        ]

    def _put_in(self, node: Node, found: _Found) -> Node:
        kind = node["t"]
        if kind == "Str":
            return trees.string(found.joined(node["c"]))
        if kind in _SPACES:
            found.last = " "
            return NO_BREAK if next(found.held) else node
        if kind == "Note":
            return {"t": "Note", "c": self.written(node["c"])}
        inner = None if kind in _APART else trees.inlines_of(node)
        return node if inner is None else trees.with_inlines(node, self._put(inner, found))


@dataclass
class _Found:
    """What was found about the spaces of a line, and the last sign that was put there."""

    held: Iterator[bool]
    last: str = " "

    def joined(self, text: str) -> str:
        """The text with joiners where a particle follows a closing sign."""
        if self.last not in _CLOSED and not _CLOSING_SIGN.search(text):
            self.last = text[-1:] or self.last
            return text
        whole = _PARTICLE.sub(JOINER, self.last + text)
        self.last, before = text[-1:] or self.last, self.last
        return whole.removeprefix(before)


def plain(text: str) -> str:
    """A text for metadata, which nobody breaks into lines."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace(JOINER, "")
