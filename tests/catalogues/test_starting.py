"""A template and a language's first catalogue are what gettext's own tools would make."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from publish import catalogues
from publish.catalogues import Catalogue, Entry

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=9)))
ENTRIES = [
    Entry("A paragraph\n", extracted=("§ 1",), references=("a.md:1",), flags=("markdown-text",)),
    Entry("Notes", references=("a.md:3",)),
    Entry("Notes", extracted=("again",), references=("b.md:9",)),
    Entry("Notes", context="verb"),
]


@pytest.fixture
def template() -> Catalogue:
    return catalogues.template(ENTRIES, "treaty", "1.0", NOW)


@pytest.fixture
def korean(template: Catalogue) -> Catalogue:
    return catalogues.new(
        "ko", template, plural_forms="nplurals=1; plural=0;", date=NOW, translator="김 <k@x.org>"
    )


def test_a_message_that_comes_twice_is_one_with_both_places(template: Catalogue) -> None:
    assert [entry.key for entry in template.entries] == [
        (None, "A paragraph\n"),
        (None, "Notes"),
        ("verb", "Notes"),
    ]
    assert template.entries[1].references == ("a.md:3", "b.md:9")
    assert template.entries[1].extracted == ("again",)


def test_a_template_says_which_source_it_stands_on(template: Catalogue) -> None:
    assert template.fields["Project-Id-Version"] == "treaty 1.0"
    assert template.fields["POT-Creation-Date"] == "2026-11-22 09:30+0900"
    assert template.header.fuzzy


def test_a_new_catalogue_has_the_header_of_its_language(korean: Catalogue) -> None:
    assert korean.fields["Language"] == "ko"
    assert korean.fields["Plural-Forms"] == "nplurals=1; plural=0;"
    assert korean.fields["PO-Revision-Date"] == "2026-11-22 09:30+0900"
    assert not korean.header.fuzzy
    assert not any(entry.written for entry in korean.entries)


def test_a_language_tag_is_written_as_gettext_writes_it(template: Catalogue) -> None:
    catalogue = catalogues.new("pt-BR", template, plural_forms="nplurals=2; plural=n>1;", date=NOW)
    assert catalogue.fields["Language"] == "pt_BR"


def test_what_is_written_is_read_again(template: Catalogue, korean: Catalogue) -> None:
    for catalogue in (template, korean):
        read = catalogues.parse(catalogues.serialise(catalogue))
        assert (read.header, read.entries) == (catalogue.header, catalogue.entries)


def test_paragraphs_are_not_wrapped(template: Catalogue) -> None:
    long = catalogues.template([Entry("word " * 100)], "treaty", "1.0", NOW.astimezone(UTC))
    assert f'msgid "{"word " * 100}"\nmsgstr ""\n' in catalogues.serialise(long).decode()
    assert 'msgid "A paragraph\\n"\n' in catalogues.serialise(template).decode()


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext")
def test_msgfmt_finds_nothing_to_say(korean: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "ko.po").write_bytes(catalogues.serialise(korean))
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", tmp_path / "ko.po"],
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
