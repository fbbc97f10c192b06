"""A full disk, a folder that is read-only, Ctrl-C: whatever command writes, nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import pytest

from publications import publish, told
from security.stopping import ATTEMPTS, LINUX, Case, gone, known
from security.stopping import contents as everything

# What is too large on a full disk, and which folder cannot be written in, by command.
ROOM = {
    "build": 50_000,
    "a release": 50_000,
    "a bundle": 50_000,
    "a site": 50_000,
    "records": 5_000,
}
PLACES = {
    "build": "build/en",
    "update": "translations/ko/LC_MESSAGES",
    "an import": "translations/ko/LC_MESSAGES",
    "a bundle that comes back": "translations/ko/LC_MESSAGES",
    "a check that mends": "translations/ko/LC_MESSAGES",
    "an undoing": "translations/ko/LC_MESSAGES",
    "a review": "translations/ko",
    "a release": "build",
    "a bundle": "build/bundles",
    "records": "build/en",
    "a site": "build",
}


def without_right_to_override() -> list[str]:
    """A beginning of a command in which permissions count for root, too."""
    if os.getuid():
        return []
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if not shutil.which("setpriv") or subprocess.run([*drop, "true"], check=False).returncode:
        pytest.skip("root may write everywhere, and cannot give that right away here")
    return drop


pytestmark = pytest.mark.xdist_group("commands")


@pytest.fixture
def contents() -> Callable[[Path], dict[str, bytes]]:
    """All files but what is known of artefacts, of which some may have been made."""
    return lambda folder: {n: d for n, d in everything(folder).items() if n != "build/.state.json"}


def kept(now: dict[str, bytes], case: Case) -> bool:
    """Whether each file is there, old or new, and none on its way."""
    names = case.old.keys() & case.new.keys() - {"build/.state.json"}
    whole = all(data in (case.old.get(name), case.new.get(name)) for name, data in now.items())
    return whole and now.keys() >= names and all(map(known, now))


@pytest.mark.parametrize("name", PLACES)
def test_a_full_disk_is_told(
    name: str,
    case: Callable[[str], Case],
    contents: Callable[[Path], dict[str, bytes]],
    tmp_path: Path,
) -> None:
    this, most = case(name), ROOM.get(name, 100)
    folder = Path(shutil.copytree(this.before, tmp_path / "publication"))
    done = publish(
        *this.command,
        cwd=folder,
        environment={"PYTHONDONTWRITEBYTECODE": "1"},  # Python's own would be cut short as well
        preexec_fn=lambda: setrlimit(RLIMIT_FSIZE, (most, most)),
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert {one.code for one in told(done.stderr) if "release-version" not in one.code} <= {
        "file-unwritable", "site-address",
    }  # fmt: skip
    assert "Make room" in done.stderr
    assert done.returncode == 1
    assert kept(contents(folder), this)
    assert publish(*this.command, cwd=folder).returncode == 0
    assert everything(folder) == this.new


@pytest.mark.parametrize("name", PLACES)
def test_a_folder_that_is_read_only_is_told(
    name: str,
    case: Callable[[str], Case],
    contents: Callable[[Path], dict[str, bytes]],
    tmp_path: Path,
) -> None:
    this = case(name)
    folder = Path(shutil.copytree(this.before, tmp_path / "publication"))
    (folder / PLACES[name]).chmod(0o555)
    done = subprocess.run(
        [*without_right_to_override(), sys.executable, "-m", "publish", *this.command],
        cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    (folder / PLACES[name]).chmod(0o755)
    assert "Traceback" not in done.stderr, done.stderr
    assert "file-unwritable" in {one.code for one in told(done.stderr)}, done.stderr
    assert "writable" in done.stderr
    assert done.returncode == 1
    assert kept(contents(folder), this)


@LINUX
@pytest.mark.parametrize("name", [name for name in ATTEMPTS if name != "build"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_whatever_is_stopped_ends_at_once_and_leaves_whole_files(
    name: str,
    part: float,
    case: Callable[[str], Case],
    contents: Callable[[Path], dict[str, bytes]],
    tmp_path: Path,
) -> None:
    this = case(name)
    folder = Path(shutil.copytree(this.before, tmp_path / "publication"))
    with subprocess.Popen(
        [sys.executable, "-m", "publish", *this.command],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        start_new_session=True,
    ) as process:  # fmt: skip
        time.sleep(this.seconds * part)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=30)
    # Python itself is interrupted where it has not come to us yet, or while it imports our modules.
    early = not said or ("Traceback" in said and "publish/cli" not in said.splitlines()[-2])
    assert process.returncode in {128 + signal.SIGINT, 0, -signal.SIGINT if early else 0}, said
    assert gone(process.pid, 2) == []
    assert process.returncode == 0 or early or said.endswith("is whole\n"), said
    assert "chapter" in name or kept(contents(folder), this)
    if process.returncode and not said:
        before = {name: data for name, data in this.old.items() if name != "build/.state.json"}
        assert contents(folder) == before
