"""Serving: the pandoc that runs, started when there is something to ask, and stopped in time.

It is asked through `server.lua`, since a start costs tens of milliseconds.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from types import TracebackType
from typing import IO, Self, cast

from publish import pandoc

_WRITING = 120  # seconds for any text to be cited or written, and one more for each …
PACE = 50_000  # … bytes of it
_MARGIN = 5  # seconds more, after which the system ends it if we are gone
_LONGEST = 60  # seconds of answers in all, after which one that stays is started anew

Reply = tuple[bytes, list[bytes]]  # its status, and its parts


class PandocError(Exception):
    """What pandoc said when it could not do what it was asked."""


class PandocLimitError(PandocError):
    """Pandoc took more time or memory than it may have."""


class PandocTimeoutError(PandocLimitError):
    """Pandoc was stopped: some texts (`[[[[[[…`) take it longer than anybody can wait."""


class ForeseenError(Exception):
    """No answer yet to a question that pandoc is to begin with: it is asked again later."""


class Server:
    """A pandoc that answers, maybe one that has begun; use it as a context manager."""

    def __init__(self, begun: pandoc.Begun | None = None) -> None:
        self._process = begun.process if begun else None
        self._spent = 0.0  # seconds, until it answered
        self._foresees = False  # whether questions are only to be begun with
        # Requests that it has, and whose replies nobody has read.
        self._foreseen = begun.asked if begun else []
        self._early: dict[bytes, Reply] = {}  # replies to those that nobody has asked for

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is None:
            return
        if error:
            self._process.kill()
        with suppress(BrokenPipeError, subprocess.TimeoutExpired):
            self._process.communicate(timeout=5)
        self._process.kill()
        self._process = None

    @property
    def is_lasting(self) -> bool:
        """Whether it can go on for another build.

        One that has answered for a minute in all is better started anew: nothing in it grows then,
        and what it takes of a processor while nobody asks stays within the margin.
        """
        runs = self._process is None or self._process.poll() is None
        return runs and self._spent < _LONGEST

    def foresee(self, question: Callable[[], object]) -> None:
        """Have pandoc begin with what a call will ask it, while nobody waits for the answer."""
        self._foresees = True
        try:
            question()
        except ForeseenError:
            pass
        finally:
            self._foresees = False

    def _ask(self, word: str, *parts: bytes, seconds: float = 0) -> list[bytes]:
        """The reply to a request; a pandoc that takes too long or has gone is started anew."""
        if self._foresees:
            self._send_ahead(pandoc.request(word, parts))
            raise ForeseenError
        seconds = seconds or _WRITING + sum(map(len, parts)) / PACE
        process, ahead = self._running(), bool(self._foreseen)
        with self._watched(process, seconds) as late:
            status, reply = self._asked(pandoc.request(word, parts))
        if status == b"gone":
            with suppress(BrokenPipeError):
                process.__exit__(None, None, None)
            self._process, self._foreseen, self._early = None, [], {}
            if ahead:  # it may have gone, or been late, for what it was asked before
                return self._ask(word, *parts, seconds=seconds)
            if late.is_set():
                raise PandocTimeoutError(f"it took longer than {seconds:.0f} seconds")
            raise PandocLimitError("pandoc ended, most likely for want of memory")
        if status != b"ok":
            raise PandocError(b" ".join(reply).decode(errors="replace"))
        return reply

    def _send_ahead(self, request: bytes) -> None:
        process = self._running()
        pandoc.let_end(process.pid, self._spent + _WRITING + _MARGIN)
        pandoc.Begun(process, self._foreseen).ask(request)

    @contextmanager
    def _watched(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[Event]:
        """An answer's time: a pandoc that takes longer is stopped, and the event set."""
        late = Event()

        def stop() -> None:
            late.set()
            process.kill()

        pandoc.let_end(process.pid, self._spent + seconds + _MARGIN)
        begin = time.monotonic()
        watch = Timer(seconds, stop)
        watch.daemon = True  # Ctrl-C may come before there is anyone to cancel it
        watch.start()
        try:
            yield late
        finally:
            watch.cancel()
            self._spent += time.monotonic() - begin  # of the processor it was not more

    def _asked(self, request: bytes) -> Reply:
        while self._foreseen:
            self._early[self._foreseen.pop(0)] = self._reply()
        if request in self._early:
            return self._early.pop(request)
        to = cast("IO[bytes]", self._running().stdin)
        try:
            to.write(request)
            to.flush()
        except BrokenPipeError:
            return b"gone", []
        return self._reply()

    def _reply(self) -> Reply:
        """What pandoc says next; of one that has gone, that it has."""
        answers = cast("IO[bytes]", self._running().stdout)
        status, *sizes = answers.readline().split() or [b"gone"]
        return status, [answers.read(int(size)) for size in sizes]

    def _running(self) -> subprocess.Popen[bytes]:
        """Pandoc, started if it is not there."""
        self._process = self._process or self._start()
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        self._spent = 0.0  # seconds, until it answered
        return pandoc.start()
