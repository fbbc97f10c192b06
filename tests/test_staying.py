"""What stays between two builds in one process: it is kept while it holds, and renewed in time."""

from __future__ import annotations

import gc
import os
import signal
import weakref
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from publications import ARTICLE, CATALOGUE, append, made, remove, replace, write
from publish import project, styles
from publish.documents.pandoc import Pandoc
from publish.pipeline import preparing
from publish.pipeline.editing import Editing
from publish.pipeline.making import limits, staying, workers
from publish.pipeline.making.staying import Lend
from publish.problems import PublishError
from publish.project import Project


@pytest.fixture
def found(tmp_path: Path) -> Project:
    return project.find(made(tmp_path / "publication", built=False))


def text(lend: Lend, found: Project) -> str:
    """The English edition, from a build of its own."""
    with lend(found) as editing:
        return repr(editing.edition("en"))


def test_what_was_read_is_read_again_only_if_a_file_of_it_has_changed(found: Project) -> None:
    with staying.kept() as lend:
        with lend(found) as editing:
            first, pandoc = editing.read(), editing.pandoc
        append(CATALOGUE, "\n# A remark.\n")(found.root)
        with lend(found) as editing:
            assert editing.read() is first
            assert editing.warnings == list(first.warnings)
        for change in (
            append(ARTICLE, "One more.\n"),
            write("styles/web.css", "p { color: red }"),
            write("translations/ko+house/edition.yaml", "publisher: {name: House}\n"),
            remove("translations/ko+house"),
        ):
            change(found.root)
            with lend(found) as editing:
                assert editing.read() is not first
                assert editing.pandoc is pandoc
                first = editing.read()
        assert "One more." in text(lend, found)


def test_after_a_broken_manuscript_the_next_build_is_right(found: Project) -> None:
    with staying.kept() as lend:
        before = text(lend, found)
        good = (found.root / ARTICLE).read_text("utf-8")
        append(ARTICLE, "![](nowhere.png)\n")(found.root)
        with pytest.raises(PublishError, match="file-missing"):
            text(lend, found)
        write(ARTICLE, good)(found.root)
        assert text(lend, found) == before


def test_what_changes_while_it_is_read_is_read_again(found: Project) -> None:
    with staying.kept() as lend:
        with lend(found) as editing:
            editing.read()
            append(ARTICLE, "One more.\n")(found.root)
        assert "One more." in text(lend, found)


def killed(pandoc: Pandoc) -> None:
    process = pandoc._running()
    process.kill()  # as the system does it
    process.wait()


def worn(pandoc: Pandoc) -> None:
    pandoc._spent = 61


@pytest.mark.parametrize("end", [killed, worn])
def test_a_pandoc_that_has_ended_or_answered_for_long_is_started_anew(
    end: Callable[[Pandoc], None], found: Project
) -> None:
    with staying.kept() as lend:
        before = text(lend, found)
        with lend(found) as editing:
            former, prepared = editing.pandoc, editing.read()
            process = former._running()
        end(former)
        with lend(found) as editing:
            assert editing.pandoc is not former
            assert editing.read() is prepared
            assert repr(editing.edition("en")) == before
        assert process.poll() is not None


def test_what_pandoc_answered_is_kept_after_each_build_and_pandoc_ends_at_last(
    found: Project,
) -> None:
    with staying.kept() as lend:
        with lend(found) as editing:
            editing.finish()
        assert (found.build / ".cache" / "messages.json").is_file()
        with lend(found) as editing:
            process = editing.pandoc._running()
    assert process.poll() is not None


def test_an_editing_that_failed_unexpectedly_is_not_used_again(found: Project) -> None:
    with staying.kept() as lend:
        with pytest.raises(ZeroDivisionError), lend(found) as editing:
            raise ZeroDivisionError
        with lend(found) as another:
            assert another is not editing
    assert isinstance(another, Editing)


def test_workers_that_were_ended_from_outside_are_replaced_for_the_next_build() -> None:
    with workers.kept(1, ["html"]) as hands:
        with hands(1, ()) as pool, pytest.raises(BrokenProcessPool):
            pool.submit(os.kill, pool.submit(os.getpid).result(), signal.SIGKILL).result()
        with hands(1, ()) as pool:
            assert pool.submit(abs, -1).result() == 1


def test_rules_and_styles_that_change_are_read_again_in_the_same_process(found: Project) -> None:
    write("styles/languages.toml", '[ko]\nfonts = ["One"]\n')(found.root)
    write("styles/web.css", "one")(found.root)
    assert preparing.language(found, "ko").fonts == ("One",)
    assert styles.read(found.styles).files["web.css"] == "one"
    replace("styles/languages.toml", "One", "Two")(found.root)
    write("styles/web.css", "two")(found.root)
    assert preparing.language(found, "ko").fonts == ("Two",)
    assert styles.read(found.styles).files["web.css"] == "two"


def circle() -> Any:
    """Something that nobody knows but itself, as a weak reference."""
    one = Mock()
    one.own = one
    return weakref.ref(one)


def test_a_worker_looks_for_garbage_once_it_has_grown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "within", lambda *_: {})
    was_on = gc.isenabled()
    gc.disable()
    try:
        for room, looks in ((1 << 50, False), (0, True)):
            monkeypatch.setattr(workers, "_ROOM", room)
            for _ in range(2):  # before each artefact
                left = circle()
                workers.rendered([], Mock(), Mock())
                assert (left() is None) is looks
                assert gc.isenabled() is looks
    finally:
        (gc.enable if was_on else gc.disable)()
