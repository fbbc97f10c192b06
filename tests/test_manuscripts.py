"""Manuscripts: which files make one up, in which order, under which names."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import made
from publish import manuscripts
from publish.manuscripts import File
from publish.problems import PublishError
from publish.project import Project

METADATA = "title: Über *Krieg* und Frieden\ndate: 2026-01-31\n"


@pytest.fixture
def own(tmp_path: Path) -> Project:
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript/metadata.yaml").write_text(METADATA)
    for name in ("02-war.md", "01-peace.rst", "notes.txt", "references.yaml"):
        (tmp_path / "manuscript" / name).write_text("Text.\n")
    return Project(tmp_path)


def add(own: Project, text: str) -> None:
    with (own.manuscript / "metadata.yaml").open("a") as file:
        file.write(text)


def test_chapters_are_the_documents_of_the_folder_in_the_order_of_their_names(own: Project) -> None:
    found = manuscripts.read(own)
    assert [file.path for file in found.chapters] == [
        "manuscript/01-peace.rst",
        "manuscript/02-war.md",
    ]
    assert [file.format for file in found.chapters] == ["rst+smart", "markdown"]


def test_chapters_may_be_listed(own: Project) -> None:
    add(own, "chapters:\n  - 02-war.md\n")
    assert [file.stem for file in manuscripts.read(own).chapters] == ["02-war"]


def test_all_files_that_are_missing_are_told_at_once(own: Project) -> None:
    add(
        own,
        "contributors:\n  - name: A\n    bio: a.md\n"
        "references: r.bib\ncsl: s.csl\nchapters: [c.md]\n",
    )
    with pytest.raises(PublishError) as caught:
        manuscripts.read(own)
    assert sorted(one.location.line or 0 for one in caught.value.problems) == [5, 6, 7, 8]
    assert {one.code for one in caught.value.problems} == {"file-missing"}


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("02 History.md", "02-history"),
        ("a__b.md", "a-b"),
        ("Über.md", "ber-d2e10488"),
        ("서론.md", "chapter-"),
    ],
)
def test_a_stem_is_safe_in_an_id(name: str, stem: str) -> None:
    found = File(f"manuscript/{name}", "markdown", b"").stem
    assert found.startswith(stem[:8])
    assert found.isascii()
    assert found.replace("-", "").isalnum()


def test_chapters_named_in_other_letters_are_told_apart(own: Project) -> None:
    (own.manuscript / "서론.md").write_text("Text.\n")
    (own.manuscript / "결론.md").write_text("Text.\n")
    stems = [file.stem for file in manuscripts.read(own).chapters]
    assert len(set(stems)) == 4


def test_the_slug_is_made_from_the_title(own: Project) -> None:
    assert manuscripts.read(own).slug == "ber-krieg-und-frieden"
    add(own, "slug: krieg\n")
    assert manuscripts.read(own).slug == "krieg"


def test_the_publications_own_citation_style_comes_before_that_of_publish(own: Project) -> None:
    assert manuscripts.read(own).csl.startswith("<?xml")
    (own.root / "styles").mkdir()
    (own.root / "styles/citations.csl").write_text("<style>own</style>")
    assert manuscripts.read(own).csl == "<style>own</style>"
    (own.manuscript / "s.csl").write_text("<style>named</style>")
    add(own, "csl: s.csl\n")
    assert manuscripts.read(own).csl == "<style>named</style>"


def test_an_edition_without_a_file_adds_nothing(tmp_path: Path) -> None:
    own = Project(made(tmp_path / "own", built=False))
    own.edition_file("ko").unlink()
    assert manuscripts.read_edition(own, "ko")[0].contributors == ()
