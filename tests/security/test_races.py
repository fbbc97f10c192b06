"""What takes another thing's place between the look and the reading of it is not read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publish.problems import PublishError
from publish.project import Project

SECRET = "the secret of the house"  # noqa: S105  # what must not be read


def swapped_file(folder: Path) -> None:
    (folder / "manuscript/part/a.md").unlink()
    (folder / "manuscript/part/a.md").symlink_to(folder.parent / "outside/a.md")


def swapped_folder(folder: Path) -> None:
    shutil.rmtree(folder / "manuscript/part")
    (folder / "manuscript/part").symlink_to(folder.parent / "outside")


def piped(folder: Path) -> None:
    (folder / "manuscript/part/a.md").unlink()
    os.mkfifo(folder / "manuscript/part/a.md")


def gone(folder: Path) -> None:
    shutil.rmtree(folder / "manuscript")


@pytest.mark.parametrize("change", [swapped_file, swapped_folder, gone])
@pytest.mark.parametrize("moment", ["_refused", "resolve"])
def test_what_was_swapped_is_not_read(
    change: Callable[[Path], None], moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("publication/manuscript/part", "outside"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.md").write_text(SECRET if name == "outside" else "Words.")
    project = Project(tmp_path / "publication")
    path = project.root / "manuscript/part/a.md"
    assert project.bytes(path) == b"Words."
    _after(monkeypatch, moment, path, lambda: change(project.root))
    with pytest.raises(PublishError) as caught:
        project.bytes(path)
    assert caught.value.problems[0].code == "file-unreadable"


def test_what_became_a_pipe_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manuscript/part").mkdir(parents=True)
    (tmp_path / "manuscript/part/a.md").write_text("Words.")
    project = Project(tmp_path)
    path = project.root / "manuscript/part/a.md"
    _after(monkeypatch, "_refused", path, lambda: piped(tmp_path))
    assert project.bytes(path) == b""


def _after(
    monkeypatch: pytest.MonkeyPatch, moment: str, path: Path, change: Callable[[], None]
) -> None:
    """Have something done once the path was judged (`_refused`), or once it was then resolved."""
    judge, resolve = Project._refused, Path.resolve
    judged = False

    def refused(*arguments: Any) -> Any:
        nonlocal judged
        found, judged = judge(*arguments), True
        if moment == "_refused":
            change()
        return found

    def resolved(self: Path, *arguments: Any, **named: Any) -> Path:
        nonlocal judged
        found = resolve(self, *arguments, **named)
        if moment == "resolve" and judged and self == path:
            judged = False
            change()
        return found

    monkeypatch.setattr(Project, "_refused", refused)
    monkeypatch.setattr(Path, "resolve", resolved)
