"""A catalogue that an older extractor wrote costs nobody any work."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from publications import ARTICLE, CATALOGUE, append, made
from publish import catalogues, cli
from publish.catalogues import Catalogue
from publish.catalogues.reviews import Reviews, State
from publish.catalogues.reviews import read as read_reviews
from publish.catalogues.reviews import serialise as serialise_reviews
from publish.pipeline.translation import migrating

OLD = Path(__file__).parent / "cases/old/extractor-0.po"
BACK = "A sentence that was taken out[^1] and may *come* back."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The model publication with the old catalogue; its form's notes are `{1}`."""
    monkeypatch.setattr(migrating, "RULES", {0: lambda text: re.sub(r"\{(\d+)\}", r"[^\1]", text)})
    folder = made(tmp_path / "publication", built=False)
    shutil.copy(OLD, folder / CATALOGUE)
    return folder


def update(folder: Path) -> Catalogue:
    assert cli.main(["--project", str(folder), "update", "ko"]) == 0
    return catalogues.parse((folder / CATALOGUE).read_bytes())


def test_all_translations_are_there_as_they_were(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = catalogues.parse(OLD.read_bytes())
    new = update(folder)
    assert "5 are only written otherwise now" in capsys.readouterr().err
    by_words = {words(e.translation): e for e in new.messages if e.context is None and e.written}
    assert by_words.keys() == {words(e.translation) for e in old.messages}
    for entry in old.messages:
        now = by_words[words(entry.translation)]
        assert (now.fuzzy, now.comments) == (entry.fuzzy, entry.comments)
    (fuzzy,) = (entry for entry in new.messages if entry.fuzzy)
    assert fuzzy.previous == catalogues.Previous(None, "A line from one point[^1] to a third")
    assert new.header.comments == old.header.comments
    assert new.fields["X-Extractor"] == f"publish {migrating.FORM}"
    assert "x-kips" in new.by_key[None, "A second section"].flags
    assert cli.main(["--project", str(folder), "check", "-l", "ko"]) == 0


def test_what_is_remembered_comes_back_in_the_new_form(folder: Path) -> None:
    append(ARTICLE, "\nA sentence that was taken out[^x] and may *come* back.\n\n[^x]: X.\n")(
        folder
    )
    found = update(folder).by_key[None, BACK]
    assert (found.translation, found.fuzzy) == ("빠졌지만[^1] _돌아올_ 수 있는 문장.", False)
    assert found.comments == ("remembered",)


def test_once_is_enough_and_it_can_be_taken_back(folder: Path) -> None:
    before = (folder / CATALOGUE).read_bytes()
    update(folder)
    after = (folder / CATALOGUE).read_bytes()
    update(folder)
    assert (folder / CATALOGUE).read_bytes() == after
    assert cli.main(["--project", str(folder), "update", "--undo"]) == 0
    assert (folder / CATALOGUE).read_bytes() == before


def test_without_a_rule_what_reads_the_same_is_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "RULES", {})
    approved = {entry.translation for entry in update(folder).messages if entry.translated}
    assert {"주석은 따로 한 문단을 이룬다.", "둘째 절"} <= approved


def test_reviews_go_along(folder: Path) -> None:
    path = folder / "translations/ko/reviews.csv"
    given = Reviews().given(
        catalogues.parse(OLD.read_bytes()).messages, State.APPROVED, "Park", "2026-01-01"
    )
    path.write_bytes(serialise_reviews(given))
    new = update(folder)
    found = read_reviews(path.read_text("utf-8"), "reviews.csv")
    states = [found.state(e) for e in new.messages if e.context is None and e.translated]
    assert states == [State.APPROVED] * 4


def words(text: str) -> str:
    return re.sub(r"\W+", "", text)
