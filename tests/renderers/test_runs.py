"""Runs: what stands together from left to right in a text from right to left."""

from __future__ import annotations

import pytest
from lxml import etree

from publish.renderers.pdf import runs


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("ماء H<sub>2</sub>O هنا", "ماء [H<sub>2</sub>O] هنا"),
        ("و2<sup>10</sup>، ثم", "و[2<sup>10</sup>]، ثم"),
        ("(<a>Doe 2020</a>, p. 3).", "([<a>Doe 2020</a>, p. 3])."),
        ("<a>Roe</a> و <a>Doe</a>, p. 1; <a>3</a>", "[<a>Roe</a>] و [<a>Doe</a>, p. 1]; <a>3</a>"),
        ('<span class="orcid">A <a>b</a></span>', '<span class="orcid">[A <a>b</a>]</span>'),
        ("عام 2020 <em>A Book</em> هنا", "عام 2020 [<em>A Book</em>] هنا"),
        ("A <em>b</em> <em>c</em> d", "[A <em>b</em> <em>c</em> d]"),
        ('كلمة<sup class="noteref">1</sup> هنا', 'كلمة<sup class="noteref">1</sup> هنا'),
        ('<span dir="ltr">a <em>b</em></span> هنا', '<span dir="ltr">a <em>b</em></span> هنا'),
        ("كل <a>http://a/</a> هنا", 'كل <a dir="ltr">http://a/</a> هنا'),
        ("كل <em>شيء</em> هنا", "كل <em>شيء</em> هنا"),
    ],
)  # fmt: skip
def test_a_run_is_held_together(text: str, held: str) -> None:
    root = etree.fromstring(f"<body><p>{text}</p></body>")
    runs.hold(root)
    found = etree.tostring(root, encoding="unicode")
    expected = held.replace("[", '<span dir="ltr">').replace("]", "</span>")
    assert found == f"<body><p>{expected}</p></body>"
