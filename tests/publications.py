"""The model publication as `publish new` makes it, with a Korean edition, to be spoilt by tests."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

METADATA = "manuscript/metadata.yaml"
ARTICLE = "manuscript/article.md"
REFERENCES = "manuscript/references.yaml"
FIGURE = "manuscript/figures/line.svg"
CATALOGUE = "translations/ko/LC_MESSAGES/manuscript.po"
EDITION = "translations/ko/edition.yaml"

Change = Callable[[Path], object]


class Told(NamedTuple):
    """A problem as a user sees it: its place, its code, and whether a remedy stands below it."""

    place: str
    code: str
    remedy: bool
    what: str = ""


def publish(
    *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None, **more: Any
) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "publish", *arguments],
        cwd=cwd,
        env=os.environ | dict(environment or {}),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        **more,
    )


def made(folder: Path, *, built: bool = True) -> Path:
    """A publication in a new folder: the model with an edition `ko`, and its web pages."""
    shutil.copytree(_model(built=built), folder, dirs_exist_ok=True)
    return folder


@cache
def _model(*, built: bool) -> Path:
    """The first of them, of which the others are copies."""
    folder = Path(mkdtemp(), "publication")
    atexit.register(shutil.rmtree, folder.parent)
    if built:
        made(folder, built=False)
        done = publish("build", "-f", "html", cwd=folder)
        assert done.returncode == 0, done.stderr
        return folder
    assert publish("new", str(folder), cwd=folder.parent).returncode == 0
    assert publish("add", "ko", cwd=folder).returncode == 0
    return folder


def told(text: str) -> list[Told]:
    """The problems in what was said, in order; other lines are passed over."""
    pattern = r"^(\S.*?): (?:error|warning) ([a-z-]+): (.+)\n?(    \S.*)?"
    found = re.findall(pattern, text, re.MULTILINE)
    return [Told(place, code, bool(remedy), what) for place, code, what, remedy in found]


def files(folder: Path) -> dict[str, bytes]:
    """All that is in translations/ and build/, but what is remembered only to be quick."""
    roots = (folder / "translations", folder / "build")
    paths = [path for root in roots for path in root.rglob("*") if path.is_file()]
    kept = [path for path in paths if ".cache" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


# What can be done to a publication. Each gives a change, to be made in a folder.


def write(path: str, text: str | bytes) -> Change:
    """A file with other contents, or a new one."""

    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    return change


def replace(path: str, old: str, new: str) -> Change:
    """A text in a file replaced once; it must be there."""

    def change(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def append(path: str, text: str | bytes) -> Change:
    """Something more at the end of a file."""

    def change(folder: Path) -> None:
        more = text if isinstance(text, bytes) else text.encode()
        (folder / path).write_bytes((folder / path).read_bytes() + more)

    return change


def remove(path: str) -> Change:
    """A file or a folder taken away."""

    def change(folder: Path) -> None:
        target = folder / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()

    return change


def make_folder(path: str) -> Change:
    """A folder, where there may have been a file."""

    def change(folder: Path) -> None:
        (folder / path).unlink(missing_ok=True)
        (folder / path).mkdir(parents=True)

    return change


def link(path: str, target: str) -> Change:
    """A symbolic link, where there may have been a file."""

    def change(folder: Path) -> None:
        (folder / path).unlink(missing_ok=True)
        (folder / path).symlink_to(target)

    return change


def recode(path: str, encoding: str) -> Change:
    """A file in another encoding."""

    def change(folder: Path) -> None:
        text = (folder / path).read_text("utf-8")
        (folder / path).write_bytes(text.encode(encoding, "replace"))

    return change


def cut(path: str, last: str) -> Change:
    """A file of which only the beginning has arrived, up to a text in it."""

    def change(folder: Path) -> None:
        before, found, _ = (folder / path).read_text("utf-8").partition(last)
        assert found
        (folder / path).write_text(before + found, "utf-8")

    return change


def copy(path: str, target: str) -> Change:
    """A folder once more, under another name."""
    return lambda folder: shutil.copytree(folder / path, folder / target)


def translate(beginning: str, translation: str) -> Change:
    """The message that begins so, translated in the Korean catalogue, escaped as in PO."""

    def change(folder: Path) -> None:
        text = (folder / CATALOGUE).read_text("utf-8")
        pattern = rf'(msgid "{re.escape(beginning)}[^\n]*\nmsgstr )"[^\n]*"'
        text, count = re.subn(pattern, lambda found: f'{found[1]}"{translation}"', text, count=1)
        assert count
        (folder / CATALOGUE).write_text(text, "utf-8")

    return change


def all_of(*changes: Change) -> Change:
    """Several changes, one after the other."""

    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change
