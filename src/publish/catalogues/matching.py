"""Which old text a new one was made from, by how much of their characters they share.

A text is compared (`likeness`) only with the few that share its rarer words, so that a whole book
of changes takes seconds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from publish.catalogues import likeness
from publish.catalogues.likeness import Ratio

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
    ratio = _ratio(new, old)
    scored = sorted(_similar(new, old, ratio, SIMILAR), key=lambda each: _order(each, vanished))
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
    origins = {one: tuple(sorted(places)) for one, places in found.items()}
    return {
        one: Origin(places, ratio(new[one], " ".join(old[place] for place in places)))
        for one, places in origins.items()
    }


def nearest(new: Sequence[str], old: Sequence[str], least: float) -> dict[int, tuple[int, float]]:
    """The old text most like each new one (by its place), and how like they are, from `least` on.

    An old text may serve any number of new ones.
    """
    found: dict[int, tuple[int, float]] = {}
    for score, one, other in _similar(new, old, _ratio(new, old), least):
        if one not in found or score > found[one][1]:
            found[one] = other, score
    return found


def _ratio(new: Sequence[str], old: Sequence[str]) -> Ratio:
    return likeness.measure(sum(map(len, new)) * min(len(old), _SIMILAR))


def _order(scored: _Scored, vanished: int) -> tuple[float, bool, int]:
    """The most similar first, what was in use before memory, and the nearest in the text."""
    return -scored.score, scored.other >= vanished, abs(scored.one - scored.other)


def _similar(
    new: Sequence[str], old: Sequence[str], ratio: Ratio, least: float
) -> Iterator[_Scored]:
    """The old texts similar to each new one."""
    nearest = _Nearest(dict(enumerate(old)), _SIMILAR)
    for place, text in enumerate(new):
        for former, other in nearest.to(text).items():
            if likeness.reachable(text, other, least) and (score := ratio(text, other)) >= least:
                yield _Scored(score, place, former)


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
    nearest = _Nearest(wholes, _WHOLES) if parts else None
    for place, part in parts.items():
        if nearest and len(part) >= _SHORTEST_PART:
            near = nearest.to(part).items()
            longer = {other: whole for other, whole in near if len(whole) > len(part)}
            if best := likeness.likest(part, longer, CONTAINED):
                yield _Scored(best[0], place, best[1])


class _Nearest:
    """Of some texts the `count` that are worth comparing with another, by an index of words."""

    def __init__(self, texts: Mapping[int, str], count: int) -> None:
        self.texts, self.count = texts, count
        self.short = {place: text for place, text in texts.items() if len(text) <= _SHORT}
        self.holders: dict[str, list[int]] = defaultdict(list)
        for place, text in texts.items() if len(texts) > count else ():
            for word in _words(text):
                self.holders[word].append(place)

    def to(self, text: str) -> Mapping[int, str]:
        """Those that share most of a text's rarer words; all, if there are no more."""
        if len(self.texts) <= self.count:
            return self.texts
        known = [holders for word in _words(text) if (holders := self.holders.get(word))]
        shared: Counter[int] = Counter()
        looked_at = 0
        for holders in sorted(known, key=len):
            looked_at += len(holders)
            if looked_at > _LOOKED_AT and shared:
                break
            shared.update(holders)
        nearest = [place for place, _ in shared.most_common(self.count)]
        near = {place: self.texts[place] for place in nearest}
        return near | self.short if len(text) <= _SHORT else near


def _words(text: str) -> set[str]:
    words = set(re.findall(r"\w+", text))
    if any(len(word) > _LONGEST_WORD for word in words):
        return {text[place : place + 2] for place in range(len(text) - 1)}
    return words
