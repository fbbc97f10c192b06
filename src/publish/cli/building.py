"""`publish build`: editions made, in the formats asked for; once, or whenever something changes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from publish import artefacts
from publish import project as projects
from publish.cli.making import Staying, Undisturbed, nothing, once, processes
from publish.cli.options import add_language
from publish.cli.talking import count, idle, report, say
from publish.pipeline.making import abreast
from publish.problems import PublishError
from publish.project import Project
from publish.renderers import FORMATS

if TYPE_CHECKING:
    from publish.pipeline.making.clusters import Cluster
    from publish.pipeline.making.staying import Lend
    from publish.pipeline.making.workers import Hands


def add_to(build: argparse.ArgumentParser) -> None:
    """The command's own options."""
    add_language(build)
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
        "--jobs", type=count, default=0, metavar="N", help="processes here (default: one a core)"
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
            from publish.cli import series

            with _workers(options, () if cluster else FORMATS) as hands:
                means = Staying(cluster=cluster, readers=hands) if cluster else Staying(hands)
                return series.build(options, undisturbed, means)
        project = projects.find(Path(options.project))
        if options.watch:
            return _watch(project, options, undisturbed, cluster)
        with undisturbed(project.root, nothing), _begun(project, cluster) as lend:
            means = Staying(lend=lend, cluster=cluster)
            return abreast.waited(once(project, options, means), idle)


def _cluster(address: str) -> AbstractContextManager[Cluster | None]:
    if not address:
        return nullcontext()
    from publish.pipeline.making.clusters import Cluster

    return Cluster(address)


def _begun(project: Project, cluster: Cluster | None) -> AbstractContextManager[Lend | None]:
    """A pandoc at work at once where nothing was ever made, while other things are seen to."""
    if cluster or artefacts.known(project.build):
        return nullcontext()
    from publish.pipeline import foreseeing

    early = foreseeing.begun(project)
    from publish.pipeline import asking  # a third of all imports, while pandoc reads

    return asking.begun(project, early)


def _workers(options: argparse.Namespace, formats: Iterable[str]) -> AbstractContextManager[Hands]:
    """Processes that stay, for these formats; where a cluster renders they read manuscripts."""
    from publish.pipeline.making import workers

    return workers.kept(processes(options), formats)


def _watch(
    project: Project, options: argparse.Namespace, undisturbed: Undisturbed, cluster: Cluster | None
) -> int:
    """Build whenever something has changed, with all that can stay, until somebody stops it."""
    from publish.pipeline.making import staying, watching

    talk = nothing if options.quiet else say
    local = nullcontext() if cluster else _workers(options, FORMATS)
    with local as hands, staying.kept() as lend:
        means = Staying(hands, lend, cluster)
        for _ in watching.changes(project):
            try:
                with undisturbed(project.root, nothing):
                    abreast.waited(once(projects.find(project.root), options, means), idle)
            except PublishError as error:
                report(error.problems)
            talk("waiting for a change; Ctrl-C ends")
    return 0
