"""Equations: where the parts of a formula stand on paper, in ems of the text."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from weasyprint import HTML

from publish import styles
from publish.renderers.pdf import equations, formulas

NS = "http://www.w3.org/1998/Math/MathML"
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p><math xmlns="{}" display="{}">'
    "<mrow>{}</mrow></math></p></body></html>"
)
FAMILIES = ("Gentium Book Plus",)
EM = 20.0
SHEET = f"body {{ font: {EM}px 'Gentium Book Plus' }}"


class Part(NamedTuple):
    """A piece of text as it is painted: its middle, its baseline (downwards), its size."""

    middle: float
    baseline: float
    size: float


def laid(mathml: str, display: str = "block") -> etree._Element:
    root = etree.fromstring(PAGE.format(NS, display, mathml))
    equations.lay_out(root, FAMILIES)
    return root


def painted(mathml: str, display: str = "block") -> dict[str, Part]:
    """The pieces of a formula by their text, measured from the piece “x”."""
    text = etree.tostring(laid(mathml, display), encoding="unicode", method="html")
    sheet = re.search(r"math \{.*?(?=\n/\* Figures)", styles.read().sheet("print.css"), re.DOTALL)
    assert sheet
    page = HTML(string=f"<style>{SHEET} {sheet[0]}</style>{text}").render().pages[0]
    boxes = [box for box in page._page_box.descendants() if hasattr(box, "text")]
    parts = {
        box.text: Part(
            (box.position_x + box.width / 2) / EM,
            (box.position_y + box.baseline) / EM,
            box.style["font_size"] / EM,
        )
        for box in boxes
    }
    return {
        text: part._replace(baseline=part.baseline - parts["x"].baseline)
        for text, part in parts.items()
    }


def test_a_fraction_has_its_rule_on_the_axis() -> None:
    simple = painted("<mi>x</mi><mfrac><mn>1</mn><mn>2</mn></mfrac>")
    tall = painted(
        "<mi>x</mi><mfrac><mn>1</mn><mrow><mn>2</mn><mo>+</mo><mfrac><mn>3</mn><mn>4</mn></mfrac>"
        "</mrow></mfrac>"
    )
    assert simple["1"].baseline < -0.3 < 0.3 < simple["2"].baseline
    assert tall["1"].baseline == pytest.approx(simple["1"].baseline, abs=0.02)
    assert simple["1"].middle == pytest.approx(simple["2"].middle, abs=0.01)
    assert tall["3"].size == pytest.approx(0.7)


def test_a_sum_has_its_limits_above_and_below() -> None:
    found = painted("<mi>x</mi><munderover><mo>∑</mo><mi>a</mi><mi>b</mi></munderover>")
    assert found["b"].baseline < -1
    assert found["a"].baseline > 0.8
    assert found["∑"].baseline == pytest.approx(0, abs=0.02)
    assert found["a"].middle == pytest.approx(found["b"].middle, abs=0.1)
    assert found["∑"].size == pytest.approx(1.4)


def test_indices_stand_one_above_the_other() -> None:
    found = painted("<mi>x</mi><msubsup><mi>y</mi><mi>a</mi><mi>b</mi></msubsup>", "inline")
    assert found["b"].baseline < -0.3
    assert 0.15 < found["a"].baseline < 0.4
    assert found["a"].size == found["b"].size == pytest.approx(0.7)
    assert found["a"].middle == pytest.approx(found["b"].middle, abs=0.1)


def test_an_index_of_something_tall_stands_at_its_shoulder() -> None:
    tall = "<mrow><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow>"
    found = painted(f"<mi>x</mi><msup>{tall}<mi>a</mi></msup>")
    assert found["a"].baseline < found["1"].baseline


def test_a_matrix_is_centred_on_the_axis() -> None:
    rows = "".join(f"<mtr><mtd><mn>{n}</mn></mtd></mtr>" for n in (1, 2, 3))
    found = painted(f"<mi>x</mi><mtable>{rows}</mtable>")
    assert found["2"].baseline == pytest.approx(0, abs=0.1)
    assert found["3"].baseline == pytest.approx(-found["1"].baseline, abs=0.2)


@pytest.mark.parametrize(
    ("within", "tall"), [("<mi>a</mi>", 0), ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", 2)]
)
def test_brackets_are_as_tall_as_what_they_hold(within: str, tall: int) -> None:
    signs = [
        f'<mo stretchy="true" form="{form}">{sign}</mo>'
        for form, sign in (("prefix", "("), ("postfix", ")"))
    ]
    root = laid(f"{signs[0]}{within}{signs[1]}")
    assert len(root.findall(".//*[@class='tall']")) == tall


def test_a_letter_is_slanted_and_a_name_is_upright() -> None:
    accent = '<mover><mi>x</mi><mo accent="true">‾</mo></mover>'
    root = laid(f"<mi>a</mi><mi>β</mi><mi>max</mi><mi>∞</mi><mi>ℝ</mi>{accent}")
    assert [each.text for each in root.iter(f"{{{NS}}}mi")] == ["a", "β", "x̄"]


def test_what_a_formula_says_is_read_before_it_is_laid_out() -> None:
    root = laid("<munderover><mo>∑</mo><mi>a</mi><mi>b</mi></munderover>")
    assert formulas.read(root.find(f".//{{{NS}}}math")) == "∑_a^b"


NAMES = "mfrac mi mn mo mover mroot mrow msqrt msub msubsup msup mtable mtd mtr munder munderover"
ELEMENTS = st.recursive(
    st.sampled_from(
        ["<mi>x</mi>", "<mo>(</mo>", "<mo>‾</mo>", "<mrow/>", "<!-- c -->", "<mo>⏟</mo>"]
    ),
    lambda inner: st.builds(
        lambda name, kids: f"<{name}>{''.join(kids)}</{name}>",
        st.sampled_from(NAMES.split()),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(ELEMENTS)
def test_whatever_mathml_a_manuscript_brings_is_laid_out(mathml: str) -> None:
    assert laid(mathml).find(f".//{{{NS}}}math") is not None
