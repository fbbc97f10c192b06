"""Workers: processes that render, forked from one that has imported the engines."""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import cache, partial
from multiprocessing import (
    active_children,
    current_process,
    forkserver,
    get_context,
    parent_process,
    resource_tracker,
)
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.util import Finalize
from shutil import rmtree
from threading import Thread, current_thread, main_thread
from typing import Any

from publish import locks
from publish.editions import Edition
from publish.pipeline.making import early, forking, limits
from publish.pipeline.making.early import Pages
from publish.renderers import Rendered, Shelf, engines, render_together
from publish.styles import Style

# What gives a build its executor: for so many processes, and for these formats.
Hands = Callable[[int, Iterable[str]], AbstractContextManager[Executor]]

_DEEP = 10_000  # calls within calls: layout takes a dozen for a list within a list
_ROOM = 200 << (20 if sys.platform == "darwin" else 10)  # of memory, as `getrusage` counts it
_mouths: list[Connection] = []  # a worker's, to tell pages
_MANY = 50_000  # new things after which garbage is looked for: Python's 700 would be too often


def start(formats: Iterable[str]) -> ForkServerContext:
    """The server from which workers for these formats are forked, started if it is not there.

    It begins to import their engines at once, and nothing waits for it until the first work is
    submitted.
    """
    os.environ["PYTHONSAFEPATH"] = "1"  # else they import what lies in the publication's folder
    context = get_context("forkserver")
    context.set_forkserver_preload(sorted(engines(set(formats))))
    _settle()
    resource_tracker.ensure_running()  # first: starting it would open our ears again
    with _deaf(), forking.preferred():
        forkserver.ensure_running()
    return context


@contextmanager
def pool(count: int, formats: Iterable[str]) -> Iterator[_Pool]:
    """An executor of `count` processes for these formats.

    On an error the processes are ended: nobody waits for pages that nobody wants any more.
    """
    executor = _Pool(count, start(formats))
    try:
        yield executor
    except BaseException:
        _end()
        executor.forget()
        raise
    finally:
        executor.shutdown(cancel_futures=True)
        executor.ear.close()


def awaited(pool: Executor) -> tuple[int | None, Future[Pages]]:
    """What is done when pages are known, and the number to tell them under.

    None for workers of a cluster, which cannot: then they are known when the PDF is made.
    """
    return pool.ear.awaited() if isinstance(pool, _Pool) else (None, Future())


@cache
def _settle() -> None:
    """Have the socket of the server lie in a folder that a later run clears if we are killed."""
    folder = locks.temporary()
    current_process()._config["tempdir"] = str(folder)  # type: ignore[attr-defined]  # noqa: SLF001
    Finalize(None, rmtree, [folder, True], exitpriority=-100)  # as multiprocessing does it


def _begin(mouth: Connection) -> None:
    """What a worker does first: see to it that it ends when whoever started it has gone."""
    _mouths.append(mouth)
    gc.disable()
    gc.freeze()  # what was imported stays: nobody need look through it
    gc.set_threshold(_MANY)
    sys.setrecursionlimit(_DEEP)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    if starter := parent_process():
        starter.join()
        os._exit(1)  # nobody waits for what this process was at


@contextmanager
def kept(count: int, formats: Iterable[str]) -> Iterator[Hands]:
    """Workers that stay for several builds: what each build takes for its pool.

    If one of them was ended from outside the others are too; the next build then has new ones.
    """
    with ExitStack() as stack:
        held = [stack.enter_context(pool(count, formats))]

        def hands(_count: int, _formats: Iterable[str]) -> AbstractContextManager[Executor]:
            if held[0].is_lost:
                stack.close()
                held[0] = stack.enter_context(pool(count, formats))
            return nullcontext(held[0])

        yield hands


def rendered(
    formats: Sequence[str],
    edition: Edition,
    style: Style,
    shelf: Shelf | None = None,
    number: int | None = None,
) -> Rendered:
    """An edition in some formats, made by a worker; pages are told under the number, if any.

    A worker lives for a few artefacts: that it looks for garbage after each thousand new things
    takes a twelfth of its time. It does so once it has grown large, and not as often; and before
    each artefact, so that all that the former one took can be taken again.
    """
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _ROOM:
        gc.collect()
        gc.enable()
    told = None if number is None else partial(early.tell, _mouths[0], number)
    render = partial(render_together, formats, edition, style, shelf, told)
    return limits.within(formats, edition, render)


def lost(error: Exception) -> bool:
    """Whether it says that a worker, or the cluster, is gone, and not what went wrong in it."""
    gone = (BrokenProcessPool, CancelledError)
    return isinstance(error, gone) or type(error).__module__.startswith("distributed")


class _Pool(ProcessPoolExecutor):
    """A pool whose processes do not hear Ctrl-C: whoever started them ends them."""

    def __init__(self, count: int, context: ForkServerContext) -> None:
        self.ear = early.Ear()
        mouths = (self.ear.mouth,)
        super().__init__(count, mp_context=context, initializer=_begin, initargs=mouths)

    def submit(self, *arguments: Any, **named: Any) -> Future[Any]:  # as the executor has it
        with _deaf():
            return super().submit(*arguments, **named)

    @property
    def is_lost(self) -> bool:
        """Whether a process of it was ended from outside: it takes no more work."""
        return bool(self._broken)

    def forget(self) -> None:
        """Do not wait until what was on its way to a process is there: the process was ended.

        Without this the end may never come (https://github.com/python/cpython/issues/94777).
        """
        self._call_queue.cancel_join_thread()  # type: ignore[attr-defined]  # the typing stubs lack it


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes undisturbed: what is heard meanwhile is heard at the end.

    Those that are started do not hear Ctrl-C at all. A start that broke off half-way would leave
    a process of which nobody knows. (The mask alone would not do: another thread may hear.)
    """
    heard: list[int] = []
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    former = {}
    if current_thread() is main_thread():  # nowhere else can it be said who hears
        for number in (signal.SIGINT, signal.SIGTERM):
            former[number] = signal.signal(number, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if heard:
            signal.raise_signal(heard[0])


def _end() -> None:
    """End the workers at once, and the server, which would go on to start those asked for."""
    for worker in active_children():
        worker.kill()
    if server := forkserver._forkserver._forkserver_pid:  # type: ignore[attr-defined]  # noqa: SLF001
        os.kill(server, signal.SIGKILL)
