from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from publish import languages, styles
from publish.documents.words import WORDS
from publish.editions import Alternate, Chapter, Credit, Edition, Heading, Text
from publish.metadata import Accessibility, Organisation
from publish.records import replace
from publish.renderers import epub, pages
from publish.styles import Style

X = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
STYLE = styles.read()
SOURCE = str(Path(styles.__file__).parents[1])
FIGURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>a</mi>'
    '<annotation encoding="application/x-tex">a</annotation></semantics></math>'
)


def chapter(number: int, other: int, more: str = "") -> Chapter:
    title = Text(f"Chapter <em>{number}</em>", f"Chapter {number}")
    html = f"""<section id="ch{number}" class="level1"><h2><span class="number">{number}</span> \
{title.html}</h2><p>See <a class="xref" href="#sub{other}">there</a><sup class="noteref"><a \
id="fnref-{number}" href="#fn-{number}" role="doc-noteref">1</a></sup> and <a href="#ref-k" \
role="doc-biblioref">K</a>: <span lang="ko">주체</span><em>한국</em><strong>어</strong>.</p>
<section id="sub{number}" class="level2"><h3>Sub</h3>{more}<table><tbody><tr><td></td></tr>\
</tbody></table></section></section><section id="notes-{number}" class="notes" \
role="doc-endnotes"><h2>Notes</h2><ol><li id="fn-{number}"><p>A note. <a class="backlink" \
href="#fnref-{number}" role="doc-backlink" aria-label="Back">↩</a></p></li></ol></section>"""
    headings = (
        Heading(1, f"ch{number}", str(number), title),
        Heading(2, f"sub{number}", "", Text("Sub", "Sub")),
    )
    return Chapter(f"chapter-{number}", title, html, headings)


def book(tag: str = "en", **changes: object) -> Edition:
    rules = styles.DEFAULTS / "languages.toml"
    figure = '<figure><img src="figures/a b.svg" alt="A line." /></figure>'
    last = chapter(2, 1, figure)
    references = (
        '<section id="references" class="references" role="doc-bibliography"><h2>References</h2>'
        '<div id="refs"><div id="ref-k" class="csl-entry">K. 1999.</div></div></section>'
    )
    edition = Edition(
        id=tag,
        slug="book",
        kind="book",
        language=languages.read(tag, rules),
        source_language=languages.read("en", rules),
        title=Text("A Book", "A Book"),
        subtitle=Text("With a subtitle", "With a subtitle"),
        credits=(
            Credit(
                "A. Author",
                "aut",
                "Author",
                sort_name="Author, A.",
                bio="<p>Writes.</p>",
                bio_title="About the author",
            ),
            Credit("안나", "trl", "Translator", original_name="Anna"),
        ),
        abstract=Text("<p>In short.</p>", "In short."),
        keywords=("one", "two"),
        date=date(2026, 11, 22),
        date_text="22 November 2026",
        version="1.0",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        licence_name="Creative Commons Attribution 4.0 International",
        rights="© 2026",
        funding="",
        publisher=Organisation(name="A House"),
        identifiers={"uuid": "3f1c7f0e-55a1-4c0e-9d57-2d7a4f0c9b11", "doi": "10.5555/x"},
        base_url="",
        translation_note="",
        chapters=(chapter(1, 2), replace(last, html=last.html + references)),
        words=WORDS,
        alternates=(Alternate("en", "en", "English"), Alternate("ko", "ko", "한국어")),
        resources={"figures/a b.svg": FIGURE},
    )
    return replace(edition, **changes)


def unzipped(edition: Edition) -> dict[str, bytes]:
    with ZipFile(BytesIO(epub.render(edition, STYLE))) as file:
        return {name.removeprefix("EPUB/"): file.read(name) for name in file.namelist()}


def package(edition: Edition) -> etree._Element:
    return etree.fromstring(unzipped(edition)["content.opf"])


def documents(files: dict[str, bytes]) -> dict[str, etree._Element]:
    return {name: etree.fromstring(files[name]) for name in files if name.endswith(".xhtml")}


def statements(tree: etree._Element, name: str) -> list[str]:
    return [each.text or "" for each in tree.iterfind(f".//{OPF}meta[@property='{name}']")]


def words(elements: Iterator[etree._Element]) -> str:
    return " ".join("".join("".join(each.itertext()) for each in elements).split())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return unzipped(book())


def test_the_same_edition_gives_the_same_bytes_in_another_folder_zone_and_hash_seed(
    tmp_path: Path,
) -> None:
    code = (
        f"import sys, hashlib; sys.path[:0] = {[str(Path(__file__).parent), SOURCE]!r}\n"
        "import test_epub as t\n"
        "print(hashlib.sha256(t.epub.render(t.book('ko'), t.STYLE)).hexdigest())"
    )
    here = hashlib.sha256(epub.render(book("ko"), STYLE)).hexdigest()
    for seed, zone in (("1", "Asia/Seoul"), ("2", "America/New_York")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", code]
        run = subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
        assert run.stdout.decode().strip() == here


def test_mimetype_is_first_and_stored_and_all_times_are_the_publications() -> None:
    with ZipFile(BytesIO(epub.render(book(), STYLE))) as file:
        first, *others = file.infolist()
        tree = etree.fromstring(file.read("EPUB/content.opf"))
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert not first.extra
    assert {each.date_time for each in (first, *others)} == {(2026, 11, 22, 0, 0, 0)}
    assert statements(tree, "dcterms:modified") == ["2026-11-22T00:00:00Z"]


@pytest.mark.parametrize(("year", "told"), [(1, 1980), (2026, 2026), (9999, 2107)])
def test_a_date_that_no_zip_can_have_is_the_nearest(year: int, told: int) -> None:
    with ZipFile(BytesIO(epub.render(book(date=date(year, 2, 3)), STYLE))) as file:
        assert {info.date_time[:3] for info in file.infolist()} == {(told, 2, 3)}


def test_no_word_of_the_chapters_is_lost_or_glued(files: dict[str, bytes]) -> None:
    names = ("text-01.xhtml", "text-02.xhtml", "references.xhtml")
    bodies = (
        tree.find(f"{X}body") for tree in map(documents(files).get, names) if tree is not None
    )
    shown = words(body for body in bodies if body is not None)
    meant = words(pages.parse(each.html) for each in book().chapters)
    assert shown.replace(" ", "") == meant.replace(" ", "")
    assert "주체한국어" in shown


def test_every_document_and_the_package_say_their_language_and_direction() -> None:
    files = unzipped(book("ar"))
    roots = [*documents(files).values(), etree.fromstring(files["content.opf"])]
    assert {(root.get(LANG), root.get("dir")) for root in roots} == {("ar", "rtl")}
    spine = etree.fromstring(files["content.opf"]).find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"


def test_foreign_words_say_their_language_to_xml_as_well(files: dict[str, bytes]) -> None:
    for tree in documents(files).values():
        for each in tree.iterfind(".//*[@lang]"):
            assert each.get(LANG) == each.get("lang")


def test_every_link_finds_its_file_and_its_place(files: dict[str, bytes]) -> None:
    trees = documents(files)
    ids = {
        name: {each.get("id") for each in tree.iter(etree.Element)} for name, tree in trees.items()
    }
    links = [
        (name, str(each.get("href")))
        for name, tree in trees.items()
        for each in tree.iter(f"{X}a")
        if "://" not in str(each.get("href"))
    ]
    assert ("text-01.xhtml", "text-02.xhtml#sub2") in links
    assert ("text-01.xhtml", "references.xhtml#ref-k") in links
    for name, href in links:
        target, fragment = urldefrag(href)
        assert not fragment or unquote(fragment) in ids[target or name], href


def test_each_file_of_the_text_has_one_first_heading_and_skips_no_level(
    files: dict[str, bytes],
) -> None:
    headings = {f"{X}h{level}" for level in range(1, 7)}
    for name, tree in documents(files).items():
        levels = [int(str(each.tag)[-1]) for each in tree.iter(*headings)]
        assert levels[:1] == ([] if name == "cover.xhtml" else [1])
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_notes_stand_in_the_file_of_their_calls_and_lead_back(files: dict[str, bytes]) -> None:
    tree = documents(files)["text-01.xhtml"]
    call = tree.find(f".//{X}a[@role='doc-noteref']")
    notes = tree.find(f".//{X}section[@role='doc-endnotes']")
    assert call is not None
    assert notes is not None
    assert (call.get(TYPE), notes.get(TYPE)) == ("noteref", "endnotes")
    note = notes.find(f".//{X}li")
    assert note is not None
    assert call.get("href") == f"#{note.get('id')}"
    assert note.get(TYPE) == "endnote"
    back = note.find(f".//{X}a[@role='doc-backlink']")
    assert back is not None
    assert back.get("href") == f"#{call.get('id')}"


def test_references_have_a_file_of_their_own_at_the_back(files: dict[str, bytes]) -> None:
    trees = documents(files)
    body = trees["references.xhtml"].find(f"{X}body")
    section = trees["references.xhtml"].find(f".//{X}section")
    assert body is not None
    assert section is not None
    assert body.get(TYPE) == "backmatter"
    assert (section.get("role"), section.get(TYPE)) == ("doc-bibliography", "bibliography")
    assert trees["text-02.xhtml"].find(".//*[@role='doc-bibliography']") is None


def test_chapters_of_a_book_are_marked_as_chapters(files: dict[str, bytes]) -> None:
    section = documents(files)["text-01.xhtml"].find(f".//{X}section")
    assert section is not None
    assert (section.get("role"), section.get(TYPE)) == ("doc-chapter", "chapter")


def test_contents_follow_the_reading_order_in_the_words_of_the_edition() -> None:
    tree = documents(unzipped(book(words={**WORDS, "contents": "Inhalt", "abstract": "Abriss"})))
    nav, landmarks = tree["contents.xhtml"].iter(f"{X}nav")
    assert nav.findtext(f"{X}h1") == "Inhalt"
    lines = [words(iter([each])) for each in nav.iter(f"{X}a")]
    assert lines == [
        "Abriss", "1 Chapter 1", "Sub", "2 Chapter 2", "Sub", "References", "About the author",
        WORDS["colophon"], WORDS["accessibility"],
    ]  # fmt: skip
    terms = [each.get(TYPE) for each in landmarks.iter(f"{X}a")]
    assert terms == ["cover", "titlepage", "toc", "bodymatter", "bibliography"]


def test_old_reading_systems_find_the_contents_and_the_cover_too(files: dict[str, bytes]) -> None:
    ncx = etree.fromstring(files["toc.ncx"])
    assert ncx.get(LANG) == "en"
    assert len(ncx.findall(".//{*}navPoint")) == 9
    cover = etree.fromstring(files["content.opf"]).find(f".//{OPF}meta[@name='cover']")
    assert cover is not None
    assert cover.get("content") == "item-cover.png"


def test_people_are_named_with_their_roles_and_in_both_scripts() -> None:
    tree = package(book("ko"))
    assert [each.text for each in tree.iter(f"{DC}creator")] == ["A. Author"]
    assert [each.text for each in tree.iter(f"{DC}contributor")] == ["안나"]
    assert statements(tree, "role") == ["aut", "trl"]
    assert statements(tree, "file-as") == ["Author, A."]
    other = tree.find(f".//{OPF}meta[@property='alternate-script']")
    assert other is not None
    assert (other.text, other.get(LANG)) == ("Anna", "en")


def test_each_edition_has_its_own_identifier_and_a_translation_names_its_source() -> None:
    source, korean = package(book("en")), package(book("ko"))
    ids = [[each.text for each in tree.iter(f"{DC}identifier")] for tree in (source, korean)]
    assert ids[0][0] != ids[1][0]
    assert ids[0][1] == "https://doi.org/10.5555/x"
    assert source.find(f".//{DC}source") is None
    assert korean.findtext(f".//{DC}source") == ids[0][0]


def test_accessibility_says_what_is_there() -> None:
    tree = package(book())
    assert statements(tree, "schema:accessMode") == ["textual", "visual"]
    assert statements(tree, "schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert "alternativeText" in statements(tree, "schema:accessibilityFeature")
    assert "MathML" not in statements(tree, "schema:accessibilityFeature")
    assert statements(tree, "schema:accessibilityHazard") == ["none"]
    assert WORDS["a11y-pictures-described"] in statements(tree, "schema:accessibilitySummary")[0]


@pytest.mark.parametrize("alt", ['alt=""', 'alt="  "', ""])
def test_a_picture_without_words_takes_back_what_would_be_untrue(alt: str) -> None:
    last = chapter(2, 1, f'<p><img src="figures/a b.svg" {alt} /></p>')
    tree = package(book(chapters=(chapter(1, 2), last)))
    assert statements(tree, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in statements(tree, "schema:accessibilityFeature")
    summary = statements(tree, "schema:accessibilitySummary")[0]
    assert WORDS["a11y-pictures-undescribed"] in summary


def test_a_picture_that_may_move_is_not_called_harmless() -> None:
    moving = FIGURE.replace(b"</svg>", b'<animate attributeName="x"/></svg>')
    tree = package(book(resources={"figures/a b.svg": moving}))
    assert statements(tree, "schema:accessibilityHazard") == ["unknown"]


EXAMINED = Accessibility(
    certified_by="Auditors", report="https://example.org/report", contact="us@example.org"
)
TABLE = "<table><tbody><tr><td></td></tr></tbody></table>"


def sound(**changes: object) -> Edition:
    """A book in which nothing is found that speaks against a claim."""
    only = chapter(1, 1, '<p><img src="figures/a b.svg" alt="A line." /></p>')
    only = replace(only, html=only.html.replace(TABLE, ""))
    return book("en", chapters=(only,), accessibility=EXAMINED, **changes)


def spoilt(old: str, new: str) -> Edition:
    edition = sound()
    (only,) = edition.chapters
    assert old in only.html
    return replace(edition, chapters=(replace(only, html=only.html.replace(old, new)),))


def test_conformance_is_claimed_if_somebody_has_examined_it_and_nothing_is_found() -> None:
    files = unzipped(sound())
    tree = etree.fromstring(files["content.opf"])
    assert statements(tree, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert statements(tree, "a11y:certifiedBy") == ["Auditors"]
    (report,) = tree.iterfind(f".//{OPF}link[@rel='a11y:certifierReport']")
    assert report.get("href") == "https://example.org/report"
    page = documents(files)["accessibility.xhtml"]
    text = words(iter([page]))
    assert "conforms to EPUB Accessibility 1.1 - WCAG 2.2 Level AA; certified by Auditors." in text
    assert page.find(f".//{X}a[@href='mailto:us@example.org']") is not None


@pytest.mark.parametrize(
    "edition",
    [
        replace(sound(), accessibility=Accessibility()),
        spoilt('alt="A line."', 'alt=""'),
        spoilt("<h3>Sub</h3>", "<h5>Sub</h5>"),
        spoilt("<h3>Sub</h3>", f"<h3>Sub</h3>{TABLE}"),
        spoilt('lang="ko"', 'lang="xx-unknown"'),
        spoilt("there</a>", "</a>"),
        sound(resources={"figures/a b.svg": FIGURE.replace(b"<path", b"<animate/><path")}),
    ],
    ids=["nobody", "picture", "heading", "table", "language", "link", "movement"],
)
def test_no_conformance_is_claimed_against_what_is_seen(edition: Edition) -> None:
    files = unzipped(edition)
    tree = etree.fromstring(files["content.opf"])
    assert not statements(tree, "dcterms:conformsTo")
    assert not statements(tree, "a11y:certifiedBy")
    assert WORDS["a11y-unclaimed"] in words(iter([documents(files)["accessibility.xhtml"]]))


def test_pale_colours_make_a_claim_void() -> None:
    pale = {**STYLE.files, "tokens.css": STYLE.files["tokens.css"] + ":root { --accent: #d99 }"}
    with ZipFile(BytesIO(epub.render(sound(), Style(pale)))) as file:
        tree = etree.fromstring(file.read("EPUB/content.opf"))
    assert not statements(tree, "dcterms:conformsTo")


def test_a_book_without_pictures_is_not_called_visual() -> None:
    tree = package(book(chapters=(chapter(1, 1),)))
    assert statements(tree, "schema:accessMode") == ["textual"]
    assert statements(tree, "schema:accessModeSufficient") == ["textual"]


def test_formulas_are_announced_and_have_words() -> None:
    files = unzipped(book(chapters=(chapter(1, 1, f"<p>{MATH}</p>"),)))
    tree = etree.fromstring(files["content.opf"])
    item = tree.find(f".//{OPF}item[@href='text-01.xhtml']")
    assert item is not None
    assert item.get("properties") == "mathml"
    assert "MathML" in statements(tree, "schema:accessibilityFeature")
    assert b'alttext="a"' in files["text-01.xhtml"]


def test_boxes_of_task_lists_are_signs_and_no_form() -> None:
    boxes = '<ul><li><label><input type="checkbox" checked="" />Done</label></li></ul>'
    text = unzipped(book(chapters=(chapter(1, 1, boxes),)))["text-01.xhtml"].decode()
    assert "<input" not in text
    assert "☑" in text


@pytest.mark.parametrize(
    ("columns", "expected"),
    [(5, "<table>"), (7, '<table class="wide">'), (20, '<table class="wide crammed">')],
)
def test_tables_are_marked_that_a_small_screen_has_no_room_for(columns: int, expected: str) -> None:
    table = f"<table><tbody><tr>{'<td>12,345</td>' * columns}</tr></tbody></table>"
    text = unzipped(book(chapters=(chapter(1, 1, table),)))["text-01.xhtml"].decode()
    assert expected in text


def test_figures_keep_their_bytes_under_names_that_are_safe(files: dict[str, bytes]) -> None:
    assert files["figures/a_20_b.svg"] == FIGURE
    image = documents(files)["text-02.xhtml"].find(f".//{X}img")
    assert image is not None
    assert image.get("src") == "figures/a_20_b.svg"


def test_pictures_with_names_alike_are_each_in_the_book() -> None:
    names = ("figures/map.svg", "figures-map.svg", "cover.png")
    shown = "".join(f'<img src="{name}" alt="A map." />' for name in names)
    pictures = dict.fromkeys(names, FIGURE)
    files = unzipped(book(chapters=(chapter(1, 1, shown),), resources=pictures))
    assert {name for name, data in files.items() if data == FIGURE} == {
        *names[:2],
        f"figure.{names[2]}",
    }
    ids = [item.get("id") for item in etree.fromstring(files["content.opf"]).iter(f"{OPF}item")]
    assert len(set(ids)) == len(ids)


def test_empty_elements_have_end_tags_for_those_who_read_html(files: dict[str, bytes]) -> None:
    assert b"<td></td>" in files["text-01.xhtml"]


def test_typefaces_go_with_the_book_only_for_scripts_that_devices_lack() -> None:
    latin = book(chapters=(replace(chapter(1, 1), html="<p>Только слова, ελληνικά.</p>"),))
    latin = replace(latin, credits=latin.credits[:1])
    assert not [name for name in unzipped(latin) if name.startswith("fonts/")]
    korean = unzipped(book("ko"))
    assert {name for name in korean if name.startswith("fonts/")} == {
        "fonts/NanumMyeongjo-400.ttf",
        "fonts/NanumMyeongjo-700.ttf",
    }
    assert len(korean["fonts/NanumMyeongjo-400.ttf"]) < 60_000
    assert b"url(fonts/NanumMyeongjo-400.ttf)" in korean["style.css"]
    assert b"word-break: keep-all" in korean["style.css"]


def test_the_style_sheet_needs_no_custom_properties(files: dict[str, bytes]) -> None:
    assert b"var(" not in files["style.css"]
    assert b":root" not in files["style.css"]


def test_no_long_word_or_address_runs_over_the_edge(files: dict[str, bytes]) -> None:
    sheet = files["style.css"].decode()
    for name in (r"body", r'a\[href\^="http"\]', r"\.crammed th, \.crammed td"):
        rule = re.search(
            rf"^{name} {{[^}}]*overflow-wrap: (break-word|anywhere)", sheet, re.MULTILINE
        )
        assert rule, name


def test_drafts_say_what_is_untranslated() -> None:
    note = WORDS["untranslated-note"].format(language="English")
    assert note not in unzipped(book())["title.xhtml"].decode()
    assert note in unzipped(book(untranslated=0.2))["title.xhtml"].decode()


def test_who_imports_the_renderer_does_not_yet_import_the_engine() -> None:
    code = "import sys, publish.renderers.epub; print({'ebooklib', 'PIL'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "set()"


def test_code_runs_from_left_to_right_in_every_language() -> None:
    edition = book("ar", chapters=(chapter(1, 1, "<pre><code>x = 1</code></pre>"),))
    assert b'<pre dir="ltr"><code dir="ltr">' in unzipped(edition)["text-01.xhtml"]
