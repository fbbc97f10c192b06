"""Files of every format become trees; figures give their words and take them back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.documents import figures, read, trees
from publish.documents.pandoc import Pandoc
from publish.manuscripts import FORMATS, File
from publish.pandoc import program
from publish.problems import PublishError, Severity
from walking import document

SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
  <!-- nothing --><script>alert(1)</script>
  <style>@import "x"; a {{ fill: url(http://x) url(#y) }}</style>
  <title>It's a line</title>
  <text onclick="x()">War and <tspan>peace</tspan> again</text>
  <text>12</text><text>–</text><a xlink:href="http://x"><text fill="url(http://x)">link</text></a>
  {}
</svg>"""


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def strings(blocks: trees.Blocks) -> list[str]:
    return list(trees.strings(blocks))


def test_line_breaks_of_the_source_are_spaces_and_comments_leave_paragraphs(pandoc: Pandoc) -> None:
    found = document("one\ntwo <!-- three --> four\n", pandoc)
    assert [trees.text(block["c"]) for block in found.blocks] == ["one two four"]


def test_signs_that_xml_forbids_are_gone(pandoc: Pandoc) -> None:
    found = document("a\x07b &#8; c\U000f0012d\n", pandoc)
    assert strings(found.blocks) == ["ab", "cd"]


@pytest.mark.parametrize(
    "text",
    [
        """他说"战争"，意思是'和平'。""",
        """彼は"戦争"と'平和'と言い""",
        """그는"전쟁"과'평화'라고""",
        """เขา"สงคราม"และ'สันติ'ครับ""",
    ],
)
def test_quotations_need_no_space_where_a_language_writes_none(pandoc: Pandoc, text: str) -> None:
    (inlines,) = pandoc.inlines([text])
    kinds = [node["c"][0]["t"] for node in inlines or [] if node["t"] == "Quoted"]
    assert kinds == ["DoubleQuote", "SingleQuote"]
    assert pandoc.texts([inlines or []]) == [text]


@pytest.mark.parametrize(("name", "code"), [("a.rst", ":ref:`x`"), ("a.org", "~x~")])
def test_quotes_and_dashes_of_other_formats_are_read_and_code_has_no_role(
    pandoc: Pandoc, name: str, code: str
) -> None:
    format = FORMATS[Path(name).suffix]
    found, _ = read(File(name, format, f'"Words" -- and {code}\n'.encode()), pandoc)
    nodes = list(trees.every(found.blocks))
    assert [trees.attribute(node, "role") for node in nodes if node["t"] == "Code"] == [""]
    assert [node["t"] for node in nodes if node["t"] == "Quoted"] == ["Quoted"]
    assert "–" in strings(found.blocks)


def test_the_paragraphs_of_a_meaning_stay_apart(pandoc: Pandoc) -> None:
    (found,) = document("T\n:   One.\n\n    Two.\n\nU\n:   Alone.\n", pandoc).blocks
    kinds = [[block["t"] for block in meaning] for _, (meaning,) in found["c"]]
    assert kinds == [["Para", "Para"], ["Plain"]]


def test_a_table_of_a_foot_alone_has_it_as_its_body(pandoc: Pandoc) -> None:
    rows = ["| a |", "| b |"]
    for first, last, body, foot in ("-=20", "==11", "--20"):
        lines = ["+---+", "| h |", "+===+", rows[0], f"+{3 * first}+", rows[1], f"+{3 * last}+"]
        (table,) = document("\n".join(lines), pandoc).blocks
        *_, ((*_, found),), (_, rest) = table["c"]
        assert [len(found), len(rest)] == [int(body), int(foot)]


@pytest.mark.parametrize("depth", [150, 2000])
def test_a_text_nested_too_deeply_is_read_or_refused(pandoc: Pandoc, depth: int) -> None:
    source = f"{'<div>' * depth}x{'</div>' * depth}".encode()
    try:
        found, _ = read(File("manuscript/a.html", "html", source), pandoc)
    except PublishError as error:
        said = [problem.code for problem in error.problems]
    else:
        said = strings(found.blocks)
    assert said == ["manuscript-limit" if depth > 1000 else "x"]


def test_what_pandoc_cannot_read_is_a_problem_of_the_file(pandoc: Pandoc) -> None:
    with pytest.raises(PublishError) as caught:
        read(File("manuscript/a.docx", "docx", b"no zip"), pandoc)
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.path) == ("manuscript-syntax", "manuscript/a.docx")


def test_what_pandoc_warns_of_is_a_warning_with_its_line(pandoc: Pandoc) -> None:
    _, (problem,) = read(File("manuscript/a.md", "markdown", b"[^1]: x\n\nText.\n"), pandoc)
    assert (problem.severity, problem.location.line) == (Severity.WARNING, 1)


def test_a_word_document_brings_its_pictures(pandoc: Pandoc, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(SVG.format(""), "utf-8")
    made = tmp_path / "a.docx"
    command = [program(), "--from=markdown", f"--output={made}", f"--resource-path={tmp_path}"]
    subprocess.run(
        command, input=b'![Caption](a.svg){alt="Words"}\n', check=True, capture_output=True
    )
    found = document(made.read_bytes(), pandoc, "docx")
    images = [node["c"][2][0] for node in trees.every(found.blocks) if node["t"] == "Image"]
    assert set(images) <= set(found.media)
    assert images


def test_words_of_a_drawing_are_found_in_order_and_put_back() -> None:
    data = SVG.format("").encode()
    found = figures.read("f.svg", data)
    words = ["It’s a line", "War and", "peace", "again", "12", "link"]
    assert [trees.text(block["c"][1][0]["c"]) for block in found.blocks] == words
    assert list(found.lines.values()) == [4, 5, 5, 5, 6, 6]
    written = figures.written("f.svg", data, found.blocks, "de").decode()
    assert "<text>War and <tspan>peace</tspan> again</text>" in written
    assert 'lang="de"' in written


def test_nothing_in_a_drawing_acts_or_fetches() -> None:
    picture = '<image href="data:image/png;base64,AAAA"/><image href="data:text/html,x"/><set/>'
    data = SVG.format(picture).encode()
    written = figures.written("f.svg", data, figures.read("f.svg", data).blocks, "en").decode()
    for word in ("script", "alert", "onclick", "http://x", "@import", "text/html", "<set", "<!--"):
        assert word not in written
    assert "url(#y)" in written
    assert "image/png" in written


def test_words_around_a_comment_or_an_entity_stay() -> None:
    data = b"<svg xmlns='http://www.w3.org/2000/svg'><text>Before <!-- c --> after</text></svg>"
    for one in (data, b"<!DOCTYPE svg [<!ENTITY c ''>]>" + data.replace(b"<!-- c -->", b"&c;")):
        (block,) = figures.read("f.svg", one).blocks
        assert trees.text(block["c"][1][0]["c"]).split() == ["Before", "after"]


@pytest.mark.parametrize(
    "rules", ["a{fill:url(#b)}", "a{fill:url('#b')}", 'a { mask: url( "#b" ) }']
)
def test_rules_of_a_drawing_that_lead_within_it_stay(rules: str) -> None:
    data = f"<svg xmlns='http://www.w3.org/2000/svg'><style>{rules}</style></svg>".encode()
    assert rules.encode() in figures.written("f.svg", data, [], "en")


@pytest.mark.parametrize(
    "data", [b"", b"<svg>", b"no", b"<html/>", b'<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;']
)
def test_what_is_no_drawing_is_a_problem(data: bytes) -> None:
    with pytest.raises(PublishError, match="not an SVG picture"):
        figures.read("f.svg", data)
