"""A formula and the marks beside it are one piece, to a line of a page that flows."""

from __future__ import annotations

import re

import pytest

from publish.renderers import formulas, pages

M = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a M b", "a M b"),
        ("a M; b", "a <M;> b"),
        ("a (M) b", "a <(M)> b"),
        ("M?! b M, c", "<M?!> b <M,> c"),
        ("<i>a</i> [M b", "<i>a</i> <[M> b"),
        ("M–M", "M–M"),
    ],
)
def test_marks_stay_with_their_formula(given: str, expected: str) -> None:
    body = pages.parse(f"<p>{given.replace('M', M)}</p>")
    formulas.hold(body)
    found = re.sub(r'<span class="held">(.*?)</span>', r"<\1>", pages.serialise(body))
    assert found.replace(M, "M") == f"<p>{expected}</p>"


def test_a_formula_of_its_own_line_is_left_alone() -> None:
    shown = M.replace("<math ", '<math display="block" ')
    body = pages.parse(f"<p>({shown}).</p>")
    formulas.hold(body)
    assert "held" not in pages.serialise(body)
