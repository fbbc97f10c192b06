"""How like two texts are, to 100: twice the characters they have in common by all they have.

RapidFuzz tells that at once (`ratio`), but to import it takes as long as a dozen changes of a
manuscript take in Python; so for few texts it is told here. The answers are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import TypeAlias

Ratio: TypeAlias = Callable[[str, str], float]

_MANY = 40_000  # characters to be looked at: from here on the import is repaid


def measure(characters: int) -> Ratio:
    """What tells how like two texts are, where so many characters are to be looked at."""
    if characters < _MANY:
        return cache(ratio)  # the likest are asked for twice
    from rapidfuzz import fuzz

    return fuzz.ratio


def reachable(one: str, other: str, least: float) -> bool:
    """Whether two texts can be so like, by their lengths."""
    return 200 * min(len(one), len(other)) >= least * (len(one) + len(other))


def ratio(one: str, other: str) -> float:
    """How like two texts are."""
    total = len(one) + len(other)
    return (1 - (total - 2 * common(one, other)) / total) * 100 if total else 100.0


def common(one: str, other: str) -> int:
    """How many characters two texts have in common, in the same order.

    Source: H. Hyyrö, Bit-parallel LCS-length computation revisited, 2004. A bit stands for a
    character of `one`; it is 0 where what they have in common up to there gets longer.
    """
    places = _places(one)
    every = row = (1 << len(one)) - 1
    for character in other:
        matching = row & places.get(character, 0)
        row = (row + matching) | (row - matching)
    return (~row & every).bit_count()


@lru_cache(maxsize=1)  # a text is compared with several, one after another
def _places(text: str) -> Mapping[str, int]:
    places: dict[str, int] = {}
    for place, character in enumerate(text):
        places[character] = places.get(character, 0) | 1 << place
    return places


def likest(part: str, wholes: Mapping[int, str], least: float) -> tuple[float, int] | None:
    """Which of some longer texts has the stretch that is most like `part`, and how like it is.

    Of several the last; None if none is as like as `least`.
    """
    if exact := [place for place, whole in wholes.items() if part in whole]:
        return 100.0, max(exact)
    # A stretch is at least as long as what it has in common with the part, so that this must be:
    enough = least * len(part) / (200 - least)
    near = [place for place, whole in wholes.items() if common(part, whole) >= enough]
    if not near:
        return None
    from rapidfuzz import fuzz

    best = max((fuzz.partial_ratio(part, wholes[place]), place) for place in near)
    return best if best[0] >= least else None
