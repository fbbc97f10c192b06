"""Which old text a new one was made from, by how much of their characters they share.

RapidFuzz does the comparing (`ratio`: twice the common characters by all characters); it is
imported only when there is something to compare.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SIMILAR = 60.0
"""From here on one text is taken for a later state of another."""

CONTAINED = 90.0
"""From here on one text is taken for a part of another."""

_SHORTEST_PART = 20
_CANDIDATES = 10


class Origin(NamedTuple):
    """The old texts (by their places) that a new one was made from, and how similar it is."""

    old: tuple[int, ...]
    score: float


class _Scored(NamedTuple):
    score: float
    new: int
    old: int


def origins(new: Sequence[str], old: Sequence[str], vanished: int) -> dict[int, Origin]:
    """What each new text (by its place) was made from, as far as that can be told.

    Each old text serves once, the most similar first. Only where nothing else is left does
    one serve again: the halves of a split text both get it, and a joined text gets all its
    parts. The first `vanished` of `old` were in use until now; the rest is older memory.
    """
    if not new or not old:
        return {}
    scored = sorted(
        _scored(new, old),
        key=lambda each: (-each.score, each.old >= vanished, abs(each.new - each.old)),
    )
    found = _each_once(scored)
    for each in (*scored, *_contained(_texts(new, found), _texts(old[:vanished]))):
        if each.old < vanished:
            found.setdefault(each.new, [each.old])
    used = {place for places in found.values() for place in places}
    joined = _contained(_texts(old[:vanished], used), _texts(new))
    for each in joined:
        found.setdefault(each.old, []).append(each.new)
    return {place: _origin(new[place], sorted(places), old) for place, places in found.items()}


def _scored(new: Sequence[str], old: Sequence[str]) -> Iterator[_Scored]:
    """The old texts similar to each new one."""
    from rapidfuzz import fuzz, process

    for place, text in enumerate(new):
        for _, score, former in process.extract(
            text, old, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=_CANDIDATES
        ):
            yield _Scored(score, place, former)


def _each_once(scored: Iterable[_Scored]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    used: set[int] = set()
    for each in scored:
        if each.new not in found and each.old not in used:
            found[each.new] = [each.old]
            used.add(each.old)
    return found


def _texts(texts: Sequence[str], without: Iterable[int] = ()) -> list[tuple[int, str]]:
    return [(place, text) for place, text in enumerate(texts) if place not in without]


def _contained(parts: list[tuple[int, str]], wholes: list[tuple[int, str]]) -> Iterator[_Scored]:
    """For each part (as `new`) the whole that has it in it best (as `old`), if there is one."""
    parts = [(place, text) for place, text in parts if len(text) >= _SHORTEST_PART]
    if not parts:
        return
    from rapidfuzz import fuzz

    words = [(place, text, _words(text)) for place, text in wholes]
    for place, part in parts:
        own = _words(part)
        scored = [
            _Scored(fuzz.partial_ratio(part, whole, score_cutoff=CONTAINED), place, former)
            for former, whole, its in words
            if len(whole) > len(part) and 2 * len(own & its) >= len(own)
        ]
        best = max(scored, default=None)
        if best and best.score:
            yield best


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def _origin(text: str, places: list[int], old: Sequence[str]) -> Origin:
    from rapidfuzz import fuzz

    return Origin(tuple(places), fuzz.ratio(text, " ".join(old[place] for place in places)))
