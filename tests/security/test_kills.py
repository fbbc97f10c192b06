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
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp

import pytest

from publish import catalogues
from security.stopping import ATTEMPTS, LINUX, Case, contents, gone, known, run

TIMES = int(os.environ.get("KILLS", "20"))


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
    dice = random.Random(number)
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
