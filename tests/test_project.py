"""A publication's folder: what is read is inside it, and is text where text is wanted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publish import project
from publish.problems import Location, Problem, PublishError
from publish.project import Project

HERE = Location("manuscript/article.md", 7)


@pytest.fixture
def own(tmp_path: Path) -> Project:
    (tmp_path / "own/manuscript").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    return Project(tmp_path / "own")


def refused(own: Project, name: str) -> Problem:
    with pytest.raises(PublishError) as caught:
        own.inside(own.manuscript, name, HERE)
    (problem,) = caught.value.problems
    assert problem.location == HERE
    assert problem.hint
    return problem


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../../secret.txt", "file-outside"),
        ("/etc/passwd", "file-outside"),
        ("https://example.org/a.png", "file-outside"),
        ("HTTP://example.org/a.png", "file-outside"),
        ("file:///etc/passwd", "file-outside"),
        ("data:text/plain,a", "file-outside"),
        ("nothing.md", "file-missing"),
        ("", "file-missing"),
        ("a\0b", "file-missing"),
        ("a" * 300, "file-missing"),
        ("../manuscript", "file-folder"),
    ],
)
def test_a_name_that_leads_to_no_file_of_the_publication_is_refused(
    name: str, code: str, own: Project
) -> None:
    assert refused(own, name).code == code


def test_a_link_may_lead_elsewhere_only_inside(own: Project) -> None:
    (own.manuscript / "a.md").write_text("text")
    (own.manuscript / "inside.md").symlink_to("a.md")
    (own.manuscript / "outside.md").symlink_to("../../secret.txt")
    assert own.inside(own.manuscript, "inside.md", HERE).read_text() == "text"
    assert refused(own, "outside.md").code == "file-outside"
    with pytest.raises(PublishError, match="file-outside"):
        own.text(own.manuscript / "outside.md")


def test_a_publication_may_itself_be_reached_by_a_link(own: Project, tmp_path: Path) -> None:
    (own.manuscript / "a.md").write_text("text")
    (tmp_path / "link").symlink_to("own")
    assert Project(tmp_path / "link").text(tmp_path / "link/manuscript/a.md") == "text"


def test_a_pipe_is_not_waited_for(own: Project) -> None:
    os.mkfifo(own.manuscript / "pipe.md")
    assert refused(own, "pipe.md").code == "file-folder"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb", "a\nb"),
        (b"\xef\xbb\xbfa", "a"),
        ("Привет\t조선\u00a0\u200d\u0085".encode(), "Привет\t조선\u00a0\u200d\u0085"),
        (b"<<<<<<< is no conflict by itself\n", "<<<<<<< is no conflict by itself\n"),
    ],
)
def test_text_is_utf_8_with_ends_of_lines_as_on_unix(data: bytes, text: str, own: Project) -> None:
    (own.manuscript / "a.md").write_bytes(data)
    assert own.text(own.manuscript / "a.md") == text


@pytest.mark.parametrize(
    ("data", "code", "line", "what"),
    [
        (b"a\nCaf\xe9\n", "file-encoding", 2, "0xE9"),
        ("a".encode("utf-16"), "file-encoding", 1, "UTF-16"),
        (b"a\nb\0", "file-character", 2, "U+0000"),
        (b"a\n\n\x1b[31m", "file-character", 3, "U+001B"),
        ("a\uffff".encode(), "file-character", 1, "U+FFFF"),
        (b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", "file-conflict", 2, "side by side"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(
    data: bytes, code: str, line: int, what: str, own: Project
) -> None:
    (own.manuscript / "a.md").write_bytes(data)
    with pytest.raises(PublishError) as caught:
        own.text(own.manuscript / "a.md")
    (problem,) = caught.value.problems
    assert (problem.code, problem.location) == (code, Location("manuscript/a.md", line))
    assert what in problem.message


def test_only_folders_with_a_catalogue_are_editions(own: Project) -> None:
    for name in ("ko/LC_MESSAGES/manuscript.po", "de/LC_MESSAGES/other.po", "fr/edition.yaml"):
        path = own.translations / name
        path.parent.mkdir(parents=True)
        path.touch()
    assert own.editions() == ["ko"]


def test_a_folder_without_metadata_is_no_publication(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="project-missing"):
        project.find(tmp_path)
