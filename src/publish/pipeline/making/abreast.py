"""Abreast: builds of several publications under way at once, in one thread.

A build is a generator. It gives the renderings that it waits for, and is gone on with as soon as
one of them is there; meanwhile the next publication is read. So nothing of a build has to be safe
from another, and what ends the one thread ends all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from contextlib import closing
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar

if TYPE_CHECKING:  # it is imported where there is something to wait for
    from concurrent.futures import Future

T = TypeVar("T")

_SECOND = 1.0  # until somebody is told that it goes on

Steps: TypeAlias = "Generator[Collection[Future[Any]], None, T]"


def waited(build: Steps[T], idle: Callable[[], object] = lambda: None) -> T:
    """What a build comes to, when all it waits for is there; each second meanwhile `idle`."""
    with closing(build):
        while True:
            try:
                awaited = next(build)
            except StopIteration as end:
                value: T = end.value
                return value
            while not _first_of(awaited, _SECOND):
                idle()


class Abreast:
    """Builds under way; a context manager, at whose end those that are not done are closed."""

    def __init__(
        self, most: Callable[[], int], few: int = 1, idle: Callable[[], object] = lambda: None
    ) -> None:
        self._most = most  # renderings waited for, beyond which no other build is begun, …
        self._few = few  # … unless so few builds are under way
        self._idle = idle  # called each second while there is nothing to do
        self._awaited: dict[Steps[None], Collection[Future[Any]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for build in self._awaited:
            build.close()

    def begin(self, build: Steps[None]) -> None:
        """Have a build go as far as it can, then wait until there is room for another."""
        self._go_on(build)
        self._look(timeout=0)
        while len(self._awaited) >= self._few and self._waiting() > self._most():
            self._look()

    def _waiting(self) -> int:
        return sum(map(len, self._awaited.values()))

    def finish(self) -> None:
        """Wait for all that are under way."""
        while self._awaited:
            self._look()

    def _look(self, timeout: float = _SECOND) -> None:
        """Go on with the builds that have got something they waited for."""
        every = {each for awaited in self._awaited.values() for each in awaited}
        done = _first_of(every, timeout) if every else set()
        if timeout and not done:
            self._idle()
        for build, awaited in list(self._awaited.items()):
            if not done.isdisjoint(awaited):
                self._go_on(build)

    def _go_on(self, build: Steps[None]) -> None:
        try:
            self._awaited[build] = next(build)
        except StopIteration:
            self._awaited.pop(build, None)


def _first_of(awaited: Collection[Future[Any]], timeout: float) -> set[Future[Any]]:
    """What is there, as soon as something is; nothing, if nothing is for so many seconds."""
    from concurrent.futures import FIRST_COMPLETED, wait

    return wait(awaited, timeout, FIRST_COMPLETED).done
