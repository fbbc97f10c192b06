"""Heads: titles as they run at the head of pages, as long as there is room for them."""

from __future__ import annotations

from unicodedata import east_asian_width

ROOM = 60  # letters of Latin
_SQUARE = 1.75  # of them have the room of one on the full square, in the smaller type of those


def fits(title: str) -> bool:
    """Whether a title can stand at the head of a page."""
    return sum(map(_width, title)) <= ROOM


def cut(title: str) -> str:
    """As much of a title as fits: whole words, where there are spaces between words."""
    count = len(title)
    while not fits(title[:count]):
        count -= 1
    short = title[:count]
    if count < len(title) and _width(title[count]) == 1:
        short = short.rpartition(" ")[0] or short
    return f"{short}…"


def _width(letter: str) -> float:
    return _SQUARE if east_asian_width(letter) in "WF" else 1
