"""Two at once, and what was left by those that were killed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from publications import ARTICLE, append, files, made, publish
from publish import artefacts, locks


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication")


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "publication"))


def contents(folder: Path) -> dict[str, bytes]:
    """All files but what is remembered of them, without the minute of a change in them."""
    minute = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d")
    kept = {name: data for name, data in files(folder).items() if ".former" not in name}
    return {name: minute.sub(b"", data) for name, data in kept.items() if ".state" not in name}


def started(folder: Path, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "publish", *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_two_builds_and_an_update_at_once_end_as_one_after_the_other(
    folder: Path, tmp_path: Path
) -> None:
    append(ARTICLE, "\nMore.\n")(folder)
    alone = Path(shutil.copytree(folder, tmp_path / "alone"))
    for command in (["update"], ["build", "-f", "html"]):
        assert publish(*command, cwd=alone).returncode == 0
    build = ["build", "-f", "html"]
    together = [started(folder, *command) for command in (["update"], build, build)]
    said = [process.communicate(timeout=60)[1] for process in together]
    assert [process.returncode for process in together] == [0, 0, 0], said
    assert publish(*build, cwd=folder).returncode == 0  # a build may have come before the update
    assert contents(folder) == contents(alone)


def test_who_comes_second_waits_and_says_so(folder: Path) -> None:
    with locks.alone(folder, lambda: pytest.fail("nobody else is here")):
        process = started(folder, "update")
        assert process.stderr
        assert process.stderr.readline().startswith("waiting: another publish")
        assert process.poll() is None
        assert publish("status", cwd=folder).returncode == 0  # who only reads does not wait
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_what_was_on_its_way_when_its_writer_was_killed_is_cleared(folder: Path) -> None:
    left = [folder / name / ".manuscript.po.abc12345.part" for name in ("build", "translations")]
    for path in left:
        path.write_text("half")
    own = folder / "manuscript/notes.part"
    own.write_text("mine")
    with locks.alone(folder, lambda: None):
        pass
    assert [path.exists() for path in left] == [False, False]
    assert own.exists()


def test_who_is_stopped_while_clearing_up_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    write = partial(artefacts.write_folder, folder / "build/en/metadata", shown="metadata")
    write({"a": b"old"})
    monkeypatch.setattr("publish.artefacts.shutil.rmtree", stopped)
    with pytest.raises(KeyboardInterrupt), locks.alone(folder, lambda: None):
        write({"a": b"new"})
    assert [*(folder / "build/en").rglob(".*.part")] == []
    assert (folder / "build/en/metadata/a").read_bytes() == b"new"


def test_nothing_is_cleared_outside_the_publication(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    theirs = tmp_path / "elsewhere/.a.part"
    theirs.write_text("half")
    shutil.rmtree(folder / "build")
    (folder / "build").symlink_to(theirs.parent)
    (folder / "manuscript/more").symlink_to(theirs.parent)
    with locks.alone(folder, lambda: None):
        pass
    assert theirs.exists()


def test_a_disk_without_locks_is_no_hindrance(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int, _operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", refuse)
    left = folder / "build/.a.part"
    left.write_text("half")
    with locks.alone(folder, lambda: pytest.fail("nobody waits")):
        pass
    assert left.exists(), "somebody might be writing it"


def test_a_long_name_of_the_folder_for_temporary_files_is_no_hindrance(
    folder: Path, tmp_path: Path
) -> None:
    """The name of a socket has 104 bytes at most."""
    place = tmp_path / ("long" * 25)
    place.mkdir()
    append(ARTICLE, "One more.\n")(folder)
    done = publish("build", "-f", "html", cwd=folder, environment={"TMPDIR": str(place)})
    assert done.returncode == 0, done.stderr
    assert list(place.iterdir()) == []


def test_a_folder_of_a_process_that_runs_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "publish-killed").mkdir()
    (tmp_path / "publish-killed/socket").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "publish-link").symlink_to("other")
    script = "import time; from publish import locks; print(locks.temporary()); time.sleep(60)"
    running = subprocess.Popen(
        [sys.executable, "-c", script],
        env=os.environ | {"TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert running.stdout
    theirs = Path(running.stdout.readline().strip())
    assert not (tmp_path / "publish-killed").exists()
    ours = locks.temporary()
    assert theirs.exists()
    assert (tmp_path / "other").exists()
    assert ours.parent == theirs.parent or ours.exists()
    running.kill()
    running.communicate()
    time.sleep(0.1)
    locks.temporary()
    assert not theirs.exists()
    shutil.rmtree(ours)


def test_a_folder_that_another_process_clears_before_it_is_locked_is_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = list[Path]()

    def make(**options: Any) -> str:
        made.append(Path(mkdtemp(**options)))
        if len(made) == 1:
            made[0].rmdir()  # as another process would that locks it first
        return str(made[-1])

    monkeypatch.setattr(locks, "mkdtemp", make)
    assert locks.temporary() == made[1]
    assert made[1].is_dir()
    made[1].rmdir()
