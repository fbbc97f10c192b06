"""Charsets: the characters that a typeface has glyphs for, as fontconfig notes them.

They stay ranges: of the 40,000 of a Chinese face a text asks for a few hundred.
"""

from __future__ import annotations

from bisect import bisect_right


class Charset:
    """A set of code points, from fontconfig's notation (`20-7e a0`): ask whether one is `in` it."""

    def __init__(self, charset: str) -> None:
        ends = [part.partition("-") for part in charset.split()]
        self._firsts = [int(low, 16) for low, _, _ in ends]
        self._lasts = [int(high or low, 16) for low, _, high in ends]

    def __contains__(self, code_point: int) -> bool:
        place = bisect_right(self._firsts, code_point)
        return place > 0 and code_point <= self._lasts[place - 1]
