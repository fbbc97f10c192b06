"""How far a build has come is told where somebody looks, and only what can be told honestly."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from publications import ARTICLE, append, made, publish
from publish import project
from publish.artefacts import State
from publish.cli import talking
from publish.pipeline.making import pacing, wishes
from publish.pipeline.making.wishes import Job

PDFS = [Job(f"{tag}/a.pdf", tag, "pdf", "0") for tag in ("en", "ko", "ru", "de")]
PAGES = [Job(f"{tag}/a.html", tag, "html", "0") for tag in ("en", "ko", "ru", "de")]


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def on_terminal(
    command: list[str], folder: Path, columns: int, **environment: str
) -> tuple[int, str]:
    """The exit status of a program, and what it wrote on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        command, cwd=folder, stderr=theirs, stdout=theirs, env=os.environ | environment
    )
    os.close(theirs)
    written = b""
    try:
        while part := os.read(ours, 4096):
            written += part
    except OSError:  # so Linux tells that nobody writes any more
        pass
    os.close(ours)
    return process.wait(60), written.decode()


@pytest.mark.parametrize("columns", [20, 80])
def test_on_a_terminal_one_line_tells_how_far_it_has_come_and_goes_at_the_end(
    columns: int, tmp_path: Path
) -> None:
    folder = made(tmp_path / "publication", built=False)
    build = [sys.executable, "-m", "publish", "build", "-f", "html"]
    status, written = on_terminal(build, folder, columns, NO_COLOR="1")
    assert status == 0
    lines = [line.strip() for line in re.split(r"\r\x1b\[K|\r\n", written)]
    last = [line for line in lines if re.search(r"\d/2 files", line)]
    assert [re.search(r"\d", line)[0] for line in dict.fromkeys(last)] == ["0", "1", "2"]  # type: ignore[index]  # it is there
    assert all(len(line) + len(re.findall("[█░]", line)) < columns for line in last)
    assert len([line for line in lines if line.startswith("[")]) == 2
    assert written.endswith("\r\x1b[K")
    assert set(re.findall(r"\x1b\[\d*.", written)) == {"\x1b[K"}


@pytest.mark.parametrize("terminal", ["dumb", "xterm"])
def test_where_nobody_looks_a_line_a_file_is_said_or_nothing(terminal: str, tmp_path: Path) -> None:
    folder = made(tmp_path / "publication", built=False)
    build = [sys.executable, "-m", "publish", "build", "-f", "html"]
    if terminal == "dumb":
        _, written = on_terminal(build, folder, 80, TERM="dumb")
    else:
        written = publish("build", "-f", "html", cwd=folder).stderr
    assert [line[:11] for line in written.splitlines()] == ["[1/2] build", "[2/2] build"]
    append(ARTICLE, "More.\n")(folder)
    assert on_terminal([*build, "--quiet"], folder, 80) == (0, "")
    append(ARTICLE, "More.\n")(folder)
    status, written = on_terminal([*build, "--quiet", "--all", "."], folder, 80)
    assert (status, written) == (0, "ok .\r\n")


def test_a_build_of_a_kind_that_was_made_before_tells_its_time_at_once() -> None:
    clock = Clock()
    former = {job.name: 10.0 + n for n, job in enumerate(PDFS)}
    pace = pacing.Pace(PDFS, former, clock=clock)
    assert pace.rest() == 13
    clock.now = 20  # this time it takes twice as long
    assert pace.rest() is None
    pace.made(PDFS[0])
    assert pace.rest() == 6
    clock.now = 50
    assert pace.rest() is None
    pace.made(PDFS[1])  # longer than can be: nothing is told any more of what was
    clock.now = 60
    pace.made(PDFS[2])
    assert pace.rest() == 20
    pace.made(PDFS[3])
    assert pace.rest() is None


def test_of_what_was_never_made_nothing_is_told_until_some_of_what_takes_longest_is_there() -> None:
    clock = Clock()
    pace = pacing.Pace([*PDFS, *PAGES], clock=clock)
    assert pace.rest() is None
    for page in PAGES:
        clock.now += 0.1
        pace.made(page)
        assert pace.rest() is None
    clock.now = 4
    pace.made(PDFS[0])
    assert pace.rest() is None
    clock.now = 8
    pace.made(PDFS[1])
    assert pace.rest() == 8


def test_a_series_tells_its_time_from_those_that_had_to_be_made() -> None:
    clock = Clock()
    series = pacing.Series(10, clock)
    for second in (1, 2, 3):
        clock.now = second
        series.over(made=False)
    assert series.rest() is None
    for second in (10, 14, 18):
        clock.now = second
        series.over(made=True)
    assert series.rest() == 4 * 4
    clock.now = 60
    assert series.rest() is None


NOTES: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda _: b"[",
    "a list": lambda _: b"[1]",
    "other files": lambda note: note.replace(b"ko/", b"no/"),
    "no numbers": lambda note: re.sub(rb"\d\.\d+", b"null", note),
    "not a number": lambda note: re.sub(rb"\d\.\d+", b"NaN", note),
    "negative": lambda note: re.sub(rb"\d\.\d+", b"-1", note),
    "without end": lambda note: re.sub(rb"\d\.\d+", b"1e999", note),
}


def test_the_pace_of_a_build_is_noted_by_its_kind_and_believed_only_if_it_makes_sense(
    tmp_path: Path,
) -> None:
    folder = made(tmp_path / "publication", built=False)
    append(ARTICLE, "More.\n")(folder)
    found = project.find(folder)
    pace = kind(folder)
    assert pace.rest() is None
    for job, moment in (("en", 7.5), ("ko", 9.5)):
        pace.moments[f"{job}/a-publication-to-start-from.html"] = moment
    pacing.keep(found, pace)
    rest = kind(folder).rest()
    assert rest is not None
    assert 9 < rest <= 9.5
    assert kind(folder, "another").rest() is None
    (note,) = (path for path in folder.rglob("artefacts/*") if b"9.5" in path.read_bytes())
    data = note.read_bytes().partition(b"\n")[2]
    for what, spoil in NOTES.items():
        assert pacing._read(spoil(data), set(pace.moments)) == {}, what
    assert pacing._read(data, set(pace.moments)) == pace.moments


def kind(folder: Path, means: str = "one") -> pacing.Pace:
    """The pace of making what is to be made now."""
    found = project.find(folder)
    _, jobs = wishes.of(found, (), ("html",), release=False, count=1)
    return pacing.of(found, jobs, State(found.build), means)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (0.4, ""),
        (1, "about 1 s"),
        (8.2, "about 9 s"),
        (11, "about 15 s"),
        (89, "about 90 s"),
        (91, "about 2 min"),
        (5399, "about 90 min"),
        (5401, "about 2 h"),
        (9000, "about 2.5 h"),
        (100_000, "about 28 h"),
    ],
)
def test_the_longer_a_time_is_the_rounder_it_is_told(seconds: float | None, said: str) -> None:
    assert talking._about(seconds) == said


def test_what_was_told_does_not_grow_but_for_news(monkeypatch: pytest.MonkeyPatch) -> None:
    class Given:
        total, done = 4, 1
        rests = iter([20, 22, 19, 40, None])

        def rest(self) -> float | None:
            return next(self.rests)

    shown: list[str] = []
    monkeypatch.setattr(talking._last, "show", shown.append)
    meter = talking.Meter(Given())
    for _ in range(5):
        meter.look()
    assert [line.partition(" 1/4")[2] for line in shown] == [
        " about 20 s",
        " about 20 s",
        " about 20 s",
        " about 40 s",
        "",
    ]
