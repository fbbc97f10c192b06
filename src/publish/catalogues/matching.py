"""Which old text a new one was made from, by how much of their characters they share.

RapidFuzz does the comparing (`ratio`: twice the common characters by all characters); it is
imported only when there is something to compare. A text is compared only with the few that
share its rarer words, so that a whole book of changes takes seconds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

SIMILAR = 60.0
"""From here on one text is taken for a later state of another."""

CONTAINED = 90.0
"""From here on one text is taken for a part of another."""

_SHORTEST_PART = 20
_SHORT = 40  # texts up to here, headings and the like, may be similar without sharing a word
_LONGEST_WORD = 24  # a longer one is of a script without spaces
_LOOKED_AT = 5000  # so many texts are looked at for a text's words, the rarest words first
_SIMILAR = 20  # so many are compared as a whole
_WHOLES = 5  # and so many for what they contain, which takes longer


class Origin(NamedTuple):
    """The old texts (by their places) that a new one was made from, and how similar it is."""

    old: tuple[int, ...]
    score: float


class _Scored(NamedTuple):
    score: float
    one: int
    other: int


def origins(new: Sequence[str], old: Sequence[str], vanished: int) -> dict[int, Origin]:
    """What each new text (by its place) was made from, as far as that can be told.

    Each old text serves once, the most similar first. Only where nothing else is left does
    one serve again: the halves of a split text both get it, and a joined text gets all its
    parts. The first `vanished` of `old` were in use until now; the rest is older memory.
    """
    if not new or not old:
        return {}
    scored = sorted(_similar(new, old), key=lambda each: _order(each, vanished))
    found = _each_once(scored)
    in_use = dict(enumerate(old[:vanished]))
    halves = _contained(
        {place: new[place] for place in range(len(new)) if place not in found}, in_use
    )
    for each in (*scored, *halves):
        if each.other in in_use:
            found.setdefault(each.one, [each.other])
    used = {place for places in found.values() for place in places}
    left = {place: text for place, text in in_use.items() if place not in used}
    for each in _contained(left, dict(enumerate(new))):
        found.setdefault(each.other, []).append(each.one)
    return {place: _origin(new[place], sorted(places), old) for place, places in found.items()}


def nearest(new: Sequence[str], old: Sequence[str], least: float) -> dict[int, tuple[int, float]]:
    """The old text most like each new one (by its place), and how like they are, from `least` on.

    An old text may serve any number of new ones.
    """
    if not new or not old:
        return {}
    from rapidfuzz import fuzz, process

    index = _Nearest(dict(enumerate(old)))
    found = {}
    for place, text in enumerate(new):
        best = process.extractOne(
            text, index.to(text, _SIMILAR), scorer=fuzz.ratio, score_cutoff=least
        )
        if best:
            found[place] = best[2], best[1]
    return found


def _order(scored: _Scored, vanished: int) -> tuple[float, bool, int]:
    """The most similar first, what was in use before memory, and the nearest in the text."""
    return -scored.score, scored.other >= vanished, abs(scored.one - scored.other)


def _similar(new: Sequence[str], old: Sequence[str]) -> Iterator[_Scored]:
    """The old texts similar to each new one."""
    from rapidfuzz import fuzz, process

    nearest = _Nearest(dict(enumerate(old)))
    for place, text in enumerate(new):
        choices = nearest.to(text, _SIMILAR)
        scores = process.extract(text, choices, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=None)
        yield from (_Scored(score, place, former) for _, score, former in scores)


def _each_once(scored: Iterable[_Scored]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    used: set[int] = set()
    for each in scored:
        if each.one not in found and each.other not in used:
            found[each.one] = [each.other]
            used.add(each.other)
    return found


def _contained(parts: Mapping[int, str], wholes: Mapping[int, str]) -> Iterator[_Scored]:
    """For each part (`one`) the whole that holds it best (`other`), if there is one."""
    from rapidfuzz import fuzz

    nearest = _Nearest(wholes) if parts else None
    for place, part in parts.items():
        if nearest and len(part) >= _SHORTEST_PART:
            scored = (
                _Scored(fuzz.partial_ratio(part, whole, score_cutoff=CONTAINED), place, other)
                for other, whole in nearest.to(part, _WHOLES).items()
                if len(whole) > len(part)
            )
            best = max(scored, default=None)
            if best and best.score:
                yield best


def _origin(text: str, places: list[int], old: Sequence[str]) -> Origin:
    from rapidfuzz import fuzz

    return Origin(tuple(places), fuzz.ratio(text, " ".join(old[place] for place in places)))


class _Nearest:
    """An index of texts by their words."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self.texts = texts
        self.short = {place: text for place, text in texts.items() if len(text) <= _SHORT}
        self.holders: dict[str, list[int]] = defaultdict(list)
        for place, text in texts.items():
            for word in _words(text):
                self.holders[word].append(place)

    def to(self, text: str, count: int) -> Mapping[int, str]:
        """The `count` texts that share most of this one's rarer words."""
        known = [holders for word in _words(text) if (holders := self.holders.get(word))]
        shared: Counter[int] = Counter()
        looked_at = 0
        for holders in sorted(known, key=len):
            looked_at += len(holders)
            if looked_at > _LOOKED_AT and shared:
                break
            shared.update(holders)
        nearest = [place for place, _ in shared.most_common(count)]
        near = {place: self.texts[place] for place in nearest}
        return near | self.short if len(text) <= _SHORT else near


def _words(text: str) -> set[str]:
    words = set(re.findall(r"\w+", text))
    if any(len(word) > _LONGEST_WORD for word in words):
        return {text[place : place + 2] for place in range(len(text) - 1)}
    return words
