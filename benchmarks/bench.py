"""Measures publish, beside what a competent engineer would write today, in one and the same run.

    python benchmarks/bench.py [--rounds N] [--chapters 10,20,40] [--write docs/performance.md]

The yardstick (po4a, pandoc and WeasyPrint, driven by `make -j2`) is in benchmarks/yardstick. Both
make the same publication in the same four languages and three formats; they take turns, round by
round, and what counts is the median of the rounds' ratios: it hardly changes with the machine.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import book
import merging
import po4a

ROOT = Path(__file__).parents[1]
PUBLISH = [sys.executable, "-m", "publish", "build"]
YARDSTICK = ["make", "-j2", "--silent"]
LANGUAGES = ["ko", "ru", "de"]
CHANGED = "ko"
TOO_SHORT = 0.1  # seconds: make alone, a ratio to it says nothing
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
BYTES = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss

REPORT = """\
# Performance

Written by `make bench` on {day}: {machine}, Python {python}, WeasyPrint {weasyprint},
pandoc {pandoc}. Seconds depend on the machine, ratios hardly.

## Beside the yardstick

The yardstick is what a competent engineer would write without publish: po4a, pandoc (HTML, EPUB)
and `pandoc --pdf-engine=weasyprint`, driven by `make -j2` (`benchmarks/yardstick`). Both make this
publication in four languages and three formats, in fresh processes, taking turns; medians of
{rounds} rounds. {share:.0%} of the yardstick's messages are translations of its own, the others
translations of other messages of the same length; it has no notes at the foot of the page, no
running heads, no tags in its PDFs and no cover.

| | publish | yardstick | ratio | to reach |
|---|---:|---:|---:|---|
{compared}

“Nothing changed” took {idle:.2f} of publish's own time for everything; to reach: 0.10.

## A long book

`benchmarks/book.py` makes it: 2,000 words a chapter, with notes, tables, lists and links between
chapters; one edition in three formats, from nothing. Memory is that of the largest process.

| chapters | words | seconds | seconds a chapter | MB |
|---:|---:|---:|---:|---:|
{books}

To reach: seconds a chapter stay as they are, under 600 MB.

## Catalogues brought up to date

`benchmarks/merging.py` makes a catalogue of paragraphs of four sentences and a template in which
one paragraph in 25 was edited in a known way: a typo, one word, five words, a sentence more or
less, half of it anew, split, joined, moved with a typo; and new ones that come from nowhere.
publish and msgmerge each read both, merge and write, in a process of their own; seconds of
processor time. Found: edited paragraphs that got the translation they should; right: of the
translations that edited paragraphs got.

| messages | publish | msgmerge | ratio | found: publish | msgmerge | right: publish | msgmerge |
|---:|---:|---:|---:|---:|---:|---:|---:|
{merged}

To reach: ≤ 1 at 100 messages, ≤ 0.1 at 10,000. At 100 the time is that of starting Python and
importing modules; the work takes 0.01 s.
"""


@dataclass(frozen=True)
class Run:
    """What one command took: wall-clock seconds, and the memory of its largest process in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Case:
    """Something both are asked to do; `limit` is the ratio, or publish's own seconds, to reach."""

    name: str
    limit: str
    ours: list[Run] = field(default_factory=list)
    theirs: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.ours)

    @property
    def row(self) -> str:
        theirs = median(run.seconds for run in self.theirs)
        pairs = zip(self.ours, self.theirs, strict=True)
        ratio = median(ours.seconds / theirs.seconds for ours, theirs in pairs)
        said = f"{ratio:.2f}" if theirs > TOO_SHORT else "–"
        return f"| {self.name} | {self.seconds:.2f} s | {theirs:.2f} s | {said} | {self.limit} |"


def main() -> None:
    """Measures, and shows what came out."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--chapters", default="10,20,40")
    options.add_argument("--messages", default="100,1000,10000")
    options.add_argument("--write", type=Path, help="a file to write the report to")
    chosen = options.parse_args()
    adopt()
    if (load := os.getloadavg()[0]) > 0.5:  # noqa: PLR2004
        say(f"Others use this machine (load {load:.1f}): what comes out is no result.")
    cases, share = compare(chosen.rounds)
    books = [measure(int(chapters)) for chapters in chosen.chapters.split(",") if chapters]
    say("catalogues")
    merged = merging.table([int(n) for n in chosen.messages.split(",") if n], chosen.rounds)
    report = REPORT.format(
        day=date.today().isoformat(),  # noqa: DTZ011
        machine=f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        python=platform.python_version(),
        weasyprint=version("weasyprint"),
        pandoc=subprocess.check_output([pandoc(), "--version"], text=True).split()[1],
        rounds=chosen.rounds,
        share=share,
        compared="\n".join(case.row for case in cases),
        idle=cases[1].seconds / cases[0].seconds,
        books="\n".join(books),
        merged=merged,
    )
    print(report)
    if chosen.write:
        chosen.write.write_text(report, encoding="utf-8")


def compare(rounds: int) -> tuple[list[Case], float]:
    """All cases, and the share of messages that the yardstick has translations of its own for."""
    full = Case("Everything, from nothing", "≤ 0.50")
    idle = Case("Nothing changed", "< 0.20 s")
    one = Case("One message of one catalogue changed", "≤ 0.60")
    with publications() as (ours, theirs, share):
        catalogue = ours / "translations" / CHANGED / "LC_MESSAGES" / "manuscript.po"
        for number in range(rounds):
            for case in (full, idle, one):
                say(f"round {number + 1} of {rounds}: {case.name}")
                if case is full:
                    shutil.rmtree(ours / "build", ignore_errors=True)
                    shutil.rmtree(theirs / "build", ignore_errors=True)
                if case is one:
                    change(catalogue)
                    change(theirs / "po" / f"{CHANGED}.po")
                turns = [(case.ours, PUBLISH, ours), (case.theirs, YARDSTICK, theirs)]
                for runs, command, folder in turns if number % 2 else reversed(turns):
                    runs.append(run(command, folder))
    return [full, idle, one], share


@contextmanager
def publications() -> Iterator[tuple[Path, Path, float]]:
    """The publication in a folder for publish and in one for the yardstick."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "publish"), Path(folder, "yardstick")
        for part in ("manuscript", "translations"):
            shutil.copytree(ROOT / part, ours / part)
        shutil.copytree(ROOT / "benchmarks" / "yardstick", theirs)
        shutil.copytree(ROOT / "manuscript" / "figures", theirs / "figures")
        shutil.copy(ROOT / "manuscript" / "references.yaml", theirs)
        front, text = theirs / "metadata.yaml", ROOT / "manuscript" / "article.md"
        article = f"---\n{front.read_text('utf-8')}---\n\n{text.read_text('utf-8')}"
        (theirs / "article.md").write_text(article, encoding="utf-8")
        yield ours, theirs, po4a.write(theirs, ROOT / "translations", LANGUAGES)


def change(catalogue: Path) -> None:
    """One more full stop in the message in the middle of a catalogue."""
    text = catalogue.read_text(encoding="utf-8")
    ends = [found.start() for found in re.finditer(r'\.(\\n)?"\n\n', text)]
    at = ends[len(ends) // 2]
    catalogue.write_text(f"{text[:at]}.{text[at:]}", encoding="utf-8")


def measure(chapters: int) -> str:
    """A book from nothing, as a row of the table."""
    say(f"a book of {chapters} chapters")
    with tempfile.TemporaryDirectory() as folder:
        book.write(Path(folder), chapters)
        words = sum(len(path.read_text().split()) for path in Path(folder).rglob("*.md"))
        took = run(PUBLISH, Path(folder))
    each = took.seconds / chapters
    return f"| {chapters} | {words:,} | {took.seconds:.1f} | {each:.2f} | {took.megabytes:.0f} |"


def run(command: Sequence[str], folder: Path) -> Run:
    """Runs a command in a fresh process; waits for it, then for what it leaves behind."""
    tools = (str(Path(sys.executable).parent), str(pandoc().parent), os.environ["PATH"])
    env = os.environ | {"PATH": os.pathsep.join(tools)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as wherever one works
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read().decode()}")
    peak = max(usage.ru_maxrss, *orphans())
    return Run(seconds, peak * BYTES / 1e6)


def adopt() -> None:
    """Makes this process the parent of all orphans below it, so that their memory counts too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def orphans() -> Iterator[int]:
    """The peak memory of each process that a command left behind, as they end."""
    yield 0
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2].ru_maxrss


def pandoc() -> Path:
    """The pandoc that publish uses: the yardstick uses it too."""
    spec = find_spec("pypandoc")
    if spec is None or spec.origin is None:
        sys.exit("There is no pandoc here; run `make bench`.")
    return Path(spec.origin).parent / "files" / "pandoc"


def say(what: str) -> None:
    print(what, file=sys.stderr)


if __name__ == "__main__":
    main()
