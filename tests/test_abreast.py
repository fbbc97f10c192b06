"""Builds abreast: each goes on when something of it is there, and none is left open."""

from __future__ import annotations

import argparse
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from publish.cli import series
from publish.cli.making import Staying
from publish.pipeline.making.abreast import Abreast, Steps, waited
from publish.problems import Location, Problem, PublishError


class Builds:
    """Builds that say what becomes of them; each waits for one rendering after the other."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.futures: dict[str, list[Future[Any]]] = {}

    def one(self, name: str, renderings: int) -> Steps[None]:
        self.futures[name] = [Future() for _ in range(renderings)]
        self.said.append(f"{name} begins")
        try:
            while missing := [each for each in self.futures[name] if not each.done()]:
                yield missing
                self.said.append(f"{name} goes on")
        except GeneratorExit:
            self.said.append(f"{name} is closed")
            raise
        self.said.append(f"{name} ends")


def test_a_build_is_begun_while_others_wait_and_not_beyond_what_there_is_room_for() -> None:
    builds = Builds()

    def next_is_made() -> None:  # nothing is there for a second: time goes on
        name = "one" if not builds.futures["one"][0].done() else "two"
        builds.futures[name][0].set_result(None)

    with Abreast(lambda: 1, idle=next_is_made) as abreast:
        abreast.begin(builds.one("one", 1))
        abreast.begin(builds.one("nothing", 0))
        abreast.begin(builds.one("two", 1))
        assert builds.said[:3] == ["one begins", "nothing begins", "nothing ends"]
        assert builds.said[3:] == ["two begins", "one goes on", "one ends"]
        abreast.finish()
    assert builds.said[6:] == ["two goes on", "two ends"]


def test_a_few_builds_are_under_way_however_much_they_wait_for() -> None:
    builds = Builds()
    with Abreast(lambda: 1, few=3) as abreast:
        for name in ("one", "two"):
            abreast.begin(builds.one(name, 9))
    assert builds.said[:2] == ["one begins", "two begins"]


def test_what_is_under_way_when_it_ends_is_closed() -> None:
    builds = Builds()

    def interrupted() -> None:
        raise KeyboardInterrupt

    with Abreast(lambda: 9, idle=interrupted) as abreast:
        abreast.begin(builds.one("one", 1))
        abreast.begin(builds.one("two", 2))
        with pytest.raises(KeyboardInterrupt):
            abreast.finish()
    assert builds.said[2:] == ["one is closed", "two is closed"]
    with pytest.raises(KeyboardInterrupt):
        waited(builds.one("three", 1), interrupted)
    assert builds.said[-1] == "three is closed"


def test_a_publication_that_lost_its_worker_is_built_once_more_by_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abc":
        (tmp_path / name / "manuscript").mkdir(parents=True)
        (tmp_path / name / "manuscript" / "metadata.yaml").write_text("")
    tried: list[str] = []
    done = Future[None]()
    done.set_result(None)

    def once(project: Any, *_: object) -> Steps[int]:
        name = project.root.name
        tried.append(name)
        yield [done]
        if name == "c" or (name == "b" and tried.count("b") == 1):
            raise PublishError(Problem("build-killed", "it was ended", Location("build/b")))
        return 0

    monkeypatch.setattr(series, "once", once)
    options = argparse.Namespace(all=[str(tmp_path)], jobs=1, quiet=False)
    means = Staying(hands=lambda *_: nullcontext())  # type: ignore[arg-type]  # unused
    assert series.build(options, lambda *_: nullcontext(), means) == 1
    assert tried == ["a", "b", "c", "b", "c"]
    said = capsys.readouterr()
    assert [line[:2] for line in said.out.splitlines()] == ["ok", "ok", "no"]
    assert said.err.count("build-killed") == 1
    assert said.err.endswith("2 of 3 publications are made\n")
