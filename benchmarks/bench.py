"""Measures publish, beside what a competent engineer would write today, in one and the same run.

    python benchmarks/bench.py [--rounds N] [--chapters 10,20,40] [--write FILE]

The yardstick (po4a, pandoc and WeasyPrint, driven by `make -j2`) is in benchmarks/yardstick. Both
make the same publication in the same four languages and three formats; they take turns, round by
round, and what counts is the median of the rounds' ratios: it stays the same on another machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import book
import catalogues

ROOT = Path(__file__).parents[1]
YARDSTICK = Path(__file__).parent / "yardstick"
PUBLISH = [sys.executable, "-m", "publish", "build"]
MAKE = ["make", "-j2", "--silent"]
LANGUAGES = ["ko", "ru", "de"]
CHANGED = "ko"
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


@dataclass(frozen=True)
class Run:
    """What one command took: wall-clock seconds, and the memory of its largest process in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Pair:
    """One case, publish and the yardstick in turn, and the ratio of their times to stay under."""

    name: str
    ours: list[Run]
    theirs: list[Run]
    target: float

    @property
    def ratio(self) -> float:
        return median(o.seconds / t.seconds for o, t in zip(self.ours, self.theirs, strict=True))


def run(command: Sequence[str], folder: Path) -> Run:
    """Runs a command in a fresh process and waits for it and its children."""
    tools = [str(Path(sys.executable).parent), str(pandoc().parent), os.environ["PATH"]]
    env = os.environ | {"PATH": os.pathsep.join(tools)}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read().decode()}")
    return Run(seconds, usage.ru_maxrss * UNIT / 1e6)


def pandoc() -> Path:
    """The pandoc that publish uses, so that both use the same."""
    spec = find_spec("pypandoc")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / "pandoc"


# --- publish beside the yardstick ---------------------------------------------------------------


@contextmanager
def publications() -> Iterator[tuple[Path, Path, float]]:
    """The publication in two folders, one for each; the share of messages the yardstick found."""
    with tempfile.TemporaryDirectory() as temporary:
        ours, theirs = Path(temporary, "publish"), Path(temporary, "yardstick")
        for part in ("manuscript", "translations"):
            shutil.copytree(ROOT / part, ours / part)
        shutil.copytree(YARDSTICK, theirs)
        for path in ("article.md", "references.yaml"):
            shutil.copy(ROOT / "manuscript" / path, theirs)
        shutil.copytree(ROOT / "manuscript" / "figures", theirs / "figures")
        (theirs / "po").mkdir()
        share = catalogues.write(theirs, ROOT / "translations", LANGUAGES)
        yield ours, theirs, share


def compare(rounds: int) -> tuple[list[Pair], float]:
    """All cases, publish and the yardstick taking turns."""
    nothing = "everything from nothing"
    again = "nothing changed"
    changed = "one message changed"
    targets = {nothing: 0.5, again: 0.1, changed: 0.6}
    with publications() as (ours, theirs, share):
        catalogue = ours / "translations" / CHANGED / "LC_MESSAGES" / "manuscript.po"
        steps: dict[str, Callable[[], None]] = {
            nothing: lambda: [shutil.rmtree(at / "build", True) for at in (ours, theirs)] and None,
            again: lambda: None,
            changed: lambda: [touch(po) for po in (catalogue, theirs / "po" / f"{CHANGED}.po")] and None,
        }
        pairs = {name: Pair(name, [], [], target) for name, target in targets.items()}
        for number in range(rounds):
            for name, prepare in steps.items():
                prepare()
                turns = [(PUBLISH, ours, pairs[name].ours), (MAKE, theirs, pairs[name].theirs)]
                for command, folder, runs in turns if number % 2 else reversed(turns):
                    progress(f"round {number + 1} of {rounds}: {name}: {folder.name}")
                    runs.append(run(command, folder))
        return list(pairs.values()), share
