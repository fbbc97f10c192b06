"""Shelves: where functions may keep what they made, lent to them by whoever has a folder for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Shelf(Protocol):
    """Where something may be kept by all that went into it.

    What is found there may be a stranger's: who takes it from there looks at it.
    """

    def find(self, inputs: Sequence[bytes]) -> bytes | None:
        """What was kept for these inputs, if it is still there."""

    def keep(self, inputs: Sequence[bytes], data: bytes) -> None:
        """Keep something; what cannot be kept is no problem."""


class Bare:
    """A shelf on which nothing stays."""

    def find(self, inputs: Sequence[bytes]) -> bytes | None:  # noqa: ARG002  # as every shelf
        """Nothing."""
        return None

    def keep(self, inputs: Sequence[bytes], data: bytes) -> None:
        """Keep nothing."""


class Passing:
    """A shelf that is there for one piece of work."""

    def __init__(self) -> None:
        self._kept: dict[tuple[bytes, ...], bytes] = {}

    def find(self, inputs: Sequence[bytes]) -> bytes | None:
        """What was kept for these inputs."""
        return self._kept.get(tuple(inputs))

    def keep(self, inputs: Sequence[bytes], data: bytes) -> None:
        """Keep something."""
        self._kept[tuple(inputs)] = data


BARE: Shelf = Bare()
