"""Building: the editions asked for, in the formats asked for, only what has changed.

While this process reads, translates and numbers, a server process imports the engines; from
it the workers that render are forked, so that the imports are paid once.
"""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publish import artefacts, styles
from publish.artefacts import State
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project, files
from publish.renderers import FORMATS, render

if TYPE_CHECKING:
    from publish.pipeline.editing import Editing

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: editions (their names) and formats; `release` allows no half thing."""

    editions: tuple[str, ...]
    formats: tuple[str, ...]
    release: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One artefact to make: its name below `build/`, and the digest of what goes into it."""

    name: str
    edition: str
    format: str
    inputs: str


def jobs(project: Project, wish: Wish, source: str, slug: str) -> list[Job]:
    """Every artefact of a wish, with the digest of its inputs; nothing is parsed for it."""
    common = _common(project, source)
    return [
        Job(
            f"{edition}/{slug}.{format}", edition, format, artefacts.digest(inputs, format.encode())
        )
        for edition in wish.editions
        for inputs in [_inputs(project, edition, common)]
        for format in wish.formats
    ]


def _common(project: Project, source: str) -> bytes:
    """What goes into every edition: manuscript, style, the program, the list of editions."""
    package = Path(__file__).parents[1]
    own = [path for path in package.rglob("*") if path.suffix in {".py", ".lua", ".po"}]
    parts = [
        artefacts.digest_of_files(project.root, files(project.manuscript)),
        artefacts.digest_of_files(project.root, files(project.styles)),
        artefacts.digest_of_files(styles.DEFAULTS, files(styles.DEFAULTS)),
        "\n".join(f"{path.name} {path.stat().st_mtime_ns}" for path in sorted(own)),
        "\n".join(_installed()),
        sys.version,
        "\n".join([source, *project.editions()]),
    ]
    return "\0".join(parts).encode()


def _installed() -> list[str]:
    """Names and versions of the packages that are installed, from their folders' names."""
    folder = sysconfig.get_paths()["purelib"]
    return sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))


def _inputs(project: Project, edition: str, common: bytes) -> bytes:
    paths = [project.catalogue(edition), project.edition_file(edition), project.references(edition)]
    own = artefacts.digest_of_files(project.root, paths)
    return artefacts.digest(common, edition.encode(), own.encode()).encode()


def build(
    project: Project, wish: Wish, stale: Sequence[Job], state: State, say: Notice
) -> list[Problem]:
    """Make the artefacts that are stale; the problems that did not stop it.

    PublishError with everything that did; a release then has no artefact changed, another
    build has all that could be made.
    """
    from publish.pipeline.editing import Editing

    errors = Collected()
    made: dict[str, tuple[str, bytes]] = {}
    with _workers(wish, stale) as pool, Editing(project) as editing:
        running: dict[Future[bytes], Job] = {}
        for edition in dict.fromkeys(job.edition for job in stale):
            with errors.each():
                running |= _submitted(edition, stale, editing, wish, pool)
        for future in as_completed(running):
            job = running[future]
            with errors.each():
                made[job.name] = (job.inputs, _result(future, job))
                if not wish.release:
                    _put(project, job.name, made[job.name][1])
                say(f"build/{job.name}")
    if not (wish.release and errors.problems):
        with errors.each():
            _finish(project, wish, made, state)
    errors.stop()
    return list(editing.warnings)


def _submitted(
    edition: str, stale: Sequence[Job], editing: Editing, wish: Wish, pool: Executor
) -> dict[Future[bytes], Job]:
    value = editing.edition(edition, release=wish.release)
    style = styles.read(editing.project.styles)
    order = list(FORMATS)
    own = sorted((j for j in stale if j.edition == edition), key=lambda j: order.index(j.format))
    return {pool.submit(render, job.format, value, style): job for job in own}


def _result(future: Future[bytes], job: Job) -> bytes:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool as error:
        hint = "Most often memory ran out: build with --jobs 1, or fewer formats at once."
        what = f"the process that made it was ended from outside ({error})"
        place = Location(f"build/{job.name}")
        raise PublishError(Problem("build-killed", what, place, hint=hint)) from error


def _put(project: Project, name: str, data: bytes) -> None:
    artefacts.write(project.build / name, data, f"build/{name}")


def _finish(
    project: Project, wish: Wish, made: Mapping[str, tuple[str, bytes]], state: State
) -> None:
    if wish.release:
        for name, (_, data) in made.items():
            _put(project, name, data)
    if made:
        state.keep(made)


@contextmanager
def _workers(wish: Wish, stale: Sequence[Job]) -> Iterator[Executor]:
    """Processes that render, as many as there are cores or jobs."""
    from multiprocessing import get_context

    context = get_context("forkserver")
    context.set_forkserver_preload(sorted(_engines(job.format for job in stale)))
    count = min(wish.jobs or os.cpu_count() or 1, len(stale))
    pool = ProcessPoolExecutor(count, mp_context=context)
    try:
        with _deaf():
            pool.submit(os.getpid)  # starts the server, which imports while the manuscript is read
        yield pool
    except BaseException:
        _end()  # nobody waits for pages that nobody wants any more
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started here do not hear Ctrl-C: whoever started them ends them."""
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _end() -> None:
    """End the workers at once, and the server, which would go on to start those asked for."""
    from multiprocessing import active_children, forkserver

    for worker in active_children():
        worker.kill()
    if server := forkserver._forkserver._forkserver_pid:  # type: ignore[attr-defined]  # noqa: SLF001
        os.kill(server, signal.SIGKILL)


def _engines(formats: Iterable[str]) -> set[str]:
    """Modules that a format's workers need, to be imported once before they are forked."""
    return {FORMATS[format] for format in formats}
