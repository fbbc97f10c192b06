"""Commands that are stopped in the middle: what each has to do, and what there is afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from publications import (
    ARTICLE,
    CATALOGUE,
    METADATA,
    Change,
    all_of,
    append,
    made,
    publish,
    replace,
    translate,
    write,
)

KILLING = Path(__file__).with_name("killing.py")
MORE = append(ARTICLE, "\nOne more paragraph.\n")
RELEASED = "release: {translated: 0}\n"
PARTNER = all_of(
    write("translations/ko/edition.yaml", RELEASED),
    write("translations/ko+kips/edition.yaml", f"partner: {{name: KIPS (예시)}}\n{RELEASED}"),
)
UNSIGNED = ("--unsigned", "--no-judges")


@dataclass(frozen=True)
class Attempt:
    """A command, and what is done before it so that it has work to do."""

    command: Sequence[str]
    change: Change
    before: Sequence[Sequence[str]] = (("build",),)


def delivered(folder: Path) -> None:
    """A translation that comes back in a file, and is no longer in the catalogue."""
    translate("A first", "첫째 절")(folder)
    shutil.copy(folder / CATALOGUE, folder / "delivery.po")
    replace(CATALOGUE, 'msgstr "첫째 절"', 'msgstr ""')(folder)


def returned(folder: Path) -> None:
    """A bundle that comes back with a translation, though the sums in it are those of before."""
    (bundle,) = (folder / "build/bundles").glob("*.zip")
    place = folder / "bundle"
    shutil.unpack_archive(bundle, place)
    (text,) = place.glob("translation/*.po")
    text.write_text(text.read_text("utf-8").replace('"둘째  절"', '"둘째 마디"'), "utf-8")
    shutil.make_archive(str(folder / "back"), "zip", place)
    shutil.rmtree(place)


CHAPTERS = all_of(translate("A first", "첫째 절"), append(METADATA, "catalogues: chapters\n"))
BUNDLE = ("bundle", "ko+kips", "--draft", *UNSIGNED)
ATTEMPTS: Mapping[str, Attempt] = {
    "build": Attempt(("build", "--jobs", "2"), MORE),
    "update": Attempt(("update",), MORE),
    "an import": Attempt(("exchange", "import", "delivery.po"), delivered),
    "a release": Attempt(
        ("release", "0.2", *UNSIGNED, "--jobs", "2"),
        MORE,
        (("release", "0.1", *UNSIGNED),),
    ),
    "a build for release": Attempt(("build", "--release", "-l", "en"), MORE),
    "an update into a catalogue a chapter": Attempt(("update",), CHAPTERS, ()),
    "a review": Attempt(
        ("review", "ko", "--as", "reviewed", "--by", "A. Reader"),
        translate("A first", "첫째 절"),
        (),
    ),
    "a check that mends": Attempt(
        ("check", "--fix", "--no-judges"), translate("A first", "첫째  절"), ()
    ),
    "records": Attempt(("records",), MORE, (("records",),)),
    "a bundle": Attempt(BUNDLE, MORE, (BUNDLE,)),
    "a bundle that comes back": Attempt(
        ("exchange", "import", "back.zip", "--by", "A"), returned, (BUNDLE,)
    ),
    "a site": Attempt(("build", "-f", "site"), MORE, (("build", "-f", "site"),)),
    "an undoing": Attempt(
        ("update", "--undo"), lambda _: None, (("check", "--fix", "--no-judges"),)
    ),
}
MINUTE = re.compile(rb"\d{4}-\d\d-\d\d( \d\d:\d\d)?")  # when something was let in
QUICK = {".cache", ".former"}  # what is remembered to be quick, or to be taken back
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="/proc tells who runs")


@dataclass(frozen=True)
class Case:
    """A publication in which a command has work to do, and what there is when it has done it.

    `seconds` and `changes` are how long it takes, and how many changes of files it makes.
    """

    command: Sequence[str]
    before: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    seconds: float
    changes: int


def contents(folder: Path) -> dict[str, bytes]:
    """Everything in a publication, but for times and what is remembered beside it."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): MINUTE.sub(b"-", path.read_bytes())
        for path in paths
        if not QUICK & {*path.parts}
    }


def run(
    command: Sequence[str], folder: Path, temporary: Path, at: int = 0
) -> subprocess.Popen[bytes]:
    """A command in a session of its own, which ends at one of its changes of files."""
    return subprocess.Popen(
        [sys.executable, str(KILLING), str(at), *command],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def running(session: int) -> list[str]:
    """The processes of a session that still run, by their command lines."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, own, *_ = (path / "stat").read_text().rpartition(")")[2].split()
            line = (path / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if int(own) == session and state != "Z":
            found.append(line)
    return found


def gone(session: int, seconds: float) -> list[str]:
    """Those that still run after some seconds, at most."""
    end = time.monotonic() + seconds
    while (left := running(session)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def known(name: str) -> bool:
    """Whether a file has a name of its own, and neither it nor its folder is on its way to it."""
    return not any(re.fullmatch(r"\..*\.part", part) for part in Path(name).parts)


def prepared(attempt: Attempt, base: Path) -> Case:
    before = made(base / "before", built=False)
    PARTNER(before)
    translate("A second", "둘째  절")(before)
    for command in attempt.before:
        assert publish(*command, cwd=before).returncode == 0
    attempt.change(before)
    after = Path(shutil.copytree(before, base / "after"))
    start = time.monotonic()
    process = run(attempt.command, after, base)
    said, _ = process.communicate()
    seconds = time.monotonic() - start
    assert process.returncode == 0
    old, new = contents(before), contents(after)
    assert old != new
    return Case(attempt.command, before, old, new, seconds, int(said.split()[-1]))
