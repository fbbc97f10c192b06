"""Publications with their records, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publications import publish
from records import everything

OWN = Path(__file__).parents[2]


def _recorded(folder: Path, *editions: str) -> Path:
    done = publish("records", *(f"-l{name}" for name in editions), cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article with everything; `build/` has its records."""
    return _recorded(everything.made(tmp_path_factory.mktemp("article")))


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a book."""
    return _recorded(everything.made(tmp_path_factory.mktemp("book"), "book"))


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's publication."""
    folder = tmp_path_factory.mktemp("own")
    for name in ("manuscript", "translations"):
        shutil.copytree(OWN / name, folder / name)
    return _recorded(folder)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book, but for its Japanese edition, whose cover wants a font."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("manuscript", "translations"):
        shutil.copytree(OWN / "tests" / "sample" / name, folder / name)
    return _recorded(folder, "en", "ko", "ar")
