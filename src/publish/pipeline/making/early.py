"""Early: the pages of a PDF, told by the worker that makes it before the file is written.

An EPUB that lists them need not wait for the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from select import PIPE_BUF
from threading import Thread

from publish.editions import PageStart

_HEAD = 4  # bytes that `Connection` writes before a message

Pages = Sequence[PageStart]


class Ear:
    """Hears from all workers of a pool, by a pipe that they share."""

    def __init__(self) -> None:
        self._reader, self.mouth = Pipe(duplex=False)
        self._awaited: dict[int, Future[Pages]] = {}
        self._numbers = count()
        Thread(target=self._listen, daemon=True).start()

    def awaited(self) -> tuple[int, Future[Pages]]:
        """A number for a worker to tell pages under, and what is done when it has."""
        number, future = next(self._numbers), Future[Pages]()
        self._awaited[number] = future
        return number, future

    def close(self) -> None:
        """Hear no more; the workers have gone."""
        self.mouth.close()

    def _listen(self) -> None:
        with self._reader, suppress(EOFError, OSError):
            while True:
                number, pages = self._reader.recv()
                settle(self._awaited.pop(number), pages)


def settle(future: Future[Pages], pages: Pages) -> None:
    """Say what the pages are, unless that was said."""
    with suppress(InvalidStateError):
        future.set_result(pages)


def tell(mouth: Connection, number: int, pages: Pages) -> None:
    """Tell the pages of a PDF; not if they are more than can be written at once (pipe(7)).

    Less is written whole or not at all, whoever else writes and whoever is killed meanwhile.
    """
    data = ForkingPickler.dumps((number, pages))
    if len(data) + _HEAD <= PIPE_BUF:
        mouth.send_bytes(data)
