"""publish, its rivals and the lower bound, asked the same in turns, round by round."""

from __future__ import annotations

import os
import random
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import watching
from commands import PUBLISH, PYTHON, Run, run, say
from works import RIVALS, Work

OURS = "publish"
FLOOR = {"hastened": (), "as it comes": ("--as-is",)}
INTERVAL = 0.5  # seconds, more than --watch lets pass between two looks
EVERYTHING, IDLE, ONE, STAYING = "everything", "nothing", "one", "staying"


@dataclass
class Results:
    """Runs by case and contestant; each list has one a round."""

    work: Work
    runs: Mapping[str, dict[str, list[Run]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def seconds(self, case: str, who: str) -> float:
        return median(run.seconds for run in self.runs[case][who])

    def megabytes(self) -> float:
        """The largest process of publish, whatever it was asked."""
        return max(run.megabytes for case in self.runs.values() for run in case[OURS])

    def ratio(self, case: str, whom: str, basis: str = "") -> float:
        """What publish took of another's time (in a case that is the `basis`): rounds' median."""
        pairs = zip(self.runs[case][OURS], self.runs[basis or case][whom], strict=True)
        return median(ours.seconds / theirs.seconds for ours, theirs in pairs)


def held(work: Work, rounds: int, typst: Path) -> Results:
    """All cases for a publication. Everybody's turn is once first and once last."""
    results = Results(work)
    dice = random.Random(rounds)
    calls = work.ours.with_name("calls")
    run(floor("record", str(work.ours), str(calls)), work.ours)
    rivals = {name: (work.rivals[name], rival(name, typst)) for name in RIVALS}
    everybody = {OURS: (work.ours, PUBLISH), **rivals}
    bounds = {
        name: (work.ours, floor("replay", str(calls), *options)) for name, options in FLOOR.items()
    }
    cases = {EVERYTHING: everybody | bounds, IDLE: everybody | {"python": (work.ours, PYTHON)}}
    for number in range(rounds):
        for case, prepare in ((EVERYTHING, work.begin), (IDLE, None), (ONE, work.change)):
            say(f"{work.name}, round {number + 1} of {rounds}: {case}")
            if prepare:
                prepare()
            turns = list(cases.get(case, everybody).items())
            for who, (folder, command) in turns if number % 2 else reversed(turns):
                results.runs[case][who].append(run(command, folder))
        say(f"{work.name}, round {number + 1} of {rounds}: {STAYING}")
        with watching.watching(work) as said:
            watching.answered(work, said, 0)  # the first change finds nothing imported yet
            watched = watching.answered(work, said, dice.uniform(0, INTERVAL))
            results.runs[STAYING][OURS].append(watched)
    return results


def rival(name: str, typst: Path) -> tuple[str, ...]:
    """One process a core, as publish has it."""
    return ("make", f"-j{os.cpu_count()}", "--silent", f"PRINTER={name}", f"TYPST={typst}")


def floor(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, str(Path(__file__).with_name("floor.py")), *arguments)
