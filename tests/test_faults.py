"""What changes or breaks while a build runs: a clear word, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest

from publications import ARTICLE, FIGURE, append, files, made, remove, told
from publish import cli
from publish import project as projects
from publish.pipeline.editing import Editing
from publish.pipeline.making import building, wishes
from publish.pipeline.preparing import Prepared
from publish.problems import PublishError

Meanwhile = Callable[[Callable[[Path], object]], None]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication")


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "publication"))


@pytest.fixture
def meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Have something done when a build knows what it has to do, and has read nothing yet."""

    def wanted(change: Callable[[Path], object]) -> None:
        read = Editing.read

        def changed(editing: Editing) -> Prepared:
            monkeypatch.setattr(Editing, "read", read)
            change(folder)
            return read(editing)

        monkeypatch.setattr(Editing, "read", changed)

    return wanted


def build(folder: Path) -> int:
    return cli.main(["--project", str(folder), "build", "-f", "html", "-l", "en"])


def page(folder: Path) -> str:
    (found,) = (folder / "build/en").glob("*.html")
    return found.read_text("utf-8")


def test_what_is_changed_during_a_build_is_built_by_the_next_one(
    folder: Path, meanwhile: Meanwhile
) -> None:
    append(ARTICLE, "\nBefore.\n")(folder)
    meanwhile(append(ARTICLE, "\nMeanwhile.\n"))
    assert build(folder) == 0
    assert build(folder) == 0
    assert "Meanwhile." in page(folder)


def test_what_is_changed_back_during_a_build_is_not_taken_for_fresh(
    folder: Path, meanwhile: Meanwhile, capsys: pytest.CaptureFixture[str]
) -> None:
    old = (folder / ARTICLE).read_bytes()
    append(ARTICLE, "\nBefore.\n")(folder)
    meanwhile(lambda _: (folder / ARTICLE).write_bytes(old))
    assert build(folder) == 0
    capsys.readouterr()
    append(ARTICLE, "\nBefore.\n")(folder)
    assert build(folder) == 0
    assert "Before." in page(folder), capsys.readouterr().err


def test_what_vanishes_during_a_build_is_told(
    folder: Path, meanwhile: Meanwhile, capsys: pytest.CaptureFixture[str]
) -> None:
    append(ARTICLE, "\nMore.\n")(folder)
    before = files(folder)
    meanwhile(remove(FIGURE))
    assert build(folder) == 1
    assert [one.code for one in told(capsys.readouterr().err)] == ["file-missing"]
    assert files(folder) == before


@pytest.mark.parametrize("moment", [0, 2**31 + 5], ids=["1970", "2038"])
def test_a_clock_that_jumps_is_no_reason_to_build(
    moment: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(folder) == 0
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))
    capsys.readouterr()
    assert build(folder) == 0
    assert "nothing to do" in capsys.readouterr().err


def workers_of(session: int) -> list[int]:
    """The processes of a session that render: children of the one that its first has for them."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):  # it may end while it is looked at
            _, parent, _, own, *_ = (path / "stat").read_text().rpartition(")")[2].split()
            if int(own) == session and b"python" in (path / "cmdline").read_bytes():
                parents[int(path.name)] = int(parent)
    return [process for process, parent in parents.items() if parents.get(parent) == session]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="/proc tells who runs")
def test_a_worker_that_the_system_ends_is_told_and_nothing_is_lost(folder: Path) -> None:
    append(ARTICLE, "\nMore.\n")(folder)
    before = {name: data for name, data in files(folder).items() if "state" not in name}
    build = [sys.executable, "-m", "publish", "build", "--jobs", "1", "-l", "en", "-f", "pdf"]
    with subprocess.Popen(
        build, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as running:
        while running.poll() is None and not (found := workers_of(running.pid)):
            time.sleep(0.01)
        os.kill(found[0], signal.SIGKILL)
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 1
    assert {one.code for one in told(said)} == {"build-killed"}
    assert "Traceback" not in said
    assert {n: d for n, d in files(folder).items() if "state" not in n} == before


class Gone(Executor):
    """Workers of whom none is left."""

    def submit(self, *_: object, **__: object) -> Future[Any]:
        raise BrokenProcessPool("gone")


def test_workers_that_are_gone_before_they_are_asked_are_told(folder: Path) -> None:
    append(ARTICLE, "\nMore.\n")(folder)
    project = projects.find(folder)
    wish, jobs = wishes.of(project, [], ["html", "epub"], release=False, count=1)
    state, stale = wishes.stale(project, jobs)
    with pytest.raises(PublishError) as caught:
        building.build(project, wish, stale, state, print, lambda *_: nullcontext(Gone()))
    assert {problem.code for problem in caught.value.problems} == {"build-killed"}
