"""Forking: the server of the workers made of this process, which has half of what it imports.

`multiprocessing` starts its server as a new program, and that imports all of it once more. The
program `publish` is forked instead, where that is safe: it has one thread, and the system is Linux
(https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods).
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

_programs: list[bool] = []


def allow() -> None:
    """Say that this process is the program, and not one that only calls it."""
    _programs.append(True)


@contextmanager
def preferred() -> Iterator[None]:
    """Meanwhile, what `multiprocessing` would start anew is forked, where that is safe."""
    from multiprocessing import util  # only now: every command imports this module
    from threading import active_count

    if not _programs or sys.platform != "linux" or active_count() > 1:
        yield
        return
    former, util.spawnv_passfds = util.spawnv_passfds, _forked
    try:
        yield
    finally:
        util.spawnv_passfds = former


def _forked(path: bytes, args: Sequence[Any], passfds: Sequence[int]) -> int:  # noqa: ARG001  # as the one it replaces
    """The number of a new process that does what the code at the end of `args` says."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # or both would write it
    return os.fork() or _serve(args[-1], passfds)


def _serve(code: str, descriptors: Collection[int]) -> NoReturn:
    """Be the new program: without the files and the ears of the one that it was forked from."""
    status = 1
    try:
        gc.disable()  # nothing here becomes garbage, and workers see to theirs
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close_all_but({0, 1, 2, *descriptors})
        if not sys.flags.safe_path:
            del sys.path[0]  # of `python -m` it is the publication's folder, a stranger's
        exec(code, {})  # noqa: S102  # multiprocessing's own, which a new Python would be given
    except SystemExit:
        status = 0
    except BaseException:  # noqa: BLE001  # told as by a program of its own
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _close_all_but(kept: Collection[int]) -> None:
    for number in [int(each.name) for each in Path("/proc/self/fd").iterdir()]:
        if number not in kept:
            with suppress(OSError):  # that of the list itself is closed by now
                os.close(number)
