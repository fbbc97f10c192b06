"""Places: on which line of a source file a passage stands.

Pandoc gives line numbers only for its commonmark dialects, and citations only in the
other. So the words of a passage are looked for among the words of the file, in order:
a passage stands where most of its first words follow each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_ENOUGH = 12  # words that tell one passage from another
_GAP = 8  # words of a URL or of attributes that may stand between two words of a text


class Lines:
    """The words of a file with their lines; `find` is to be asked in reading order."""

    def __init__(self, text: str) -> None:
        self._words: list[str] = []
        self._lines: list[int] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        self._next = 0
        for number, line in enumerate(text.split("\n"), 1):
            for word in _WORD.findall(line):
                self._places[word].append(len(self._words))
                self._words.append(word)
                self._lines.append(number)

    def find(self, text: str, *, aside: bool = False) -> int | None:
        """The line where a text starts, None if its words are not there.

        A text `aside` (a note) may stand anywhere and does not move the search on.
        """
        wanted = _WORD.findall(text)[:_ENOUGH]
        skipped = next((n for n, word in enumerate(wanted) if word in self._places), None)
        if skipped is None:
            return None
        place = self._best(wanted[skipped:])
        if not aside:
            self._next = place + 1
        return self._lines[place]

    def _best(self, wanted: list[str]) -> int:
        places = self._places[wanted[0]]
        later = [place for place in places if place >= self._next]
        best, best_score = places[0], -1
        for place in later + [place for place in places if place < self._next]:
            score = self._score(place, wanted)
            if score == len(wanted):
                return place
            if score > best_score:
                best, best_score = place, score
        return best

    def _score(self, place: int, wanted: Iterable[str]) -> int:
        """How many of the words follow each other from a place on, with small gaps."""
        score = 0
        for word in wanted:
            near = self._words[place : place + _GAP]
            if word in near:
                score += 1
                place += near.index(word) + 1
        return score
