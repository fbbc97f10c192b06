"""A catalogue read and written unchanged is the same bytes, whoever wrote it.

The files in `cases/` are what msgcat, msgmerge, polib, Babel and translate-toolkit made of one
catalogue; files in the manner of Poedit, Weblate and OmegaT; and one with all that is odd but
allowed.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from publish import catalogues
from publish.catalogues import Catalogue
from publish.catalogues.values import Raw

CASES = sorted((Path(__file__).parent / "cases").glob("*.po"))

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
with_gettext = pytest.mark.skipif(not shutil.which("msgcat"), reason="needs GNU gettext")


def laid_out_anew(catalogue: Catalogue) -> Catalogue:
    entries = tuple(entry._replace(raw=Raw()) for entry in catalogue.entries)
    return catalogue._replace(header=catalogue.header._replace(raw=Raw()), entries=entries)


@every_case
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("eol", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_what_is_unchanged_is_written_back_byte_for_byte(
    case: Path, eol: bytes, bom: bytes
) -> None:
    data = bom + case.read_bytes().replace(b"\n", eol)
    assert catalogues.serialise(catalogues.parse(data)) == data


@every_case
def test_a_layout_of_our_own_says_the_same(case: Path) -> None:
    catalogue = catalogues.parse(case.read_bytes())
    again = catalogues.parse(catalogues.serialise(laid_out_anew(catalogue)))
    assert (again.header, again.entries) == (catalogue.header, catalogue.entries)


@every_case
def test_line_endings_and_bom_mean_nothing(case: Path) -> None:
    data = case.read_bytes()
    other = catalogues.parse(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert other.entries == catalogues.parse(data).entries


@every_case
def test_a_new_translation_changes_no_line_but_its_own(case: Path) -> None:
    catalogue = catalogues.parse(case.read_bytes())
    entry = catalogue.messages[0]
    forms = ("neu",) * max(1, len(entry.translations))
    changed = catalogue.with_translation(entry.key, *forms, fuzzy=entry.fuzzy)
    before, _, behind = case.read_text("utf-8").partition(entry.raw.translation or "?")
    after = catalogues.serialise(changed).decode()
    assert after.startswith(before)
    assert after.endswith(behind)


@with_gettext
@every_case
@pytest.mark.parametrize("option", ["--no-wrap", "--width=40", "--width=79", "--width=200"])
def test_what_msgcat_writes_is_written_back(case: Path, option: str) -> None:
    data = subprocess.run(["msgcat", option, case], capture_output=True, check=True).stdout
    assert catalogues.serialise(catalogues.parse(data)) == data


@with_gettext
@every_case
@pytest.mark.parametrize("option", ["--no-wrap", "--width=79"])
def test_what_is_laid_out_anew_looks_as_msgcat_writes_it(case: Path, option: str) -> None:
    data = subprocess.run(["msgcat", option, case], capture_output=True, check=True).stdout
    _, _, messages = catalogues.serialise(laid_out_anew(catalogues.parse(data))).partition(b"\n\n")
    assert data.endswith(messages)


def test_a_file_that_wraps_is_known_from_one_that_does_not() -> None:
    widths = {case.stem: catalogues.parse(case.read_bytes()).width for case in CASES}
    assert [widths["msgcat"], widths["weblate"], widths["polib"]] == [79] * 3
    assert [widths["msgcat-no-wrap"], widths["omegat"], widths["babel-no-wrap"]] == [None] * 3


def test_the_oddest_file_is_understood() -> None:
    catalogue = catalogues.parse(CASES[0].with_name("odd.po").read_bytes())
    first, second, third, *obsolete = catalogue.entries
    assert first.text == "no blank line before and two strings in a line"
    assert first.references == ("a.md:1", "\u2068a file with spaces.md\u2069:12", "b.md")
    assert first.flags == ("fuzzy", "markdown-text", "no-wrap", "x-foo", "c-format")
    assert first.comments == (" indented remark",)
    assert second.text == "indented, with \a\b\f\v\r, é and A"
    assert third.previous == catalogues.Previous("former", "former context and text")
    assert third.key == ("", "an empty context")
    assert [entry.translations for entry in obsolete] == [(), ("eins", "zwei")]
    assert catalogue.tail.startswith("#, c-format\n\n# the file ends")


def test_a_field_of_the_header_changes_alone() -> None:
    catalogue = catalogues.parse(CASES[0].with_name("msgcat.po").read_bytes())
    changed = catalogue.with_field("PO-Revision-Date", "today").with_field("X-New", "1")
    assert changed.fields["PO-Revision-Date"] == "today"
    assert list(changed.fields)[-1] == "X-New"
    assert {*changed.fields.items()} - {*catalogue.fields.items()} == {
        ("PO-Revision-Date", "today"),
        ("X-New", "1"),
    }
    odd = catalogue.with_field("POT-Creation-Date", 'a "date"\n\\')
    assert catalogues.parse(catalogues.serialise(odd)).fields == odd.fields
