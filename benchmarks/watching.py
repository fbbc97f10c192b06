"""A `publish build --watch` that stays, and how soon it has made what follows from a change."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from commands import PUBLISH, Run, environment
from works import CHANGED, Work

AT_REST = "waiting for a change"
LOOK = 0.002  # seconds between two looks at the artefacts
PATIENCE = 600


@contextmanager
def watching(work: Work) -> Iterator[IO[str]]:
    """The process, once it has nothing to do; what it says."""
    process = subprocess.Popen(
        [*PUBLISH, "--watch"], cwd=work.ours, env=environment(), stderr=subprocess.PIPE, text=True
    )
    if process.stderr is None:
        sys.exit("what --watch says cannot be heard")
    try:
        rest(process.stderr)
        yield process.stderr
    finally:
        process.terminate()
        process.wait()


def answered(work: Work, said: IO[str], moment: float) -> Run:
    """From a changed catalogue being saved until the edition's last artefact is there.

    `moment` is when after the process has come to rest: it looks for changes at intervals.
    """
    artefacts = sorted((work.ours / "build" / CHANGED).glob("*.*"))
    time.sleep(moment)
    before = stamps(artefacts)
    work.change()
    start = time.perf_counter()
    while not all(old != new for old, new in zip(before, stamps(artefacts), strict=True)):
        if time.perf_counter() - start > PATIENCE:
            sys.exit("publish build --watch does not see the change")
        time.sleep(LOOK)
    seconds = time.perf_counter() - start
    rest(said)
    return Run(seconds)


def stamps(paths: Sequence[Path]) -> list[tuple[int, int]]:
    return [(about.st_ino, about.st_mtime_ns) for about in map(Path.stat, paths)]


def rest(said: IO[str]) -> None:
    """Waits until the process says that it waits."""
    for line in said:
        if AT_REST in line:
            return
    sys.exit("publish build --watch ended")
