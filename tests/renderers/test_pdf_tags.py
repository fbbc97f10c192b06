from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from renderers import pdf_samples as samples
from renderers.pdf_samples import TEXT, Element, Objects, call, notes, section


def tree(html: str, folder: Path, tag: str = "en") -> Element:
    return Objects(samples.rendered(html, tag), folder).tree()


def test_a_link_with_elements_in_it_is_one_link_that_holds_its_areas(tmp_path: Path) -> None:
    body = section('<p>See <a href="https://example.org/"><em>this</em> and <b>that</b></a>.</p>')
    link = tree(body, tmp_path).all("Sect")[1].all("Link")[0]
    areas = [kid for kid in link.kids if isinstance(kid, dict) and kid["/Type"] == "/OBJR"]
    assert len(areas) == 3  # of the link, and of each element in it
    assert len(link.kids) == 6


def test_an_area_of_a_link_knows_its_link_and_is_printed(tmp_path: Path) -> None:
    objects = Objects(samples.rendered(section('<p><a href="#one">x</a></p>')), tmp_path)
    numbers = objects.read(objects.read(objects.catalog["/StructTreeRoot"])["/ParentTree"])["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    annotations = objects.annotations()
    assert annotations
    for area in annotations:
        assert area["/F"] == 4
        assert objects.read(owners[area["/StructParent"]])["/S"] == "/Link"


def test_what_stands_in_a_loose_list_is_in_bodies(tmp_path: Path) -> None:
    body = section("<ol><li><p>one</p></li><li><p>two</p><ul><li>in</li></ul></li></ol>")
    outer = tree(body, tmp_path).all("L")[0]
    assert outer.roles == ["LI", "LI"]
    assert [each.roles for each in outer.all("LI")] == [["Lbl", "LBody"]] * 3
    assert outer.all("LBody")[1].roles == ["P", "L"]
    assert outer.values["/A"]["/ListNumbering"] == "/Decimal"


def test_terms_and_their_definitions_are_items_of_a_list(tmp_path: Path) -> None:
    html = section("<dl><dt>A</dt><dd>one</dd><dd>two</dd><dt>B</dt><dd>three</dd></dl>")
    terms = tree(html, tmp_path).all("L")[0]
    assert [item.roles for item in terms.all("LI")] == [["Lbl", "LBody", "LBody"], ["Lbl", "LBody"]]


def test_header_cells_say_what_they_head(tmp_path: Path) -> None:
    body = section(
        "<table><caption>C</caption><thead><tr><th></th><th colspan='2'>Years</th></tr></thead>"
        "<tbody><tr><th>Row</th><td>1</td><td></td></tr></tbody></table>"
    )
    table = tree(body, tmp_path).all("Table")[0]
    scopes = [each.values["/A"]["/Scope"] for each in table.all("TH")]
    assert table.roles == ["Caption", "THead", "TBody"]
    assert scopes == ["/Column", "/Column", "/Row"]
    assert table.all("TH")[1].values["/A"]["/ColSpan"] == 2
    assert len(table.all("TD")) == 2


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td colspan='all' rowspan='1.5'>words</td></tr></table>",
        "<p role='doc-footnote'>words</p>",
        "<p><span role='doc-footnote' class='note'>words</span></p>",
        "<p role='doc-noteref' class='noteref'>words</p>",
        "<p><a role='doc-noteref' href='#one'>words</a></p>",
        "<section role='doc-endnotes'><p>words</p></section>",
    ],
)
def test_raw_html_that_means_nothing_is_only_its_words(html: str, tmp_path: Path) -> None:
    root = tree(section(html), tmp_path)
    assert not root.all("Note")
    assert not any({"/ColSpan", "/RowSpan"} & {*each.values["/A"]} for each in root.all("TD"))
    assert root.all("Sect")[1].roles != ["H2"]


def test_a_language_within_the_text_is_in_the_tree(tmp_path: Path) -> None:
    body = section(
        '<p>It is <span lang="ko">주체</span>, <em lang="ko-Latn">Juche</em>.</p>'
        '<blockquote lang="fr"><p>Oui.</p></blockquote><p lang="en">Yes.</p>'
    )
    spoken = [
        (each.role, each.values["/Lang"])
        for each in tree(body, tmp_path).walk()
        if "/Lang" in each.values
    ]
    assert spoken == [("Span", "u:ko"), ("Span", "u:ko-Latn"), ("BlockQuote", "u:fr")]


def test_a_paragraph_over_two_pages_is_one_element(tmp_path: Path) -> None:
    body = section(f"<p>{TEXT * 12}</p>")
    long = max(tree(body, tmp_path).all("P"), key=lambda each: len(each.kids))
    assert any(isinstance(kid, dict) and kid["/Type"] == "/MCR" for kid in long.kids)


def test_a_note_follows_the_paragraph_of_its_call(tmp_path: Path) -> None:
    html = section(f"<p>One{call(1)} and two{call(2)}.</p><p>After.</p>") + notes(
        "<p>First.</p><p>Its second paragraph.</p>", "<p>Other:</p><ul><li>a point</li></ul>"
    )
    root = tree(html, tmp_path)
    first = root.all("Sect")[1]
    assert first.roles == ["H2", "P", "Note", "Note", "P"]
    assert [note.values["/ID"] for note in root.all("Note")] == ["u:fn-1", "u:fn-2"]
    assert [note.roles for note in root.all("Note")] == [["Lbl", "P", "P"], ["Lbl", "P", "L"]]
    assert [each.roles for each in root.all("Reference")] == [["Link"], ["Link"]]


def test_notes_can_be_found_by_their_names(tmp_path: Path) -> None:
    html = section(f"<p>One{call(1)}.</p>") + notes("<p>First.</p>")
    objects = Objects(samples.rendered(html), tmp_path)
    names = objects.read(objects.read(objects.catalog["/StructTreeRoot"])["/IDTree"])["/Names"]
    assert names[0] == "u:fn-1"
    assert objects.read(names[1])["/S"] == "/Note"


def test_pictures_have_their_words_and_decoration_is_none(tmp_path: Path) -> None:
    html = section(
        '<figure><img src="figures/line.svg" alt="A line" /><figcaption>C</figcaption>'
        '</figure><p><img src="figures/line.svg" alt="" /></p>'
    )
    root = tree(html, tmp_path)
    figures = root.all("Figure")
    assert [each.values["/Alt"] for each in figures] == ["u:A line"]
    left, bottom, right, top = figures[0].values["/A"]["/BBox"]
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842
    assert len(root.all("Caption")) == 1


@pytest.mark.parametrize("role", ["Code", "Quote", "Formula", "BlockQuote"])
def test_code_quotations_and_formulas_are_called_so(role: str, tmp_path: Path) -> None:
    html = section(
        "<p><code>x</code> <q>said</q> <math><mi>E</mi></math></p>"
        "<blockquote>Bare words.</blockquote><pre><code>y = 1</code></pre>"
    )
    assert tree(html, tmp_path).all(role)


def test_contents_are_a_table_of_contents(tmp_path: Path) -> None:
    root = Objects(samples.rendered(section("<p>x</p>"), kind="book"), tmp_path).tree()
    assert root.all("TOC")[0].roles == ["TOCI"]
    assert root.all("TOCI")[0].all("Link")


def test_running_heads_page_numbers_and_repeated_heads_are_artifacts(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(90))
    table = f"<table><thead><tr><th>Number</th></tr></thead><tbody>{rows}</tbody></table>"
    objects = Objects(samples.rendered(section(table)), tmp_path)
    pages = objects.read(objects.catalog["/Pages"])["/Kids"]
    second = objects.read(objects.read(pages[1])["/Contents"])["data"]
    content = base64.b64decode(second).decode()
    artifacts = re.findall(r"/Artifact\s*<</Type /Pagination>>\s*BDC", content)
    assert len(artifacts) == 3  # title, head of the table, number of the page
    assert len(objects.tree().all("TH")) == 1


def test_every_piece_of_content_has_an_owner(tmp_path: Path) -> None:
    objects = Objects(samples.rendered(section(f"<p>{TEXT}</p>" * 12)), tmp_path)
    numbers = objects.read(objects.read(objects.catalog["/StructTreeRoot"])["/ParentTree"])["/Nums"]
    for page, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if isinstance(owners, list):
            name = objects.read(objects.catalog["/Pages"])["/Kids"][page]
            data = objects.read(objects.read(name)["/Contents"])["data"]
            content = base64.b64decode(data).decode()
            marks = {int(mark) for mark in re.findall(r"/MCID (\d+)", content)}
            assert marks == {mark for mark, owner in enumerate(owners) if owner is not None}
