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
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from publish import fonts, styles
from publish.artefacts import digest, digest_of_files
from publish.pipeline.making.inputs import installed
from publish.pipeline.making.workers import Hands
from publish.problems import Location, Problem, PublishError

_PATIENCE = "10s"


def at(address: str, families: Iterable[str]) -> Hands:
    """Workers of the cluster at an address, for editions that use some families of fonts."""
    return partial(_pool, address, tuple(families))


@contextmanager
def _pool(
    address: str, families: tuple[str, ...], _count: int, _formats: Iterable[str]
) -> Iterator[Executor]:
    """An executor of a cluster.

    PublishError `cluster-missing`, `cluster-unreachable`, `cluster-different`.
    """
    client = _client(address)
    try:
        _compare(client.run(surroundings, families), families)
        yield client.get_executor(pure=False, retries=3)
    finally:
        client.close()


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
        hint = "Start one with `dask scheduler`, and workers with `dask worker ADDRESS`."
        what = f"no cluster answers there: {error}"
        raise PublishError(
            Problem("cluster-unreachable", what, Location(address), hint=hint)
        ) from error


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


def _compare(workers: Mapping[str, Mapping[str, str]], families: tuple[str, ...]) -> None:
    if not workers:
        hint = "Start workers: dask worker ADDRESS"
        raise PublishError(
            Problem("cluster-unreachable", "no worker is there", Location("--cluster"), hint=hint)
        )
    here = surroundings(families)
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
