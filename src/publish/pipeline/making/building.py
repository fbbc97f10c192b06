"""Building: the editions asked for, in the formats asked for, only what has changed.

While this process reads, translates and numbers, a server process imports the engines; from
it the workers that render are forked, so that the imports are paid once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any, NamedTuple

from publish import artefacts, styles
from publish.artefacts import Made, Shelf, State, Store
from publish.editions import Edition
from publish.pipeline.editing import Editing
from publish.pipeline.making import abreast, early, inputs, reading, wishes, workers
from publish.pipeline.making.abreast import Steps
from publish.pipeline.making.early import Pages
from publish.pipeline.making.reading import Read
from publish.pipeline.making.staying import Lend
from publish.pipeline.making.wishes import Job, Wish
from publish.pipeline.making.workers import Hands
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project
from publish.records import replace
from publish.renderers import FORMATS, Rendered
from publish.styles import Style

Notice = Callable[[Job], None]
_ORDER = list(FORMATS)


class Means(NamedTuple):
    """What a build is made with: what gives it an executor, and what gives it its Editing.

    Or `readers`: processes that make the editions, while this one sees to other publications.
    """

    hands: Hands = workers.pool
    lend: Lend = Editing
    readers: Hands | None = None


def build(
    project: Project,
    wish: Wish,
    stale: Sequence[Job],
    state: State,
    notice: Notice,
    hands: Hands = workers.pool,
) -> list[Problem]:
    """Make the artefacts that are stale; the problems that did not stop it.

    `notice` is told of each artefact when it is there (of a release, when it is rendered); `hands`
    gives the executor. PublishError with everything that went wrong; a release then has no artefact
    changed, another build has all that could be made.
    """
    return abreast.waited(steps(project, wish, stale, state, notice, Means(hands)))


def steps(
    project: Project,
    wish: Wish,
    stale: Sequence[Job],
    state: State,
    notice: Notice,
    means: Means,
) -> Steps[list[Problem]]:
    """The same in steps: what it waits for is given, and it goes on when some of that is there."""
    errors, made = Collected(), dict[str, Made]()
    count = min(wish.jobs or os.cpu_count() or 1, len(stale))
    with means.hands(count, {job.format for job in stale}) as pool:
        if means.readers:
            found = yield from _read_elsewhere(project, wish, stale, means.readers)
            errors.problems += found.problems
            warnings, running = found.warnings, _submitted(found.editions, project, pool, errors)
        else:
            with means.lend(project) as editing:
                editions = reading.editions(editing, wish, stale, errors)
                running = _submitted(editions, project, pool, errors)
                warnings = list(editing.warnings)
        while running.jobs:
            yield running.jobs
            for future in [each for each in running.jobs if each.done()]:
                for job in running.done(future, errors):
                    with errors.each():
                        made[job.name] = Made(_result(future, job), job.inputs, job.parts)
                        if not wish.release:
                            _put(project, job.name, made[job.name].data)
                        notice(job)
    if made and not (wish.release and errors.problems):
        with errors.each():
            _finish(project, wish, made, state, wishes.unchanged(project, wish, stale))
    errors.stop()
    return warnings


def _read_elsewhere(
    project: Project, wish: Wish, stale: Sequence[Job], readers: Hands
) -> Steps[Read]:
    """What a process of its own has read; meanwhile as much is waited for as will be afterwards."""
    with readers(1, ()) as pool:
        try:
            read = pool.submit(reading.elsewhere, project, wish, stale)
            yield [read] * len(stale)
            return read.result()
        except Exception as error:
            raise _killed(stale[0], error) from error


class _Running:
    """Renderings under way: what each is to make, and EPUBs that wait for the pages of a PDF."""

    def __init__(self, pool: Executor, shelf: Shelf | None) -> None:
        self.pool, self.shelf = pool, shelf
        self.jobs: dict[Future[Any], list[Job]] = {}
        self.pages: dict[Future[Rendered], Future[Pages]] = {}
        self.waiting: dict[Future[Pages], tuple[Edition, list[Job], Style]] = {}

    def submit(self, edition: Edition, jobs: list[Job], style: Style, later: list[Job]) -> None:
        """Have some jobs done, and those that are for `later` when their pages are known."""
        formats = [job.format for job in jobs]
        number, pages = workers.awaited(self.pool) if later else (None, None)
        try:
            future = self.pool.submit(workers.rendered, formats, edition, style, self.shelf, number)
        except Exception as error:
            raise _killed(jobs[0], error) from error
        self.jobs[future] = jobs
        if pages:
            self.jobs[pages], self.pages[future] = [], pages
            self.waiting[pages] = edition, later, style

    def done(self, future: Future[Any], errors: Collected) -> list[Job]:
        """What a rendering that has ended was to make; what waited for its pages begins."""
        if future in self.waiting:
            edition, jobs, style = self.waiting.pop(future)
            with errors.each():
                self.submit(replace(edition, pages=tuple(future.result())), jobs, style, [])
        if future in self.pages:  # they were not told before: too many, or it failed
            lost = future.cancelled() or future.exception()
            early.settle(self.pages.pop(future), () if lost else future.result().pages)
        return self.jobs.pop(future)


def _submitted(
    editions: Iterable[tuple[Edition, list[Job]]],
    project: Project,
    pool: Executor,
    errors: Collected,
) -> _Running:
    """Renderings of each edition as soon as it is made: the slowest format of each first."""
    running = _Running(pool, _shelf(project, pool))
    quick: list[
        tuple[Edition, list[Job], Style]
    ] = []  # they wait: what is slow should not be the last
    for edition, jobs in editions:
        with errors.each():
            style = styles.read(project.styles)  # only now: with the manuscript it was judged
            (first, later), *rest = _batches(jobs, together=running.shelf is None)
            running.submit(edition, first, style, later)
            quick += [(edition, jobs, style) for jobs, _ in rest]
    for each in quick:
        with errors.each():
            running.submit(*each, [])
    return running


def _shelf(project: Project, pool: Executor) -> Shelf | None:
    """Where workers keep parts of books; those of a cluster know nothing of our folders."""
    return inputs.shelf(project) if isinstance(pool, ProcessPoolExecutor) else None


def _batches(jobs: Sequence[Job], *, together: bool) -> list[tuple[list[Job], list[Job]]]:
    """An edition's jobs, the slowest first, and what has to wait for each: an EPUB for its PDF.

    They may go `together`: on a cluster it takes longer to send an edition twice.
    """
    found = {job.format: job for job in sorted(jobs, key=lambda job: _ORDER.index(job.format))}
    paged = [found.pop("epub")] if {"pdf", "epub"} <= found.keys() else []
    batches: list[tuple[list[Job], list[Job]]] = [([job], []) for job in found.values()]
    if paged:
        batches[0] = ([*batches[0][0], *paged], []) if together else (batches[0][0], paged)
    return batches


def _result(future: Future[Rendered], job: Job) -> bytes:
    try:
        result = future.result()[job.format]
    except Exception as error:
        raise _killed(job, error) from error
    if isinstance(result, PublishError):
        raise result
    return result


def _killed(job: Job, error: Exception) -> PublishError:
    """What is told where the workers are gone; an error of another kind is raised as it is."""
    if not workers.lost(error):
        raise error
    hint = "Most often memory ran out: build with --jobs 1, or fewer formats at once."
    why = f" ({error})" if str(error) else ""
    what = f"the process that made it was ended from outside{why}"
    return PublishError(Problem("build-killed", what, Location(f"build/{job.name}"), hint=hint))


def _put(project: Project, name: str, data: bytes) -> None:
    artefacts.write(project.build / name, data, f"build/{name}")


def _finish(
    project: Project, wish: Wish, made: dict[str, Made], state: State, sure: Container[str]
) -> None:
    """All files of a release put in place, and what is `sure` noted as made from its inputs."""
    if wish.release:
        for name, each in made.items():
            _put(project, name, each.data)
    made = {name: each for name, each in made.items() if name in sure}
    state.keep(made)
    Store(project.build).keep(made.values())
