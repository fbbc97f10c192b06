"""Clusters: the same renderers on other machines, through Dask's own executor.

Editions travel as values and files come back as values: no disk is shared. A worker that is
lost is replaced by another. Before anything is sent, each worker says what it would render
with; one that has other programs or fonts than this machine would make other files.
Source: Dask.distributed, “Client.get_executor”.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from publish import fonts, styles
from publish.artefacts import digest, digest_of_files
from publish.pipeline.making.inputs import installed
from publish.pipeline.making.workers import Hands
from publish.problems import Location, Problem, PublishError

_PATIENCE = "10s"


class Cluster:
    """The cluster at an address; a context manager, which connects when that is first needed.

    One connection serves all builds, and a worker says once what it has of some families of fonts.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection: Any = None  # Dask comes without types
        self._failed: PublishError | None = None
        self._here: dict[tuple[str, ...], dict[str, str]] = {}
        self._alike: set[tuple[str, tuple[str, ...]]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection:
            self._connection.close()

    def hands(self, families: Iterable[str]) -> Hands:
        """Its workers, for editions that use some families of fonts."""
        return partial(self._lent, tuple(families))

    @property
    def size(self) -> int:
        """How many renderings its workers do at a time; 0 as long as nobody has asked for them."""
        with suppress(PublishError):  # which a build will tell
            return sum(self._threads().values()) if self._connection and not self._failed else 0
        return 0

    @contextmanager
    def _lent(
        self, families: tuple[str, ...], _count: int, _formats: Iterable[str]
    ) -> Iterator[Executor]:
        """An executor; PublishError `cluster-missing`, `cluster-unreachable`, `cluster-different`.

        Where nobody answers once, nobody is asked again: that would take its time for each build.
        """
        if self._failed:
            raise self._failed
        if not self._connection:
            try:
                self._connection = _client(self._address)
            except PublishError as error:
                self._failed = error
                raise
        self._compare(families)
        yield self._connection.get_executor(pure=False, retries=3)

    def _compare(self, families: tuple[str, ...]) -> None:
        """See to it that workers that were not asked before would make the same files."""
        there = self._threads()
        new = [worker for worker in there if (worker, families) not in self._alike]
        if new or not there:
            if families not in self._here:
                self._here[families] = surroundings(families)
            compare(self._said(new, families), self._here[families])
        self._alike |= {(worker, families) for worker in new}

    def _threads(self) -> dict[str, int]:
        """The workers that are there, and how many threads each has."""
        try:
            found: dict[str, int] = self._connection.nthreads()
        except (OSError, RuntimeError, TimeoutError) as error:  # the scheduler has gone
            self._failed = PublishError(_unreachable(self._address, error))
            raise self._failed from error
        return found

    def _said(self, workers: list[str], families: tuple[str, ...]) -> dict[str, dict[str, str]]:
        """What workers say they would render with; one that went meanwhile is passed over."""
        if not workers:
            return {}
        ask = self._connection.run
        said = ask(surroundings, families, workers=workers, on_error="return")
        there = self._threads()
        answers = {name: each if isinstance(each, dict) else {} for name, each in said.items()}
        return {name: each for name, each in answers.items() if each or name in there}


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        hint = "Run: pip install 'publish-toolchain[cluster]'"
        what = "Dask is not installed, which speaks to a cluster"
        raise PublishError(
            Problem("cluster-missing", what, Location(address), hint=hint)
        ) from error
    try:
        client: Any = Client  # it comes without types
        return client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise PublishError(_unreachable(address, error)) from error


def _unreachable(address: str, error: Exception) -> Problem:
    hint = "Start one with `dask scheduler`, and workers with `dask worker ADDRESS`."
    what = f"no cluster answers there: {error}"
    return Problem("cluster-unreachable", what, Location(address), hint=hint)


def surroundings(families: tuple[str, ...]) -> dict[str, str]:
    """What this machine renders with, by what it is: digests that can be compared."""
    package = Path(__file__).parents[2]
    own = [path for path in package.rglob("*") if path.suffix in {".py", ".lua", ".po"}]
    shown = {
        "publish": digest_of_files(package, own),
        "the default style": digest_of_files(styles.DEFAULTS, styles.DEFAULTS.rglob("*.*")),
        "Python": sys.version.partition(" ")[0],
        "the engines": digest("\n".join(installed()).encode()),
    }
    return shown | {f"the font {family}": _font(family) for family in families}


def _font(family: str) -> str:
    """A digest of a family's files, wherever they lie; '' if it is not there."""
    try:
        found = fonts.faces([family])
    except PublishError:
        return ""
    contents = {blake2b(Path(face.path).read_bytes()).hexdigest() for face in found}
    return digest("\n".join(sorted(contents)).encode())


def compare(workers: Mapping[str, Mapping[str, str]], here: Mapping[str, str]) -> None:
    """PublishError `cluster-different` for workers that have not what is here, or if none is."""
    if not workers:
        hint = "Start workers: dask worker ADDRESS"
        raise PublishError(
            Problem("cluster-unreachable", "no worker is there", Location("--cluster"), hint=hint)
        )
    problems = [
        _different(worker, [name for name in here if there.get(name) != here[name]])
        for worker, there in sorted(workers.items())
        if there != here
    ]
    if problems:
        raise PublishError(*problems)


def _different(worker: str, names: list[str]) -> Problem:
    what = f"this worker would make other files, for it differs in {', '.join(names)}"
    hint = "Install the same there: publish with its lock file, and the same font packages."
    return Problem("cluster-different", what, Location(worker), hint=hint)
