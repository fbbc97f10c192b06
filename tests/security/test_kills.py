"""kill -9 at any moment: each file is old or new, the next run goes on, nothing is left behind.

`make kills` tries it 200 times; otherwise a few dice are thrown, always the same.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest

from publications import ARTICLE, CATALOGUE, append, made, publish, replace, translate

TIMES = int(os.environ.get("KILLS", "15"))
COMMANDS: tuple[Sequence[str], ...] = (
    ("build", "--jobs", "2"),
    ("update",),
    ("exchange", "import", "delivery.po"),
    ("build", "--release", "-l", "en"),
)
MINUTE = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d")  # when something was let in
QUICK = {".cache", ".former"}  # what is remembered to be quick, or to be taken back
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="/proc tells who runs")


@dataclass(frozen=True)
class Case:
    """A publication in which a command has work to do, and what there is when it has done it."""

    command: Sequence[str]
    before: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    seconds: float


def contents(folder: Path) -> dict[str, bytes]:
    """Everything in a publication, but for times and what is remembered beside it."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): MINUTE.sub(b"-", path.read_bytes())
        for path in paths
        if not QUICK & {*path.parts}
    }


def run(command: Sequence[str], folder: Path, temporary: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "publish", *command],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def prepared(command: Sequence[str], base: Path) -> Case:
    before = made(base / "before", built=False)
    assert publish("build", cwd=before).returncode == 0
    if command[0] == "exchange":
        translate("A first", "첫째 절")(before)
        shutil.copy(before / CATALOGUE, before / "delivery.po")
        replace(CATALOGUE, 'msgstr "첫째 절"', 'msgstr ""')(before)
    else:
        append(ARTICLE, "\nOne more paragraph.\n")(before)
    after = Path(shutil.copytree(before, base / "after"))
    start = time.monotonic()
    assert publish(*command, cwd=after).returncode == 0
    seconds = time.monotonic() - start
    old, new = contents(before), contents(after)
    assert old != new
    return Case(command, before, old, new, seconds)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return [prepared(command, tmp_path_factory.mktemp(command[0])) for command in COMMANDS]


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
    """Whether a file has a name of its own, and is not one on its way to it."""
    return not re.fullmatch(r"\..*\.part", Path(name).name)


@LINUX
@pytest.mark.xdist_group("kills")
@pytest.mark.parametrize("number", range(TIMES))
def test_each_file_is_old_or_new_and_the_next_run_goes_on(
    number: int, cases: list[Case], tmp_path: Path
) -> None:
    dice = random.Random(number)  # noqa: S311  # dice, not keys
    case = cases[number % len(cases)]
    folder = Path(shutil.copytree(case.before, tmp_path / "publication"))
    temporary = Path(mkdtemp(dir="/tmp"))  # a name that is short enough for sockets
    process = run(case.command, folder, temporary)
    time.sleep(dice.uniform(0, case.seconds * 1.1))
    kill = dice.choice([os.kill, os.killpg])  # the program alone, or the machine's power
    kill(process.pid, signal.SIGKILL)
    process.wait()
    assert gone(process.pid, 10) == []
    for name, data in contents(folder).items():
        allowed = [side[name] for side in (case.old, case.new) if name in side]
        assert data in allowed or not known(name) or name == "build/.state.json", name
    assert contents(folder).keys() >= case.old.keys()
    assert run(case.command, folder, temporary).wait() == 0
    assert contents(folder) == case.new
    left = [path.name for path in folder.rglob("*") if not known(path.name)]
    assert left == []
    assert [path.name for path in temporary.iterdir() if not tried(path)] == []
    shutil.rmtree(temporary)


def tried(path: Path) -> bool:
    """Whether Python itself wrote it, to see whether it may write there: `tempfile` does."""
    return re.fullmatch("[a-z0-9_]{8}", path.name) is not None and path.stat().st_size <= len(
        "blat"
    )
