"""The page list of an EPUB beside the PDF that was made with it."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from generated import made
from publish import styles
from publish.editions import Edition, PageStart
from publish.pipeline.editing import Editing
from publish.project import Project
from publish.records import replace
from publish.renderers import epub, pdf, render_together
from publish.renderers.epub import documents, pagelist

STYLE = styles.read()
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
OPF = "{http://www.idpf.org/2007/opf}"
TOP = 300  # letters and digits: running head, a table's head once more, the first line
METADATA = """title: Pages
language: en
date: 2026-11-22
kind: {}
abstract: In short.
contributors: [{{name: Ada, bio: ada.md}}]
"""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """Manuscripts with all that Markdown has, some pages long."""
    return {kind: made_up(tmp_path_factory.mktemp(kind), kind) for kind in ("article", "book")}


def made_up(root: Path, kind: str) -> Edition:
    folder = root / "manuscript"
    folder.mkdir()
    for number in (1, 2):
        text = "# Start\n\n" + made(number + len(kind), 200).text
        text = re.sub("[日本語👍]", "", text)  # not every machine has letters for these
        text = re.sub(r"(?<!\w)-?@\w+", "", text).replace("#id ", "")
        (folder / f"{number}.md").write_text(text, "utf-8")
    (folder / "law.png").write_bytes(PICTURE)
    (folder / "ada.md").write_text("Ada writes.", "utf-8")
    (folder / "metadata.yaml").write_text(METADATA.format(kind), "utf-8")
    with Editing(Project(root)) as editing:
        return editing.edition("en")


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def printed(data: bytes) -> list[str]:
    """The letters of each page of a PDF."""
    command = ["pdftotext", "-raw", "-", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return [letters(page) for page in done.stdout.decode().split("\f")[:-1]]


def marked(data: bytes) -> dict[str, str]:
    """By the label of each mark in reading order: the letters from there to the file's end."""
    found: dict[str, str] = {}
    with ZipFile(BytesIO(data)) as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        for name in names:
            tree = etree.fromstring(book.read(name))
            for mark in tree.iterfind(".//*[@role='doc-pagebreak']"):
                after = mark.xpath("following::text()[not(ancestor::*[local-name()='annotation'])]")
                found[mark.get("aria-label", "")] = letters("".join(after))
    return found


def package(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as book:
        return etree.fromstring(book.read("EPUB/content.opf"))


def properties(data: bytes, name: str) -> list[str]:
    metas = package(data).iterfind(f".//{OPF}meta[@property='{name}']")
    return [meta.text or "" for meta in metas]


@pytest.mark.parametrize("kind", ["article", "book"])
def test_each_page_of_the_pdf_begins_where_the_epub_says(
    editions: dict[str, Edition], kind: str
) -> None:
    files = render_together(["epub", "pdf"], editions[kind], STYLE)
    assert isinstance(files["epub"], bytes)
    assert isinstance(files["pdf"], bytes)
    pages, marks = printed(files["pdf"]), marked(files["epub"])
    assert list(marks) == [str(n) for n in range(1, len(pages) + 1)]
    assert len(pages) > 6
    for label, text in marks.items():
        top = pages[int(label) - 1][:TOP]
        wanted = 8 if text.startswith("Contents") else 20  # each has contents of its own
        # A word that is divided in print is whole here, and stands after the mark.
        assert any(text[start:][:wanted] in top for start in range(25)), (label, text[:40], top)
    assert properties(files["epub"], "pageBreakSource") == ["Pages (PDF)"]
    assert "pageBreakMarkers" in properties(files["epub"], "schema:accessibilityFeature")


def test_the_list_leads_to_every_mark_in_order(editions: dict[str, Edition]) -> None:
    edition = editions["book"]
    data, pages = pdf.paginated(edition, STYLE)
    assert data == pdf.render(edition, STYLE)
    with ZipFile(BytesIO(epub.render(replace(edition, pages=pages), STYLE))) as book:
        nav = etree.fromstring(book.read("EPUB/contents.xhtml"))
        (listed,) = nav.iterfind(".//*[@role='doc-pagelist']")
        links = [link.get("href", "") for link in listed.iter("{*}a")]
        assert [link.text for link in listed.iter("{*}a")] == [page.label for page in pages]
        for link in links:
            name, _, id = link.partition("#")
            assert book.read(f"EPUB/{name}").count(f'id="{id}"'.encode()) == 1


def test_without_a_pdf_there_are_no_pages_and_none_are_claimed(
    editions: dict[str, Edition],
) -> None:
    data = epub.render(editions["article"], STYLE)
    assert not marked(data)
    assert not properties(data, "pageBreakSource")
    assert "pageNavigation" not in properties(data, "schema:accessibilityFeature")


def test_a_place_that_is_not_found_makes_the_whole_list_void(
    editions: dict[str, Edition],
) -> None:
    edition = editions["article"]
    right = (PageStart("1", "", 0, ""), PageStart("2", "pub-abstract", 8, "Inshort"))
    assert marked(epub.render(replace(edition, pages=right), STYLE))
    for wrong in (
        PageStart("3", "pub-abstract", 8, "nothing like this"),
        PageStart("3", "no-such-place", 0, ""),
        right[0],  # again, after the other
    ):
        assert not marked(epub.render(replace(edition, pages=(*right, wrong)), STYLE))


TEXT = """<body xmlns="http://www.w3.org/1999/xhtml"><section id="s"><h2>One two</h2>
<p>He went under<em>stand</em>ing.</p><figure><img src="a"/><figcaption>Cap</figcaption></figure>
<ul><li>First</li><li>Second</li></ul><table><thead><tr><th>Head</th></tr></thead>
<tbody><tr><td>Cell</td><td>Other</td></tr></tbody></table><div role="list"><div
role="listitem">Item</div><div role="listitem">Last</div></div></section></body>"""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("OneTwo", "<body><span/><section"),
        ("Hewent", "</h2>\n<span/><p>He"),
        ("ntunder", "<p>He <span/>went"),  # a word is not divided
        ("\ufffcCap", "</p><span/><figure>"),
        ("Cap", "/><span/><figcaption>Cap"),
        ("First", "</figure>\n<span/><ul>"),
        ("Second", "<li><span/>Second"),
        ("Cell", "</ul><span/><table>"),
        ("Other", "<td><span/>Other"),
        ("Item", '</table><span/><div role="list">'),
        ("Last", '<div role="listitem"><span/>Last'),
    ],
)
def test_a_mark_stands_before_the_block_that_begins_the_page(before: str, expected: str) -> None:
    tree = etree.fromstring(f"<html>{TEXT}</html>")
    page = documents.Page("text-01.xhtml", "", tree)
    whole = "OnetwoHewentunderstanding\ufffcCapFirstSecondCellOtherItemLast"
    before = before.replace("OneTwo", "Onetwo")
    start = PageStart("7", "s", whole.index(before), before)
    (mark,) = pagelist.mark([page], [start])
    assert mark.href == "text-01.xhtml#pub-page-7"
    written = etree.tostring(tree, encoding="unicode")
    written = re.sub(r"<[\w:]*span [^>]*doc-pagebreak[^>]*></[\w:]*span>", "<span/>", written)
    assert expected in written.replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
