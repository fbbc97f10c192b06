"""Every mistake a person can make: told at its place, with a remedy, and nothing touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from publications import (
    ARTICLE,
    CATALOGUE,
    EDITION,
    FIGURE,
    METADATA,
    REFERENCES,
    Change,
    all_of,
    append,
    copy,
    cut,
    files,
    link,
    made,
    make_folder,
    publish,
    recode,
    remove,
    replace,
    told,
    translate,
    write,
)
from publish import cli
from publish.documents.serving import PandocError

Case = tuple[Change, str]  # what is done, and each problem as “place code”, a line a problem


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication")


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "publication", symlinks=True))


def bomb() -> str:
    names = "abcdefghij"
    lines = ["x: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for one, other in pairwise(names):
        lines.append(f"{other}: &{other} [{', '.join([f'*{one}'] * 9)}]")
    return "\n".join(lines) + "\n"


def chapters(*names: str) -> Change:
    return append(METADATA, "chapters:\n" + "".join(f"  - {name}\n" for name in names))


def bibliography(name: str, text: str) -> Change:
    named = replace(METADATA, "references: references.yaml", f"references: {name}")
    return all_of(write(f"manuscript/{name}", text), named)


def style(text: str) -> Change:
    return all_of(write("manuscript/own.csl", text), append(METADATA, "csl: own.csl\n"))


def picture(name: str) -> Change:
    return replace(ARTICLE, "figures/line.svg", name)


DEPENDENT = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>T</title><id>x</id>
<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>
"""

YAML: Mapping[str, Case] = {
    "a tab": (replace(METADATA, "subtitle:", "\tsubtitle:"), f"{METADATA}:3 metadata-yaml"),
    "bad indentation": (
        replace(METADATA, "    role: aut", "   role: aut"),
        f"{METADATA}:13 metadata-yaml",
    ),
    "an unclosed quotation mark": (
        replace(METADATA, "kind: article  ", "kind: 'article  "),
        f"{METADATA}:7 metadata-yaml",
    ),
    "an unclosed bracket": (append(METADATA, "chapters: [a"), f"{METADATA}:32 metadata-yaml"),
    "a colon in a text": (
        replace(METADATA, "title: A", "title: Note: A"),
        f"{METADATA}:2 metadata-yaml",
    ),
    "a bomb of aliases": (append(METADATA, bomb()), f"{METADATA}:33 metadata-yaml"),
    "an alias of itself": (append(METADATA, "x: &x [*x]\n"), f"{METADATA}:32 metadata-yaml"),
    "brackets without end": (append(METADATA, "[" * 99999), f"{METADATA}:32 metadata-yaml"),
    "a list as a key": (append(METADATA, "? [a, b]\n: c\n"), f"{METADATA}:32 metadata-yaml"),
    "several documents": (append(METADATA, "---\ntitle: B\n"), f"{METADATA}:32 metadata-yaml"),
    "a list on top": (write(METADATA, "- a\n- b\n"), f"{METADATA}:1 metadata-value"),
    "only a word": (write(METADATA, "hello\n"), f"{METADATA}:1 metadata-value"),
    "an empty file": (
        write(METADATA, ""),
        f"{METADATA}:1 metadata-missing\n{METADATA}:1 metadata-missing",
    ),
    "a binary file": (write(METADATA, bytes(range(256))), f"{METADATA}:2 file-encoding"),
    "a NUL by an escape": (
        replace(METADATA, "subtitle: ", 'funding: "a\\u0000b"\nsubtitle: '),
        f"{METADATA}:3 file-character",
    ),
    "a NUL": (replace(METADATA, "subtitle", "subt\0itle"), f"{METADATA}:3 file-character"),
    "a merge conflict": (
        append(METADATA, "<<<<<<< HEAD\nfunding: A\n=======\nfunding: B\n>>>>>>> x\n"),
        f"{METADATA}:32 file-conflict",
    ),
}

KEYS: Mapping[str, Case] = {
    "an unknown key": (replace(METADATA, "subtitle:", "subtitel:"), f"{METADATA}:3 metadata-key"),
    "an unknown key of a person": (
        replace(METADATA, "affiliation", "afiliation"),
        f"{METADATA}:14 metadata-key",
    ),
    "a doubled key": (append(METADATA, "title: Again\n"), f"{METADATA}:32 metadata-key"),
    "a list as title": (
        replace(METADATA, "title: A Publication to Start From", "title: [a]"),
        f"{METADATA}:2 metadata-value",
    ),
    "a text as list": (
        replace(METADATA, "keywords:\n  - example\n  - publication", "keywords: example"),
        f"{METADATA}:21 metadata-value",
    ),
    "a text as organisation": (
        replace(METADATA, "publisher:\n  name: Institute", "publisher: Institute"),
        f"{METADATA}:28 metadata-value",
    ),
    "an unknown kind": (
        replace(METADATA, "kind: article", "kind: novel  "),
        f"{METADATA}:7 metadata-value",
    ),
    "no title": (
        replace(METADATA, "title: A Publication to Start From\n", ""),
        f"{METADATA}:1 metadata-missing",
    ),
    "an empty title": (
        replace(METADATA, "title: A Publication to Start From", "title: '  '"),
        f"{METADATA}:1 metadata-missing",
    ),
    "no date": (replace(METADATA, "date: 2026-01-31\n", ""), f"{METADATA}:1 metadata-missing"),
    "an impossible date": (
        replace(METADATA, "2026-01-31", "2026-02-30"),
        f"{METADATA}:5 metadata-value",
    ),
    "a slug with a line break": (
        append(METADATA, "slug: |\n  my-article\n"),
        f"{METADATA}:32 metadata-value",
    ),
    "a date in words": (
        replace(METADATA, "2026-01-31", "31 January 2026"),
        f"{METADATA}:5 metadata-value",
    ),
    "no name": (
        replace(METADATA, "  - name: Ada Example\n    given", "  - given"),
        f"{METADATA}:10 metadata-missing",
    ),
    "an unknown role": (
        replace(METADATA, "role: aut  ", "role: author"),
        f"{METADATA}:13 metadata-value",
    ),
    "a wrong ORCID": (
        replace(METADATA, "role: aut  ", "orcid: 12-34"),
        f"{METADATA}:13 metadata-value",
    ),
    "an address that acts": (
        append(METADATA, "base_url: javascript:alert(1)\n"),
        f"{METADATA}:32 metadata-value",
    ),
    "a slug that leaves": (
        append(METADATA, "slug: ../../evil\n"),
        f"{METADATA}:32 metadata-value",
    ),
    "an unknown language": (
        replace(METADATA, "language: en", "language: klingon"),
        f"{METADATA}:4 language-unknown",
    ),
    "a language that is a path": (
        replace(METADATA, "language: en", "language: en./../../../escaped"),
        f"{METADATA}:4 language-unknown",
    ),
    "many mistakes at once": (
        all_of(
            replace(METADATA, "2026-01-31", "soon"),
            replace(METADATA, "kind: article", "kind: novel  "),
            replace(METADATA, "role: aut  ", "role: author"),
            append(METADATA, "sulg: x\n"),
        ),
        "\n".join(
            f"{METADATA}:{problem}"
            for problem in (
                "5 metadata-value",
                "7 metadata-value",
                "13 metadata-value",
                "32 metadata-key",
            )
        ),
    ),
}

FILES: Mapping[str, Case] = {
    "a chapter that is not there": (
        chapters("article.md", "nothing.md"),
        f"{METADATA}:34 file-missing",
    ),
    "a chapter that is a folder": (
        all_of(make_folder("manuscript/part.md"), chapters("part.md")),
        f"{METADATA}:33 file-folder",
    ),
    "a chapter above the publication": (
        chapters("../../../etc/passwd.md"),
        f"{METADATA}:33 file-outside",
    ),
    "a chapter from the root": (chapters("/etc/passwd.md"), f"{METADATA}:33 file-outside"),
    "a chapter that links outside": (
        link("manuscript/b.md", "/etc/passwd"),
        "manuscript/b.md file-outside",
    ),
    "chapters that link to each other": (
        all_of(link("manuscript/b.md", "c.md"), link("manuscript/c.md", "b.md")),
        "manuscript/b.md file-missing\nmanuscript/c.md file-missing",
    ),
    "a name no disk can have": (chapters("a" * 300 + ".md"), f"{METADATA}:33 file-missing"),
    "a name with a NUL": (chapters('"a\\0.md"'), f"{METADATA}:33 file-character"),
    "a chapter listed twice": (
        chapters("article.md", "article.md"),
        f"{METADATA}:34 chapter-duplicate",
    ),
    "two chapters of the same name": (
        all_of(
            write("manuscript/one/intro.md", "# One\n\nText.\n"),
            write("manuscript/two/intro.md", "# Two\n\nText.\n"),
            chapters("one/intro.md", "two/intro.md"),
        ),
        f"{METADATA}:34 chapter-duplicate",
    ),
    "a chapter in no known format": (
        all_of(write("manuscript/x.xyz", "text"), chapters("x.xyz")),
        f"{METADATA}:33 manuscript-format",
    ),
    "a figure that is not there": (picture("figures/lien.svg"), f"{ARTICLE}:21 file-missing"),
    "a figure that is a folder": (picture("figures"), f"{ARTICLE}:21 file-folder"),
    "a figure outside": (picture("../../../etc/passwd"), f"{ARTICLE}:21 file-outside"),
    "a figure on the web": (picture("https://example.org/x.png"), f"{ARTICLE}:21 file-outside"),
    "a figure of no name": (picture(""), f"{ARTICLE} file-missing"),
    "a figure that links outside": (link(FIGURE, "/etc/passwd"), f"{FIGURE} file-outside"),
    "a file that nobody writes into": (
        lambda folder: os.mkfifo(folder / "manuscript/notes.txt"),
        "manuscript/notes.txt file-folder",
    ),
    "a file larger than any picture": (
        lambda folder: os.truncate(folder / FIGURE, 2**30),
        f"{FIGURE} file-too-large",
    ),
    "a folder of results that leads out": (
        all_of(remove("build"), link("build", "/etc/fonts")),
        "build file-outside",
    ),
    "a figure in no format for pictures": (picture("article.md"), f"{ARTICLE}:21 figure-format"),
    "a figure that is broken": (
        replace(FIGURE, "</svg>", "</sgv>"),
        f"{FIGURE}:8 figure-syntax",
    ),
    "an SVG that is a PNG": (write(FIGURE, b"\x89PNG\r\n\x1a\n\0"), f"{FIGURE}:1 figure-syntax"),
    "an SVG that is a web page": (write(FIGURE, "<html/>"), f"{FIGURE}:1 figure-syntax"),
    "a PNG that is a text": (
        all_of(write("manuscript/x.png", "hello"), picture("x.png")),
        f"{ARTICLE}:21 figure-syntax",
    ),
    "a bibliography that is not there": (remove(REFERENCES), f"{METADATA}:31 file-missing"),
    "a bibliography that is a folder": (
        make_folder(REFERENCES),
        f"{METADATA}:31 file-folder",
    ),
    "a bibliography in no known format": (
        bibliography("works.txt", "x"),
        f"{METADATA}:31 manuscript-format",
    ),
    "a biography that is not there": (
        replace(METADATA, "bio/author.md", "bio/nobody.md"),
        f"{METADATA}:15 file-missing",
    ),
    "a citation style that is not there": (
        append(METADATA, "csl: own.csl\n"),
        f"{METADATA}:32 file-missing",
    ),
    "a chapter in Latin-1": (
        append(ARTICLE, "\nCafé.\n".encode("latin-1")),
        f"{ARTICLE}:28 file-encoding",
    ),
    "a chapter in UTF-16": (recode(ARTICLE, "utf-16"), f"{ARTICLE}:1 file-encoding"),
    "a chapter in UTF-16 without its mark": (
        recode(ARTICLE, "utf-16-le"),
        f"{ARTICLE}:1 file-character",
    ),
    "a chapter with a NUL": (append(ARTICLE, "\nHe\0llo\n"), f"{ARTICLE}:28 file-character"),
    "a bibliography in Latin-1": (
        all_of(replace(REFERENCES, "Ada", "Adé"), recode(REFERENCES, "latin-1")),
        f"{REFERENCES}:6 file-encoding",
    ),
    "a docx that is no zip": (
        write("manuscript/b.docx", "hello"),
        "manuscript/b.docx manuscript-syntax",
    ),
    "LaTeX that does not end": (
        write("manuscript/b.tex", "\\begin{itemize}\n\\item x\n"),
        "manuscript/b.tex:2 manuscript-syntax",
    ),
    "no chapter": (remove(ARTICLE), "manuscript manuscript-empty"),
    "an empty chapter": (write("manuscript/b.md", "\n"), "manuscript/b.md:1 chapter-empty"),
    "a chapter of a comment": (
        write("manuscript/b.md", "<!-- later -->\n"),
        "manuscript/b.md:1 chapter-empty",
    ),
}

TEXT: Mapping[str, Case] = {
    "a key that is not in the bibliography": (
        replace(ARTICLE, "@example-2020", "@exampel-2020"),
        f"{ARTICLE}:4 citation-unknown",
    ),
    "citations without a bibliography": (
        replace(METADATA, "references: references.yaml\n", ""),
        f"{ARTICLE}:4 citation-unknown",
    ),
    "a reference to nothing": (
        replace(ARTICLE, "@sec-first holds", "@sec-last holds"),
        f"{ARTICLE}:26 reference-unknown",
    ),
    "a link to nothing": (
        append(ARTICLE, "\nGo [there](#nowhere).\n"),
        f"{ARTICLE}:28 reference-unknown",
    ),
    "a link to nothing in a chapter": (
        append(ARTICLE, "\nGo [there](article.md#nowhere).\n"),
        f"{ARTICLE}:28 reference-unknown",
    ),
    "a caption without a table": (
        append(ARTICLE, "\nText.\n\n: Alone {#tbl-alone}\n"),
        f"{ARTICLE}:30 id-printed",
    ),
    "a formula that takes no id": (
        append(ARTICLE, "\n$$E = mc^2$$ {#eq-einstein}\n"),
        f"{ARTICLE}:28 id-printed",
    ),
    "a reference to an id of no kind": (
        append(ARTICLE, "\n# X {#ch-3}\n\nSee @ch-3.\n"),
        f"{ARTICLE}:30 citation-unknown",
    ),
    "a call without its note": (
        replace(ARTICLE, "[^note]: The", "The"),
        f"{ARTICLE}:3 note-missing",
    ),
    "a note written twice": (
        append(ARTICLE, "\n[^note]: Again.\n"),
        f"{ARTICLE}:28 note-duplicate",
    ),
    "a merge conflict in a chapter": (
        append(ARTICLE, "\n<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> x\n"),
        f"{ARTICLE}:28 file-conflict",
    ),
    "YAML that does not end": (append(REFERENCES, "- x: [\n"), f"{REFERENCES}:11 metadata-yaml"),
    "works that are none": (write(REFERENCES, "hello\n"), f"{REFERENCES}:1 bibliography-syntax"),
    "a work without an id": (
        write(REFERENCES, "references:\n- title: X\n"),
        f"{REFERENCES}:2 bibliography-syntax",
    ),
    "two works of one id": (
        append(REFERENCES, "- id: example-2020\n  title: X\n"),
        f"{REFERENCES}:11 bibliography-duplicate",
    ),
    "BibTeX that does not end": (
        bibliography("works.bib", "@book{example-2020,\n  title = {Hello\n"),
        "manuscript/works.bib:3 bibliography-syntax",
    ),
    "BibTeX without a sign of equality": (
        bibliography("works.bib", "@book{a, title = {x}}\n@book{b,\n  title {x}\n}\n"),
        "manuscript/works.bib:3 bibliography-syntax",
    ),
    "JSON that does not end": (
        bibliography("works.json", '[\n{"id": "example-2020",\n]'),
        "manuscript/works.json:3 bibliography-syntax",
    ),
    "a work that is no list": (
        bibliography("works.json", '{"id": "example-2020"}'),
        "manuscript/works.json:1 bibliography-syntax",
    ),
    "a citation style that breaks off": (style("<style"), "manuscript/own.csl:1 citation-style"),
    "a citation style that is a web page": (
        style("<html/>"),
        "manuscript/own.csl:1 citation-style",
    ),
    "a citation style without rules": (
        style('<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"/>'),
        "manuscript/own.csl:1 citation-style",
    ),
    "a citation style that names another": (
        style(DEPENDENT),
        "manuscript/own.csl:3 citation-style-dependent",
    ),
}

TWICE = 'msgid "A first section"\nmsgstr "x"\n\n'
CATALOGUES: Mapping[str, Case] = {
    "cut off": (cut(CATALOGUE, 'msgid "A first sec'), f"{CATALOGUE}:69 catalogue-truncated"),
    "empty": (write(CATALOGUE, ""), f"{CATALOGUE} catalogue-truncated"),
    "without a header": (
        replace(CATALOGUE, 'msgid ""\n', 'msgid "x"\n'),
        f"{CATALOGUE}:1 catalogue-header",
    ),
    "of another language": (
        replace(CATALOGUE, "Language: ko", "Language: de"),
        f"{CATALOGUE}:1 catalogue-language",
    ),
    "in UTF-16": (recode(CATALOGUE, "utf-16"), f"{CATALOGUE}:1 catalogue-charset"),
    "in another charset": (
        all_of(replace(CATALOGUE, "UTF-8", "EUC-KR"), recode(CATALOGUE, "euc-kr")),
        f"{CATALOGUE}:1 catalogue-charset",
    ),
    "with a message twice": (
        replace(CATALOGUE, 'msgid "A first', f'{TWICE}msgid "A first'),
        f"{CATALOGUE}:72 catalogue-duplicate",
    ),
    "with a merge conflict": (
        replace(CATALOGUE, 'msgid "A first', '<<<<<<< HEAD\n=======\n>>>>>>> x\nmsgid "A first'),
        f"{CATALOGUE}:69 catalogue-conflict",
    ),
    "with two paragraphs for one": (
        translate("A first", r"a\n\nb"),
        f"{CATALOGUE}:69 translation-structure",
    ),
    "with a block of HTML": (
        translate("A first", "<div>a</div>"),
        f"{CATALOGUE}:69 translation-structure",
    ),
    "with brackets without end": (
        translate("A first", "[" * 3000),
        f"{CATALOGUE}:69 translation-structure",
    ),
    "with a NUL": (translate("A first", "a\0b"), f"{CATALOGUE}:69 catalogue-character"),
    "with a control sign in a comment": (
        replace(CATALOGUE, 'msgid "A first', '# a\x1bb\nmsgid "A first'),
        f"{CATALOGUE}:70 catalogue-character",
    ),
    "with a placeholder of 5,000 digits": (
        translate("A first", f"a ^[{'1' * 5000}]"),
        f"{CATALOGUE}:69 translation-structure",
    ),
    "with a note lost": (
        translate("Write here", "@example-2020 @tbl-things @fig-line"),
        f"{CATALOGUE}:75 translation-lost",
    ),
    "with a link brought in": (
        translate("A first", "[a](http://evil.example)"),
        f"{CATALOGUE}:69 translation-invented",
    ),
    "that is a folder": (
        make_folder(CATALOGUE),
        f"{CATALOGUE} file-folder",
    ),
    "that links outside": (link(CATALOGUE, "/etc/passwd"), f"{CATALOGUE} file-outside"),
}

EDITIONS: Mapping[str, Case] = {
    "a language nobody knows": (
        copy("translations/ko", "translations/foo"),
        "translations/foo language-unknown",
    ),
    "a tag with an underscore": (
        copy("translations/ko", "translations/ko_KR"),
        "translations/ko_KR language-unknown",
    ),
    "a name that is none": (
        copy("translations/ko", "translations/k o&<b>"),
        "translations/k o&<b> edition-name",
    ),
    "the manuscript's own language": (
        copy("translations/ko", "translations/en"),
        "translations/en edition-source",
    ),
    "edition.yaml that does not end": (
        write(EDITION, "contributors: [\n"),
        f"{EDITION}:1 metadata-yaml",
    ),
    "an unknown key in edition.yaml": (
        write(EDITION, "contributers: []\n"),
        f"{EDITION}:1 metadata-key",
    ),
    "a share that is none": (
        write(EDITION, "release:\n  translated: 200\n"),
        f"{EDITION}:2 metadata-value",
    ),
    "edition.yaml in Latin-1": (
        write(EDITION, "funding: Café\n".encode("latin-1")),
        f"{EDITION}:1 file-encoding",
    ),
    "references that do not end": (
        write("translations/ko/references.yaml", "- id: [\n"),
        "translations/ko/references.yaml:1 metadata-yaml",
    ),
}

RULES = "styles/languages.toml"
PAGE = "styles/templates/web.html"
LOOKS: Mapping[str, Case] = {
    "rules that are no TOML": (write(RULES, "\n[ko\nx=1\n"), f"{RULES}:2 rules-syntax"),
    "rules within rules without end": (
        write(RULES, "x = " + "[" * 20_000),
        f"{RULES}:1 rules-syntax",
    ),
    "an unknown rule": (write(RULES, '[ko]\nfont = ["X"]\n'), f"{RULES}:2 metadata-key"),
    "a face for a list of faces": (
        write(RULES, '[de]\nhyphenate = true\n[ko]\nfonts = "X"\n'),
        f"{RULES}:4 metadata-value",
    ),
    "two quotation marks for four": (
        write(RULES, '[ko]\nquotes = ["a", "b"]\n'),
        f"{RULES}:2 metadata-value",
    ),
    "a rule of no language": (write(RULES, "ko = 3\n"), f"{RULES}:1 metadata-value"),
    "a sheet in Latin-1": (
        write("styles/web.css", b"/* caf\xe9 */"),
        "styles/web.css:1 file-encoding",
    ),
    "a sheet that links outside": (
        all_of(make_folder("styles"), link("styles/web.css", "/etc/passwd")),
        "styles/web.css file-outside",
    ),
    "a template that is none": (write(PAGE, "a\n{% if %}\n"), f"{PAGE}:2 style-template"),
    "a template with an unknown word": (
        write(PAGE, "\n{{ nothing.at }}"),
        f"{PAGE}:2 style-template",
    ),
    "a template that fails": (write(PAGE, "a\n\n{{ 1 / 0 }}"), f"{PAGE}:3 style-template"),
    "a template that includes nothing": (
        write(PAGE, "a\n{% include 'nothing' %}\n"),
        f"{PAGE}:2 style-template",
    ),
    "a template that breaks out": (
        write(PAGE, "{{ ''.__class__.__mro__ }}"),
        f"{PAGE}:1 style-template",
    ),
    "a template without end": (
        write(PAGE, "{% for n in range(999999999) %}x{% endfor %}"),
        f"{PAGE}:1 style-template",
    ),
}

MARKUP: Mapping[str, Case] = {
    "a picture without words": (
        append(ARTICLE, "\n![](figures/line.svg)\n"),
        f"{ARTICLE}:21 figure-alternative",
    ),
    "an id given twice": (
        append(ARTICLE, "\n# One {#sec-a}\n\nText.\n\n# Two {#sec-a}\n\nText.\n"),
        f"{ARTICLE}:32 id-duplicate",
    ),
}

CASES = {**YAML, **KEYS, **FILES, **TEXT, **CATALOGUES, **EDITIONS, **LOOKS, **MARKUP}


@pytest.mark.parametrize("case", [pytest.param(CASES[name], id=name) for name in CASES])
def test_a_mistake_is_told_at_its_place_with_a_remedy_and_nothing_is_touched(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, expected = case
    change(folder)
    before = files(folder)
    status = cli.main(["--project", str(folder), "build", "-f", "html", "-l", "ko"])
    problems = told(capsys.readouterr().err)
    assert "\n".join(f"{problem.place} {problem.code}" for problem in problems) == expected
    assert all(problem.remedy for problem in problems)
    assert status == 1
    assert files(folder) == before


@pytest.mark.parametrize("command", ["extract", "update", "status", "check", "build"])
def test_no_command_works_on_a_broken_manuscript(command: str, folder: Path) -> None:
    all_of(*(YAML[name][0] for name in ["a colon in a text"]))(folder)
    before = files(folder)
    done = publish(command, cwd=folder)
    assert [f"{one.place} {one.code}" for one in told(done.stderr)] == [
        f"{METADATA}:2 metadata-yaml"
    ]
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert files(folder) == before


@pytest.mark.parametrize("command", ["build", "check --no-judges"])
def test_an_imprint_without_a_text_is_told(command: str, folder: Path) -> None:
    write("translations/fr/edition.yaml", "{}\n")(folder)
    done = publish(*command.split(), cwd=folder)
    assert [f"{one.place} {one.code}" for one in told(done.stderr)] == [
        "translations/fr/edition.yaml edition-text"
    ]
    assert done.returncode == 1
    assert publish("add", "fr", cwd=folder).returncode == 0
    assert publish("check", "--no-judges", cwd=folder).returncode == 0


def test_what_pandoc_cannot_do_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise PandocError("citeproc: no such\nthing")

    append(ARTICLE, "\nOne more paragraph.\n")(folder)
    monkeypatch.setattr("publish.documents.pandoc.Pandoc.html", fail)
    assert cli.main(["--project", str(folder), "build", "-f", "html", "-l", "ko"]) == 1
    (problem,) = [one for one in told(capsys.readouterr().err) if one.code != "edition-behind"]
    assert (problem.place, problem.code) == ("edition ko", "pandoc-failed")
    assert "no such thing" in problem.what


def test_all_catalogues_are_read_before_the_first_is_written(folder: Path) -> None:
    copy("translations/ko", "translations/fr")(folder)
    replace(CATALOGUE.replace("/ko/", "/fr/"), "Language: ko", "Language: fr")(folder)
    append(ARTICLE, "\nOne more paragraph.\n")(folder)
    cut(CATALOGUE, 'msgid "A first sec')(folder)
    before = files(folder)
    done = publish("update", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["catalogue-truncated"]
    assert files(folder) == before


def test_an_edition_with_a_broken_catalogue_does_not_keep_the_others_from_being_built(
    folder: Path,
) -> None:
    append(ARTICLE, "\nOne more paragraph.\n")(folder)
    write(CATALOGUE, "")(folder)
    done = publish("build", "-f", "html", cwd=folder)
    assert done.returncode == 1
    assert "build/en/" in done.stderr
    assert "One more paragraph." in next((folder / "build/en").glob("*.html")).read_text("utf-8")


def test_entities_in_a_drawing_are_not_opened(folder: Path) -> None:
    entity = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    text = f'{entity}<svg xmlns="http://www.w3.org/2000/svg"><text>&a; words</text></svg>'
    write(FIGURE, text)(folder)
    assert publish("build", "-f", "html", "-l", "en", cwd=folder).returncode == 0
    assert "root:x:" not in next((folder / "build/en").glob("*.html")).read_text("utf-8")


def test_a_template_of_publish_that_git_could_not_merge_is_made_anew(folder: Path) -> None:
    write("translations/manuscript.pot", "<<<<<<< HEAD\n=======\n>>>>>>> x\n")(folder)
    assert publish("extract", cwd=folder).returncode == 0
    assert "<<<<" not in (folder / "translations/manuscript.pot").read_text("utf-8")


def test_a_character_that_no_font_has_is_named(folder: Path) -> None:
    append(ARTICLE, "\nA \ue000 sign.\n")(folder)
    done = publish("build", "-f", "pdf", "-l", "en", cwd=folder)
    problems = told(done.stderr)
    assert [one.code for one in problems] == ["font-glyph-missing"]
    assert "U+E000" in problems[0].what
    assert not list((folder / "build/en").glob("*.pdf"))


def test_a_language_whose_typefaces_are_not_installed_is_told(folder: Path) -> None:
    write(RULES, '[ko]\nfonts = ["No Such Face"]\n')(folder)
    done = publish("build", "-f", "epub", "-l", "ko", cwd=folder)
    assert {one.code for one in told(done.stderr)} <= {"font-missing", "font-glyph-missing"}
    assert told(done.stderr)
    assert done.returncode == 1


def test_without_pandoc_the_command_that_brings_it_is_told(folder: Path, tmp_path: Path) -> None:
    write("lib/pypandoc/__init__.py", "")(tmp_path)
    (tmp_path / "empty").mkdir()
    path = os.pathsep.join([str(tmp_path / "lib"), os.environ.get("PYTHONPATH", "")])
    done = publish(
        "check", cwd=folder, environment={"PATH": str(tmp_path / "empty"), "PYTHONPATH": path}
    )
    assert [one.code for one in told(done.stderr)] == ["pandoc-missing"]
    assert "pip install" in done.stderr
    assert done.returncode == 1


def test_without_pango_the_line_to_run_is_told_and_other_formats_are_made(
    folder: Path, tmp_path: Path
) -> None:
    library = tmp_path / "libpango-1.0.so.0"
    library.write_bytes(b"no library")  # the system's own is not looked for any more
    environment = {"LD_LIBRARY_PATH": str(tmp_path)}
    done = publish("build", "-l", "en", cwd=folder, environment=environment)
    assert [one.code for one in told(done.stderr)] == ["pango-missing"]
    assert "install" in done.stderr
    assert done.returncode == 1
    assert sorted(path.suffix for path in (folder / "build/en").iterdir()) == [".epub", ".html"]
