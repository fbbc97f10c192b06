"""What a stranger wrote is shown, and obeyed by no terminal."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from publications import ARTICLE, append, made, publish, told
from publish.distribution import manifests
from publish.problems import Location, Problem, PublishError

RED = "\x1b[31m"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication", built=False)


@pytest.mark.parametrize("name", [b"a\nb.md", b"a\x1b[31m.md", b"a\xff.md", "a\x9bm.md".encode()])
def test_a_name_that_no_file_should_have_is_told_once(
    name: bytes, model: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    Path(os.fsdecode(os.fsencode(folder) + b"/manuscript/" + name)).write_text("Words.\n")
    for command in (["build", "-f", "html"], ["check", "--no-judges", "--output", "json"]):
        done = publish(*command, cwd=folder)
        assert [(one.code, one.remedy) for one in told(done.stderr)] == [("file-name", True)]
        assert RED not in done.stderr


def test_words_of_a_manuscript_are_shown_and_not_obeyed(model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    append(ARTICLE, "\n![x](a&#27;[31m&#10;b&#10;c.md:1: error forged: d.png)\n")(folder)
    done = publish("build", "-f", "html", "-l", "en", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["file-missing"]
    assert "\x1b" not in done.stderr
    assert "\\x1b[31m" in done.stderr


def test_a_problem_has_two_lines_at_most() -> None:
    problem = Problem("code", "one\nb.md: error two: c", Location("a\u2028b"), hint="three\r\nfour")
    assert str(problem).count("\n") == 1


@pytest.mark.parametrize("size", ["1e999", "[]", '"x"', "1" + "0" * 5000])
def test_a_manifest_that_counts_wrongly_is_none(size: str) -> None:
    data = f'{{"files": [{{"name": "a", "size": {size}, "sha256": "{"0" * 64}"}}]}}'
    with pytest.raises(PublishError):
        manifests.read(data.encode(), "manifest.json")


def zipped(**files: str) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as target:
        for name, text in files.items():
            target.writestr(name.replace("__", "/"), text)
    return data.getvalue()


RELEASES: dict[str, Callable[[], dict[str, bytes]]] = {
    "without sources": dict,
    "whose sources are no archive": lambda: {"sources.zip": b"x"},
    "whose sources are nothing": lambda: {"sources.zip": zipped()},
    "whose sources have a file for a folder": lambda: {
        "sources.zip": zipped(manuscript__a="x", manuscript__a__b="y")
    },
}


@pytest.mark.parametrize("name", RELEASES)
def test_a_strangers_release_is_told_about(name: str, tmp_path: Path) -> None:
    files = RELEASES[name]()
    for each, data in files.items():
        (tmp_path / each).write_bytes(data)
    listed = [
        {"name": each, "size": len(data), "sha256": sha256(data).hexdigest()}
        for each, data in files.items()
    ]
    (tmp_path / "manifest.json").write_text(json.dumps({"files": listed}))
    done = publish("release", "--verify", ".", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert all(one.remedy for one in told(done.stderr)), done.stderr
