"""A file is written whole or not at all, and only if there is something to say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publish import catalogues
from publish.catalogues import Catalogue
from publish.problems import PublishError

TEXT = """\
msgid ""
msgstr ""
"POT-Creation-Date: 2026-01-01 10:00+0000\\n"
"PO-Revision-Date: 2026-02-01 10:00+0900\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "a"
msgstr "b"
"""


@pytest.fixture
def catalogue() -> Catalogue:
    return catalogues.parse(TEXT)


def test_a_new_file_gets_its_folder(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "ko" / "LC_MESSAGES" / "manuscript.po"
    assert catalogues.write(catalogue, path)
    assert path.read_text() == TEXT


def test_nothing_is_written_if_nothing_changed(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "ko.po"
    path.write_text(TEXT)
    os.utime(path, (1, 1))
    assert not catalogues.write(catalogue, path)
    assert path.stat().st_mtime == 1


def test_nothing_is_written_if_only_dates_changed(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "ko.po"
    path.write_text(TEXT)
    later = catalogue.with_field("POT-Creation-Date", "2027-01-01 10:00+0000")
    assert not catalogues.write(later, path)
    assert catalogues.write(later.with_translation((None, "a"), "c"), path)
    assert path.read_text() == TEXT.replace("2026-01", "2027-01").replace('"b"', '"c"')


def test_a_field_of_the_header_changes_alone(catalogue: Catalogue) -> None:
    changed = catalogue.with_field("PO-Revision-Date", "today").with_field("X-New", "1")
    assert changed.fields["PO-Revision-Date"] == "today"
    assert list(changed.fields)[-1] == "X-New"
    odd = catalogue.with_field("POT-Creation-Date", 'a "date"\n\\')
    assert catalogues.parse(catalogues.serialise(odd)).fields == odd.fields


def test_a_link_stays_a_link_and_permissions_stay(tmp_path: Path, catalogue: Catalogue) -> None:
    path, link = tmp_path / "ko.po", tmp_path / "link.po"
    path.write_text("")
    path.chmod(0o640)
    link.symlink_to(path)
    catalogues.write(catalogue, link)
    assert link.is_symlink()
    assert path.read_text() == TEXT
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_a_problem_and_leaves_no_trace(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError) as caught:
        catalogues.write(catalogue, tmp_path / "file" / "ko.po")
    assert caught.value.problems[0].code == "catalogue-unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_write_that_is_interrupted_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ko.po"
    path.write_text("old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        catalogues.write(catalogue, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
