"""The report: docs/performance.md and its plot, from what was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import merging
import plot
from cluster import Findings
from commands import pandoc
from contest import EVERYTHING, FLOOR, IDLE, ONE, OURS, STAYING, Results
from goals import TYPST, YARDSTICK, Figure
from growth import Book
from series import Outcome

NAMES = {
    OURS: "publish",
    YARDSTICK: "po4a + pandoc + WeasyPrint",
    TYPST: "po4a + pandoc + Typst",
    "hastened": "lower bound",
    "as it comes": "lower bound, WeasyPrint as it comes",
}
CASES = {
    EVERYTHING: "everything from nothing",
    ONE: "one message changed, fresh process",
    STAYING: "one message changed, process that stays",
    IDLE: "nothing changed",
}

REPORT = """\
# Performance

Written by `make bench` on {day}: {machine}, Python {python}, WeasyPrint {weasyprint},
pandoc {pandoc}, Typst {typst}. Seconds depend on the machine, ratios hardly. `make bench-compare`
lays a shorter run beside the ratios that are committed (`benchmarks/figures.json`), `make profile`
shows where WeasyPrint spends its time.
{parts}"""

REACHED = """
## What was to be reached

| what | is | to reach | reached |
|---|---:|---:|---|
{rows}

![Time that publish and its rivals take, with the goals](performance.svg)
"""

WORK = """
## {title}

{pages}Four languages, three formats.
The rivals (`benchmarks/rivals`) are what a competent engineer would write without publish: po4a and
pandoc make HTML, EPUB and, with WeasyPrint or with Typst, the PDF, driven by `make`, one process a
core. They have no running heads and no cover, and with WeasyPrint no notes at the foot of the page
and no tags. The lower bound is what pandoc and WeasyPrint take for the very questions that publish
asks them, on all cores, and nothing else (`benchmarks/floor.py`): WeasyPrint with what publish
changes in it to hasten it, and as it comes. All in fresh processes, in turns; medians of {rounds}
rounds. In the process that stays (`publish build --watch`) it is the second change, and time runs
from the catalogue being saved until the edition's last file is there.{share}

| | {head} |
|---|{rule}|
{rows}
"""

GROWTH = """
## Longer and longer

`benchmarks/book.py` makes a book: 2,000 words a chapter, with notes, tables, lists and links
between chapters; one edition in three formats, from nothing. Memory is that of the largest process.

| chapters | words | seconds | seconds a chapter | MB |
|---:|---:|---:|---:|---:|
{rows}
"""

CATALOGUES = """
## Catalogues brought up to date

`benchmarks/merging.py` makes a catalogue of paragraphs of four sentences and a template in which
one paragraph in 25 was edited in a known way: a typo, one word, five words, a sentence more or
less, half of it anew, split, joined, moved with a typo; and new ones that come from nowhere.
publish and msgmerge each read both, merge and write, in a process of their own; seconds of
processor time. Found: edited paragraphs that got the translation they should; right: of the
translations that edited paragraphs got.

| messages | publish | msgmerge | ratio | found: publish | msgmerge | right: publish | msgmerge |
|---:|---:|---:|---:|---:|---:|---:|---:|
{rows}

At 100 the time is that of starting Python and importing modules; the work takes 0.01 s.
"""

CLUSTER = """
## On many machines

Measured with a scheduler and workers of Dask on this machine, with the article: connecting, and
comparing what the workers render with, {connect:.2f} s once; {tasks} tasks for 12 files,
{rendering:.2f} s of rendering together, {sent:.0f} kB there and {returned:.0f} kB back a task; the
editions of a publication are ready after {ready:.2f} s, and the client has {rest:.2f} s more to do
for it; a task that does nothing but has the size of a real one costs {dispatch:.0f} ms.

A simulation of discrete events (`benchmarks/series.py`) says from these figures how
{length:,} publications × 12 files spread over workers. It assumes that every publication is like
this one; that the client (`publish build --all --cluster`) has a core for itself and one for each
process that reads for it (`--jobs`); that as long as more work is under way than three times what
the workers do at a time, only two publications more than there are readers are; that workers are
alike and never fail; that all a task costs beside its rendering is counted as the scheduler's,
which sees to one after the other; that a link carries 1 Gbit/s. Hours, and how much of the workers'
time is
rendering:

| workers | one reader | busy | readers that keep them busy | hours | busy |
|---:|---:|---:|---:|---:|---:|
{rows}

Checked against real runs, in which client, scheduler and workers share this machine's
{cores} cores:

| workers | publications | really | simulated | simulated / really |
|---:|---:|---:|---:|---:|
{checks}
"""


@dataclass(frozen=True)
class Measured:
    """Everything that a run of the benchmark found out; what was not measured is empty."""

    figures: Sequence[Figure]
    works: Sequence[Results]
    books: Sequence[Book]
    merged: Mapping[int, Mapping[str, merging.Result]]
    cluster: Findings | None
    typst: str


def written(found: Measured) -> str:
    """The report as Markdown."""
    parts = [REACHED.format(rows="\n".join(figure.row for figure in found.figures))]
    parts += map(work, found.works)
    if found.books:
        parts.append(GROWTH.format(rows="\n".join(map(book, found.books))))
    if found.merged:
        rows = (merging.row(count, results) for count, results in found.merged.items())
        parts.append(CATALOGUES.format(rows="\n".join(rows)))
    if found.cluster:
        parts.append(cluster(found.cluster))
    return REPORT.format(
        day=date.today().isoformat(),  # noqa: DTZ011  # the day where it was measured
        machine=f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        python=platform.python_version(),
        weasyprint=version("weasyprint"),
        pandoc=subprocess.check_output([pandoc(), "--version"], text=True).split()[1],
        typst=found.typst,
        parts="".join(parts),
    )


def work(results: Results) -> str:
    """The seconds of everybody for a publication."""
    people = [OURS, YARDSTICK, TYPST, *FLOOR]
    share = results.work.share
    said = f" {share:.0%} of the rivals' messages have translations of their own." if share else ""
    made = "" if share else "A book made by `benchmarks/book.py`, translated word for word. "
    return WORK.format(
        title=f"The {results.work.name}",
        pages=made,
        rounds=len(results.runs[EVERYTHING][OURS]),
        share=said,
        head=" | ".join(NAMES[who] for who in people),
        rule="|".join("---:" for _ in people),
        rows="\n".join(
            f"| {what} | {cells(results, case, people)} |" for case, what in CASES.items()
        ),
    )


def cells(results: Results, case: str, people: Sequence[str]) -> str:
    runs = results.runs[case]
    return " | ".join(
        f"{results.seconds(case, who):.2f} s" if who in runs else "" for who in people
    )


def book(one: Book) -> str:
    took = one.took
    return (
        f"| {one.chapters} | {one.words:,} | {took.seconds:.1f} | {one.each:.2f} "
        f"| {took.megabytes:.0f} |"
    )


def cluster(found: Findings) -> str:
    """What a cluster costs, and how a long series spreads over it."""
    costs = found.costs
    rows = (
        f"| {alone.workers} | {hours(alone)} | {alone.busy:.0%} "
        f"| {several.readers} | {hours(several)} | {several.busy:.0%} |"
        for alone, several in found.series
    )
    checks = (
        f"| {each.workers} | {each.publications} | {each.real:.1f} s | {each.simulated:.1f} s "
        f"| {each.simulated / each.real:.2f} |"
        for each in found.checks
    )
    return CLUSTER.format(
        connect=costs.connect,
        rest=costs.rest,
        dispatch=costs.dispatch * 1000,
        tasks=len(costs.tasks),
        rendering=sum(task.seconds for task in costs.tasks),
        sent=sum(task.sent for task in costs.tasks) / len(costs.tasks) / 1000,
        returned=sum(task.returned for task in costs.tasks) / len(costs.tasks) / 1000,
        ready=max(task.ready for task in costs.tasks),
        length=found.length,
        rows="\n".join(rows),
        checks="\n".join(checks),
        cores=os.cpu_count(),
    )


def hours(outcome: Outcome) -> str:
    return f"{outcome.seconds / 3600:.1f} h"


def plotted(works: Sequence[Results], figures: Sequence[Figure]) -> str:
    """The plot: what publish and its rivals take, as shares of what WeasyPrint's rival takes."""
    goals = {figure.what: figure.goal for figure in figures}
    groups = [
        plot.Group(f"The {results.work.name}: {CASES[case]}", list(bars(results, case, goals)))
        for results in works
        for case in (EVERYTHING, ONE, STAYING)
    ]
    return plot.drawn(f"Time as a share of {NAMES[YARDSTICK]}; red: to reach", groups)


def bars(results: Results, case: str, goals: Mapping[str, float | None]) -> Iterator[plot.Bar]:
    """A bar for each who was asked; a process that stays is compared with fresh ones."""
    whole = results.seconds(ONE if case == STAYING else case, YARDSTICK)
    start = f"{results.work.name}: {CASES[case]}, of {NAMES[YARDSTICK]}"
    goal = next((goal for what, goal in goals.items() if what.startswith(start)), None)
    for who in (OURS, TYPST, "hastened"):
        if who in results.runs[case]:
            seconds = results.seconds(case, who)
            note = f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004  # quick ones
            mine = who == OURS
            yield plot.Bar(
                NAMES[who], seconds / whole, note, ours=mine, goal=goal if mine else None
            )
