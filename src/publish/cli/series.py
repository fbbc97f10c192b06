"""A series: every publication below some folders, several of them under way at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from publish import project as projects
from publish.cli.making import Staying, Undisturbed, once, processes, reported
from publish.cli.talking import Meter, idle, say, tell
from publish.pipeline.making import abreast
from publish.problems import PublishError
from publish.project import Project

if TYPE_CHECKING:
    from publish.pipeline.making.abreast import Steps

_AHEAD = 3  # times as many renderings under way as are made at a time: no worker has to wait


def build(options: argparse.Namespace, undisturbed: Undisturbed, means: Staying) -> int:
    """Build every publication below some folders; what is done already is done.

    One that fails keeps no other from being made; a report says at the end how each fared.
    """
    found = [project for folder in options.all for project in projects.below(Path(folder))]
    status = _Series(options, undisturbed, means, len(found)).built(found)
    for root, failed in status.items():
        tell(f"{'no' if failed else 'ok'} {root}")
    if not options.quiet or any(status.values()):
        say(f"{len(status) - sum(status.values())} of {len(status)} publications are made")
    return int(any(status.values()) or not found)


class _Series:
    """Publications built abreast: while the artefacts of one are rendered the next is read."""

    def __init__(
        self, options: argparse.Namespace, undisturbed: Undisturbed, means: Staying, total: int
    ) -> None:
        from publish.pipeline.making import pacing

        self._options = options
        self._undisturbed = undisturbed
        self._means = means
        self._pace = pacing.Series(total)
        self._meter = Meter(self._pace, " publications", quiet=options.quiet)
        self._status: dict[Path, int] = {}
        self._lost: list[Project] = []

    def built(self, found: Sequence[Project]) -> dict[Path, int]:
        """The exit status of each, by its folder.

        One that costs us a worker takes others down with it: these are built once more, each by
        itself.
        """
        self._status = dict.fromkeys((project.root for project in found), 0)
        readers = processes(self._options) if self._means.readers else 1
        with self._meter, abreast.Abreast(self._most, readers + 2, idle) as self._abreast:
            for n, project in enumerate(found, start=1):
                self._say(f"— {n} of {len(found)}: {project.root}")
                self._abreast.begin(self._tried(project))
            self._abreast.finish()
            for project in self._lost:
                self._say(f"— once more: {project.root}")
                abreast.waited(self._tried(project, again=True), idle)
        return self._status

    def _most(self) -> int:
        cluster = self._means.cluster
        return _AHEAD * (cluster.size if cluster else processes(self._options))

    def _tried(self, project: Project, *, again: bool = False) -> Steps[None]:
        root, made = project.root, False
        try:
            with self._undisturbed(root, self._abreast.finish):
                build = once(projects.find(root), self._options, self._means, f"{root}/")
                self._status[root], made = yield from _observed(build)
        except PublishError as error:
            if not again and _is_loss(error):
                self._lost.append(project)
                return
            self._status[root] = reported(error.problems, root)
        self._pace.over(made=made)
        self._meter.look()

    def _say(self, text: str) -> None:
        if not self._options.quiet:
            say(text)


def _observed(build: Steps[int]) -> Steps[tuple[int, bool]]:
    """A build's exit status, and whether there was anything to wait for."""
    waited = False
    with closing(build):
        while True:
            try:
                awaited = next(build)
            except StopIteration as end:
                return end.value, waited
            waited = True
            yield awaited


def _is_loss(error: PublishError) -> bool:
    return any(problem.code == "build-killed" for problem in error.problems)
