"""What the tests that stop commands have in common."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from security.stopping import ATTEMPTS, Case, prepared


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Case]:
    """An attempt's case by the attempt's name; each is made once for all processes that test."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "cases"
    shared.mkdir(exist_ok=True)
    return cache(lambda name: _made_once(name, shared / name.replace(" ", "-")))


def _made_once(name: str, place: Path) -> Case:
    kept = place.with_suffix(".case")
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            place.mkdir()
            kept.write_bytes(pickle.dumps(prepared(ATTEMPTS[name], place)))
    return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301  # our own
