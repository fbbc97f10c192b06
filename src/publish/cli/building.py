"""`publish build`: editions made, in the formats asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from publish.cli.talking import Meter, count, report, say, tell
from publish.problems import Problem
from publish.project import Project

if TYPE_CHECKING:
    from publish.artefacts import State
    from publish.pipeline.wishes import Job, Wish

Talk = Callable[[str], None]


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
        "--explain", action="store_true", help="say of each file why it is made again, or is not"
    )
    build.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")


def run(project: Project, options: argparse.Namespace) -> int:
    """Make what is asked for and is not there."""
    from publish.pipeline import wishes

    wish, jobs = wishes.of(
        project, options.language, options.format, release=options.release, count=options.jobs
    )
    state, stale = wishes.stale(project, jobs)
    if options.explain:
        for line in wishes.explained(jobs, stale, state):
            tell(line)
    talk = _unsaid if options.quiet else say
    problems = _make(project, wish, jobs, stale, state, talk)
    return report(problems + (_site(project, wish, jobs, talk) if wish.site else []))


def _make(
    project: Project, wish: Wish, jobs: list[Job], stale: list[Job], state: State, talk: Talk
) -> list[Problem]:
    """What is stale, made; what did not stop it."""
    from publish.pipeline import wishes

    if not stale:
        talk(f"nothing to do: {len(jobs)} files are up to date")
        return []
    recalled = wishes.recalled(project, wish, stale, state)
    stale = [job for job in stale if job not in recalled]
    if recalled:
        talk(f"{len(recalled)} files are as they once were, and were kept")
    if not stale:
        return []
    from publish.pipeline import building  # heavy, and only now there is work

    if len(stale) + len(recalled) < len(jobs):
        talk(f"{len(jobs) - len(stale) - len(recalled)} of {len(jobs)} files are up to date")
    notice = _unnoticed if talk is _unsaid else Meter(len(stale))
    problems = building.build(project, wish, stale, state, notice)
    if "press" in wish.formats:
        talk("PDF/X-4: no independent judge of it runs here; have the print shop's preflight look")
    return problems


def _site(project: Project, wish: Wish, jobs: list[Job], talk: Talk) -> list[Problem]:
    from publish.pipeline import sites

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
