"""Questions that pandoc begins with before anybody waits for their answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from publications import ARTICLE, append, files, made, publish, replace, told
from publish.documents.pandoc import Pandoc
from publish.documents.serving import PandocError, PandocTimeoutError

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
