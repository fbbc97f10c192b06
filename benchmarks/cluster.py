"""What `publish build --cluster` costs beside the rendering, and what follows for long series.

    python benchmarks/cluster.py [--publications N] [--series 10000]

A scheduler and workers on this machine. Measured are: connecting, preparing an edition, a task
that does nothing but has the size of a real one, and the real ones. `series` then says how long
publications by the dozen take on one worker and on two, and a real run is laid beside it.
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import series
import works
from commands import PUBLISH, environment, say
from series import Costs, Outcome, Task

WORKERS = (1, 10, 100)
EMPTY = 50  # tasks that do nothing
FORMATS = (("pdf", "epub"), ("html",))  # what publish has a worker make at a time


@dataclass(frozen=True)
class Check:
    """A real run beside what the simulation says of it."""

    workers: int
    publications: int
    real: float
    simulated: float


@dataclass(frozen=True)
class Findings:
    """Everything measured and simulated; `series` has for each number of workers two outcomes."""

    costs: Costs
    checks: Sequence[Check]
    length: int
    series: Sequence[tuple[Outcome, Outcome]]


def found(publications: int, length: int) -> Findings:
    """Measures with the article of this repository, and simulates a series of that length."""
    with tempfile.TemporaryDirectory() as name:
        work = works.article(Path(name, "work"))
        with running(1, Path(name, "one")) as address:
            say("cluster: a task's overhead")
            costs = measured(work.ours, address)
            real = [many(work.ours, Path(name, "series-1"), publications, address)]
        with running(2, Path(name, "two")) as address:
            real.append(many(work.ours, Path(name, "series-2"), publications, address))
    say("cluster: simulating")
    checks = [
        Check(n, publications, took, series.simulated(publications, n, 1, costs).seconds)
        for n, took in enumerate(real, start=1)
    ]
    outcomes = [
        (series.simulated(length, n, 1, costs), series.enough(length, n, costs)) for n in WORKERS
    ]
    return Findings(costs, checks, length, outcomes)


@contextmanager
def running(workers: int, folder: Path) -> Iterator[str]:
    """A scheduler with so many workers; its address."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    with ExitStack() as stack:
        dask(stack, "scheduler", "--host", "127.0.0.1", "--port", str(port))
        for _ in range(workers):
            dask(stack, "worker", address, *options)
        client = stack.enter_context(connection()(address, timeout="60s", set_as_default=False))
        client.wait_for_workers(workers, timeout=60)
        yield address


def dask(stack: ExitStack, *arguments: str) -> None:
    """A program of Dask's, ended with the stack; it can import what lies beside this file."""
    here = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    program = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
    process = stack.enter_context(
        subprocess.Popen(
            program,
            env=environment() | {"PYTHONPATH": here},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    )
    stack.callback(process.terminate)


def connection() -> Any:
    from distributed import Client

    return Client  # it comes without types


def measured(folder: Path, address: str) -> Costs:
    """What the publication in a folder costs on a cluster of one worker."""
    from publish import fonts, project, styles
    from publish.editions import Edition
    from publish.pipeline.making import clusters, workers
    from publish.pipeline.making.workers import Hands

    publication = project.find(folder)
    style = styles.read(publication.styles)
    prepared(folder)  # imports are paid for once in a series
    editions: list[tuple[float, Edition]] = prepared(folder)
    families = {family for _, edition in editions for family in edition.language.fonts}

    def connect() -> None:
        with lent() as hands, hands(1, ()):
            pass

    @contextmanager
    def lent() -> Iterator[Hands]:
        with clusters.Cluster(address) as cluster:
            yield cluster.hands((*sorted(families), *fonts.MONOSPACE))

    ends = max(ready for ready, _ in editions)
    tasks = []
    with lent() as hands, hands(1, ()) as executor:
        for formats in FORMATS:
            for ready, edition in editions:
                given = (formats, edition, style)
                executor.submit(
                    workers.rendered, *given
                ).result()  # a worker's first time is longer
                start = time.perf_counter()
                done: dict[str, Any] = executor.submit(workers.rendered, *given).result()
                seconds = time.perf_counter() - start
                sizes = len(pickle.dumps(given)), sum(map(len, done.values()))
                tasks.append(Task(ready if "pdf" in formats else ends, seconds, *sizes))
        dispatch = overhead(executor, editions[0][1], style, tasks)
    rest = alone(folder)
    rendering = [Task(t.ready, max(0, t.seconds - dispatch), t.sent, t.returned) for t in tasks]
    return Costs(timed(connect), dispatch, rendering, rest)


class Instantly(Executor):
    """Workers who have every file at once, and readers who have read it: the client alone is left.

    In: what was read.
    """

    def __init__(self, read: Any) -> None:
        self._read = read

    def submit(self, function: Any, first: Any, *_: object) -> Future[Any]:  # type: ignore[override]  # only this is asked
        future = Future[Any]()
        reads = function.__name__ == "elsewhere"
        future.set_result(self._read if reads else dict.fromkeys(first, b""))
        return future


def alone(folder: Path) -> float:
    """Seconds that the client has to do for a publication."""
    from publish import project
    from publish.pipeline.making import abreast, building, reading, wishes

    publication = project.find(folder)
    shutil.rmtree(publication.build, ignore_errors=True)
    start = time.perf_counter()
    wish, jobs = wishes.of(publication, (), (), release=False, count=1)
    state, stale = wishes.stale(publication, jobs)
    took = time.perf_counter() - start
    instantly = nullcontext(Instantly(reading.elsewhere(publication, wish, stale)))
    means = building.Means(lambda *_: instantly, readers=lambda *_: instantly)
    build = building.steps(publication, wish, stale, state, lambda _: None, means)
    return took + timed(lambda: abreast.waited(build))


def prepared(folder: Path) -> list[tuple[float, Any]]:
    """The editions of a publication, and when each is ready, in seconds since its client began."""
    from publish import project
    from publish.pipeline import naming
    from publish.pipeline.editing import Editing

    publication = project.find(folder)
    shutil.rmtree(publication.build, ignore_errors=True)
    start, editions = time.perf_counter(), []
    with Editing(publication) as editing:
        source = editing.read().manuscript.metadata.language
        for name in naming.asked(publication, (), source):
            edition = editing.edition(name)
            editions.append((time.perf_counter() - start, edition))
    return editions


def overhead(executor: Any, edition: Any, style: Any, tasks: Sequence[Task]) -> float:
    """Seconds a task costs beside its rendering, when many are there."""
    size = round(median(task.returned for task in tasks))

    def empty() -> None:
        futures = [executor.submit(nothing, edition, style, size) for _ in range(EMPTY)]
        for future in futures:
            future.result()

    empty()
    return timed(empty) / EMPTY


def nothing(_edition: object, _style: object, size: int) -> bytes:
    """What a worker does that does not render: bytes that cannot be made smaller on their way."""
    return os.urandom(size)


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def many(folder: Path, to: Path, publications: int, address: str) -> float:
    """Seconds that `publish build --all --cluster` takes for so many copies of a publication.

    One is made first: a worker imports what it needs once in its life, and a series is long.
    """
    for number in range(publications + 2):
        part = to / ("first" if number < 2 else "rest") / str(number)  # noqa: PLR2004  # to warm up
        shutil.copytree(folder, part, ignore=shutil.ignore_patterns("build"))
    say(f"cluster: {publications} publications, really")
    command = (*PUBLISH, "--quiet", "--cluster", address, "--all")

    def build(part: str) -> None:
        done = subprocess.run(
            (*command, part), cwd=to, env=environment(), check=False, capture_output=True
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)} {part} failed:\n{done.stderr.decode()}")

    build("first")
    starting = timed(lambda: build("first"))  # nothing to do: the program's own start
    return timed(lambda: build("rest")) - starting


def main() -> None:
    """Measures, and prints what was found."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--publications", type=int, default=24)
    options.add_argument("--series", type=int, default=10_000)
    chosen = options.parse_args()
    print(found(chosen.publications, chosen.series))


if __name__ == "__main__":
    main()
