"""`publish update`: minor changes, what is taken back, and catalogues by chapter."""

from __future__ import annotations

import difflib
import json
import shutil
import zlib
from pathlib import Path

import pytest

from publications import ARTICLE, CATALOGUE, METADATA, append, made, replace, told, translate, write
from publish import artefacts, catalogues, cli
from publish.catalogues import Catalogue
from publish.catalogues.reviews import State
from publish.pipeline import keeping, preparing, undoing
from publish.problems import PublishError
from publish.project import Project

FORMER = "translations/.former"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("model") / "publication", built=False)
    translate("The note itself", "주석은 따로 있다.")(folder)
    translate("A first section", "첫째 절")(folder)
    return folder


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "publication"))


def run(folder: Path, *arguments: str) -> int:
    return cli.main(["--project", str(folder), *arguments])


def korean(folder: Path) -> Catalogue:
    return keeping.read(Project(folder), "ko")


def states(folder: Path) -> dict[str, tuple[str, bool]]:
    return {e.text: (e.translation, e.fuzzy) for e in korean(folder).messages if e.written}


def contents(folder: Path) -> dict[str, bytes]:
    """All catalogues of all editions."""
    paths = sorted(folder.glob("translations/*/LC_MESSAGES/*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


NOTE = "The note itself stands in a paragraph of its own."
MENDED = "The note itself stands in a paragrahp of its own."


# --- Minor changes ------------------------------------------------------------------------------


def test_a_typo_mended_stays_approved_and_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update", "--minor") == 0
    assert states(folder)[MENDED] == ("주석은 따로 있다.", False)
    said = capsys.readouterr()
    assert "a [-paragraph-]{+paragrahp+} of" in said.out
    assert said.out.startswith("manuscript/article.md:7: minor: ")
    assert "1 carried over" in said.err


def test_what_an_update_made_fuzzy_can_still_be_called_minor(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    assert run(folder, "update", "--minor") == 0
    assert "nothing was carried over" in capsys.readouterr().err
    assert run(folder, "update", "--undo") == 0
    assert run(folder, "update", "--minor") == 0
    assert states(folder)[MENDED] == ("주석은 따로 있다.", False)


def test_a_review_holds_for_what_is_minor_and_comes_back_with_it(folder: Path) -> None:
    assert run(folder, "review", "ko", "--as", "approved", "--by", "Park") == 0
    reviews = folder / "translations/ko/reviews.csv"
    before = reviews.read_bytes()
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update", "--minor") == 0
    found = preparing.reviews(Project(folder), "ko")
    assert found.state(korean(folder).by_key[None, MENDED]) is State.APPROVED
    assert run(folder, "update", "--undo") == 0
    assert reviews.read_bytes() == before


def test_a_review_comes_back_with_the_words_that_were_reviewed(folder: Path) -> None:
    assert run(folder, "review", "ko", "--as", "approved", "--by", "Park") == 0
    other = NOTE.replace("itself", "alone")
    replace(ARTICLE, NOTE, other)(folder)
    assert run(folder, "update") == 0
    assert states(folder)[other] == ("주석은 따로 있다.", True)
    replace(ARTICLE, other, NOTE)(folder)
    assert run(folder, "update") == 0
    back = korean(folder).by_key[None, NOTE]
    assert (back.translation, back.fuzzy, back.previous) == ("주석은 따로 있다.", False, None)
    assert preparing.reviews(Project(folder), "ko").state(back) is State.APPROVED


def test_a_review_holds_for_paragraphs_that_were_joined(folder: Path) -> None:
    append(ARTICLE, "\nThe end of it is near.\n\nNobody has seen it yet.\n")(folder)
    assert run(folder, "update") == 0
    translate("The end of it", "끝이 가깝다.")(folder)
    translate("Nobody has", "아무도 보지 못했다.")(folder)
    assert run(folder, "review", "ko", "--as", "approved", "--by", "Park") == 0
    replace(ARTICLE, "near.\n\nNobody", "near.\nNobody")(folder)
    assert run(folder, "update", "--minor") == 0
    joined = korean(folder).by_key[None, "The end of it is near. Nobody has seen it yet."]
    assert preparing.reviews(Project(folder), "ko").state(joined) is State.APPROVED


def test_without_a_word_it_becomes_fuzzy(folder: Path) -> None:
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    assert states(folder)[MENDED] == ("주석은 따로 있다.", True)


@pytest.mark.parametrize("named", ["manuscript/article.md:7", "article.md:8", "A  paragrahp of"])
def test_a_message_can_be_named_by_place_or_words(
    folder: Path, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(ARTICLE, NOTE, MENDED)(folder)
    replace(ARTICLE, "A first section", "The first section")(folder)
    assert run(folder, "update", "ko", "--minor-of", named) == 0
    assert states(folder)[MENDED] == ("주석은 따로 있다.", False)
    assert states(folder)["The first section"] == ("첫째 절", True)
    assert "fuzzy: [-A-]{+The+} first section (ko)" in capsys.readouterr().out


def test_a_name_that_no_message_has_is_told_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update", "--minor-of", "no such words") == 1
    assert [one.code for one in told(capsys.readouterr().err)] == ["message-unknown"]
    assert contents(folder) == before


# --- Diffs stay small ---------------------------------------------------------------------------


def differing(before: bytes, after: bytes) -> list[str]:
    lines = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_change_of_one_paragraph_changes_the_lines_of_its_message_and_a_date(
    folder: Path,
) -> None:
    before = (folder / CATALOGUE).read_bytes()
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    lines = differing(before, (folder / CATALOGUE).read_bytes())
    header = [line for line in lines if line[2:].startswith('"')]
    assert {line[3:].partition(":")[0] for line in header} <= {
        "POT-Creation-Date", "X-Publish-Source", "X-Publish-Complete",
    }  # fmt: skip
    assert sorted(line for line in lines if line not in header) == [
        "+ #, fuzzy, markdown-text, no-wrap",
        f'+ #| msgid "{NOTE}"',
        f'+ msgid "{MENDED}"',
        "- #, markdown-text, no-wrap",
        f'- msgid "{NOTE}"',
    ]


@pytest.mark.parametrize("command", ["update", "extract"])
def test_said_again_it_touches_nothing(folder: Path, command: str) -> None:
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    times = {path: path.stat().st_mtime_ns for path in (folder / "translations").rglob("*")}
    assert run(folder, command) == 0
    now = {path: path.stat().st_mtime_ns for path in (folder / "translations").rglob("*")}
    assert now == times


def test_places_are_the_same_from_wherever_it_is_called(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(ARTICLE, "\nOne more.\n")(folder)
    monkeypatch.chdir(folder.parent)
    assert cli.main(["--project", folder.name, "update"]) == 0
    places = {reference for entry in korean(folder).messages for reference in entry.references}
    assert places
    assert all(place.startswith("manuscript/") for place in places)


def test_what_publish_does_not_know_is_kept(folder: Path) -> None:
    text = (folder / CATALOGUE).read_text("utf-8")
    text = text.replace('"X-Generator', '"X-Poedit-Bookmarks: 1,2\\n"\n"X-Generator')
    text = text.replace("#, markdown-text, no-wrap\nmsgid", "#, x-kips, no-wrap\nmsgid", 1)
    (folder / CATALOGUE).write_text("# Kim Ha-na, 2026.\n" + text, "utf-8")
    append(ARTICLE, "\nOne more.\n")(folder)
    assert run(folder, "update") == 0
    after = korean(folder)
    assert after.header.comments == ("Kim Ha-na, 2026.",)
    assert after.fields["X-Poedit-Bookmarks"] == "1,2"
    assert "x-kips" in after.messages[0].flags


# --- Taking back --------------------------------------------------------------------------------


def test_what_an_update_overwrote_comes_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "add", "fr") == 0
    before = contents(folder)
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    assert contents(folder) != before
    shutil.rmtree(folder / "build", ignore_errors=True)
    capsys.readouterr()
    assert run(folder, "update", "--undo") == 0
    assert contents(folder) == before
    said = capsys.readouterr()
    assert "ko: 1 messages" in said.out
    assert "taken back: publish update" in said.err
    assert run(folder, "update", "--undo") == 1
    assert [one.code for one in told(capsys.readouterr().err)] == ["undo-nothing"]


@pytest.mark.parametrize("more", [["ko"], ["--minor"], ["--memory", "a.tmx"]])
def test_undo_stands_alone(more: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["update", *more, "--undo"])
    assert ended.value.code == 2


def test_a_review_is_taken_back_as_any_other_command_and_the_help_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    before = contents(folder)
    assert run(folder, "review", "ko", "--as", "approved", "--by", "Park") == 0
    assert run(folder, "update", "--undo") == 0
    assert contents(folder) == before
    assert not (folder / "translations/ko/reviews.csv").exists()
    assert "taken back: publish review ko" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["update", "--help"])
    assert "review" in capsys.readouterr().out


def test_step_by_step_the_former_ones_come_back(folder: Path) -> None:
    known = []
    for text in ("one", "two", "three"):
        known.append(contents(folder))
        append(ARTICLE, f"\nParagraph {text} of the article.\n")(folder)
        assert run(folder, "update") == 0
    for before in reversed(known):
        assert run(folder, "update", "--undo") == 0
        assert contents(folder) == before


def test_an_update_that_changes_nothing_keeps_nothing(folder: Path) -> None:
    assert run(folder, "update") == 0
    assert not (folder / FORMER).exists()


def test_an_import_is_taken_back_and_so_is_a_glossary(folder: Path) -> None:
    before = contents(folder)
    part = (folder / CATALOGUE).read_text("utf-8").replace("첫째 절", "제1절")
    write("part.po", part)(folder)
    assert run(folder, "exchange", "import", str(folder / "part.po"), "--edition", "ko") == 0
    assert states(folder)["A first section"] == ("제1절", False)
    write("glossary.ko.csv", "term,translation,forbidden,note\nnote,주석,,\n")(folder)
    table = folder / "translations/ko/glossary.csv"
    empty = table.read_bytes()
    assert run(folder, "exchange", "import", str(folder / "glossary.ko.csv")) == 0
    assert table.read_bytes() != empty
    assert run(folder, "update", "--undo") == 0
    assert table.read_bytes() == empty
    assert states(folder)["A first section"] == ("제1절", False)
    assert run(folder, "update", "--undo") == 0
    assert contents(folder) == before


def test_work_done_since_is_not_overwritten_but_can_be_moved_away(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(folder)
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    translate("One", "하나")(folder)
    worked = contents(folder)
    assert run(folder, "update", "--undo") == 1
    assert [(t.place, t.code) for t in told(capsys.readouterr().err)] == [
        (CATALOGUE, "undo-changed")
    ]
    assert contents(folder) == worked
    (folder / CATALOGUE).rename(folder / "mine.po")
    assert run(folder, "update", "--undo") == 0
    assert contents(folder) == before


def test_undo_goes_on_where_it_was_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(folder, "add", "fr") == 0
    before = contents(folder)
    replace(ARTICLE, NOTE, MENDED)(folder)
    assert run(folder, "update") == 0
    once = artefacts.write

    def stop(path: Path, data: bytes, shown: str) -> None:
        if "/ko/" in shown:
            raise KeyboardInterrupt
        once(path, data, shown)

    monkeypatch.setattr(artefacts, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        undoing.undo(Project(folder))
    monkeypatch.setattr(artefacts, "write", once)
    assert contents(folder) != before
    assert run(folder, "update", "--undo") == 0
    assert contents(folder) == before


def test_so_much_is_kept_and_no_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "MOST", 3)
    for number in range(5):
        data = b"x" * number
        undoing.keep(Project(folder), "update", {CATALOGUE: undoing.Overwriting(data, b"")})
    assert len(list((folder / FORMER).glob("*.z"))) == 3
    monkeypatch.setattr(undoing, "ROOM", 1)
    undoing.keep(Project(folder), "update", {CATALOGUE: undoing.Overwriting(b"y", b"")})
    assert len(list((folder / FORMER).glob("*.z"))) == 1
    assert (folder / FORMER / ".gitignore").read_text().endswith("*\n")


@pytest.mark.parametrize(
    "name",
    ["../outside.po", "manuscript/article.md", "translations/../LC_MESSAGES/x.po", "/etc/passwd"],
)
def test_a_strangers_step_writes_nothing_but_catalogues(folder: Path, name: str) -> None:
    said = {"command": "update", "before": {name: "evil"}, "after": {name: [""]}}
    write(f"{FORMER}/000009-abc.z", zlib.compress(json.dumps(said).encode()))(folder)
    write(f"{FORMER}/000010-abc.z", b"no archive")(folder)
    article = (folder / ARTICLE).read_bytes()
    assert run(folder, "update", "--undo") == 1
    assert (folder / ARTICLE).read_bytes() == article
    assert not (folder.parent / "outside.po").exists()
    assert not (folder / "LC_MESSAGES").exists()


def test_a_catalogue_saved_meanwhile_is_not_overwritten(folder: Path) -> None:
    project = Project(folder)
    before = keeping.read(project, "ko")
    translate("One", "하나")(folder)
    saved = contents(folder)
    change = keeping.Change(before, before.with_translation((None, "Two"), "둘"))
    with pytest.raises(PublishError) as caught:
        keeping.write(project, "update", [(change, keeping.where_it_is(before))])
    assert [problem.code for problem in caught.value.problems] == ["catalogue-changed"]
    assert contents(folder) == saved
    assert not (folder / FORMER).exists()


# --- One catalogue, or one a chapter ------------------------------------------------------------

SECOND = "manuscript/second.md"
CHAPTERS = append(METADATA, "catalogues: chapters\n")


@pytest.fixture
def book(folder: Path) -> Path:
    """A publication of two chapters with all that a catalogue can hold, in one file."""
    write(SECOND, "# Another chapter\n\nIts first paragraph is about treaties and states.\n\nIts "
          "second paragraph is about quite another thing.\n\nOne\n")(folder)  # fmt: skip
    append(ARTICLE, "\nThis paragraph will vanish from the article, and be remembered.\n")(folder)
    assert run(folder, "update") == 0
    translate("Its first paragraph", "첫 문단은 조약과 국가에 관한 것이다.")(folder)
    translate("Its second paragraph", "둘째 문단.")(folder)
    translate("This paragraph will", "이 문단은 사라진다.")(folder)
    text = (folder / CATALOGUE).read_text("utf-8")
    text = text.replace("#. Another chapter › paragraph 1\n", "# a translator's remark\n#. Another")
    (folder / CATALOGUE).write_text(text, "utf-8")
    replace(SECOND, "treaties and states", "treaties and of states")(folder)
    replace(ARTICLE, "\nThis paragraph will vanish from the article, and be remembered.\n", "")(
        folder
    )
    assert run(folder, "update") == 0
    found = korean(folder)
    assert any(entry.fuzzy and entry.previous for entry in found.messages)
    assert found.obsolete
    return folder


def said(catalogue: Catalogue) -> set[catalogues.Entry]:
    return {*catalogue.entries}


def test_changing_ones_mind_loses_nothing_in_either_direction(book: Path) -> None:
    one, before = korean(book), contents(book)
    CHAPTERS(book)
    assert run(book, "update") == 0
    assert sorted(contents(book)) == [
        f"translations/ko/LC_MESSAGES/{name}.po" for name in ("article", "manuscript", "second")
    ]
    assert said(korean(book)) == said(one)
    second = catalogues.parse((book / "translations/ko/LC_MESSAGES/second.po").read_bytes())
    assert [e.text for e in second.messages][:1] == ["Another chapter"]
    assert all(r.startswith(SECOND) for e in second.messages for r in e.references[:1])
    assert second.fields["Language"] == "ko"
    replace(METADATA, "catalogues: chapters\n", "")(book)
    assert run(book, "update") == 0
    assert said(korean(book)) == said(one)
    assert sorted(contents(book)) == sorted(before)
    assert sorted(p.name for p in (book / "translations").glob("*.pot")) == ["manuscript.pot"]


def test_templates_stand_beside_catalogues_by_chapter(book: Path) -> None:
    CHAPTERS(book)
    assert run(book, "extract") == 0
    names = {path.name: path for path in (book / "translations").glob("*.pot")}
    assert sorted(names) == ["article.pot", "manuscript.pot", "second.pot"]
    times = {name: path.stat().st_mtime_ns for name, path in names.items()}
    append(SECOND, "\nOne thing more.\n")(book)
    assert run(book, "extract") == 0
    changed = {name for name, path in names.items() if path.stat().st_mtime_ns != times[name]}
    assert changed == {"second.pot"}


def test_an_edition_begins_with_a_catalogue_a_chapter(book: Path) -> None:
    CHAPTERS(book)
    assert run(book, "add", "fr") == 0
    found = contents(book)
    assert {f"translations/fr/LC_MESSAGES/{n}.po" for n in ("article", "manuscript", "second")} < {
        *found
    }
    before = found
    assert run(book, "update", "fr") == 0
    assert contents(book) == before


def test_only_the_files_of_chapters_that_changed_are_written(book: Path) -> None:
    CHAPTERS(book)
    assert run(book, "update") == 0
    before = contents(book)
    append(SECOND, "\nOne thing more.\n")(book)
    assert run(book, "update") == 0
    after = contents(book)
    changed = [name for name in before if after[name] != before[name]]
    assert changed == ["translations/ko/LC_MESSAGES/second.po"]


def test_a_paragraph_that_goes_to_another_chapter_takes_its_translation_along(book: Path) -> None:
    CHAPTERS(book)
    assert run(book, "update") == 0
    text = "Its second paragraph is about quite another thing.\n"
    replace(SECOND, text, "")(book)
    append(ARTICLE, f"\n{text}")(book)
    assert run(book, "update") == 0
    article = catalogues.parse((book / "translations/ko/LC_MESSAGES/article.po").read_bytes())
    assert article.by_key[None, text.strip()].translation == "둘째 문단."
    assert not any(e.text == text.strip() for e in korean(book).obsolete)


def test_every_command_works_with_catalogues_by_chapter(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translate("Its second paragraph", "둘째 [^1] 문단.")(book)
    CHAPTERS(book)
    assert run(book, "update") == 0
    capsys.readouterr()
    assert run(book, "check", "-l", "ko") == 1
    places = [t.place for t in told(capsys.readouterr().err) if t.code == "translation-invented"]
    line = korean(book).by_key[None, "Its second paragraph is about quite another thing."].line
    assert places == [f"translations/ko/LC_MESSAGES/second.po:{line}"]
    assert run(book, "status") == 0
    out = book / "out.po"
    assert run(book, "exchange", "export", "ko", "--as", "po", "-o", str(out)) == 0
    out.write_text(out.read_text("utf-8").replace("둘째 [^1] 문단.", "두 번째 문단."), "utf-8")
    before = contents(book)
    assert run(book, "exchange", "import", str(out)) == 0
    after = contents(book)
    assert [n for n in before if after[n] != before[n]] == ["translations/ko/LC_MESSAGES/second.po"]
    assert run(book, "build", "-f", "html", "-l", "ko") == 0
    page = (book / "build/ko").glob("*.html").__next__().read_text("utf-8")
    assert "두 번째 문단." in page
    translate_in(book, "두 번째", "세 번째")
    assert run(book, "build", "-f", "html", "-l", "ko") == 0
    assert "세 번째" in (book / "build/ko").glob("*.html").__next__().read_text("utf-8")


def translate_in(folder: Path, old: str, new: str) -> None:
    replace("translations/ko/LC_MESSAGES/second.po", old, new)(folder)


def test_stopped_between_two_files_no_message_is_in_none(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = said(korean(book))
    CHAPTERS(book)
    once = artefacts.write
    for stop_at in range(4):
        count = 0

        def write_some(path: Path, data: bytes, shown: str, stop_at: int = stop_at) -> None:
            nonlocal count
            if shown.endswith(".po"):
                if count == stop_at:
                    raise KeyboardInterrupt
                count += 1
            once(path, data, shown)

        monkeypatch.setattr(artefacts, "write", write_some)
        with pytest.raises(KeyboardInterrupt):
            run(book, "update")
        assert said(korean(book)) >= one
    monkeypatch.setattr(artefacts, "write", once)
    assert run(book, "update") == 0
    assert said(korean(book)) == one


def test_a_copy_of_a_catalogue_beside_it_does_no_harm_until_it_says_something_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = folder / "translations/ko/LC_MESSAGES/copy.po"
    shutil.copy(folder / CATALOGUE, copy)
    assert run(folder, "check", "-l", "ko") == 0
    copy.write_text(copy.read_text("utf-8").replace("첫째 절", "제1절"), "utf-8")
    capsys.readouterr()
    assert run(folder, "check", "-l", "ko") == 1
    (problem,) = told(capsys.readouterr().err)
    assert problem.code == "catalogue-duplicate"
    assert problem.place.startswith("translations/ko/LC_MESSAGES/copy.po:")
    assert "translations/ko/LC_MESSAGES/manuscript.po:" in problem.what
