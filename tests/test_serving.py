"""Questions that pandoc begins with before anybody waits for their answers."""

from __future__ import annotations

import fcntl
import sys
import termios
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from publications import ARTICLE, append, files, made, publish, replace, told
from publish import documents, manuscripts
from publish import pandoc as program
from publish.documents.pandoc import Pandoc
from publish.documents.serving import PandocError, PandocTimeoutError
from publish.pipeline import foreseeing
from publish.project import Project

TEXT = b"*one* [two](#t)"
ENDLESS = b"[" * 20_000  # it takes longer than anybody waits
KEYS = b"references: [{id: a}, {id: b}]"
BROKEN = b"references: [{id: a"


@pytest.fixture
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def begun(pandoc: Pandoc, text: bytes) -> None:
    pandoc.foresee(partial(pandoc.read, text, "markdown"))
    assert pandoc._foreseen


def test_what_was_foreseen_is_answered_as_if_it_had_been_asked_then(pandoc: Pandoc) -> None:
    with Pandoc() as another:
        plain = another.read(TEXT, "markdown"), another.keys(KEYS, "yaml")
    begun(pandoc, TEXT)
    pandoc.foresee(partial(pandoc.keys, KEYS, "yaml"))
    keys = pandoc.keys(KEYS, "yaml")  # in another order
    assert not pandoc._foreseen
    assert (pandoc.read(TEXT, "markdown"), keys) == plain
    assert not pandoc._early


def test_another_question_may_come_before(pandoc: Pandoc) -> None:
    begun(pandoc, TEXT)
    assert pandoc.keys(KEYS, "yaml") == {"a", "b"}
    assert pandoc.read(TEXT, "markdown")[0]["blocks"]


def test_what_cannot_be_answered_is_told_to_who_asks(pandoc: Pandoc) -> None:
    pandoc.foresee(partial(pandoc.keys, BROKEN, "yaml"))
    with pytest.raises(PandocError):
        pandoc.keys(BROKEN, "yaml")


def test_what_a_pipe_does_not_hold_is_not_sent(pandoc: Pandoc) -> None:
    pandoc.foresee(partial(pandoc.read, b"word " * 50_000, "markdown"))
    assert not pandoc._foreseen
    assert pandoc.keys(KEYS, "yaml") == {"a", "b"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a pipe is as large as it is")
def test_pandoc_goes_on_though_nobody_reads_its_answers(pandoc: Pandoc) -> None:
    begun(pandoc, b"word " * 10_000)  # some 400 KB of JSON
    assert pandoc._process
    assert pandoc._process.stdout
    held, until = bytearray(4), time.monotonic() + 30
    while int.from_bytes(held, sys.byteorder) < 200_000 and time.monotonic() < until:
        time.sleep(0.05)
        fcntl.ioctl(pandoc._process.stdout, termios.FIONREAD, held)
    assert int.from_bytes(held, sys.byteorder) > 200_000


def test_who_asks_does_not_pay_for_what_was_foreseen(pandoc: Pandoc) -> None:
    begun(pandoc, ENDLESS)
    assert pandoc._ask("keys", b"yaml", KEYS, seconds=1) == [b'["a","b"]']
    with pytest.raises(PandocTimeoutError):
        pandoc._ask("read", b"markdown", ENDLESS, seconds=1)


def test_a_pandoc_that_has_gone_meanwhile_is_started_anew(pandoc: Pandoc) -> None:
    begun(pandoc, TEXT)
    assert pandoc._process
    pandoc._process.kill()
    assert pandoc.read(TEXT, "markdown")[0]["blocks"]


def test_a_build_from_nothing_tells_what_is_wrong_as_others_do(tmp_path: Path) -> None:
    folder = made(tmp_path / "publication", built=False)
    append(ARTICLE, "\nAs [@nobody] says.\n")(folder)
    first = publish("build", "-f", "html", cwd=folder)
    (folder / "build").mkdir(exist_ok=True)
    (folder / "build/.state.json").write_text("{}", "utf-8")
    second = publish("build", "-f", "html", cwd=folder)
    assert told(first.stderr) == told(second.stderr) != []
    assert first.returncode == second.returncode == 1


def test_a_build_from_nothing_makes_what_others_make(tmp_path: Path) -> None:
    folder = made(tmp_path / "publication", built=False)
    assert publish("build", "-f", "html", cwd=folder).returncode == 0
    first = files(folder)
    replace(ARTICLE, "\n", "\n\n")(folder)
    assert publish("build", "-f", "html", "-f", "epub", cwd=folder).returncode == 0
    second = files(folder)
    assert {n for n in first if first[n] != second[n]} <= {"build/.state.json"}


def written(folder: Path, texts: dict[str, str]) -> Project:
    for name, text in texts.items():
        path = folder / "manuscript" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return Project(folder)


def test_chapters_are_read_before_it_is_known_how_a_manuscript_is_read(tmp_path: Path) -> None:
    texts = {"metadata.yaml": "chapters:\n  - 01.md\n  - two.md\n", "two.md": "# Two\r\n"}
    early = foreseeing.begun(written(tmp_path, {**texts, "01.md": TEXT.decode()}))
    read = [program.request("read", [b"markdown", text]) for text in (TEXT, b"# Two\n")]
    assert early.asked == read
    with Pandoc(begun=early) as running:
        running.foresee(partial(running.read, TEXT, "markdown"))
        assert running._foreseen == read  # not once more
        assert running.read(b"# Two\n", "markdown")[0]["blocks"]
        assert not running._foreseen


def test_the_article_is_foreseen_as_it_is_asked_for() -> None:
    project = Project(Path(__file__).parents[1])
    early = foreseeing.begun(project)
    with Pandoc(begun=early) as running:
        for file in manuscripts.read(project).chapters:
            running.foresee(partial(documents.read, file, running))
        assert len(running._foreseen) == len(early.asked) > 0


@pytest.mark.parametrize(
    "metadata", ["", "chapters: [01.md]\n", "chapters:\n- ../a.md\n", "chapters:\n- 02.md\n", "\0"]
)
def test_what_cannot_be_told_by_a_look_is_not_foreseen(tmp_path: Path, metadata: str) -> None:
    early = foreseeing.begun(
        written(tmp_path, {"metadata.yaml": metadata, "01.md": "a", "../a.md": "b"})
    )
    assert not early.asked
    with Pandoc(begun=early) as running:
        assert running.keys(KEYS, "yaml") == {"a", "b"}
