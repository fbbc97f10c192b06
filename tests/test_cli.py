"""The command line: what is said where, with which status, and that everything has its help."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publications import (
    ARTICLE,
    CATALOGUE,
    METADATA,
    append,
    cut,
    made,
    publish,
    replace,
    told,
    translate,
    write,
)
from publish import cli
from publish.distribution import leaflets
from publish.pipeline.editing import Editing
from publish.project import Project


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication")


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "publication"))


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The parser of the program, then those of its commands."""
    whole = cli._parser()
    yield "publish", whole
    for action in whole._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def test_every_command_and_option_has_a_help_text() -> None:
    for name, parser in parsers():
        assert parser.description, name
        for action in parser._actions:
            nested = isinstance(action, argparse._SubParsersAction)
            assert action.help or nested, f"{name} {action.dest}"


def test_every_command_stands_in_the_readme() -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    for name, _ in parsers():
        assert name == "publish" or f"`publish {name}" in text


@pytest.mark.parametrize("name", [name for name, _ in parsers()])
def test_help_is_an_answer(name: str, tmp_path: Path) -> None:
    arguments = ["--help"] if name == "publish" else [name, "--help"]
    done = publish(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: publish")


def test_the_version_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("publish")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["build", "--fast"],
        ["build", "--jobs", "-1"],
        ["build", "--jobs", "many"],
        ["build", "en"],
        ["add"],
        ["release", "--unsigned"],
        ["add", "fr", "de"],
        ["check", "--output", "xml"],
    ],
)
def test_wrong_use_has_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: publish" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        "--project FOLDER status --json",
        "status --project FOLDER --json",
        "exchange export ko --as po -o - --project FOLDER",
        "exchange --project FOLDER export ko --as po -o -",
    ],
)
def test_the_folder_is_named_before_or_behind_the_command(
    arguments: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.main(arguments.replace("FOLDER", str(folder)).split()) == 0
    assert b"ko" in capfdbinary.readouterr().out


def test_who_stops_a_command_while_it_starts_gets_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "argparse.py").write_text("raise KeyboardInterrupt")
    path = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", "")))
    done = publish("status", cwd=tmp_path, environment={"PYTHONPATH": path})
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.parametrize(
    ("command", "place", "code", "remedy"),
    [
        ("build -l kp", "translations/kp", "edition-unknown", "There are en, ko"),
        ("build -l ko,de", "translations/ko,de", "edition-unknown", "-l ko -l de"),
        ("build -f pdff", "--format", "format-unknown", "Did you mean pdf?"),
        ("build -f pdf,html", "--format", "format-unknown", "-f pdf -f html"),
        ("check -f docx", "--format", "format-unknown", "There are pdf"),
        ("check --no-judges -f pdff", "--format", "format-unknown", "Did you mean pdf?"),
        ("check -l fr", "translations/fr", "edition-unknown", "`publish add fr`"),
        ("update xx", "translations/xx", "edition-unknown", "“xx” is not a language tag"),
        ("update en", "translations/en", "edition-unknown", "language of the manuscript itself"),
        ("update ko-KR", "translations/ko-KR", "edition-unknown", "Did you mean ko?"),
        ("add klingon", "translations/klingon", "language-unknown", "BCP 47"),
        ("add PT-br", "translations/PT-br", "language-unknown", "Did you mean pt-BR?"),
        ("add pt_BR", "translations/pt_BR", "language-unknown", "Did you mean pt-BR?"),
        ("add en", "translations/en", "edition-source", "en+kips"),
        ("add ko", CATALOGUE, "edition-exists", "`publish update ko`"),
        ("add ko+../../x", "translations/ko+../../x", "edition-name", "ko+kips"),
        ("add ../x", "translations/../x", "edition-name", "ko+kips"),
    ],
)  # fmt: skip
def test_a_name_that_is_none_is_told_with_what_could_be_meant(
    command: str,
    place: str,
    code: str,
    remedy: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["--project", str(folder), *command.split()]) == 1
    said = capsys.readouterr().err
    assert [(one.place, one.code) for one in told(said)] == [(place, code)]
    assert remedy in said


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        ("add en+maggi", "en-GB+maggi"),
        ("add en", "en-GB+kips"),
        ("update en+maggi", "calls it “en-GB”"),
    ],
)
def test_the_language_of_the_manuscript_may_be_named_without_its_region(
    command: str, remedy: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(METADATA, "language: en", "language: en-GB")(folder)
    assert cli.main(["--project", str(folder), *command.split()]) == 1
    said = capsys.readouterr().err
    assert [one.code for one in told(said)] in (["edition-source"], ["edition-unknown"])
    assert remedy in said
    assert cli.main(["--project", str(folder), "add", "en-GB+maggi"]) == 0


@pytest.mark.parametrize(
    "command", ["review en+kips", "exchange export en+kips --as po", "exchange import FILE"]
)
def test_in_the_manuscripts_own_language_there_is_nothing_to_translate(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--project", str(folder), "add", "en+kips"]) == 0
    capsys.readouterr()
    arguments = command.replace("FILE", f"{folder / CATALOGUE} --edition en+kips").split()
    assert cli.main(["--project", str(folder), *arguments]) == 1
    assert [one.code for one in told(capsys.readouterr().err)] == ["exchange-nothing"]


def test_a_partner_is_not_told_to_change_a_translation_that_is_none(folder: Path) -> None:
    with Editing(Project(folder)) as editing:
        edition = editing.edition("en")
    made = leaflets.readme(edition, "a.zip", ["translation/edition.yaml"], signed=True).decode()
    assert "translation/" not in made
    assert made.endswith("no translation: write to us what is to be changed.\n")
    made = leaflets.readme(edition, "a.zip", ["translation/a.ko.po"], signed=True).decode()
    assert "translation/glossary.csv" in made
    assert "no translation" not in made


@pytest.mark.parametrize("name", ["pt-BR", "zh-Hant", "sr-Latn-RS", "ar", "ko+kips", "en+kips"])
def test_an_edition_may_be_of_a_region_a_script_or_an_institute(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--project", str(folder), "add", name]) == 0
    tag = name.partition("+")[0]
    assert (folder / "translations" / name / "edition.yaml").is_file()
    if tag != "en":
        text = (folder / "translations" / tag / "LC_MESSAGES/manuscript.po").read_text("utf-8")
        assert f'"Language: {tag.replace("-", "_")}\\n"' in text
        assert "nplurals=" in text
    assert f"publish build -l {name}" in capsys.readouterr().err
    assert cli.main(["--project", str(folder), "check", "-l", name, "--no-judges"]) == 0
    assert cli.main(["--project", str(folder), "update", name]) == 0


def test_outside_a_publication_is_told(tmp_path: Path) -> None:
    done = publish("status", cwd=tmp_path)
    assert [(one.place, one.code) for one in told(done.stderr)] == [(".", "project-missing")]
    assert (done.returncode, done.stdout) == (1, "")


def test_new_does_not_touch_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = publish("new", ".", cwd=tmp_path)
    assert [one.code for one in told(done.stderr)] == ["project-exists"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_new_says_a_next_step_that_can_be_copied(tmp_path: Path) -> None:
    done = publish("new", "my work", cwd=tmp_path)
    assert done.stderr.endswith("Next: cd 'my work' && publish build\n")


def test_status_is_a_table_with_shares(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--project", str(folder), "add", "fr"])
    capsys.readouterr()
    assert cli.main(["--project", str(folder), "status"]) == 0
    head, french, words, korean, _ = capsys.readouterr().out.splitlines()
    heads = "edition language translated reviewed approved fuzzy missing source in out"
    assert head.split() == heads.split()
    assert french.split()[:5] == ["fr", "French", "messages", "0", "of"]
    assert "never complete" in french
    assert words.split()[0] == "words"
    assert words.split()[-1].startswith("+")
    assert french.index("never") == korean.index("never") == head.index("source")


def test_status_without_editions_says_how_to_start_one(tmp_path: Path) -> None:
    assert publish("new", "work", cwd=tmp_path).returncode == 0
    done = publish("status", cwd=tmp_path / "work")
    assert (done.returncode, done.stdout) == (0, "")
    assert "publish add" in done.stderr
    assert publish("status", "--json", cwd=tmp_path / "work").stdout == "[]\n"


def test_status_shows_the_editions_that_can_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["--project", str(folder), "add", "fr"])
    cut(CATALOGUE, 'msgid "A first sec')(folder)
    capsys.readouterr()
    assert cli.main(["--project", str(folder), "status"]) == 1
    said = capsys.readouterr()
    assert "French" in said.out
    assert [one.code for one in told(said.err)] == ["catalogue-truncated"]


def test_status_for_machines_has_these_keys(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--project", str(folder), "status", "--json"]) == 0
    (korean,) = json.loads(capsys.readouterr().out)
    counts = "translated reviewed approved fuzzy missing"
    words = " ".join(f"words_{name}" for name in counts.split())
    source = "up_to_date source_version source_date version date words_in words_out"
    keys = f"edition name {counts} words {words} obsolete {source}"
    assert list(korean) == keys.split()


def test_check_for_machines_is_sorted_and_on_stdout(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(METADATA, "date: 2026-01-31", "date: soon")(folder)
    replace(METADATA, "kind: article", "kind: novel  ")(folder)
    assert cli.main(["--project", str(folder), "check", "--output", "json"]) == 1
    said = capsys.readouterr()
    problems = json.loads(said.out)
    assert [list(one) for one in problems] == [
        ["code", "severity", "path", "line", "message", "hint"]
    ] * 2
    assert [one["line"] for one in problems] == [5, 7]
    assert said.err == ""


def test_check_finds_nothing_in_the_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--project", str(folder), "check", "--no-judges"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "no problems found\n")


def test_check_shows_all_that_is_wrong_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translate("A Publication", "[^4] 시작을 위한 출판물")(folder)
    translate("Copyright", "저작권 © 2027 에이다 이그잼플")(folder)
    assert cli.main(["--project", str(folder), "check", "-l", "ko", "--no-judges"]) == 1
    codes = {one.code for one in told(capsys.readouterr().err)}
    assert codes == {"translation-invented", "translation-number"}


def test_warnings_do_not_change_the_status(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(ARTICLE, "\n### Too deep\n\nText.\n")(folder)
    assert cli.main(["--project", str(folder), "check", "-l", "en", "--no-judges"]) == 0
    assert [one.code for one in told(capsys.readouterr().err)] == ["heading-level"]


def test_the_doctor_asks_for_the_typefaces_of_the_publication(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("translations/ja/LC_MESSAGES/manuscript.po", "")(folder)
    cli.main(["--project", str(folder), "doctor"])
    said = capsys.readouterr().out
    assert "(ja)" in said
    assert "(ko)" in said
    assert "(ru)" not in said


@pytest.mark.parametrize("command", ["status", "status --json", "--help", "doctor"])
def test_nobody_need_read_to_the_end(command: str, folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "publish", *command.split()],
        cwd=folder,
        stdout=writer,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    os.close(writer)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_an_unexpected_exception_keeps_its_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("publish.project.find", broken)
    with pytest.raises(ZeroDivisionError):
        cli.main(["--project", str(folder), "extract"])
