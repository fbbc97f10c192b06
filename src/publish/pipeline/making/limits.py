"""Limits: how much time of a processor and how much memory a rendering may take.

A strange style sheet or manuscript can keep a layout at work without end. Both limits grow with
what is rendered, so that no honest book meets them: one of 750 pages takes a tenth of them.
Processor time is counted and not the clock's: a busy machine makes nobody late.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import NamedTuple

from publish.editions import Edition
from publish.problems import Location, Problem, PublishError
from publish.records import replace
from publish.renderers import Rendered, file_name

PATIENCE = "PUBLISH_PATIENCE"
"""The variable of the environment that says how many times as much may be taken."""

_SECONDS = 120  # for any edition in one format, and one more for each …
_PACE = 4_000  # … bytes of its text (a page has some 3,000, and takes 0.05), or …
_PICTURES = 1_000_000  # … of its pictures
_ROOM = 2 << 30  # bytes of memory for any edition, and …
_SPREAD = 2_000  # … so many for each of its text (a page's boxes take 1 MB)
_LONGEST = 10_000  # times as much
_HARD = 1.5  # so much longer until the system ends what does not hear that its time is over


class Limits(NamedTuple):
    """So many seconds of a processor, so many bytes of memory."""

    seconds: float
    room: int


class _TooLong(BaseException):  # not an error that an engine may take for its own
    """The time is over."""


def of(edition: Edition, formats: int, patience: float = 1) -> Limits:
    """What making an edition in so many formats may take."""
    text = len(pickle.dumps(replace(edition, resources={}, attachments=())))
    pictures = sum(map(len, edition.resources.values()))
    seconds = _SECONDS + text / _PACE + pictures / _PICTURES
    return Limits(patience * formats * seconds, int(max(patience, 1) * (_ROOM + text * _SPREAD)))


def patience() -> float:
    """How many times as much may be taken; PublishError `build-patience` for what is no number."""
    text = os.environ.get(PATIENCE) or "1"
    with suppress(ValueError):
        if 0 < (found := float(text)) <= _LONGEST:
            return found
    what = f"“{text[:40]}” is no number from above 0 to {_LONGEST}"
    hint = "Write a number: 4 is four times as much."
    raise PublishError(Problem("build-patience", what, Location(PATIENCE), hint=hint))


def within(formats: Sequence[str], edition: Edition, render: Callable[[], Rendered]) -> Rendered:
    """An edition rendered, or for each format Problem `build-limit` if that takes too much.

    Where another thread than the first renders (a worker of a cluster) there is no limit: it is
    the cluster's to set.
    """
    if current_thread() is not main_thread():
        return render()
    limits = of(edition, len(formats), patience())
    what = f"it took longer than {limits.seconds:.0f} seconds of a processor"
    try:
        with _memory(limits.room), _clock(limits.seconds) as late:
            made = render()
        if not late.is_set():  # else an engine took our word for a fault of a picture
            return made
    except _TooLong:
        pass
    except MemoryError:
        what = f"it took more than {limits.room >> 20} MiB of memory"
    return Rendered({format: _refused(what, edition, format) for format in formats})


@contextmanager
def _clock(seconds: float) -> Iterator[Event]:
    """Raise _TooLong when a time of the processor is over, and again each second until it is heard.

    What is given says whether it is over. The system ends a process that hears nothing of it, at
    work in a library.
    """
    late, used = Event(), time.process_time()

    def stop(_number: int, _frame: FrameType | None) -> None:
        late.set()
        raise _TooLong

    former = signal.signal(signal.SIGPROF, stop)
    with _limited(resource.RLIMIT_CPU, int(used + seconds * _HARD) + 1):
        try:
            signal.setitimer(signal.ITIMER_PROF, seconds, 1)
            yield late
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, former)


@contextmanager
def _memory(room: int) -> Iterator[None]:
    """No more memory than this; and what is ended for it leaves no image of itself on the disk."""
    with _limited(resource.RLIMIT_CORE, 0), _limited(resource.RLIMIT_AS, room):
        yield


@contextmanager
def _limited(what: int, most: int) -> Iterator[None]:
    """A limit that the system keeps, if it can, and no higher one than there was."""
    former, highest = resource.getrlimit(what)
    known = [most, *(each for each in (former, highest) if each != resource.RLIM_INFINITY)]
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (min(known), highest))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (former, highest))


def _refused(what: str, edition: Edition, format: str) -> PublishError:
    place = Location(f"build/{edition.id}/{file_name(edition.slug, format)}")
    hint = (
        "Look for what is strange in styles/ or in a chapter: a table of thousands of columns, "
        f"boxes within boxes. If it is meant so, {PATIENCE}=4 allows four times as much."
    )
    return PublishError(Problem("build-limit", what, place, hint=hint))
