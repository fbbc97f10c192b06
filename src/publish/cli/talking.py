"""Talking: results to stdout, talk to stderr; the only place that prints."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol, Self, TextIO

from publish.problems import Problem, Severity, in_order

_COLUMNS = 80  # of a terminal that does not say
_BAR, _SHORT = 24, 4  # signs of a bar, and of one that is too short to be shown
# Seconds below which a time is told in these steps, in units of so many seconds of this name.
_STEPS = (
    (10, 1, 1, "s"),
    (90, 5, 1, "s"),
    (5400, 60, 60, "min"),
    (36_000, 1800, 3600, "h"),
    (math.inf, 3600, 3600, "h"),
)
_NEWS = 1.3  # times as long as was told: less is no news

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
    _last.clear()
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    _last.draw()


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


def add_project(parser: argparse.ArgumentParser, default: str = argparse.SUPPRESS) -> None:
    """Where the publication is; said behind a command it counts more than said before it."""
    about = "the publication's folder (default: this one)"
    parser.add_argument("--project", default=default, metavar="DIR", help=about)


class _Last:
    """The last line of a terminal, which stays below all that is said; elsewhere there is none."""

    def __init__(self) -> None:
        self._text = ""

    def show(self, text: str) -> None:
        """Have another text there; '' for none."""
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and text != self._text:
            self._text = text
            self._write(_CLEARED + text)

    def clear(self) -> None:
        """Make room for another line."""
        if self._text:
            self._write(_CLEARED)

    def draw(self) -> None:
        """Be there again."""
        if self._text:
            self._write(self._text)

    @staticmethod
    def _write(text: str) -> None:
        with suppress(BrokenPipeError):
            sys.stderr.write(text)
            sys.stderr.flush()


_CLEARED = "\r\x1b[K"
_last = _Last()


class Pace(Protocol):
    """What knows how far something has come, and perhaps how many seconds the rest takes."""

    total: int

    @property
    def done(self) -> int:
        """How much is done."""

    def rest(self) -> float | None:
        """About how many seconds are left; None if that cannot be told."""


_meters: list[Meter] = []


def idle() -> None:
    """What is told changes with time alone: to be called now and then while there is none to do."""
    for meter in _meters:
        meter.look()


class Meter:
    """How far something has come, on the last line of a terminal; a context manager.

    The time that is left is told in round numbers, and goes down but for what is news.
    """

    def __init__(self, pace: Pace, what: str = "", *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._pace = pace
        self._what = what
        self._told: float | None = None

    def __enter__(self) -> Self:
        _meters.append(self)
        self.look()
        return self

    def __exit__(self, *_: object) -> None:
        _meters.remove(self)
        _last.show("")

    def look(self) -> None:
        """Tell how far it has come by now."""
        if self._quiet:
            return
        rest = self._pace.rest()
        if rest and self._told and self._told < rest < self._told * _NEWS + 1:
            rest = self._told
        self._told = rest
        words = [f"{self._pace.done}/{self._pace.total}{self._what}", _about(rest)]
        _last.show(_fitting(self._pace.done / self._pace.total, *words))


def _fitting(share: float, count: str, about: str) -> str:
    """A line with a bar, as wide as the terminal allows; some count the bar's signs as two."""
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns or _COLUMNS
    except (OSError, ValueError):
        columns = _COLUMNS
    text = " ".join(filter(None, (count, about)))
    room = min(_BAR, (columns - len(text) - 2) // 2)
    if room < _SHORT:
        return text[: columns - 1]
    full = int(room * share)
    return f"{'█' * full}{'░' * (room - full)} {text}"


def _about(seconds: float | None) -> str:
    """A time in words, the rounder the longer it is; '' for one that is not known, or over."""
    if seconds is None or seconds < 1:
        return ""
    _, step, size, unit = next(each for each in _STEPS if seconds < each[0])
    return f"about {math.ceil(seconds / step) * step / size:g} {unit}"
