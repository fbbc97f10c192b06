"""Other machines make the same files: here, processes on this one with a real scheduler."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from publications import ARTICLE, append, files, made, publish, told, write
from publish.pipeline.making import clusters
from publish.problems import PublishError

Program = subprocess.Popen[bytes]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def dask(stack: ExitStack, *arguments: str) -> Program:
    program = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
    process = stack.enter_context(
        subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    )
    stack.callback(process.kill)
    return process


def cluster(stack: ExitStack, folder: Path) -> tuple[str, list[Program]]:
    """A scheduler and two workers; its address, and the workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask(stack, "scheduler", "--host", "127.0.0.1", "--port", str(port))
    options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    return address, [dask(stack, "worker", address, *options) for _ in range(2)]


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    connect: Any = Client  # it comes without types
    with connect(address, timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def series(stack: ExitStack, folder: Path) -> tuple[subprocess.Popen[str], list[Program]]:
    """A build of all publications in `series` on a cluster of its own, and the workers."""
    (folder / "workers").mkdir()
    address, workers = cluster(stack, folder / "workers")
    wait_for_workers(address, 2)
    build = [sys.executable, "-m", "publish", "build", "--all", "series", "--cluster", address]
    running = stack.enter_context(
        subprocess.Popen(build, cwd=folder, stderr=subprocess.PIPE, text=True)
    )
    stack.callback(running.kill)
    return running, workers


def test_a_cluster_that_loses_a_worker_makes_the_same_files(
    tmp_path: Path, stack: ExitStack
) -> None:
    folder = made(tmp_path / "publication", built=False)
    assert publish("build", cwd=folder).returncode == 0
    here = {name: data for name, data in files(folder).items() if name.startswith("build")}
    for name in here:
        (folder / name).unlink()
    (tmp_path / "workers").mkdir()
    address, workers = cluster(stack, tmp_path / "workers")
    wait_for_workers(address, 2)
    for cached in folder.glob("build/.cache/artefacts/*"):
        cached.unlink()
    build = [sys.executable, "-m", "publish", "build", "--cluster", address]
    running = stack.enter_context(
        subprocess.Popen(build, cwd=folder, stderr=subprocess.PIPE, text=True)
    )
    stack.callback(running.kill)
    assert running.stderr
    said = [running.stderr.readline()]
    workers[0].kill()
    said += running.stderr.readlines()
    assert running.wait(60) == 0, said
    assert len(said) == 6
    there = {name: data for name, data in files(folder).items() if name.startswith("build")}
    assert {n: d for n, d in there.items() if "state" not in n} == {
        n: d for n, d in here.items() if "state" not in n
    }


def test_where_nobody_answers_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path / "publication", built=False)
    done = publish("build", "--cluster", "nonsense://x", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["cluster-unreachable"]
    assert done.returncode == 1


def test_a_worker_with_other_fonts_or_programs_is_refused() -> None:
    families = ("Gentium Book Plus", "No Such Family")
    here = clusters.surroundings(families)
    assert here["the font No Such Family"] == ""
    assert len(here["the font Gentium Book Plus"]) == 32
    clusters.compare({"tcp://one": here}, here)
    other = here | {"the font Gentium Book Plus": "0", "Python": "2.7"}
    with pytest.raises(PublishError) as caught:
        clusters.compare({"tcp://one": here, "tcp://two": other}, here)
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.path) == ("cluster-different", "tcp://two")
    assert "Python, the font Gentium Book Plus" in problem.message


def test_every_publication_below_a_folder_is_built_and_one_that_fails_keeps_none_from_it(
    tmp_path: Path,
) -> None:
    for name in ("series/one", "series/deep/two", "three"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        made(tmp_path / name, built=False)
    (tmp_path / "series/one/manuscript/metadata.yaml").write_text("title: [")
    done = publish("build", "-f", "html", "--all", "series", "three", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["ok series/deep/two", "no series/one", "ok three"]
    assert {one.code for one in told(done.stderr)} == {"metadata-yaml"}
    assert "2 of 3 publications are made" in done.stderr
    assert len(list(tmp_path.rglob("build/*/*.html"))) == 4
    again = publish("build", "-f", "html", "--all", "series", "three", cwd=tmp_path)
    assert again.stderr.count("nothing to do") == 2


def test_a_build_that_watches_makes_again_what_changes(tmp_path: Path, stack: ExitStack) -> None:
    folder = made(tmp_path / "publication")
    watch = [sys.executable, "-m", "publish", "build", "-f", "html", "-l", "en", "--watch"]
    watching = stack.enter_context(
        subprocess.Popen(watch, cwd=folder, stderr=subprocess.PIPE, text=True)
    )
    stack.callback(watching.kill)
    assert watching.stderr
    lines = iter(watching.stderr.readline, "")
    assert "waiting for a change" in next(line for line in lines if "waiting" in line)
    append(ARTICLE, "One more.\n")(folder)
    assert "build/en/" in next(lines)
    assert b"One more." in next(folder.glob("build/en/*.html")).read_bytes()
    assert "waiting" in next(lines)
    write("styles/tokens.css", ":root { --measure: 77ch }\n")(folder)
    assert "build/en/" in next(lines)
    assert b"77ch" in next(folder.glob("build/en/*.html")).read_bytes()
    assert "waiting" in next(lines)
    (folder / "manuscript/metadata.yaml").write_text("title: [")
    assert "metadata-yaml" in next(lines)
    time.sleep(0.1)
    watching.terminate()
    assert watching.wait(10) == 128 + 15


def test_a_series_on_a_cluster_is_whole_though_one_is_broken_and_a_worker_goes(
    tmp_path: Path, stack: ExitStack
) -> None:
    (tmp_path / "series").mkdir()
    first = made(tmp_path / "series" / "0", built=False)
    for number in range(1, 4):
        shutil.copytree(first, tmp_path / "series" / str(number))
        append(ARTICLE, f"Number {number}.\n")(tmp_path / "series" / str(number))
    shutil.copytree(tmp_path / "series", tmp_path / "here")
    write("manuscript/metadata.yaml", "title: [")(tmp_path / "series" / "1")
    running, workers = series(stack, tmp_path)
    assert running.stderr
    said = [running.stderr.readline() for _ in range(8)]
    workers[0].kill()
    said += running.stderr.readlines()
    assert running.wait(60) == 1, said
    assert said[-1] == "3 of 4 publications are made\n"
    begun = said.index("— 4 of 4: series/3\n")
    assert any("series/2/" in line for line in said[begun:])  # while that was still under way
    assert publish("build", "--all", "here", cwd=tmp_path).returncode == 0
    for number in (0, 2, 3):
        there, here = (files(tmp_path / place / str(number)) for place in ("series", "here"))
        assert there == here
        assert len([name for name in there if name.startswith("build/")]) == 7
    assert not list((tmp_path / "series" / "1").rglob("build/*.*"))


def test_two_series_that_meet_wait_for_each_other_and_end(tmp_path: Path, stack: ExitStack) -> None:
    (tmp_path / "series").mkdir()
    for number in range(3):
        made(tmp_path / "series" / str(number), built=False)
    build = [sys.executable, "-m", "publish", "build", "-f", "html", "--jobs", "1", "--all"]
    folders = [f"series/{number}" for number in range(3)]
    running = [
        stack.enter_context(subprocess.Popen([*build, *order], cwd=tmp_path))
        for order in (folders, folders[::-1])
    ]
    for each in running:
        stack.callback(each.kill)
    assert [each.wait(120) for each in running] == [0, 0]
    assert len(list(tmp_path.rglob("build/*/*.html"))) == 6


def test_a_series_on_a_cluster_that_is_interrupted_ends_at_once_with_whole_files(
    tmp_path: Path, stack: ExitStack
) -> None:
    (tmp_path / "series").mkdir()
    for number in range(3):
        made(tmp_path / "series" / str(number), built=False)
    running, _ = series(stack, tmp_path)
    assert running.stderr
    next(line for line in running.stderr if "build/" in line)
    running.send_signal(signal.SIGINT)
    assert "stopped; what is in build/ and translations/ is whole\n" in running.stderr.readlines()
    assert running.wait(60) == 128 + 2
    assert not list(tmp_path.rglob(".*.part"))
    for path in tmp_path.rglob("build/*/*.pdf"):
        assert path.read_bytes().endswith(b"%%EOF\n")


def test_when_the_scheduler_goes_each_publication_is_told_of_and_nobody_waits_for_it_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def unreachable(address: str) -> None:
        asked.append(address)
        raise PublishError(clusters._unreachable(address, OSError("gone")))

    monkeypatch.setattr(clusters, "_client", unreachable)
    with clusters.Cluster("tcp://one") as found:
        for _ in range(2):
            with pytest.raises(PublishError, match="cluster-unreachable"), found.hands(())(1, ()):
                pass
        assert found.size == 0
    assert asked == ["tcp://one"]


class Connection:
    """A cluster whose workers come and go."""

    def __init__(self, *workers: str) -> None:
        self.workers = list(workers)
        self.asked: list[tuple[str, ...]] = []

    def nthreads(self) -> dict[str, int]:
        return dict.fromkeys(self.workers, 2)

    def run(
        self, function: Any, families: tuple[str, ...], workers: list[str], on_error: str
    ) -> dict[str, Any]:
        assert on_error == "return"
        self.asked.append(tuple(workers))
        return {name: function(families) if name in self.workers else OSError() for name in workers}

    def get_executor(self, **_: object) -> None:
        pass

    def close(self) -> None:
        self.workers = []


def test_each_worker_is_asked_once_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Connection("one", "two")
    monkeypatch.setattr(clusters, "_client", lambda _: there)
    monkeypatch.setattr(clusters, "surroundings", lambda families: {"fonts": str(families)})
    with clusters.Cluster("tcp://one") as found:
        for families in (["A"], ["A"], ["B"]):
            with found.hands(families)(1, ()):
                pass
        there.workers.append("three")
        assert found.size == 6
        with found.hands(["A"])(1, ()):
            pass
        there.workers.clear()
        with pytest.raises(PublishError, match="cluster-unreachable"), found.hands(["A"])(1, ()):
            pass
    assert there.asked == [("one", "two"), ("one", "two"), ("three",)]
