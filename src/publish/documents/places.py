"""Places: on which line of a source file each passage stands.

Pandoc gives line numbers only for its commonmark dialects, and citations only in the
other. So the words of the passages are laid along the words of the file: runs of words
that both have only once hold the two together, and between them the rest falls into place.
What stands aside in the file, a note or a table's caption, is then looked for among the
words that are left over.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from typing import NamedTuple

Pair = tuple[int, int]
Gap = tuple[range, range]

# A word; in scripts without spaces (Thai to Khmer, kana, Han) each sign is one.
_WORD = re.compile(r"[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_FRONT = re.compile(r"\A---[ \t\r]*\n.*?\n(?:---|\.\.\.)[ \t\r]*\n", re.DOTALL)  # a metadata block
_RUNS = (8, 4, 2, 1)  # lengths of the runs of words that hold text and file together
_ENOUGH = 12  # words that tell one passage from another
_WIDE = 40_000  # words times words that are compared each with each
_GAP = 8  # words of a URL or of attributes that may stand between two words of a text


class Wanted(NamedTuple):
    """A passage to be found: its text, what stands before it that is in none, whether aside."""

    text: str
    before: str = ""
    aside: bool = False


def lines(source: str, passages: Sequence[Wanted]) -> list[int | None]:
    """The line where each passage starts, passages being in reading order; None if nowhere."""
    front = _FRONT.match(source)
    first = front[0].count("\n") + 1 if front else 1
    text = source[front.end() :] if front else source
    numbered = [(word, n) for n, line in enumerate(text.split("\n"), first) for word in words(line)]
    if not numbered:
        return [None] * len(passages)
    search = _Search([word for word, _ in numbered], passages)
    places = search.places()
    return [None if place is None else numbered[place][1] for place in places]


def words(text: str) -> list[str]:
    """The words of a text, in any script."""
    return _WORD.findall(text)


class _Search:
    """The words of a file, and which of them belong to a passage already."""

    def __init__(self, file: list[str], passages: Sequence[Wanted]) -> None:
        self.file = file
        self.passages = passages
        self.texts = [words(passage.text) for passage in passages]
        self.taken: set[int] = set()
        self.where: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(file):
            self.where[word].append(place)

    def places(self) -> list[int | None]:
        """Where each passage starts, as the number of its first word in the file."""
        found = self._main()
        for n, place in enumerate(found):
            if place is None:
                host = next((p for p in reversed(found[:n]) if p is not None), 0)
                end = next((p for p in found[n + 1 :] if p is not None), len(self.file))
                found[n] = self._left_over(self.texts[n], range(host, end))
        return found

    def _main(self) -> list[int | None]:
        """Places of what stands in the file in reading order."""
        text: list[str] = []
        starts: dict[int, int] = {}
        for n, passage in enumerate(self.passages):
            text += words(passage.before)
            starts[n] = len(text)
            text += [] if passage.aside else self.texts[n]
        met = dict(_aligned(text, self.file))
        found: list[int | None] = []
        for n, own in enumerate(self.texts):
            mine = [met[i] for i in range(starts[n], starts[n] + len(own)) if i in met]
            here = not self.passages[n].aside and 2 * len(mine) >= len(own) > 0
            self.taken.update(mine if here else ())
            found.append(self._first(own[0], mine[0]) if here else None)
        return found

    def _first(self, word: str, place: int) -> int:
        """Where a passage's first word is, that may stand just before the first that was met."""
        before = range(max(0, place - _GAP), place)
        free = (i for i in before if self.file[i] == word and i not in self.taken)
        return place if self.file[place] == word else next(free, place)

    def _left_over(self, text: list[str], near: range) -> int | None:
        """Where words stand that belong to no other passage: near, else later, else before."""
        wanted = text[:_ENOUGH]
        first = next((n for n, word in enumerate(wanted) if word in self.where), None)
        if first is None:
            return None
        wanted = wanted[first:]
        every = self.where[wanted[0]]
        free = [place for place in every if place not in self.taken]

        def order(place: int) -> tuple[int, bool, bool, int]:
            return -len(self._run(place, wanted)), place not in near, place < near.start, place

        place = min(free or every, key=order)
        self.taken.update(self._run(place, text[first:]))
        return place

    def _run(self, place: int, wanted: Iterable[str]) -> list[int]:
        """Where the words follow each other from a place on, with small gaps."""
        run: list[int] = []
        for word in wanted:
            near = self.file[place : place + _GAP]
            if word in near:
                run.append(place + near.index(word))
                place = run[-1] + 1
        return run


def _aligned(text: list[str], file: list[str]) -> Iterator[Pair]:
    """Pairs of a word of the text and the same word of the file, both ever further on."""
    gaps: list[Gap] = [(range(len(text)), range(len(file)))]
    for size in _RUNS:
        narrower: list[Gap] = []
        for gap in gaps:
            pairs = _increasing(_once(text, file, gap, size))
            yield from pairs
            narrower += _between(pairs, gap)
        gaps = []
        for gap in narrower:
            same, rest = _same_ends(text, file, gap)
            yield from same
            gaps += [rest] if all(rest) else []
    for gap in gaps:
        yield from _matched(text, file, gap)


def _once(text: list[str], file: list[str], gap: Gap, size: int) -> list[Pair]:
    """Where runs of so many words start that occur once on either side."""
    mine, theirs = _runs(text, gap[0], size), _runs(file, gap[1], size)
    return [(place, theirs[run]) for run, place in mine.items() if run in theirs]


def _runs(words: list[str], part: range, size: int) -> dict[tuple[str, ...], int]:
    own = words[part.start : part.stop]
    runs = list(zip(*(own[n:] for n in range(size)), strict=False))
    counts = Counter(runs)
    return {run: part.start + n for n, run in enumerate(runs) if counts[run] == 1}


def _increasing(pairs: list[Pair]) -> list[Pair]:
    """The longest part of the pairs that increases on both sides (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        tops[pile : pile + 1] = [place]
        ends[pile : pile + 1] = [n]
        before.append(ends[pile - 1] if pile else -1)
    chain: list[Pair] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def _between(pairs: list[Pair], gap: Gap) -> Iterator[Gap]:
    one, other = gap
    i, j = one.start, other.start
    for a, b in [*pairs, (one.stop, other.stop)]:
        if i < a and j < b:
            yield range(i, a), range(j, b)
        i, j = a + 1, b + 1


def _same_ends(text: list[str], file: list[str], gap: Gap) -> tuple[list[Pair], Gap]:
    """The words that follow a run on both sides, those that come before one, and what is left."""
    one, other = gap
    heads = list(zip(one, other, strict=False)) if one.start else []
    head = next((n for n, (i, j) in enumerate(heads) if text[i] != file[j]), len(heads))
    one, other = one[head:], other[head:]
    closed = one.stop < len(text)
    tails = list(zip(reversed(one), reversed(other), strict=False)) if closed else []
    tail = next((n for n, (i, j) in enumerate(tails) if text[i] != file[j]), len(tails))
    rest = one[: len(one) - tail], other[: len(other) - tail]
    return [*heads[:head], *tails[:tail]], rest


def _matched(text: list[str], file: list[str], gap: Gap) -> Iterator[Pair]:
    """What no run holds: the longest common parts, or in a wide gap the next word each time."""
    one, other = gap
    if len(one) * len(other) <= _WIDE:
        mine, theirs = text[one.start : one.stop], file[other.start : other.stop]
        for i, j, size in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
            yield from ((one[i + n], other[j + n]) for n in range(size))
        return
    next_place = other.start
    for i in one:
        with suppress(ValueError):
            place = file.index(text[i], next_place, other.stop)
            yield i, place
            next_place = place + 1
