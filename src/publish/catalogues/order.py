"""Which of some things changed their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def out_of_order(positions: Sequence[int]) -> set[int]:
    """The fewest indices without which the (distinct) positions are ascending."""
    if list(positions) == sorted(positions):
        return set()  # as after most changes
    from bisect import bisect

    tops: list[int] = []  # the lowest position that ends an ascending run of each length
    ends: list[int] = []  # and its index
    before: list[int] = []  # the index that precedes each in its run, -1 at its start
    for index, position in enumerate(positions):
        length = bisect(tops, position)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [position]
        ends[length : length + 1] = [index]
    moved = set(range(len(positions)))
    index = ends[-1] if ends else -1
    while index >= 0:
        moved.remove(index)
        index = before[index]
    return moved
