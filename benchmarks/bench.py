"""Measures publish, beside what a competent engineer would write today, in one and the same run.

    python benchmarks/bench.py [--write] [--compare] [--rounds N] [--book-rounds N] …

What it prints is the report; progress goes to stderr. Its parts: `contest` (publish, its rivals
and the lower bound take turns), `growth` (longer and longer books), `merging` (catalogues),
`cluster` (many machines), `goals` and `report` (what comes out of it).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path

import cluster
import contest
import goals
import growth
import merging
import report
import works
from commands import ROOT, adopt, say
from goals import ARTICLE, BOOK, Goals
from report import Measured

REPORT, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "performance.svg"
FIGURES = ROOT / "benchmarks" / "figures.json"
QUIET = 0.5  # the load of a machine that nobody else uses


def main() -> int:
    """Measures, and shows what came out; 1 if a ratio is worse than the committed one."""
    options = parsed()
    if options.compare and not FIGURES.exists():
        sys.exit("There are no figures to compare with yet: make bench writes them.")
    adopt()
    if (load := os.getloadavg()[0]) > QUIET:
        say(f"Others use this machine (load {load:.1f}): what comes out is no result.")
    found = measured(options)
    text = report.written(found)
    print(text)
    if options.write:
        REPORT.write_text(text, encoding="utf-8")
        PLOT.write_text(report.plotted(found.works, found.figures), encoding="utf-8")
        goals.stored(found.figures, FIGURES)
    if not options.compare:
        return 0
    lines, worse = goals.compared(found.figures, FIGURES)
    print("\n".join(lines))
    return int(worse)


def parsed() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=5, help="with the article (0: none)")
    options.add_argument("--book-rounds", type=int, default=3, help="with the book (0: none)")
    options.add_argument("--chapters", type=int, default=40, help="of the book")
    options.add_argument("--growth", default="10,20,40,80,160", help="chapters of books")
    options.add_argument("--messages", default="100,1000,10000", help="in catalogues")
    options.add_argument("--publications", type=int, default=24, help="really on the cluster")
    options.add_argument("--series", type=int, default=10_000, help="publications simulated")
    options.add_argument(
        "--typst", type=Path, default=Path(sys.prefix) / "typst", help="where its wheel is"
    )
    options.add_argument("--write", action="store_true", help=f"{REPORT.name}, plot and figures")
    options.add_argument("--compare", action="store_true", help=f"with {FIGURES.name}")
    return options.parse_args()


def measured(options: argparse.Namespace) -> Measured:
    """All that is asked for, one thing after the other."""
    held = list(contests(options))
    books = list(growth.measured(numbers(options.growth)))
    merged = {}
    for count in numbers(options.messages):
        say(f"catalogues of {count} messages")
        merged[count] = merging.measure(count, max(1, options.rounds))
    figures = [figure for results, goal in held for figure in goals.of_work(results, goal)]
    figures += [*goals.of_growth(books), *goals.of_catalogues(merged)]
    many = options.publications and cluster.found(options.publications, options.series)
    typst = next(iter(distributions(path=[str(options.typst)]))).version
    return Measured(figures, [results for results, _ in held], books, merged, many or None, typst)


def contests(options: argparse.Namespace) -> Iterator[tuple[contest.Results, Goals]]:
    """The article and the book, each as often as asked for."""
    made: Sequence[tuple[int, Goals, Callable[[Path], works.Work]]] = (
        (options.rounds, ARTICLE, works.article),
        (options.book_rounds, BOOK, lambda folder: works.long(folder, options.chapters)),
    )
    for rounds, goal, make in made:
        if rounds:
            with tempfile.TemporaryDirectory() as folder:
                yield contest.held(make(Path(folder)), rounds, options.typst), goal


def numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",") if number]


if __name__ == "__main__":
    sys.exit(main())
