"""Quotation marks and brackets: those of the language, each with its other half.

What a translator types as `"` or `'` is a quotation in the tree, and gets the marks of the
edition; here are the marks that she typed as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from publish.checks.translations.prose import CLOSE, OPEN
from publish.languages import Language

MARKS = '“”„‟«»‹›‘’‚‛"「」『』《》〈〉'
_TITLES = {
    "ko": "「」『』《》〈〉",
    "ja": "《》〈〉“”",
    "zh": "《》〈〉「」『』",
}  # of works, laws …
_DOUBLE = "“„«"
_BRACKETS = {"(": ")", "[": "]"}
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)|(?<=\w)’")
_PAIRS = [
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("»", "«"),
    ("‘", "’"),
    ("‚", "‘"),
    ('"', '"'),
]
_OUTER = 4  # pairs in _PAIRS, and the last, that are double marks


class Mark(NamedTuple):
    """A mark that is wrong: where, and why."""

    start: int
    end: int
    what: str


class Change(NamedTuple):
    """A pair of marks of another language, and what they are in this one."""

    start: int
    end: int
    right: str


def pairs(language: Language) -> list[tuple[str, str]]:
    """The marks of a language, opening and closing, outer and inner, and those of titles."""
    one, two, three, four = (mark.strip(" \u00a0\u202f") for mark in language.quotes)
    titles = _TITLES.get(language.tag.partition("-")[0], "")
    return [(one, two), (three, four), *zip(titles[::2], titles[1::2], strict=True)]


def wrong(text: str, language: Language) -> Iterator[Mark]:
    """Marks of another language, and marks without their other half."""
    known = pairs(language)
    closing = dict(known)
    allowed = {mark for pair in known for mark in pair}
    waiting: list[tuple[str, int]] = []
    for n, sign in enumerate(text):
        if sign not in MARKS or _is_apostrophe(text, n, waiting):
            continue
        if sign not in allowed:
            yield Mark(n, n + 1, f"{sign} is no quotation mark of this language")
        elif waiting and sign == closing[waiting[-1][0]]:
            waiting.pop()
        elif sign in closing:
            if sign in _DOUBLE and not waiting and sign != known[0][0]:
                yield Mark(n, n + 1, f"{sign} is for a quotation within another")
            waiting.append((sign, n))
        else:
            yield Mark(n, n + 1, f"{sign} closes what was not opened")
    for sign, n in waiting:
        yield Mark(n, n + 1, f"{sign} is not closed")


def _is_apostrophe(text: str, n: int, waiting: list[tuple[str, int]]) -> bool:
    """Whether ’ is one: behind a letter, where no single quotation is open that it could close."""
    if text[n] != "’":
        return False
    inside = _APOSTROPHE.match(text, n) is not None
    between = inside and text[n + 1 : n + 2].isalpha()
    return inside and (
        not waiting or waiting[-1][0] not in "‘‚’" or (between and text[n + 1].isascii())
    )


def changes(text: str, language: Language) -> Iterator[Change]:
    """Pairs of marks that are another language's; only simple ones, with no mark between them."""
    first, second = pairs(language)[:2]
    known = {first, second}
    others = [pair for pair in _PAIRS if pair not in known]
    edges = [n for n, sign in enumerate(text) if sign in MARKS and not _APOSTROPHE.match(text, n)]
    if any(sign in text for sign in (OPEN, CLOSE)):
        return
    used = -1
    for start, end in pairwise(edges):
        pair = (text[start], text[end])
        if start > used and pair in others:
            double = pair in (*_PAIRS[: _OUTER + 1], _PAIRS[-1])
            right = first if double else second
            yield Change(start, start + 1, right[0])
            yield Change(end, end + 1, right[1])
            used = end


def brackets(text: str) -> list[str]:
    """Brackets without their other half."""
    waiting: list[str] = []
    wrong: list[str] = []
    for sign in text:
        if sign in _BRACKETS:
            waiting.append(sign)
        elif sign in _BRACKETS.values():
            if waiting and _BRACKETS[waiting[-1]] == sign:
                waiting.pop()
            else:
                wrong.append(sign)
    return wrong + waiting
