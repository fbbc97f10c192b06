"""`publish build`: editions made, in the formats asked for; once, or whenever something changes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from publish import project as projects
from publish.cli.talking import Meter, count, report, say, tell
from publish.problems import Problem, PublishError
from publish.project import Project

if TYPE_CHECKING:
    from publish.artefacts import State
    from publish.pipeline.making.wishes import Job, Wish
    from publish.pipeline.making.workers import Hands

Talk = Callable[[str], None]

# Keeps others from writing in a publication's folder meanwhile.
Undisturbed = Callable[[Path], AbstractContextManager[None]]


def add_to(build: argparse.ArgumentParser) -> None:
    """The command's own options."""
    build.add_argument(
        "-f",
        "--format",
        action="append",
        default=[],
        metavar="FORMAT",
        help="pdf, epub, html, press (PDF/X-4, which no judge here can check), review (source"
        " beside translation) or site (of all editions); may be repeated (default: three)",
    )
    build.add_argument(
        "--release", action="store_true", help="only if complete, and all files or none"
    )
    build.add_argument(
        "--jobs", type=count, default=0, metavar="N", help="processes (default: one a core)"
    )
    build.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="a Dask scheduler whose workers render"
    )
    build.add_argument(
        "--all", nargs="+", default=[], metavar="DIR", help="every publication in these folders"
    )
    build.add_argument("--watch", action="store_true", help="build again when something changes")
    build.add_argument(
        "--explain", action="store_true", help="say of each file why it is made again, or is not"
    )
    build.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")


def run(options: argparse.Namespace, undisturbed: Undisturbed) -> int:
    """Make what is asked for and is not there."""
    if options.all:
        return _every(options, undisturbed)
    project = projects.find(Path(options.project))
    if options.watch:
        return _watch(project, options, undisturbed)
    with undisturbed(project.root):
        return _once(project, options, None)


def _watch(project: Project, options: argparse.Namespace, undisturbed: Undisturbed) -> int:
    """Build whenever something has changed, with workers that stay, until somebody stops it."""
    from publish.pipeline.making import watching, workers
    from publish.renderers import FORMATS

    with workers.kept(options.jobs or os.cpu_count() or 1, FORMATS) as hands:
        for _ in watching.changes(project):
            _tried(project, options, undisturbed, hands)
            say("waiting for a change; Ctrl-C ends")
    return 0


def _every(options: argparse.Namespace, undisturbed: Undisturbed) -> int:
    """Build every publication below some folders; what is done already is done.

    One that fails keeps no other from being made; a report says at the end how each fared.
    """
    from publish.pipeline.making import workers
    from publish.renderers import FORMATS

    found = [project for folder in options.all for project in projects.below(Path(folder))]
    status = {}
    with workers.kept(options.jobs or os.cpu_count() or 1, FORMATS) as hands:
        for n, project in enumerate(found, start=1):
            say(f"— {n} of {len(found)}: {project.root}")
            status[project.root] = _tried(project, options, undisturbed, hands)
    for root, failed in status.items():
        tell(f"{'no' if failed else 'ok'} {root}")
    say(f"{len(found) - sum(status.values())} of {len(found)} publications are made")
    return int(any(status.values()) or not found)


def _tried(
    project: Project, options: argparse.Namespace, undisturbed: Undisturbed, hands: Hands
) -> int:
    try:
        with undisturbed(project.root):
            return _once(projects.find(project.root), options, hands)
    except PublishError as error:
        return report(error.problems)


def _once(project: Project, options: argparse.Namespace, hands: Hands | None) -> int:
    from publish.pipeline.making import wishes

    wish, jobs = wishes.of(
        project, options.language, options.format, release=options.release, count=options.jobs
    )
    state, stale = wishes.stale(project, jobs)
    if options.explain:
        for line in wishes.explained(jobs, stale, state):
            tell(line)
    talk = _unsaid if options.quiet else say
    recalled = wishes.recalled(project, wish, stale, state) if stale else []
    stale = [job for job in stale if job not in recalled]
    _say_what_is_there(len(jobs), len(recalled), len(stale), talk)
    if options.cluster and stale:
        hands = _cluster(project, options.cluster, wish.editions)
    problems = _make(project, wish, stale, state, talk, hands) if stale else []
    return report(problems + (_site(project, wish, jobs, talk) if wish.site else []))


def _say_what_is_there(total: int, recalled: int, stale: int, talk: Talk) -> None:
    if recalled:
        talk(f"{recalled} files are as they once were, and were kept")
    elif not stale:
        talk(f"nothing to do: {total} files are up to date")
    if 0 < stale < total - recalled:
        talk(f"{total - recalled - stale} of {total} files are up to date")


def _cluster(project: Project, address: str, editions: Iterable[str]) -> Hands:
    from publish import fonts
    from publish.pipeline import preparing
    from publish.pipeline.making import clusters

    tags = map(preparing.tag_of, editions)
    families = [f for tag in tags for f in preparing.language(project, tag).fonts]
    return clusters.at(address, dict.fromkeys((*families, *fonts.MONOSPACE)))


def _make(
    project: Project,
    wish: Wish,
    stale: list[Job],
    state: State,
    talk: Talk,
    hands: Hands | None,
) -> list[Problem]:
    """What is stale, made; what did not stop it."""
    from publish.pipeline.making import workers  # heavy, and only now there is work

    if hands is None:
        workers.start({job.format for job in stale})  # it imports the engines beside us
    from publish.pipeline.making import building

    notice = _unnoticed if talk is _unsaid else Meter(len(stale))
    problems = building.build(project, wish, stale, state, notice, hands or workers.pool)
    if "press" in wish.formats:
        talk("PDF/X-4: no independent judge of it runs here; have the print shop's preflight look")
    return problems


def _site(project: Project, wish: Wish, jobs: list[Job], talk: Talk) -> list[Problem]:
    from publish.pipeline.making import sites

    made = sites.build(project, wish, jobs)
    if made is None:
        talk("build/site is up to date")
        return []
    talk(f"build/site: {len(made.files)} files; open build/site/index.html")
    return list(made.problems)


def _unsaid(_: str) -> None:
    """Say nothing."""


def _unnoticed(_: object) -> None:
    """Say nothing of an artefact that is there."""
