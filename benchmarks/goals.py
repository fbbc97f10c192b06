"""What was measured beside what is to be reached (issue 6), and beside what was committed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import growth
from contest import EVERYTHING, IDLE, ONE, OURS, STAYING, Results
from growth import Book
from merging import Result

WORSE = 1.2  # so many times what was committed is a regression
LINEAR = 1.25
YARDSTICK, TYPST = "weasyprint", "typst"


@dataclass(frozen=True)
class Figure:
    """A figure and the goal it must not exceed (`below`: must be below), if there is one.

    `unit` is '' for a ratio. Seconds depend on the machine and are compared with no other run's.
    """

    what: str
    value: float
    goal: float | None = None
    unit: str = ""
    below: bool = False

    @property
    def reached(self) -> bool:
        if self.goal is None:
            return True
        return self.value < self.goal if self.below else self.value <= self.goal

    @property
    def row(self) -> str:
        sign = "<" if self.below else "≤"
        goal = "" if self.goal is None else f"{sign} {self.goal:g}{self.space}"
        verdict = "" if self.goal is None else "yes" if self.reached else "**no**"
        return f"| {self.what} | {self.value:{self.digits}}{self.space} | {goal} | {verdict} |"

    @property
    def space(self) -> str:
        return f" {self.unit}" if self.unit else ""

    @property
    def digits(self) -> str:
        return ".0f" if self.unit == "MB" else ".2f" if self.value >= 0.1 else ".2g"  # noqa: PLR2004  # small ones


@dataclass(frozen=True)
class Goals:
    """What issue 6 asks for a publication."""

    everything: float
    one: float
    idle: float
    megabytes: float
    floor: float = 1.25
    staying: float = 0.25


ARTICLE = Goals(everything=0.4, one=0.5, idle=0.15, megabytes=400)
BOOK = Goals(everything=0.75, one=0.15, idle=0.5, megabytes=900)
CATALOGUES = {100: 1.0, 10_000: 0.1}


def of_work(results: Results, goals: Goals) -> Iterator[Figure]:
    """The figures of the article, or of the book."""
    name, ratio = results.work.name, results.ratio
    yard, typst = "of po4a + pandoc + WeasyPrint", "of po4a + pandoc + Typst"
    full = f"{name}: everything from nothing"
    one = f"{name}: one message changed, fresh process"
    stay = f"{name}: one message changed, process that stays"
    yield Figure(f"{full}, {yard}", ratio(EVERYTHING, YARDSTICK), goals.everything)
    yield Figure(f"{full}, {typst}", ratio(EVERYTHING, TYPST), 1, below=True)
    yield Figure(f"{full}, of the lower bound", ratio(EVERYTHING, "hastened"), goals.floor)
    yield Figure(f"{full}, of the lower bound as it comes", ratio(EVERYTHING, "as it comes"))
    yield Figure(f"{one}, {yard}", ratio(ONE, YARDSTICK), goals.one)
    yield Figure(f"{one}, {typst}", ratio(ONE, TYPST), 1, below=True)
    yield Figure(f"{stay}, {yard} in a fresh one", ratio(STAYING, YARDSTICK, ONE), goals.staying)
    yield Figure(f"{name}: nothing changed", results.seconds(IDLE, OURS), goals.idle, "s")
    yield Figure(f"{name}: nothing changed, of a start of Python", ratio(IDLE, "python"))
    yield Figure(f"{name}: largest process", results.megabytes(), goals.megabytes, "MB")


def of_growth(books: Sequence[Book]) -> Iterator[Figure]:
    """Whether books of more chapters take more, and no more than that."""
    if len(books) > 1:
        span = f"from {books[0].chapters} to {books[-1].chapters} chapters"
        yield Figure(f"seconds a chapter, {span}", growth.slowing(books), LINEAR)
    if len(books) > 2:  # noqa: PLR2004  # with two points all is linear
        yield Figure(f"memory a further chapter, {span}", growth.steepening(books), LINEAR)


def of_catalogues(merged: Mapping[int, Mapping[str, Result]]) -> Iterator[Figure]:
    """Bringing catalogues up to date beside msgmerge."""
    for count, found in merged.items():
        ratio = found["publish"].seconds / found["msgmerge"].seconds
        what = f"catalogue of {count:,} messages brought up to date, of msgmerge"
        yield Figure(what, ratio, CATALOGUES.get(count))


def stored(figures: Sequence[Figure], path: Path) -> None:
    """Writes the figures that another machine can be held to."""
    kept = {figure.what: round(figure.value, 4) for figure in figures if figure.unit != "s"}
    text = json.dumps(kept, indent=2, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def compared(figures: Sequence[Figure], path: Path) -> tuple[list[str], bool]:
    """Each figure beside the one committed, in words; and whether any got worse by a fifth."""
    former = json.loads(path.read_text("utf-8"))
    lines, worse = [], False
    for figure in figures:
        if not (before := former.get(figure.what)):
            continue
        change = figure.value / before
        worse |= change > WORSE
        mark = "WORSE" if change > WORSE else "better" if change < 1 / WORSE else "same"
        lines.append(f"{mark:6} {before:8.3g} → {figure.value:8.3g}  {figure.what}")
    return lines, worse
