"""`publish build`: editions made, in the formats asked for; once, or whenever something changes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from publish import project as projects
from publish.cli.talking import Meter, count, report, say, tell
from publish.pipeline.making import abreast
from publish.problems import Problem, PublishError
from publish.project import Project

if TYPE_CHECKING:
    from publish.artefacts import State
    from publish.pipeline.making.abreast import Steps
    from publish.pipeline.making.clusters import Cluster
    from publish.pipeline.making.staying import Lend
    from publish.pipeline.making.wishes import Job, Wish
    from publish.pipeline.making.workers import Hands

Talk = Callable[[str], None]

# Keeps others from writing in a publication's folder meanwhile. If one does already: what is to be
# done before we wait for it.
Undisturbed = Callable[[Path, Callable[[], object]], AbstractContextManager[None]]

_PRESS = "PDF/X-4: no independent judge of it runs here; have the print shop's preflight look"


class _Staying(NamedTuple):
    """What stays from one build to the next, if anything does."""

    hands: Hands | None = None
    lend: Lend | None = None
    cluster: Cluster | None = None


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
    with _cluster(options.cluster) as cluster:
        if options.all:
            return _every(options, undisturbed, cluster)
        project = projects.find(Path(options.project))
        if options.watch:
            return _watch(project, options, undisturbed, cluster)
        with undisturbed(project.root, _nothing):
            return abreast.waited(_once(project, options, _Staying(cluster=cluster)))


def _cluster(address: str) -> AbstractContextManager[Cluster | None]:
    if not address:
        return nullcontext()
    from publish.pipeline.making.clusters import Cluster

    return Cluster(address)


@contextmanager
def _workers(options: argparse.Namespace, cluster: Cluster | None) -> Iterator[Hands | None]:
    """Processes that stay; none where a cluster renders."""
    if cluster:
        yield None
        return
    from publish.pipeline.making import workers
    from publish.renderers import FORMATS

    with workers.kept(_processes(options), FORMATS) as hands:
        yield hands


def _processes(options: argparse.Namespace) -> int:
    return options.jobs or os.cpu_count() or 1


def _watch(
    project: Project, options: argparse.Namespace, undisturbed: Undisturbed, cluster: Cluster | None
) -> int:
    """Build whenever something has changed, with all that can stay, until somebody stops it."""
    from publish.pipeline.making import staying, watching

    with _workers(options, cluster) as hands, staying.kept() as lend:
        for _ in watching.changes(project):
            try:
                with undisturbed(project.root, _nothing):
                    found = projects.find(project.root)
                    abreast.waited(_once(found, options, _Staying(hands, lend, cluster)))
            except PublishError as error:
                report(error.problems)
            say("waiting for a change; Ctrl-C ends")
    return 0


def _every(options: argparse.Namespace, undisturbed: Undisturbed, cluster: Cluster | None) -> int:
    """Build every publication below some folders; what is done already is done.

    One that fails keeps no other from being made; a report says at the end how each fared.
    """
    found = [project for folder in options.all for project in projects.below(Path(folder))]
    with _workers(options, cluster) as hands:
        series = _Series(options, undisturbed, _Staying(hands, cluster=cluster), len(found))
        status = series.built(found)
    for root, failed in status.items():
        tell(f"{'no' if failed else 'ok'} {root}")
    say(f"{len(status) - sum(status.values())} of {len(status)} publications are made")
    return int(any(status.values()) or not found)


class _Series:
    """Publications built abreast; those that wait for the same workers do not wait for another."""

    def __init__(
        self, options: argparse.Namespace, undisturbed: Undisturbed, means: _Staying, total: int
    ) -> None:
        self._options = options
        self._undisturbed = undisturbed
        self._means = means
        self._total = total
        self._status: dict[Path, int] = {}
        self._lost: list[Project] = []

    def built(self, found: Sequence[Project]) -> dict[Path, int]:
        """The exit status of each, by its folder.

        Who loses a worker of ours takes others down with it; they are built again, by themselves.
        """
        self._status = dict.fromkeys((project.root for project in found), 0)
        with abreast.Abreast(self._most) as self._abreast:
            for n, project in enumerate(found, start=1):
                say(f"— {n} of {self._total}: {project.root}")
                self._abreast.begin(self._tried(project))
            self._abreast.finish()
        for project in self._lost:
            say(f"— again: {project.root}")
            abreast.waited(self._tried(project, again=True))
        return self._status

    def _most(self) -> int:
        """Renderings under way: that many more than are being made that no worker has to wait."""
        cluster = self._means.cluster
        return 2 * (cluster.size if cluster else _processes(self._options))

    def _tried(self, project: Project, *, again: bool = False) -> Steps[None]:
        root = project.root
        try:
            with self._undisturbed(root, self._abreast.finish):
                found = projects.find(root)
                self._status[root] = yield from _once(found, self._options, self._means, f"{root}/")
        except PublishError as error:
            lost = any(problem.code == "build-killed" for problem in error.problems)
            if lost and not again and self._means.hands:
                self._lost.append(project)
            else:
                self._status[root] = _reported(error.problems, root)


def _reported(problems: Iterable[Problem], root: Path) -> int:
    """The exit status, after problems of one of several publications were told."""
    found = list(problems)
    if found:
        say(f"— {root}:")
    return report(found)


def _once(
    project: Project, options: argparse.Namespace, means: _Staying, place: str = ""
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
    talk = _nothing if options.quiet else say
    recalled = wishes.recalled(project, wish, stale, state) if stale else []
    stale = [job for job in stale if job not in recalled]
    _say_what_is_there(len(jobs), len(recalled), len(stale), talk)
    problems = list[Problem]()
    if stale:
        notice = _nothing if options.quiet else Meter(len(stale), place)
        problems += yield from _made(project, wish, stale, state, notice, means)
        if "press" in wish.formats:
            talk(_PRESS)
    problems += _site(project, wish, jobs, talk) if wish.site else []
    return _reported(problems, project.root) if place else report(problems)


def _say_what_is_there(total: int, recalled: int, stale: int, talk: Talk) -> None:
    if recalled:
        talk(f"{recalled} files are as they once were, and were kept")
    elif not stale:
        talk(f"nothing to do: {total} files are up to date")
    if 0 < stale < total - recalled:
        talk(f"{total - recalled - stale} of {total} files are up to date")


def _made(
    project: Project,
    wish: Wish,
    stale: list[Job],
    state: State,
    notice: Callable[[Job], None],
    means: _Staying,
) -> Steps[list[Problem]]:
    """What is stale, made; what did not stop it."""
    from publish.pipeline.making import workers  # heavy, and only now there is work

    hands = means.hands
    if means.cluster:
        hands = means.cluster.hands(_families(project, wish.editions))
    elif hands is None:
        workers.start({job.format for job in stale})  # it imports the engines beside us
    from publish.pipeline.editing import Editing
    from publish.pipeline.making import building

    given = building.Means(hands or workers.pool, means.lend or Editing)
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


def _nothing(_: object = None) -> None:
    """Say nothing, and do nothing."""
