"""Talking: results to stdout, talk to stderr; the only place that prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from publish.problems import Problem, Severity, in_order

if TYPE_CHECKING:
    from publish.pipeline.making.wishes import Job


# What a terminal would obey, and what no encoding has: a stranger's words may hold both.
_OBEYED = {n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160)) if chr(n) not in "\t\n"}


def say(text: str) -> None:
    """A line of talk."""
    _print(_harmless(text), sys.stderr)


def tell(text: str) -> None:
    """A result."""
    _print(_harmless(text), sys.stdout)


def _harmless(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode().translate(_OBEYED)


def _print(text: str, stream: TextIO) -> None:
    """Print at once; where nobody reads any more (`| head`), into nothing."""
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def report(problems: Iterable[Problem]) -> int:
    """Problems, sorted by place, each once; 1 if there is an error among them."""
    unique = in_order(problems)
    for problem in unique:
        say(str(problem))
    return status_of(unique)


def status_of(problems: Iterable[Problem]) -> int:
    """The exit status: 1 if there is an error among them."""
    return int(any(problem.severity is Severity.ERROR for problem in problems))


def count(text: str) -> int:
    """A number of processes, from the command line."""
    if not text.isdecimal() or text == "0":
        raise argparse.ArgumentTypeError(f"{text} is no number of processes")
    return int(text)


class Meter:
    """How far a build has come: a line a file, and on a terminal how long the rest may take."""

    def __init__(self, total: int, place: str = "") -> None:
        self._total = total
        self._place = place
        self._done = 0
        self._start = monotonic()
        self._terminal = sys.stderr.isatty()

    def __call__(self, job: Job) -> None:
        """A file is there."""
        self._done += 1
        rest = (monotonic() - self._start) / self._done * (self._total - self._done)
        line = f"[{self._done}/{self._total}] {self._place}build/{job.name}"
        if self._terminal and self._done < self._total:
            line = f"\r\x1b[K{line}\n{self._bar()} about {rest:.0f} s"
            sys.stderr.write(line)
            sys.stderr.flush()
            return
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
        say(line)

    def _bar(self) -> str:
        full = 24 * self._done // self._total
        return "█" * full + "░" * (24 - full)
