"""One build of one publication: what is said of it, and what it is made with."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from publish.cli.talking import Meter, report, say, tell
from publish.problems import Problem
from publish.project import Project

if TYPE_CHECKING:
    from publish.artefacts import State
    from publish.pipeline.making.abreast import Steps
    from publish.pipeline.making.clusters import Cluster
    from publish.pipeline.making.pacing import Pace
    from publish.pipeline.making.staying import Lend
    from publish.pipeline.making.wishes import Job, Wish
    from publish.pipeline.making.workers import Hands

Talk = Callable[[str], None]
Notice = Callable[["Job"], None]

# Keeps others from writing in a publication's folder meanwhile. If one does already: what is to be
# done before we wait for it.
Undisturbed = Callable[[Path, Callable[[], object]], AbstractContextManager[None]]

_PRESS = "PDF/X-4: no independent judge of it runs here; have the print shop's preflight look"


class Staying(NamedTuple):
    """What stays from one build to the next, if anything does; where a cluster renders, readers."""

    hands: Hands | None = None
    lend: Lend | None = None
    cluster: Cluster | None = None
    readers: Hands | None = None


def nothing(_: object = None) -> None:
    """Say nothing, and do nothing."""


def processes(options: argparse.Namespace) -> int:
    """How many processes render."""
    asked: int = options.jobs
    return asked or os.cpu_count() or 1


def once(
    project: Project, options: argparse.Namespace, means: Staying, place: str = ""
) -> Steps[int]:
    """A build, and its exit status; `place` is written before names where there are several."""
    from publish.pipeline.making import wishes

    wish, jobs = wishes.of(
        project, options.language, options.format, release=options.release, count=options.jobs
    )
    state, stale = wishes.stale(project, jobs)
    if options.explain:
        for line in wishes.explained(jobs, stale, state):
            tell(line)
    talk = nothing if options.quiet else say
    recalled = wishes.recalled(project, wish, stale, state) if stale else []
    stale = [job for job in stale if job not in recalled]
    _say_what_is_there(len(jobs), len(recalled), len(stale), talk)
    problems = list[Problem]()
    if stale and options.quiet:
        problems += yield from _made(project, wish, stale, state, means, nothing)
    elif stale:
        problems += yield from _told(project, wish, stale, state, means, place)
    if stale and "press" in wish.formats:
        talk(_PRESS)
    problems += _site(project, wish, jobs, talk) if wish.site else []
    return reported(problems, project.root) if place else report(problems)


def reported(problems: Iterable[Problem], root: Path) -> int:
    """The exit status, after problems of one of several publications were told."""
    found = list(problems)
    if found:
        say(f"— {root}:")
    return report(found)


def _say_what_is_there(total: int, recalled: int, stale: int, talk: Talk) -> None:
    if recalled:
        talk(f"{recalled} files are as they once were, and were kept")
    elif not stale:
        talk(f"nothing to do: {total} files are up to date")
    if 0 < stale < total - recalled:
        talk(f"{total - recalled - stale} of {total} files are up to date")


def _told(
    project: Project, wish: Wish, stale: list[Job], state: State, means: Staying, place: str
) -> Steps[list[Problem]]:
    """What is stale, made while it is told how far that has come."""
    from publish.pipeline.making import pacing

    if place:  # of several publications it is told how many are made
        notice = _notice(pacing.Pace(stale), place)
        return (yield from _made(project, wish, stale, state, means, notice))
    by = "a cluster" if means.cluster else f"{wish.jobs} processes"
    pace = pacing.of(project, stale, state, by)
    with Meter(pace, " files") as meter:
        notice = _notice(pace, "", meter.look)
        problems = yield from _made(project, wish, stale, state, means, notice)
    pacing.keep(project, pace)
    return problems


def _notice(pace: Pace, place: str, look: Callable[[], None] = nothing) -> Notice:
    """What says of each file that it is there."""

    def notice(job: Job) -> None:
        pace.made(job)
        say(f"[{pace.done}/{pace.total}] {place}build/{job.name}")
        look()

    return notice


def _made(
    project: Project,
    wish: Wish,
    stale: list[Job],
    state: State,
    means: Staying,
    notice: Notice,
) -> Steps[list[Problem]]:
    """What is stale, made; what did not stop it."""
    from publish.pipeline.editing import Editing  # heavy, and only now there is work
    from publish.pipeline.making import building, workers

    hands = means.hands
    if means.cluster:
        hands = means.cluster.hands(_families(project, wish.editions))
    elif hands is None:
        workers.start({job.format for job in stale})  # it imports the engines beside us
    given = building.Means(hands or workers.pool, means.lend or Editing, means.readers)
    return (yield from building.steps(project, wish, stale, state, notice, given))


def _families(project: Project, editions: Iterable[str]) -> dict[str, None]:
    """The families of fonts that some editions are set in."""
    from publish import fonts
    from publish.pipeline import preparing

    tags = map(preparing.tag_of, editions)
    families = [f for tag in tags for f in preparing.language(project, tag).fonts]
    return dict.fromkeys((*families, *fonts.MONOSPACE))


def _site(project: Project, wish: Wish, jobs: list[Job], talk: Talk) -> list[Problem]:
    from publish.pipeline.making import sites

    made = sites.build(project, wish, jobs)
    if made is None:
        talk("build/site is up to date")
        return []
    talk(f"build/site: {len(made.files)} files; open build/site/index.html")
    return list(made.problems)
