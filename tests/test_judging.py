"""`publish check` and its judges: who is asked, what is told, in which forms."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pytest

from publications import publish, told
from publish.checks import judges
from publish.checks.judges import Judge, programs
from publish.checks.judges.programs import NoVerdictError
from publish.cli import main
from publish.pipeline.judgement import judging, sarif
from publish.problems import Location, Problem, Severity
from publish.project import Project


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judging") / "model"
    assert publish("new", str(folder), cwd=folder.parent).returncode == 0
    assert publish("build", cwd=folder).returncode == 0
    return folder


def picky(files: Iterable[Path]) -> programs.Findings:
    return {path: ["one", "two"] for path in files if path.suffix == ".html"}


def broken(_: object) -> programs.Findings:
    raise NoVerdictError("it fell over")


def away(_: object) -> programs.Findings:
    programs.program("no-such-program", get="install it")
    return {}


BENCH = (
    Judge("Picky", (".html",), "everything", picky),
    Judge("Broken", (".pdf",), "nothing", broken),
    Judge("Away", (".epub",), "books", away),
    Judge("Content", (".epub",), "books", lambda files: {path: [] for path in files}),
)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judges, "JUDGES", BENCH)


@pytest.mark.usefixtures("bench")
def test_findings_and_judges_without_a_verdict_are_errors_and_absent_ones_are_named(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(model), "check"]) == 1
    said = capsys.readouterr()
    rows = [line.split()[0] + " " + line.split()[-1] for line in said.out.splitlines()[1:]]
    assert rows == ["Picky 2", "Broken verdict", "Away absent", "Content nothing"]
    assert [(one.code, one.place) for one in told(said.err)] == [
        ("judge-finding", "build/en/a-publication-to-start-from.html"),
        ("judge-finding", "build/en/a-publication-to-start-from.html"),
        ("judge-failed", "build/en/a-publication-to-start-from.pdf"),
        ("judge-absent", "judges"),
    ]
    assert all(one.remedy for one in told(said.err))


@pytest.mark.usefixtures("bench")
def test_an_absent_judge_alone_is_no_error(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(model), "check", "-f", "epub"]) == 0
    assert [one.code for one in told(capsys.readouterr().err)] == ["judge-absent"]


@pytest.mark.usefixtures("bench")
def test_sarif_has_each_problem_at_its_place(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(model), "check", "-f", "html", "--output", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    uris = [place["artifactLocation"]["uri"] for place in places]
    assert uris == 2 * ["build/en/a-publication-to-start-from.html"]
    assert {each["ruleId"] for each in run["results"]} == {
        rule["id"] for rule in run["tool"]["driver"]["rules"]
    }


def test_sarif_of_odd_names_and_of_no_line() -> None:
    place = Location("manuscript/Größe 1%#?.md")
    log = json.loads(sarif.write([Problem("a-b", "what", place, Severity.WARNING)]))
    (result,) = log["runs"][0]["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert unquote(physical["artifactLocation"]["uri"]) == place.path
    assert "#" not in physical["artifactLocation"]["uri"]
    assert "region" not in physical
    assert (result["level"], result["message"]["text"]) == ("warning", "what")


def test_a_judge_that_takes_too_long_gives_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "PATIENCE", 0.2)
    start = time.monotonic()
    with pytest.raises(NoVerdictError, match="more than"):
        programs.run("sh", "-c", "sleep 60 & wait")
    assert time.monotonic() - start < 5


def test_nothing_in_a_publication_is_taken_for_a_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "node_modules" / "evil").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    for folders in ("", ".", "node_modules"):
        monkeypatch.setenv("NODE_PATH", folders)
        with pytest.raises(programs.AbsentError):
            programs.node_package("evil")


def test_what_is_not_built_is_not_judged(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    assert publish("new", str(folder), cwd=tmp_path).returncode == 0
    assert judging.files(Project(folder), [], []) == []
    assert list(judges.verdicts([])) == []


def test_a_copy_for_review_is_judged_only_if_somebody_asks(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    assert publish("new", str(folder), cwd=tmp_path).returncode == 0
    names = ("a.pdf", "a.review.pdf", "a.review.html", "a.press.pdf")
    (folder / "build" / "en").mkdir(parents=True)
    for name in names:
        (folder / "build" / "en" / name).write_bytes(b"")

    def asked(*formats: str) -> list[str]:
        return [path.name for path in judging.files(Project(folder), [], formats)]

    assert asked() == asked("pdf") == ["a.pdf", "a.press.pdf"]
    assert asked("press") == ["a.press.pdf"]
    assert sorted(asked("review")) == sorted(names[1:3])
    assert asked("review.pdf") == ["a.review.pdf"]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="/proc tells who runs")
def test_a_judge_ends_with_whoever_asked_it_however_that_ends() -> None:
    script = "from publish.checks.judges import programs; programs.run('sleep', '56789')"
    with subprocess.Popen([sys.executable, "-c", script]) as asking:
        assert _sleeping(True)
        asking.kill()
    assert _sleeping(False)


def _sleeping(wanted: bool) -> bool:
    """Whether the judge comes, or goes, within some seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        lines = [_line(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
        if any(line.endswith(b"sleep\x0056789\0") for line in lines) is wanted:
            return True
        time.sleep(0.05)
    return False


def _line(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
