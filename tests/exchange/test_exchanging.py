"""`publish exchange` on a small publication: parts, glossaries, who and when, all or nothing."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from exchange.samples import FORMS, edited
from publish import catalogues, cli
from publish.exchange.plans import Kind
from publish.pipeline.translation import exchanging
from publish.pipeline.translation.exchanging import Manner, Wish
from publish.problems import PublishError
from publish.project import Project

METADATA = "title: A Book\nlanguage: en\ndate: 2026-01-01\nchapters: [one.md]\n"
CATALOGUE = """\
msgid ""
msgstr ""
"Project-Id-Version: P\\n"
"PO-Revision-Date: 2026-01-01 00:00+0000\\n"
"Last-Translator: A\\n"
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. paragraph 1
#: manuscript/one.md:1
msgid "One *thing*. Two."
msgstr "Ein *Ding*. Zwei."

#. paragraph 2
#: manuscript/two.md:1
#, fuzzy
msgid "Three."
msgstr "Drei."

#. paragraph 3
#: manuscript/two.md:3
msgid "Four."
msgstr ""
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    found = Project(tmp_path / "book")
    for path, text in {
        found.manuscript / "metadata.yaml": METADATA,
        found.manuscript / "one.md": "One *thing*. Two.\n",
        found.catalogue("de"): CATALOGUE,
        found.translations
        / "de"
        / "glossary.csv": "term,translation,forbidden,note\nthing,Ding,,\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return found


def sent(project: Project, form: str, **wish: object) -> bytes:
    return exchanging.export(project, "de", Wish(form, **wish))  # type: ignore[arg-type]  # as given


def back(
    project: Project, data: bytes, name: str = "file", **manner: object
) -> exchanging.Imported:
    path = project.root / name
    path.write_bytes(data)
    return exchanging.import_(project, path, Manner(**manner))  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize("form", FORMS)
def test_unchanged_changes_no_byte(form: str, project: Project) -> None:
    done = back(project, sent(project, form))
    assert not done.written
    assert project.catalogue("de").read_text("utf-8") == CATALOGUE


@pytest.mark.parametrize("form", FORMS)
def test_changed_is_written_with_who_and_when(form: str, project: Project) -> None:
    data = edited(form, sent(project, form), "Ding", "Teil")
    dry = back(project, data, by="Eva <e@x.example>", dry_run=True)
    assert dry.plan is not None
    assert [change.kind for change in dry.plan.changes] == [Kind.CHANGED]
    assert project.catalogue("de").read_text("utf-8") == CATALOGUE
    assert back(project, data, by="Eva <e@x.example>").written
    after = catalogues.parse(project.catalogue("de").read_bytes())
    assert after.messages[0].translation == "Ein *Teil*. Zwei."
    assert after.fields["Last-Translator"] == "Eva <e@x.example>"
    assert after.fields["PO-Revision-Date"] > "2026-01-02"


@pytest.mark.parametrize(
    ("wish", "texts"),
    [
        ({"fuzzy": True}, ["Three."]),
        ({"chapter": "two"}, ["Three.", "Four."]),
        ({"chapter": "two.md", "fuzzy": True}, ["Three."]),
        ({"chapter": "manuscript/one.md"}, ["One *thing*. Two."]),
    ],
)
def test_parts(wish: dict[str, object], texts: list[str], project: Project) -> None:
    part = catalogues.parse(sent(project, "po", **wish))
    assert [entry.text for entry in part.messages] == texts
    assert part.fields["X-Publish-Edition"] == "de"


def test_what_is_new_since_a_date(project: Project) -> None:
    template = catalogues.parse(CATALOGUE)
    before = catalogues.serialise(template).replace(b"Four.", b"Fore.")
    git(project, "init", "-q")
    for day, data in (("2026-01-01", before), ("2026-03-01", CATALOGUE.encode())):
        project.template.write_bytes(data)
        git(project, "add", "-A")
        git(project, "commit", "-qm", day, day=day)
    part = catalogues.parse(sent(project, "po", since="2026-02-01"))
    assert [entry.text for entry in part.messages] == ["Four."]
    with pytest.raises(PublishError, match="exchange-nothing"):
        sent(project, "po", since="2026-04-01")
    with pytest.raises(PublishError, match="exchange-history"):
        sent(project, "po", since="2025-01-01")
    assert sent(project, "po", since="1 Feb 2026") == sent(project, "po", since="2026-02-01")
    for since in ("blah", "32.13.2099", "2026-13-45", "2026-02-30"):
        with pytest.raises(PublishError, match="exchange-date"):
            sent(project, "po", since=since)


def git(project: Project, *arguments: str, day: str = "2026-01-01") -> None:
    names = {
        f"GIT_{who}_{what}": "a@x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    dates = {f"GIT_{who}_DATE": f"{day}T00:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", *arguments], cwd=project.root, check=True, env=os.environ | names | dates
    )


@pytest.mark.parametrize(
    ("form", "wish", "code"),
    [
        ("po", {"chapter": "three"}, "exchange-chapter"),
        ("po", {"chapter": "one", "fuzzy": True}, "exchange-nothing"),
        ("po", {"since": "--output=x"}, "exchange-history"),
        ("tmx", {"fuzzy": True}, "exchange-nothing"),
        ("tmx", {"chapter": "two"}, "exchange-nothing"),
        ("csv", {"fuzzy": True}, "exchange-part"),
        ("csv", {"chapter": "one"}, "exchange-part"),
        ("csv", {"since": "2026-01-01"}, "exchange-part"),
    ],
)
def test_what_cannot_be_sent(
    form: str, wish: dict[str, object], code: str, project: Project
) -> None:
    with pytest.raises(PublishError, match=code) as caught:
        sent(project, form, **wish)
    assert caught.value.problems[0].hint.endswith(".")


def test_the_memory_of_another_tool_is_shown_its_way(project: Project) -> None:
    data = re.sub(rb' tuid="[^"]*"', b"", sent(project, "tmx"))
    with pytest.raises(PublishError, match=r"exchange-memory[^$]*--memory"):
        back(project, data)


def test_a_glossary_comes_back(project: Project) -> None:
    data = sent(project, "csv")
    assert not back(project, data, "glossary.de.csv").written
    done = back(project, data + b"law,Recht,,\r\n", "glossary.de.csv")
    assert [term.term for term in done.terms] == ["law"]
    text = (project.translations / "de" / "glossary.csv").read_text("utf-8")
    assert text == "term,translation,forbidden,note\nthing,Ding,,\nlaw,Recht,,\n"


@pytest.mark.parametrize("form", [form for form in FORMS if form != "tmx"])
@pytest.mark.parametrize(
    ("here", "who", "allowed"),
    [
        ("", "Eva", True),
        ("", "Ann", False),  # who was sent the same file
        ("Dinglein", "Eva", False),  # and here the editor has worked on it since
    ],
)
def test_what_is_delivered_twice_is_at_odds_with_others_only(
    form: str, here: str, who: str, project: Project, *, allowed: bool
) -> None:
    out, path = sent(project, form), project.catalogue("de")
    first = edited(form, out, "Ding", "Teil")
    assert back(project, first, by="Eva").written
    path.write_text(path.read_text("utf-8").replace("Teil", here or "Teil"), "utf-8")
    again = edited(form, edited(form, out, "Ding", "Stein"), "Drei", "Vier")
    if allowed:
        assert back(project, again, by=who).written
        assert "Ein *Stein*" in path.read_text("utf-8")
        assert not back(project, out, by=who).written  # nothing in it was changed out there
        return
    with pytest.raises(PublishError, match="exchange-conflict"):
        back(project, again, by=who)


def test_another_export_is_another_delivery(project: Project) -> None:
    whole, part = sent(project, "docx"), sent(project, "docx", chapter="one")
    assert back(project, edited("docx", whole, "Ding", "Teil"), by="Eva").written
    with pytest.raises(PublishError, match="exchange-conflict"):
        back(project, edited("docx", part, "Ding", "Stein"), by="Eva")


HEAD = "term,translation,forbidden,note\n"
BARE = re.compile(rb"(?:,sent|,t[0-9a-f]{12})$", re.MULTILINE)


@pytest.mark.parametrize(
    ("bare", "out", "here", "after"),
    [
        (False, "thing,Teil,,\n", "thing,Ding,,\nlaw,Recht,,\n", "thing,Teil,,\nlaw,Recht,,\n"),
        (False, "", "thing,Ding,,\n", "thing,Ding,,\n"),
        (False, "thing,Ding,,\n", "thing,Sache,,\n", "thing,Sache,,\n"),
        (False, "thing,Ding,,\n", "law,Recht,,\n", "law,Recht,,\n"),
        (False, "thing,Teil,,\n", "thing,Teil,,\n", "thing,Teil,,\n"),
        (False, "thing,Teil,,\n", "thing,Sache,,\n", None),
        (False, "thing,Ding,,\nlaw,Gesetz,,,\n", "thing,Ding,,\nlaw,Recht,,\n", None),
        (True, "thing,Teil,,\n", "law,Recht,,n\nthing,Ding,,\n", "law,Recht,,n\nthing,Teil,,\n"),
        (True, "law,Recht,,\n", "thing,Ding,x,n\n", "thing,Ding,x,n\nlaw,Recht,,\n"),
    ],
)
def test_a_glossary_changes_what_was_changed_in_it(
    project: Project, out: str, here: str, after: str | None, *, bare: bool
) -> None:
    """What was changed out there, and here meanwhile; what is here alone stays, and is named."""
    _, row = sent(project, "csv").splitlines(keepends=True)
    data = HEAD.replace("\n", ",sent\n").encode() + out.encode()
    for word in (b"Ding", b"Teil"):
        data = data.replace(b"thing,%s,,\n" % word, row.replace(b"Ding", word))
    path = project.glossary("de")
    path.write_text(HEAD + here, "utf-8")
    if after is None:
        with pytest.raises(PublishError, match="exchange-conflict"):
            back(project, data, "g.de.csv")
        assert not back(project, data, "g.de.csv", prefer="catalogue").written
        assert back(project, data, "g.de.csv", prefer="file").written
        return
    done = back(project, BARE.sub(b"", data) if bare else data, "g.de.csv")
    assert path.read_text("utf-8") == HEAD + after
    unlisted = {row.split(",")[0] for row in here.splitlines() if row[:3] not in out}
    assert [one.code for one in done.told] == ["glossary-unlisted"] * bool(unlisted)
    assert all(term in one.message for one in done.told for term in unlisted)


def test_a_glossary_that_says_not_whose_it_is(project: Project) -> None:
    data = sent(project, "csv")
    with pytest.raises(PublishError, match="exchange-edition"):
        back(project, data, "terms.csv")
    assert not back(project, data, "terms.csv", edition="de").written


def test_an_edition_that_is_not_there(project: Project) -> None:
    data = sent(project, "po").replace(b"X-Publish-Edition: de", b"X-Publish-Edition: ../x")
    with pytest.raises(PublishError, match="exchange-edition"):
        back(project, data)


def test_a_file_that_is_not_there(project: Project) -> None:
    with pytest.raises(PublishError, match="exchange-unreadable"):
        exchanging.import_(project, project.root / "no.xlf")


def test_one_fault_keeps_all_out(project: Project) -> None:
    data = edited("po", sent(project, "po"), "Drei", "Vier")
    data = data.replace(b"Ein *Ding*", b"Ein [*Ding*](http://evil.example)")
    with pytest.raises(PublishError, match="translation-invented"):
        back(project, data)
    assert project.catalogue("de").read_text("utf-8") == CATALOGUE


def exported(project: Project, form: str, name: str) -> int:
    words = ("exchange", "export", "de", "--as", form, "-o", str(project.root / name))
    return cli.main(["--project", str(project.root), *words])


@pytest.mark.parametrize(
    ("name", "spoil", "status"),
    [
        ("a.xlf", "", 0),  # nobody has touched it
        ("a.xlf", "work", 1),
        ("manuscript/one.md", "", 1),
    ],
)
def test_an_export_replaces_nobodys_work(
    name: str, spoil: str, status: int, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(project, "xliff", "a.xlf") == 0
    path = project.root / name
    path.write_text(path.read_text("utf-8") + spoil, "utf-8")
    had = path.read_bytes()
    assert exported(project, "xliff1", name) == status
    assert (path.read_bytes() == had) is bool(status)
    assert ("exchange-exists" in capsys.readouterr().err) is bool(status)


def test_a_waiver_counts_when_it_comes_and_stays(project: Project) -> None:
    """So does one beside words that were wrong here before: nobody is asked for them again."""
    path = project.catalogue("de")
    for now, then in (("Three.", "3,000 men."), ("Drei.", "3.000 Mann."), ("#, fuzzy\n", "")):
        path.write_text(path.read_text("utf-8").replace(now, then), "utf-8")
    data = sent(project, "po").replace(b"3.000 Mann", b"4.000 Mann")
    with pytest.raises(PublishError, match="translation-number"):
        back(project, data)
    waiver = "# publish: allow translation-number: so gemeint"
    data = data.replace(b"#. paragraph 2", f"{waiver}\n#. paragraph 2".encode())
    assert back(project, data).written
    assert waiver in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(waiver + "\n", ""), "utf-8")
    asked = sent(project, "po").replace(b"#. paragraph 2", b"# Gut?\n#. paragraph 2")
    assert back(project, asked).written  # the wrong number was here already


def test_names_of_files(project: Project) -> None:
    assert (
        exchanging.name(project, "ko+kips", Wish("xliff", chapter="a/two.md"))
        == "book-two.ko+kips.xlf"
    )
    assert exchanging.name(project, "de", Wish("csv")) == "glossary.de.csv"
