"""Building: the editions asked for, in the formats asked for, only what has changed.

While this process reads, translates and numbers, a server process imports the engines; from
it the workers that render are forked, so that the imports are paid once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import NamedTuple

from publish import artefacts, styles
from publish.artefacts import Made, Shelf, State, Store
from publish.editions import Edition
from publish.pipeline.editing import Editing
from publish.pipeline.making import abreast, inputs, wishes, workers
from publish.pipeline.making.abreast import Steps
from publish.pipeline.making.staying import Lend
from publish.pipeline.making.wishes import Job, Wish
from publish.pipeline.making.workers import Hands
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project
from publish.renderers import FORMATS, Rendered

Notice = Callable[[Job], None]


class Means(NamedTuple):
    """What a build is made with: what gives it an executor, and what gives it its Editing."""

    hands: Hands = workers.pool
    lend: Lend = Editing


def build(
    project: Project,
    wish: Wish,
    stale: Sequence[Job],
    state: State,
    notice: Notice,
    hands: Hands = workers.pool,
) -> list[Problem]:
    """Make the artefacts that are stale; the problems that did not stop it.

    `notice` is told of each artefact when it is there; `hands` gives the executor.
    PublishError with everything that went wrong; a release then has no artefact changed,
    another build has all that could be made.
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
        with means.lend(project) as editing:
            running = _submitted(stale, editing, wish, pool, errors)
        while running:
            yield running
            for future in [each for each in running if each.done()]:
                for job in running.pop(future):
                    with errors.each():
                        made[job.name] = Made(_result(future, job), job.inputs, job.parts)
                        if not wish.release:
                            _put(project, job.name, made[job.name].data)
                        notice(job)
    if made and not (wish.release and errors.problems):
        with errors.each():
            _finish(project, wish, made, state, wishes.unchanged(project, wish, stale))
    errors.stop()
    return list(editing.warnings)


def _submitted(
    stale: Sequence[Job], editing: Editing, wish: Wish, pool: Executor, errors: Collected
) -> dict[Future[Rendered], list[Job]]:
    """Renderings of each edition as soon as it is made: the slowest format of each first."""
    with errors.each():
        editing.read()
    running: dict[Future[Rendered], list[Job]] = {}
    if errors.problems:  # nor is there a style that could be read, perhaps
        return running
    quick: list[tuple[Edition, list[Job]]] = []  # they wait: what is slow should not be the last
    style = styles.read(editing.project.styles)
    shelf = _shelf(editing.project, pool)

    def submit(edition: Edition, jobs: list[Job]) -> None:
        formats = [job.format for job in jobs]
        try:
            running[pool.submit(workers.rendered, formats, edition, style, shelf)] = jobs
        except Exception as error:
            raise _killed(jobs[0], error) from error

    for name, is_copy in _longest_first(editing.project, stale):
        with errors.each():
            edition = _edition(editing, name, wish, is_copy=is_copy)
            jobs = [job for job in stale if (job.edition, job.is_copy) == (name, is_copy)]
            first, *rest = _batches(jobs)
            submit(edition, first)
            quick += [(edition, jobs) for jobs in rest]
    for each in quick:
        with errors.each():
            submit(*each)
    return running


def _longest_first(project: Project, stale: Sequence[Job]) -> list[tuple[str, bool]]:
    """Editions and whether they are copies: what needs no translation, then by their length.

    The first is under way soonest; of the others a long one should not be the last.
    """
    found = dict.fromkeys((job.edition, job.is_copy) for job in stale)

    def order(each: tuple[str, bool]) -> tuple[bool, int]:
        paths = [path for path in project.catalogues(each[0]) if path.is_file()]
        return bool(paths), -sum(len(path.read_bytes().decode(errors="replace")) for path in paths)

    return sorted(found, key=order)


def _shelf(project: Project, pool: Executor) -> Shelf | None:
    """Where workers keep parts of books; those of a cluster know nothing of our folders."""
    return inputs.shelf(project) if isinstance(pool, ProcessPoolExecutor) else None


def _edition(editing: Editing, name: str, wish: Wish, *, is_copy: bool) -> Edition:
    """An edition, or its copy for review."""
    if not is_copy:
        return editing.edition(name, release=wish.release)
    from publish.pipeline.making import (
        copying,  # the checks of translations, which no other build needs
    )

    return copying.edition(editing, name)


def _batches(jobs: Sequence[Job]) -> list[list[Job]]:
    """An edition's jobs, the slowest first: its PDF and its EPUB together, others by themselves."""
    batches: dict[str, list[Job]] = {}
    for job in sorted(jobs, key=lambda job: list(FORMATS).index(job.format)):
        batches.setdefault("pdf" if job.format == "epub" else job.format, []).append(job)
    return list(batches.values())


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
