"""PDF: drawings with words in any script, lists, formulas, what glyphs stand for."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from publish.renderers import pdf
from publish.renderers.pdf import characters, engine, formulas, lists, patching, repairs
from renderers.pdf_samples import STYLE, edition, tool

MATHML = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'


@pytest.mark.parametrize(
    ("mathml", "words"),
    [
        ("<mi>a</mi><mo>+</mo><mi>b</mi>", "a + b"),
        ("<msup><mi>c</mi><mn>2</mn></msup>", "c^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>", "(a + 1)/2"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi>", "∫_0^1x"),
        ("<msqrt><mi>x</mi><mi>y</mi></msqrt>", "√(xy)"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "3√(x)"),
        ("<mi>x</mi><annotation>\\frac</annotation>", "x"),
    ],
)
def test_a_formula_is_read_in_signs_and_not_as_tex(mathml: str, words: str) -> None:
    assert formulas.read(etree.fromstring(MATHML.format(mathml))) == words


def test_a_list_is_counted_from_where_it_begins() -> None:
    root = etree.fromstring(
        '<div><ol start="3"/><ol start="x"/><ol start="-1" style="a: b"/>'
        f'<ol start="{"1" * 5000}"/></div>'
    )
    lists.number(root)
    assert [each.get("style") for each in root] == [
        "counter-reset: list-item 2",
        None,
        "counter-reset: list-item -2; a: b",
        None,
    ]


def test_lists_are_numbered_as_they_are_written(tmp_path: Path) -> None:
    html = (
        '<ol start="3" type="a"><li>one</li></ol><ol start="4" type="i"><li>two</li></ol>'
        '<ol class="example" type="1"><li>three</li></ol>'
    )
    text = text_of(html, tmp_path)
    for line in ("c. one", "iv. two", "(1) three"):
        assert line in text


DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" width="200" height="40">
<text x="10" y="20" direction="rtl">\xd9\x82\xd8\xa8\xd9\x84</text></svg>"""


def test_words_in_a_drawing_are_drawn_whole(tmp_path: Path) -> None:
    html = '<p>قبل.</p><p><img src="a.svg" alt="A word." /></p>'
    text = text_of(html, tmp_path, "ar", resources={"a.svg": DRAWING})
    assert text.count("قبل") == 2


def test_letters_with_places_of_their_own_are_drawn_one_by_one() -> None:
    node = SimpleNamespace(text="abc", attrib={})
    assert repairs.runs(node, [1], [2], [0]) == ["abc"]
    assert repairs.runs(node, [1, 2], [2], [0]) == ["a", "b", "c"]
    node.attrib = {"letter-spacing": "2"}
    assert repairs.runs(node, [1], [2], [0]) == ["a", "b", "c"]


def test_the_fault_that_parts_letters_is_still_the_one_that_is_mended() -> None:
    engine.load()
    svg = sys.modules["weasyprint.svg"]
    assert repairs.join_letters(svg)
    another = ModuleType("another")
    another.__dict__["text"] = lambda: None
    assert not patching.patch(another, "text", {repairs.LETTERS: ""})


def test_a_glyph_of_a_cluster_stands_for_its_own_character(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "publish.fonts.characters", lambda *_: {1: "ท", 2: "ี", 3: "่", 5: "ํ", 6: "…"}
    )
    marks = {1: "", 2: "", 3: "ที่", 4: "ffi", 5: "ำ", 6: " and all the rest"}
    font = SimpleNamespace(to_unicode=dict(marks), file_content=b"", index=0)
    characters.settle({"a": font})
    assert font.to_unicode == {1: "ท", 2: "ี", 3: "่", 4: "ffi", 5: "ํ", 6: "…"}


def text_of(html: str, folder: Path, tag: str = "en", **changes: Any) -> str:
    data = pdf.render(edition(html, tag, **changes), STYLE)
    return tool("pdftotext -layout {} -", data, folder)
