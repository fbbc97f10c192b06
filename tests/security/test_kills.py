"""kill -9 at any moment: each file is old or new, the next run goes on, nothing is left behind.

`make kills` tries it 200 times; otherwise a few dice are thrown, always the same. Half of the
moments are any at all; the others are just before one of the changes of files that the command
makes, in which most could go wrong and which are soon over (`killing.py`).
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

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
from publish import catalogues

TIMES = int(os.environ.get("KILLS", "20"))
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


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Case]:
    return cache(lambda name: prepared(ATTEMPTS[name], tmp_path_factory.mktemp("case")))


def killed(case: Case, dice: random.Random, folder: Path, temporary: Path) -> int:
    """Have a command killed; the session in which it was."""
    if dice.random() < 0.5:
        process = run(case.command, folder, temporary, dice.randint(1, case.changes))
    else:
        process = run(case.command, folder, temporary)
        time.sleep(dice.uniform(0, case.seconds * 1.1))
        kill = dice.choice([os.kill, os.killpg])  # the program alone, or the machine's power
        kill(process.pid, signal.SIGKILL)
    process.communicate()
    return process.pid


def translations(files: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """What stands in all catalogues, wherever in them: texts and their translations."""
    found = [catalogues.parse(data, name) for name, data in files.items() if name.endswith(".po")]
    return {(e.text, e.translation) for each in found for e in each.entries if e.translated}


@LINUX
@pytest.mark.xdist_group("kills")
@pytest.mark.parametrize("number", range(TIMES))
def test_each_file_is_old_or_new_and_the_next_run_goes_on(
    number: int, case: Callable[[str], Case], tmp_path: Path
) -> None:
    dice = random.Random(number)  # noqa: S311  # dice, not keys
    name = [*ATTEMPTS][number % len(ATTEMPTS)]
    this = case(name)
    folder = Path(shutil.copytree(this.before, tmp_path / "publication"))
    temporary = Path(mkdtemp(dir="/tmp"))  # a name that is short enough for sockets
    session = killed(this, dice, folder, temporary)
    assert gone(session, 10) == []
    now = {name: data for name, data in contents(folder).items() if known(name)}
    assert {*strange(now, this, moving="chapter" in name)} == set()
    assert now.keys() >= this.old.keys() & this.new.keys()
    assert translations(now) >= translations(this.old) & translations(this.new)
    again = run(this.command, folder, temporary)
    again.communicate()
    assert again.returncode == 0 or now == this.new  # there is nothing to do any more
    assert contents(folder) == this.new
    left = [path.name for path in folder.rglob("*") if not known(path.name)]
    assert left == []
    assert [path.name for path in temporary.iterdir() if not tried(path)] == []
    shutil.rmtree(temporary)


def strange(now: Mapping[str, bytes], case: Case, *, moving: bool) -> Iterator[str]:
    """The files that are neither old nor new.

    What is known of artefacts is neither between one of them and the next; a catalogue from which
    messages go to another has them until they are there.
    """
    for name, data in now.items():
        allowed = [side[name] for side in (case.old, case.new) if name in side]
        if data in allowed or name == "build/.state.json":
            continue
        both = translations(case.old) | translations(case.new)
        if not (moving and name.endswith(".po") and translations({name: data}) <= both):
            yield name


def tried(path: Path) -> bool:
    """Whether Python itself wrote it, to see whether it may write there: `tempfile` does."""
    return re.fullmatch("[a-z0-9_]{8}", path.name) is not None and path.stat().st_size <= len(
        "blat"
    )
