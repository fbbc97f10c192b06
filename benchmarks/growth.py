"""Longer and longer books in one edition: whether time and memory grow as their length does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import book
from commands import PUBLISH, Run, run, say


@dataclass(frozen=True)
class Book:
    """A book, and what it took from nothing."""

    chapters: int
    words: int
    took: Run

    @property
    def each(self) -> float:
        return self.took.seconds / self.chapters


def measured(sizes: Sequence[int]) -> Iterator[Book]:
    """Books of so many chapters, one after the other."""
    for chapters in sizes:
        say(f"a book of {chapters} chapters in one edition")
        with tempfile.TemporaryDirectory() as folder:
            book.write(Path(folder), chapters)
            words = sum(len(path.read_text().split()) for path in Path(folder).rglob("*.md"))
            yield Book(chapters, words, run(PUBLISH, Path(folder)))


def slowing(books: Sequence[Book]) -> float:
    """Seconds a chapter in the longest book, of those in the shortest: 1 or less if linear."""
    return books[-1].each / books[0].each


def steepening(books: Sequence[Book]) -> float:
    """Memory a further chapter takes at the end, of what it takes over all: 1 if linear."""
    return slope(books[-2:]) / slope([books[0], books[-1]])


def slope(books: Sequence[Book]) -> float:
    """MB a chapter more."""
    first, last = books[0], books[-1]
    grown = last.took.megabytes - first.took.megabytes
    return grown / max(1, last.chapters - first.chapters)
