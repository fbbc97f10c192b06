"""Keywords: in the order of the edition's alphabet, or in the author's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from publish import languages, styles
from publish.documents.pandoc import Pandoc
from publish.editions.keywords import collated
from publish.pipeline.editing import Editing
from publish.project import Project

METADATA = "title: A\nlanguage: de\ndate: 2026-11-22\nkeywords: [Zoo, Ärzte, Apfel]\n"


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de", "Apfel ärmer Ärzte Österreich Zoo"),
        ("sv", "Apfel Zoo Åland Ärzte Österreich"),
        ("ru", "Евразия ёлка ель Япония Apfel"),
        ("en", "apple Zoo Евразия Япония"),
        ("ko", "가족 북한 한국 DNA UN"),
        ("es", "nube ñandú oso"),
    ],
)
def test_each_language_has_its_own_order(tag: str, words: str, pandoc: Pandoc) -> None:
    language = languages.read(tag, styles.DEFAULTS / "languages.toml")
    ordered = words.split()
    for given in (ordered[::-1], sorted(ordered), ordered):
        assert list(collated(given, language, pandoc)) == ordered


def test_words_that_mean_something_to_a_style_stay_as_they_are(pandoc: Pandoc) -> None:
    language = languages.read("en", styles.DEFAULTS / "languages.toml")
    given = ["law & order", "“quotes”", "a <i>b</i>", "law & order", "$x$"]
    assert sorted(collated(given, language, pandoc)) == sorted(given)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("", ("Apfel", "Ärzte", "Zoo")),
        ("keyword_order: language\n", ("Apfel", "Ärzte", "Zoo")),
        ("keyword_order: author\n", ("Zoo", "Ärzte", "Apfel")),
    ],
)
def test_the_author_may_keep_an_order(tmp_path: Path, order: str, words: tuple[str, ...]) -> None:
    folder = tmp_path / "manuscript"
    folder.mkdir()
    (folder / "metadata.yaml").write_text(METADATA + order, "utf-8")
    (folder / "a.md").write_text("Text.\n", "utf-8")
    with Editing(Project(tmp_path)) as editing:
        assert editing.edition("de").keywords == words
