"""Editions of the sample: numbered, cited, quoted and linked in their own language."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from publish import styles
from publish.editions import Edition, classes
from publish.editions.pictures import safe_name
from publish.pandoc import program
from publish.pipeline.editing import Editing
from publish.pipeline.translation.translating import add
from publish.problems import PublishError
from publish.project import Project

SAMPLE = Path(__file__).with_name("sample")
LANGUAGES = ["en", "ko", "ar", "ja", "th", "sl"]
METADATA = 'title: "A *b*"\nlanguage: {}\ndate: 2026-11-22\nkind: {}\nreferences: r.yaml\n'

# Classes that authors may mean, and some that say nothing but beside one of publish's own.
SHARED = set("smallcaps line-block task-list example".split())
SHARED |= set("text untranslated left right top bottom".split())

Make = Callable[..., Edition]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Edition]]:
    """The sample in every language; nobody has translated it into Thai or Slovene yet."""
    root = tmp_path_factory.mktemp("sample") / "sample"
    shutil.copytree(SAMPLE, root)
    project = Project(root)
    for language in ("th", "sl"):
        add(project, language)
    with Editing(project) as editing:
        yield {language: editing.edition(language) for language in LANGUAGES}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """An edition of a few chapters, in the language that they are written in."""

    def made(*chapters: str, language: str = "en", kind: str = "article") -> Edition:
        folder = tmp_path / "manuscript"
        folder.mkdir(exist_ok=True)
        (folder / "metadata.yaml").write_text(METADATA.format(language, kind), "utf-8")
        (folder / "r.yaml").write_text("- {id: doe, type: book, title: T, issued: 2020}\n", "utf-8")
        (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
        for n, chapter in enumerate(chapters, 1):
            (folder / f"{n:02}.md").write_text(chapter, "utf-8")
        with Editing(Project(tmp_path)) as editing:
            return editing.edition(language)

    return made


def html(edition: Edition) -> str:
    return "".join(chapter.html for chapter in edition.chapters)


def tree(edition: Edition) -> etree._Element:
    return etree.fromstring(f"<div>{html(edition)}</div>")


def text(markup: str) -> str:
    return re.sub(r"\s+", " ", "".join(etree.fromstring(f"<p>{markup}</p>").itertext())).strip()


def first(edition: Edition) -> str:
    """The words of the first paragraph."""
    paragraph = tree(edition).find(".//p")
    assert paragraph is not None
    return "".join(paragraph.itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_every_link_within_leads_somewhere(
    editions: dict[str, Edition], language: str
) -> None:
    ids = Counter(
        element.get("id") for element in tree(editions[language]).iter() if element.get("id")
    )
    assert set(ids.values()) == {1}
    targets = {a.get("href", "") for a in tree(editions[language]).iter("a")}
    assert {target for target in targets if target[1:] not in ids} == set()
    assert {heading.id for heading in editions[language].headings} <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_structure_is_that_of_the_source_whatever_the_language(
    editions: dict[str, Edition], language: str
) -> None:
    def shape(edition: Edition) -> list[tuple[str, str]]:
        names = ((str(e.tag), e.get("id", "")) for e in tree(edition).iter())
        return [
            (tag, id)
            for tag, id in names
            if tag in {"section", "table", "td", "figure", "li", "h2"}
        ]

    assert shape(editions[language]) == shape(editions["en"])


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "“She said ‘yes’ to it,” he wrote.",
                "Figure 1.1",
                "2.1",
                "Chapter 2 and Equation 1.1",
            ],
        ),
        (
            "ko",
            ["“그녀는 ‘네’\u2060라고 했다”\u2060고", "그림 1.1", "2장 그리고 식 1.1", "1장, 1.1절"],
        ),
        ("ar", ["«قالت له “نعم”»", "الشكل 1.1", "الفصل 2"]),
        ("ja", ["「彼女は『はい』と言った」", "図1.1", "2章 と 式1.1"]),
    ],
)
def test_references_and_quotations_are_worded_by_each_language(
    editions: dict[str, Edition], language: str, expected: list[str]
) -> None:
    said = first(editions[language]).replace("\u00a0", " ")
    assert [words for words in expected if words not in said] == []


@pytest.mark.parametrize("language", ["ko", "ar", "ja"])
def test_metadata_biography_alternative_texts_and_drawings_are_translated(
    editions: dict[str, Edition], language: str
) -> None:
    english, translated = editions["en"], editions[language]
    assert translated.title.plain != english.title.plain
    assert "<em>" in translated.title.html
    assert not set(translated.keywords) & set(english.keywords)
    assert translated.credits[0].bio != english.credits[0].bio
    assert translated.credits[0].original_name == "Ada Author"
    drawing = translated.resources["figures/line.svg"].decode()
    assert f'lang="{language}"' in drawing
    assert "War" not in drawing
    assert "onclick" not in drawing
    assert "straight line" not in html(translated)
    assert "Leave this alone." in html(translated)
    assert translated.chapters[0].title != english.chapters[0].title


@pytest.mark.parametrize("language", ["th", "sl"])
def test_what_is_not_translated_is_marked_with_its_own_language(
    editions: dict[str, Edition], language: str
) -> None:
    edition = editions[language]
    assert edition.untranslated == 1
    marked = tree(edition).findall(".//span[@class='untranslated']")
    assert {(e.get("lang"), e.get("dir")) for e in marked} == {("en", "ltr")}
    assert 'class="untranslated" lang="en" dir="ltr"' in edition.title.html
    assert "untranslated" not in edition.chapters[0].headings[0].text.plain
    assert 'translate="no" lang="en" dir="ltr"' in html(edition)
    assert edition.translation_note.startswith("Translated from the English, version")
    assert [each and each.tag for each in (edition.notes_language,)] == ["en"]
    assert "sleep" not in html(edition)


def test_the_same_words_under_two_contexts_are_translated_twice(
    editions: dict[str, Edition],
) -> None:
    assert "<p>휴식</p>\n<p>나머지</p>" in html(editions["ko"])


def test_notes_are_linked_both_ways_and_not_called_in_the_contents(
    editions: dict[str, Edition],
) -> None:
    edition = editions["en"]
    found = tree(edition)
    calls = {a.get("href") for a in found.iter("a") if a.get("role") == "doc-noteref"}
    notes = [li for li in found.iter("li") if (li.get("id") or "").startswith("fn-")]
    assert {f"#{note.get('id')}" for note in notes} == calls
    assert len(notes) == 5
    for note in notes:
        (back,) = (a for a in note.iter("a") if a.get("role") == "doc-backlink")
        assert back.get("href", "")[1:] == (note.get("id") or "").replace("fn-", "fnref-")
    assert [len(note.findall("p")) for note in notes] == [1, 2, 1, 1, 1]
    assert edition.headings[0].text.html == "How it <em>starts</em>"


def test_no_comment_reaches_a_reader(editions: dict[str, Edition]) -> None:
    assert not [language for language in LANGUAGES if "<!--" in html(editions[language])]


def test_headings_are_numbered_but_not_those_without_a_number_nor_what_is_beneath_them(
    make: Make,
) -> None:
    edition = make("# A\n\n### C\n\n# P {-}\n\n## Q\n\n# B\n\n## D\n")
    numbers = [(h.text.plain, h.level, h.number) for h in edition.headings]
    assert numbers == [
        ("A", 1, "1"), ("C", 3, "1.0.1"), ("P", 1, ""),
        ("Q", 2, ""), ("B", 1, "2"), ("D", 2, "2.1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("@fig-a", "Figure 1"),
        ("-@fig-a", "1"),
        ("[-@fig-a]", "1"),
        ("[@fig-a]", "Figure 1"),
        ("[see @fig-a and @sec-b]", "see Figure 1 and Section 1"),
        ("[@fig-a; @sec-b]", "Figure 1, Section 1"),
        ("[see @fig-a, left; and -@tbl-c]", "see Figure 1, left, and 1"),
        ("@fig-a [left]", "Figure 1 left"),
        ("[@fig-a; @doe, p. 3]", "Figure 1, (T 2020, p. 3)"),
        ("@sec-p", "“Before” it"),
    ],
)
def test_a_reference_is_worded(make: Make, reference: str, expected: str) -> None:
    rest = (
        "# B {#sec-b}\n\n![F](a.svg){#fig-a}\n\n| c |\n|---|\n| d |\n\n: T {#tbl-c}\n\n"
        '# "Before" it[^n] {- #sec-p}\n\n[^n]: N.\n'
    )
    said = first(make(f"{reference}\n\n{rest}")).replace("\u00a0", " ")
    assert said == expected


def test_links_between_chapters_lead_to_ids_that_are_unique(make: Make) -> None:
    edition = make(
        "# A {#same}\n\n[b](02.md) [bs](02.md#same) [as](#same) [w](http://x.y/02.md)\n",
        "# References {#same}\n\n## References\n\n![F](a.svg){#fig-a}\n\n"
        "[a](01.md#same) [s](#same)\n",
        "# C {#sec-c}\n\n![F](a.svg){#fig-a}\n\nSee @fig-a. [no](04.md)\n",
        kind="book",
    )
    links = [[a.get("href") for a in tree(edition).iter("a")]]
    assert links == [
        [
            "#02-same",
            "#02-same",
            "#same",
            "http://x.y/02.md",
            "#same",
            "#02-same",
            "#fig-03-a",
            "04.md",
        ]
    ]
    assert [h.id for h in edition.headings] == ["same", "02-same", "02-references", "sec-c"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("::: note\nx\n:::", '<div class="text-note">'),
        ("[x]{.title .mine .label}", '<span class="text-title mine text-label">'),
        ("# X {.references}", '<section id="x" class="level1 text-references">'),
        ("`x`{.number}", '<code class="text-number">'),
        ("<b class=note>x</b>", '<b class="text-note">'),
        ("<b\n class = 'note mine'> class=note</b>", "class = 'text-note mine'> class=note</b>"),
        ('<div class="noteref">\nx\n</div>', '<div class="text-noteref">'),
    ],
)
def test_classes_of_our_own_are_out_of_a_manuscripts_reach(
    make: Make, source: str, expected: str
) -> None:
    assert expected in html(make(source)).replace("\n", " ")


def test_no_class_of_our_sheets_and_templates_has_been_forgotten() -> None:
    names = {f"{name}.css" for name in ("print", "press", "web", "epub")}
    pages = re.compile(r"templates/(parts|print|web|epub-.*)\.")
    found = {"role-aut"}
    for name, file in styles.read().files.items():
        if name in names:
            sheet = re.sub(r'/\*.*?\*/|"[^"]*"', "", file, flags=re.DOTALL)
            found.update(re.findall(r"\.([a-z][\w-]*)", sheet))
        elif pages.match(name):
            given = " ".join(re.findall(r'class="([^"{]*)', file)).split()
            found.update(each for each in given if not each.endswith("-"))
    assert found == classes.OURS | SHARED


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("en", '"a \'b "c" d\' e"', "“a ‘b “c” d’ e”"),
        ("de", "\"a 'b' c\" don't", "„a ‚b‘ c“ don’t"),
        ("de-CH", "\"a 'b' c\"", "«a ‹b› c»"),
        ("fr", '"a"', "«\u00a0a\u00a0»"),
        ("en", '["a"]{lang=fr} "b"', "«\u00a0a\u00a0» “b”"),
        ("en", "\"x ['a']{lang=de} y\"", "“x ‚a‘ y”"),
        ("en", '["a"]{lang=x-old} ["b"]{lang=nonsense}', "“a” “b”"),
        ("en", "'90s rock'n'roll 'tis", "’90s rock’n’roll ’tis"),
    ],
)
def test_quotation_marks_are(make: Make, language: str, source: str, expected: str) -> None:
    assert first(make(f"{source}\n", language=language)) == expected


def test_a_note_called_in_a_quotation_or_a_foreign_phrase_has_the_quotation_marks_of_the_text(
    make: Make,
) -> None:
    edition = make('"A[^n]" ["b"[^n]]{lang=fr}\n\n[^n]: Says "c".\n')
    assert html(edition).count("Says “c”.") == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("5) a\n6) b", '<div class="one-paren-decimal"> <ol start="5" type="1">'),
        ("(a) a\n(b) b", '<div class="two-parens-lower-alpha"> <ol type="a">'),
        ("IV) a\nV) b", '<div class="one-paren-upper-roman"> <ol start="4" type="I">'),
        ("1. a\n2. b", "<ol type"),
        ("(@) a", '<ol class="example"'),
    ],
)
def test_lists_keep_the_brackets_of_their_numbers(make: Make, source: str, expected: str) -> None:
    assert html(make(source)).replace("\n", " ").startswith(expected)


def test_a_note_may_end_in_a_list_or_a_table(make: Make) -> None:
    edition = make("A[^n]\n\n[^n]: B\n\n    - c\n")
    (note,) = (li for li in tree(edition).iter("li") if li.get("id") == "fn-01-1")
    assert [child.tag for child in note] == ["p", "ul", "p"]


def test_ids_of_an_author_are_none_of_ours(make: Make) -> None:
    source = "# A {#notes-01}\n\nA.[^1]\n\n[^1]: N\n\n# B {#fn-01-1}\n\n# C {#pub-abstract}\n\n"
    edition = make(f"{source}# D {{#fnref-01-1}}\n\n# Notes on it\n\n[a](#notes-01)\n")
    ids = ["01-notes-01", "01-fn-01-1", "01-pub-abstract", "01-fnref-01-1", "notes-on-it"]
    assert [heading.id for heading in edition.headings] == ids
    assert {"#01-notes-01"} < {a.get("href") for a in tree(edition).iter("a")}
    found = [element.get("id") for element in tree(edition).iter() if element.get("id")]
    assert len(found) == len(set(found))


def test_no_two_pictures_have_one_name_and_none_has_that_of_a_logo() -> None:
    names = ["a.png", "a.PNG", "a b.png", "a-b.png", "a%20b.PNG", "pub-logo.png", "pub.logo.png"]
    safe = {safe_name(name) for name in names}
    assert len(safe) == len(names)
    assert "pub.logo.png" not in safe


@pytest.mark.parametrize(
    "source",
    [
        "a<br>b", "<b>a", "</div>", "<div>\n\na\n", "<script>alert(1)</script>",
        "<p onclick='x'>a</p>",
        "[a](javascript:x)", "[a]{onclick=x style='a:url(x)'}", "`<img src=x>`{=html}",
        "a&nbsp;b &#0;",
        "<!-- a -->\n\n<div><!-- b --></div>", "```{=html}\n<svg onload=x><p>\n```", "$\\foo{$",
        "<table><tr><td>a</table>", "```{=latex}\n\\x\n```", "<iframe src='http://x'></iframe>",
    ],
)  # fmt: skip
def test_whatever_a_manuscript_brings_the_html_is_well_formed_and_does_nothing(
    make: Make, source: str
) -> None:
    markup = html(make(f"# A\n\n{source}\n\n# B\n"))
    etree.fromstring(f"<div>{markup}</div>")
    for word in ("<!--", "script", "onclick", "onload", "url(", "iframe", "http://x"):
        assert word not in markup


def test_words_with_a_place_for_a_number_survive_a_hostile_catalogue(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "s")
    path = tmp_path / "s/translations/ja/LC_MESSAGES/manuscript.po"
    hostile = path.read_text("utf-8").replace('"図{number}"', '"{0} {number.__class__} {"')
    path.write_text(hostile, "utf-8")
    with Editing(Project(tmp_path / "s")) as editing, pytest.raises(PublishError) as caught:
        editing.edition("ja")
    assert {problem.code for problem in caught.value.problems} == {
        "translation-lost",
        "translation-invented",
    }


@pytest.mark.parametrize("suffix", ["docx", "rst"])
def test_a_manuscript_written_elsewhere_becomes_an_edition_with_its_pictures(
    tmp_path: Path, make: Make, suffix: str
) -> None:
    source = '# A\n\nWords[^1] and *more*.\n\n[^1]: A "note".\n\n![Cap](a.svg){alt="Alt"}\n'
    make(source)
    folder = tmp_path / "manuscript"
    (folder / "01.md").unlink()
    for n in (1, 2):
        command = [program(), "--from=markdown", f"--output={n:02}.{suffix}"]
        subprocess.run(command, cwd=folder, input=source.encode(), capture_output=True, check=True)
    (folder / "a.svg").rename(folder / f"{'b' if suffix == 'docx' else 'a'}.svg")
    with Editing(Project(tmp_path)) as editing:
        edition = editing.edition("en")
    assert [chapter.title.plain for chapter in edition.chapters] == ["A", "A"]
    assert html(edition).count("<em>more</em>") == html(edition).count("A “note”.") == 2
    shown = [img.get("src") for img in tree(edition).iter("img")]
    assert set(shown) == set(edition.resources)
    assert len(shown) == 2


@pytest.mark.parametrize(
    "caption", ["<ul><li>a</li></ul>", "<hr><p>a</p>", "<pre>a</pre>", "<blockquote>a</blockquote>"]
)
def test_a_caption_that_does_not_begin_with_words_is_numbered_too(
    tmp_path: Path, make: Make, caption: str
) -> None:
    figure = f"<figure><img src='a.svg' alt='x'><figcaption>{caption}</figcaption></figure>"
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript/02.html").write_text(f"<h1>B</h1>{figure}", "utf-8")
    assert tree(make("Words.")).xpath("//figcaption/*[1]/text()")[:1] == ["Figure\u00a01"]
