"""The list of references: each work's own terms where they are wanted, scripts in order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.editions import Edition
from publish.editions.directions import directing
from publish.pipeline.editing import Editing
from publish.project import Project

METADATA = "title: A\nlanguage: {}\ndate: 2026-11-22\nreferences: r.json\nreference_language: {}\n"
WORKS = """[
 {"id": "ivanov", "type": "chapter", "language": "ru", "title": "Глава",
  "author": [{"family": "Иванов", "given": "И. И."}], "issued": {"date-parts": [[2001]]},
  "editor": [{"family": "Петров", "given": "П."}], "container-title": "Книга", "volume": "2",
  "edition": "2", "page": "10-20", "publisher": "Наука"},
 {"id": "kim", "type": "book", "language": "ko", "title": "책", "author": [{"literal": "김철수"}]},
 {"id": "roe", "type": "chapter", "language": "en-US", "title": "Chapter",
  "author": [{"family": "Roe", "given": "R."}], "issued": {"date-parts": [[2002]]},
  "editor": [{"family": "Moe", "given": "M."}], "container-title": "Book", "page": "3"},
 {"id": "odd", "type": "book", "language": "tlh", "title": "Odd",
  "author": [{"family": "Able", "given": "A."}], "issued": {"date-parts": [[2003]]}},
 {"id": "unsaid", "type": "book", "title": "Unsaid", "author": [{"family": "Zed", "given": "Z."}]}
]"""
NUMBERED = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>
<citation><layout><text variable="citation-number"/></layout></citation>
<bibliography><sort><key variable="author"/></sort><layout><text variable="title"/></layout>
</bibliography></style>"""
Make = Callable[..., Edition]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(language: str, whose: str = "edition", style: str = "") -> Edition:
        folder = tmp_path / "manuscript"
        folder.mkdir(exist_ok=True)
        metadata = METADATA.format(language, whose)
        if style:
            (folder / "s.csl").write_text(style, "utf-8")
            metadata += "csl: s.csl\n"
        (folder / "metadata.yaml").write_text(metadata, "utf-8")
        (folder / "r.json").write_text(WORKS, "utf-8")
        (folder / "a.md").write_text("See [@ivanov; @kim; @roe; @odd; @unsaid].\n", "utf-8")
        with Editing(Project(tmp_path)) as editing:
            return editing.edition(language)

    return made


def entries(edition: Edition) -> dict[str, str]:
    """The entries of the list in their order, as plain text; with the language of each, if said."""
    html = edition.chapters[-1].html
    found = re.findall(r'<div id="ref-(\w+)"([^>]*)>(.*?)</div>', html, re.DOTALL)
    plain = {id: re.sub(r"<[^>]+>|\n", "", text) for id, _, text in found}
    marks = {id: re.findall(r' lang="([^"]+)"', attributes) for id, attributes, _ in found}
    return {id: "|".join((*marks[id], text.replace("\u00a0", " "))) for id, text in plain.items()}


def test_a_work_has_the_terms_of_its_own_language_where_the_publication_wants_it(
    make: Make,
) -> None:
    own = entries(make("en", "work"))
    assert own["ivanov"].startswith("ru|Иванов")
    for term in ("В: ", "(ред.)", "2-е изд.", "т. 2", "с. 10–20"):
        assert term in own["ivanov"]
    assert own["kim"].startswith("ko|김철수 (연도 미상)")
    assert own["roe"] == entries(make("en"))["roe"]
    assert own["odd"] == entries(make("en"))["odd"]
    assert "(n.d.)" in own["unsaid"]


def test_all_works_have_the_terms_of_the_edition_by_default(make: Make) -> None:
    english, russian = entries(make("en")), entries(make("ru"))
    assert "(ed.)" in english["ivanov"]
    assert "(n.d.)" in english["kim"]
    assert "(ред.)" in russian["roe"]
    assert not any("|" in text for text in (english | russian).values())


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["odd", "roe", "unsaid", "ivanov", "kim"]),
        ("ru", ["ivanov", "odd", "roe", "unsaid", "kim"]),
        ("ko", ["kim", "odd", "roe", "unsaid", "ivanov"]),
    ],
)
def test_works_in_the_script_of_the_language_come_first(
    make: Make, language: str, order: list[str]
) -> None:
    assert list(entries(make(language))) == order
    assert list(entries(make(language, "work"))) == order


def test_a_list_whose_works_have_numbers_is_left_in_its_order(make: Make) -> None:
    assert list(entries(make("ru", style=NUMBERED))) == list(entries(make("en", style=NUMBERED)))


def test_a_work_runs_as_its_first_letter_does(make: Make) -> None:
    html = make("ar").chapters[-1].html
    assert len(re.findall(r'<div id="ref-\w+"[^>]* dir="ltr"', html)) == len(json.loads(WORKS))
    assert 'dir="ltr"' not in make("en").chapters[-1].html


@pytest.mark.parametrize(
    ("around", "words", "run"),
    [
        ("rtl", "(Doe 2020, 3)", "ltr"),
        ("rtl", "(انظر Doe 2020)", ""),
        ("rtl", "(2020)", ""),
        ("ltr", "(כהן 2020)", "rtl"),
        ("ltr", "(Doe 2020)", ""),
    ],
)
def test_a_citation_runs_as_all_its_letters_do(around: str, words: str, run: str) -> None:
    cite = {"t": "Cite", "c": [[], [{"t": "Str", "c": words}]]}
    found = directing(around, lambda _: "")(cite)
    assert found == ({"t": "Span", "c": [["", [], [["dir", run]]], [cite]]} if run else None)


def test_an_address_runs_from_left_to_right() -> None:
    link = {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "https://a/"}], ["https://a/", ""]]}
    found = directing("rtl", lambda _: "")(link)
    assert found is not None
    assert found["c"][0] == ["", [], [["dir", "ltr"]]]
