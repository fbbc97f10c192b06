"""An edition that lags behind its source says so, and one that does not says what it renders."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from publications import (
    ARTICLE,
    CATALOGUE,
    EDITION,
    METADATA,
    append,
    made,
    publish,
    replace,
    write,
)
from publish import project, styles
from publish.editions import Edition
from publish.pipeline.editing import Editing
from publish.problems import PublishError

NEW = "\n\nA paragraph that nobody has translated yet.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A publication with a whole Korean edition of its version 0.1."""
    folder = made(tmp_path / "pub", built=False)
    path = folder / CATALOGUE
    filled = re.sub(
        r'(?<=^msgid ")(.+)"\nmsgstr ""$',
        r'\1"\nmsgstr "\1"',
        path.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    path.write_text(filled, "utf-8")
    return folder


def edition(folder: Path, name: str = "ko") -> Edition:
    with Editing(project.find(folder)) as editing:
        return editing.edition(name)


def revised(folder: Path, *, version: bool = True, update: bool = True) -> Path:
    append(ARTICLE, NEW)(folder)
    if version:
        replace(METADATA, "date: 2026-01-31", "date: 2026-12-24")(folder)
        replace(METADATA, 'version: "0.1"', 'version: "1.1"')(folder)
    if update:
        assert publish("update", cwd=folder).returncode == 0
    return folder


def test_one_that_is_up_to_date_says_which_version_it_renders(folder: Path) -> None:
    found = edition(folder)
    assert found.untranslated == 0
    assert "버전 0.1, 2026년" in found.translation_note.replace("\u00a0", " ")
    assert found.lag_note == ""


@pytest.mark.parametrize("update", [False, True])
def test_one_that_lags_says_from_when_it_is_and_what_there_is(
    folder: Path, *, update: bool
) -> None:
    found = edition(revised(folder, update=update))
    assert "버전 0.1, 2026년 1월 31일" in found.translation_note.replace("\u00a0", " ")
    assert "1.1(2026년 12월 24일)" in found.lag_note.replace("\u00a0", " ")
    assert (found.source_version, str(found.source_date)) == ("0.1", "2026-01-31")
    assert (found.version, str(found.date)) == ("0.1", "2026-01-31")


def test_a_change_without_a_new_version_is_told_too(folder: Path) -> None:
    assert edition(revised(folder, version=False)).lag_note == "그 뒤 영어 원문이 바뀌었다."


def test_the_source_never_lags(folder: Path) -> None:
    assert edition(revised(folder), "en").lag_note == ""


def test_a_first_translation_under_way_is_a_draft_and_does_not_lag(tmp_path: Path) -> None:
    found = edition(revised(made(tmp_path / "pub", built=False)))
    assert found.untranslated > 0
    assert found.lag_note == ""


def test_what_the_edition_says_of_itself_counts(folder: Path) -> None:
    write(EDITION, "source_version: '0.0'\nsource_date: 2025-05-05\n")(folder)
    found = edition(folder)
    assert "버전 0.0, 2025년" in found.translation_note.replace("\u00a0", " ")
    assert "0.1(2026년" in found.lag_note.replace("\u00a0", " ")


def test_all_formats_say_it(folder: Path) -> None:
    revised(folder)
    assert publish("build", "-l", "ko", "-f", "html", cwd=folder).returncode == 0
    (page,) = (path.read_text("utf-8") for path in (folder / "build/ko").glob("*.html"))
    assert page.count("lag-note") >= 2
    shared = styles.read().files
    for template in ("templates/print.html", "templates/epub-title.xhtml"):
        assert "parts.title_block" in shared[template]


@pytest.mark.parametrize("tag", ["en", "ko", "ru", "de"])
def test_the_words_are_there_in_each_language(tag: str) -> None:
    from publish.documents.words import WORDS
    from publish.pipeline.preparing import own_words

    for key in ("source-revised", "source-changed"):
        marks = set(re.findall(r"\{\w+\}", WORDS[key]))
        if found := own_words(tag):
            entry = found.by_key["publish", WORDS[key]]
            assert set(re.findall(r"\{\w+\}", entry.translation)) == marks


def test_status_says_what_came_and_went(folder: Path) -> None:
    publish("update", cwd=folder)
    fresh = json.loads(publish("status", "--json", cwd=folder).stdout)[0]
    assert (fresh["up_to_date"], fresh["source_version"], fresh["words_in"]) == (True, "0.1", 0)
    done = publish("status", "--json", cwd=revised(folder))
    (late,) = json.loads(done.stdout)
    assert (late["up_to_date"], late["source_version"], late["version"]) == (False, "0.1", "1.1")
    assert (late["words_in"], late["words_out"]) == (len(NEW.split()), 0)
    table = publish("status", cwd=folder).stdout
    assert "0.1 of 2026-01-31" in table
    assert f"+{len(NEW.split())}" in table


def test_the_report_needs_nothing_else(folder: Path) -> None:
    assert publish("status", "--html", "report.html", cwd=revised(folder)).returncode == 0
    page = (folder / "report.html").read_text("utf-8")
    assert "Stands on version 0.1 of 2026-01-31" in page
    assert not re.search(r"<script|src=|@import|url\(", page)
    assert publish("status", "--html", "again.html", cwd=folder).returncode == 0
    assert (folder / "again.html").read_text("utf-8") == page


def test_a_date_that_ends_with_a_dot_ends_the_sentence(folder: Path) -> None:
    assert publish("add", "ru", cwd=folder).returncode == 0
    write("translations/ru/edition.yaml", "source_version: '0.0'\nsource_date: 2025-05-05\n")(
        folder
    )
    note = edition(folder, "ru").lag_note
    assert note.endswith("г.")
    assert not note.endswith("..")


def test_a_wrong_translation_is_no_lag(folder: Path) -> None:
    """In a copy for review, which is made of a broken catalogue too."""
    text = (folder / CATALOGUE).read_text("utf-8")
    called = re.search(r'^msgstr ".*\[\^1\].*"$', text, re.MULTILINE)
    assert called
    (folder / CATALOGUE).write_text(text.replace(called[0], 'msgstr "No call."'), "utf-8")
    with Editing(project.find(folder)) as editing:
        assert not editing.order("ko", lenient=True).lagging
        with pytest.raises(PublishError):
            editing.order("ko")
