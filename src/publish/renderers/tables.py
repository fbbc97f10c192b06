"""Tables: how much room one needs, and its mark where a page may have less.

A table cannot be narrower than the longest words of its columns: the rest would be cut off at the
edge of the paper or the screen. So one that is `wide` is set smaller by the sheet, and in one that
is `crammed` words break anywhere. Widths are reckoned by letters: no page is laid out yet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from lxml import etree

_WORD = re.compile("[^\\s\u00ad\u200b\u3040-\u30ff\u3400-\u9fff-]+")  # what no line divides
_LETTER, _BOLD, _SQUARE = 0.54, 0.6, 1.0  # of an em, rather more than less
_HYPHENATED = 12  # letters of a longer word that may have to stand in one line
GAP = 0.6  # between columns, if need be
PRINTED = 39.5  # ems of a table that our own page has room for
SMALLEST = 0.65  # of a table's size: smaller type nobody reads


def room_needed(table: etree._Element) -> float:
    """The least width of a table, in ems of its own type."""
    columns: dict[int, float] = {}
    for row in table.iter("tr"):
        at = 0
        for cell in row.iterchildren("td", "th"):
            span = _spanned(cell)
            if span == 1:
                columns[at] = max(columns.get(at, 0), _longest(cell))
            at += span
    return sum(width + GAP for width in columns.values())


def mark(table: etree._Element, wide: float, crammed: float) -> float:
    """Mark a table that needs more room than these many ems; out: how much it needs."""
    need = room_needed(table)
    names = [name for name, room in (("wide", wide), ("crammed", crammed)) if need > room]
    if names:
        table.set("class", " ".join([*table.get("class", "").split(), *names]))
    return need


def _spanned(cell: etree._Element) -> int:
    span = cell.get("colspan", "1")
    return int(span) if re.fullmatch("[1-9][0-9]{0,2}", span) else 1


def _longest(cell: etree._Element) -> float:
    letter = _BOLD if cell.tag == "th" else _LETTER
    words = _WORD.findall("".join(cell.itertext()))
    return max((_width(word, letter) for word in words), default=0)


def _width(word: str, letter: float) -> float:
    letters = word[:_HYPHENATED] if word.isalpha() else word
    return sum(_SQUARE if east_asian_width(each) in "WF" else letter for each in letters)
