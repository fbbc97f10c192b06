"""`publish review`, states on their way through other tools, and releases that ask for them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from publish.catalogues.reviews import State, id_of
from publish.cli import main
from publish.exchange.plans import Kind
from publish.pipeline import preparing
from publish.pipeline.editing import Editing
from publish.pipeline.translation import exchanging, reviewing
from publish.pipeline.translation.exchanging import Manner, Wish
from publish.pipeline.translation.reviewing import Verdict
from publish.problems import PublishError
from publish.project import Project

METADATA = "title: A Book\nlanguage: en\ndate: 2026-01-01\nchapters: [one.md]\n"
CATALOGUE = """\
msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. metadata title
#: manuscript/metadata.yaml:1
msgid "A Book"
msgstr "Ein Buch"

#. paragraph 1
#: manuscript/one.md:1
msgid "One *thing* of 12."
msgstr "Ein *Ding* von 12."

#. paragraph 2
#: manuscript/one.md:3
#, fuzzy
msgid "Three."
msgstr "Drei."
"""
THING = (None, "One *thing* of 12.")
APPROVED = Verdict(State.APPROVED, "Eva", "2026-11-22")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path / "book")
    for path, text in {
        found.manuscript / "metadata.yaml": METADATA,
        found.manuscript / "one.md": "One *thing* of 12.\n\nThree.\n",
        found.catalogue("de"): CATALOGUE,
        found.glossary("de"): "term,translation,forbidden,note\nthing,Ding,Dings,\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return found


def state(project: Project) -> State:
    entry = preparing.catalogue(project, "de").by_key[THING]
    return preparing.reviews(project, "de").state(entry)


def sent(project: Project, tmp_path: Path, form: str, *changes: tuple[str, str]) -> Path:
    """A file that was handed out and in which somebody changed this and that."""
    text = exchanging.export(project, "de", Wish(form)).decode()  # type: ignore[arg-type]  # as given
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / f"back.{form}"
    path.write_text(text, "utf-8")
    return path


def test_all_a_chapter_or_one_message(project: Project) -> None:
    done = reviewing.review(project, "de", APPROVED, chapter="one")
    assert [entry.text for entry in done.done] == [THING[1]]
    assert [entry.text for entry in done.passed] == ["Three."]
    waiting = reviewing.awaiting(project, "de")
    assert [each.entry.text for each in waiting] == ["A Book", "Three."]
    assert reviewing.review(project, "de", APPROVED, ["6"]).changed
    assert len(reviewing.awaiting(project, "de")) == 1


@pytest.mark.parametrize(
    "name", ["11", "14", "manuscript.po:13", "one.md:1", "manuscript/one.md:1"]
)
def test_a_message_has_many_names(project: Project, name: str) -> None:
    (named,) = reviewing.awaiting(project, "de", [name])
    assert named.entry.key == THING
    (again,) = reviewing.awaiting(project, "de", [id_of(THING)])
    assert again == named


@pytest.mark.parametrize(
    "name",
    [
        *("1", "10", "21", "99999", "m0123456789abcdef", "two.md:1", "one.md:2", "p0", "p9999"),
        "one.md:" + "1" * 5000,
    ],
)
def test_a_name_of_nothing_is_told(project: Project, name: str) -> None:
    with pytest.raises(PublishError) as caught:
        reviewing.review(project, "de", APPROVED, [name, "8"])
    assert [problem.code for problem in caught.value.problems] == ["review-message"]
    assert not project.reviews("de").exists()


def test_on_the_command_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    here = ["--project", str(project.root), "review", "de"]
    assert main([*here, "--as", "approved"]) == 2
    assert not project.reviews("de").exists()
    assert main([*here, "one.md:1", "--as", "approved", "--by", "Eva"]) == 0
    assert f"manuscript.po:13: approved: {id_of(THING)}: One" in capsys.readouterr().out
    assert main([*here, "one.md:1"]) == 0
    assert "approved by Eva on " in capsys.readouterr().out
    assert main([*here, "--as", "translated"]) == 0
    assert state(project) is State.TRANSLATED


def test_it_survives_msgmerge(project: Project) -> None:
    if not shutil.which("msgmerge"):
        pytest.skip("GNU gettext is not here")
    reviewing.review(project, "de", APPROVED)
    path = project.catalogue("de")
    subprocess.run(["msgmerge", "-q", "-U", path, path], check=True)
    subprocess.run(["msgcat", "--no-wrap", "-s", "-o", path, path], check=True)
    assert state(project) is State.APPROVED


def test_it_survives_other_libraries(project: Project) -> None:
    pofile = pytest.importorskip("translate.storage.pypo")
    reviewing.review(project, "de", APPROVED)
    path = project.catalogue("de")
    store = pofile.pofile.parsefile(str(path))
    store.wrapper.width = 40
    for unit in store.units:
        unit.addnote("seen", origin="translator")
    path.write_bytes(bytes(store))
    assert b"seen" in path.read_bytes()
    assert state(project) is State.APPROVED


@pytest.mark.parametrize("form", ["xliff", "xliff1", "po"])
def test_a_round_trip_leaves_what_was_approved(project: Project, tmp_path: Path, form: str) -> None:
    reviewing.review(project, "de", APPROVED)
    before = project.reviews("de").read_bytes()
    done = exchanging.import_(project, sent(project, tmp_path, form))
    assert (done.written, project.reviews("de").read_bytes()) == (False, before)


@pytest.mark.parametrize(
    ("form", "word", "kind"),
    [
        ("xliff", "reviewed", Kind.REVIEWED),
        ("xliff", "final", Kind.APPROVED),
        ("xliff1", "signed-off", Kind.REVIEWED),
        ("xliff1", "final", Kind.APPROVED),
    ],
)
def test_states_come_back(
    project: Project, tmp_path: Path, form: str, word: str, kind: Kind
) -> None:
    file = sent(project, tmp_path, form, ('state="translated"', f'state="{word}"'))
    done = exchanging.import_(project, file, Manner(by="Kim Ha-na"))
    assert done.plan
    assert {change.kind for change in done.plan.changes} == {kind}
    assert state(project).word == kind
    assert ",Kim Ha-na," in project.reviews("de").read_text("utf-8")
    assert project.catalogue("de").read_text("utf-8") == CATALOGUE


def test_nobody_has_approved_nothing(project: Project, tmp_path: Path) -> None:
    file = sent(project, tmp_path, "xliff", ('state="translated"', 'state="final"'))
    done = exchanging.import_(project, file)
    assert done.plan
    assert [problem.code for problem in done.plan.warnings] == ["exchange-reviewer"]
    assert not done.plan.changes
    assert not project.reviews("de").exists()


@pytest.mark.parametrize(
    ("new", "now"), [("translated", State.TRANSLATED), ("final", State.APPROVED)]
)
def test_taken_back_out_there(project: Project, tmp_path: Path, new: str, now: State) -> None:
    reviewing.review(project, "de", APPROVED)
    file = sent(project, tmp_path, "xliff", ('state="final"', f'state="{new}"'))
    exchanging.import_(project, file, Manner(by="Kim"))
    assert state(project) is now


def test_other_words_are_to_be_reviewed_again(project: Project, tmp_path: Path) -> None:
    reviewing.review(project, "de", APPROVED)
    exchanging.import_(project, sent(project, tmp_path, "xliff", ("Ding", "Dinglein")))
    assert state(project) is State.TRANSLATED


def test_an_import_is_judged_as_the_catalogue_is(project: Project, tmp_path: Path) -> None:
    terms = sent(project, tmp_path, "xliff", ("Ding", "Teil"))
    done = exchanging.import_(project, terms, Manner(dry_run=True))
    assert done.plan
    (warning,) = done.plan.warnings
    assert (warning.code, warning.location.path) == ("glossary-term", "back.xliff")
    numbers = sent(project, tmp_path, "xliff", ("von 12", "von 13"))
    with pytest.raises(PublishError) as caught:
        exchanging.import_(project, numbers)
    assert [problem.code for problem in caught.value.problems] == ["translation-number"]
    assert project.catalogue("de").read_text("utf-8") == CATALOGUE
    assert exchanging.import_(project, numbers, Manner(as_fuzzy=True)).written


def test_a_waiver_holds_at_the_import_too(project: Project, tmp_path: Path) -> None:
    waiver = "# publish: allow translation-number: rounded\n#. paragraph 1"
    project.catalogue("de").write_text(CATALOGUE.replace("#. paragraph 1", waiver), "utf-8")
    done = exchanging.import_(project, sent(project, tmp_path, "xliff", ("von 12", "von 13")))
    assert done.plan
    assert not done.plan.warnings
    assert done.written


def test_a_bad_glossary_is_not_let_in(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "glossary.de.csv"
    file.write_text("term,translation,forbidden,note\nthing,Ding,Ding,\n", "utf-8")
    with pytest.raises(PublishError) as caught:
        exchanging.import_(project, file)
    assert [problem.code for problem in caught.value.problems] == ["glossary-term"]


@pytest.mark.parametrize("asked", ["approved", "{approved: 100}", "reviewed", "translated"])
def test_a_release_asks_for_a_state(project: Project, asked: str) -> None:
    words = CATALOGUE.replace("#, fuzzy\n", "")
    project.catalogue("de").write_text(words, "utf-8")
    project.edition_file("de").write_text(f"release: {asked}\n", "utf-8")
    with Editing(project) as editing:
        if asked != "translated":
            with pytest.raises(PublishError) as caught:
                editing.edition("de", release=True)
            codes = {problem.code for problem in caught.value.problems}
            assert codes == {"edition-unreviewed"}
            assert len(caught.value.problems) == 1 + 3
        reviewing.review(project, "de", APPROVED)
        assert editing.edition("de", release=True).untranslated == 0


def test_a_release_takes_no_other_word(project: Project) -> None:
    project.edition_file("de").write_text("release: liked\n", "utf-8")
    with Editing(project) as editing, pytest.raises(PublishError) as caught:
        editing.edition("de")
    assert [problem.code for problem in caught.value.problems] == ["metadata-value"]
    assert "translated or reviewed or approved" in str(caught.value)
