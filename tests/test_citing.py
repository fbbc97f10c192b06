"""Records of an edition, read back by pandoc's readers of BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from publish import languages, styles
from publish.editions import Credit, Edition, Series, Text, citing
from publish.metadata import Organisation
from publish.pandoc import program
from publish.pipeline.editing import Editing
from publish.project import Project
from publish.records import replace

RULES = styles.DEFAULTS / "languages.toml"
HARD = r"50 % & {more}: #1_$2 ~x^y \alpha"


def edition(tag: str = "ko", **more: Any) -> Edition:
    known: dict[str, Any] = {
        "id": f"{tag}+kips",
        "slug": "my.work",
        "kind": "article",
        "language": languages.read(tag, RULES),
        "source_language": languages.read("en", RULES),
        "title": Text("", "빌린 힘"),
        "subtitle": Text("", "조약"),
        "credits": (
            Credit("Ann de la Cruz", "aut", "", sort_name="de la Cruz, Ann"),
            Credit("Institute of Peace and War", "aut", "", organisation=True, sort_name="I"),
            Credit("김민수", "trl", "", sort_name="김민수"),
            Credit("Nobody, cited", "rev", "", sort_name="Nobody"),
        ),
        "abstract": Text("", "One.\n\nTwo."),
        "keywords": ("sanctions", "법"),
        "date": date(2026, 3, 2),
        "date_text": "",
        "version": "1.2",
        "licence": "",
        "licence_url": "",
        "licence_name": "",
        "rights": "",
        "funding": "",
        "publisher": Organisation(name="Institut", place="Heidelberg"),
        "identifiers": {"doi": "10.1000/a_b", "isbn": "978-3-16-148410-0"},
        "base_url": "https://example.org/~x_y",
        "translation_note": "",
        "chapters": (),
        "words": {},
        "series": Series("Papers", "7", "2049-3630"),
    }
    return Edition(**known | more)


def read(text: str, format: str) -> dict[str, Any]:
    """The one item that pandoc finds in a bibliography."""
    command = [program(), "-f", format, "-t", "csljson"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    (item,) = json.loads(done.stdout)
    return dict(item)


@pytest.mark.parametrize(
    ("write", "format"),
    [(citing.bibtex, "biblatex"), (citing.bibtex, "bibtex"), (citing.ris, "ris")],
)
def test_other_programs_read_the_record(write: Any, format: str) -> None:
    item = read(write(edition()), format)
    assert item["title"].replace('<span class="nocase">', "").replace("</span>", "") == (
        "빌린 힘: 조약"
    )
    assert item["author"][0]["family"].endswith("Cruz")
    assert item["author"][1] in (
        {"literal": "Institute of Peace and War"},
        {"family": "Institute of Peace and War"},
    )
    assert item["issued"]["date-parts"][0][0] == 2026
    assert item["publisher"] == "Institut"
    assert item["DOI"] == "10.1000/a_b"
    assert item["URL"] == "https://example.org/~x_y/ko+kips/my.work.html"
    assert "Two." in item["abstract"]


def test_what_csl_json_says_is_the_record() -> None:
    record = citing.record(edition())
    assert json.loads(citing.csl_json(edition())) == [record]
    assert record["id"] == "my-work-ko-kips"
    assert record["type"] == "report"
    assert record["author"][0] == {"family": "de la Cruz", "given": "Ann"}
    assert record["translator"] == [{"literal": "김민수"}]
    assert record["collection-title"] == "Papers"
    assert record["ISSN"] == "2049-3630"
    assert "Nobody" not in json.dumps(record)


@pytest.mark.parametrize("kind", ["article", "book"])
def test_signs_of_tex_are_words(kind: str) -> None:
    hard = edition(kind=kind, title=Text("", HARD), subtitle=Text("", ""))
    item = read(citing.bibtex(hard), "biblatex")
    assert HARD.replace("\\", "") in item["title"].replace("\\", "")
    assert item["type"] == ("book" if kind == "book" else "report")


def test_lines_within_a_value_break_no_record() -> None:
    hostile = edition(title=Text("", "A\nER  - \r\nTY  - BOOK"), subtitle=Text("", ""))
    text = citing.ris(hostile)
    assert text.count("\r\n") == text.count("\n")
    assert [line[:2] for line in text.splitlines()].count("ER") == 1
    assert read(text, "ris")["type"] == "report"


@pytest.mark.parametrize(("title", "whole"), [("Why?", "Why? So."), ("Why", "Why: So.")])
def test_a_title_and_its_subtitle(title: str, whole: str) -> None:
    assert citing.full_title(edition(title=Text("", title), subtitle=Text("", "So."))) == whole


def test_what_is_not_known_is_left_out() -> None:
    bare = edition(
        subtitle=Text("", ""), credits=(), abstract=Text("", ""), keywords=(), version="",
        publisher=Organisation(), identifiers={}, base_url="", series=Series(),
    )  # fmt: skip
    assert set(citing.record(bare)) == {"id", "type", "title", "issued", "language"}
    assert citing.bibtex(bare).startswith("@misc{")
    assert read(citing.bibtex(replace(bare, id="x")), "biblatex")["id"] == "my-work-x"


def test_an_edition_is_cited_in_its_own_words(tmp_path: Path) -> None:
    root = shutil.copytree(Path(__file__).parent / "sample", tmp_path / "sample")
    with Editing(Project(root)) as editing:
        english, korean = (editing.edition(name).citation for name in ("en", "ko"))
    assert english.plain.startswith("Author, Ada (2026). A Small Book: With everything in it.")
    assert korean.plain.startswith("에이다 오서 (2026). 작은 책: 모든 것을 담은.")
    assert "<em>" in english.html
    assert "<em>" not in korean.html
