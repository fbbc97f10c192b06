"""Whatever HTML a manuscript brings, an edition's is well-formed and does nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from publish.editions.markup import clean

PIECES = """
<p> </p> <b> </b> <br> <br /> <script> </script> <!-- --> <![CDATA[ ]]> < > & &nbsp; &#0; &lt;
<img src=x> <img/src=//e> <svg onload=x> <math> <mi> </math> <a href="javascript:x"> </a> <style> <p
onclick="x" style="a:url(x)" /> <table> <td> <b/> <?php ?> text " ' = \x0b ￾ <x:y z:w="1"> <iframe>
<input> <title> <textarea> <plaintext> <template> HREF=x <A </p >
""".split()
FORMULA = (
    '<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><semantics>'
    '<mrow><mo stretchy="true" form="prefix">(</mo><mi>x</mi><mspace width="0.2em"></mspace></mrow>'
    '<annotation encoding="application/x-tex">x</annotation></semantics></math>'
)


def tree(text: str) -> etree._Element:
    return etree.fromstring(f"<div>{text}</div>")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        '<p>a <br />&amp; &lt;b&gt; <img src="figures/a.svg" alt="" /></p>',
        '<td style="text-align: right;"></td>',
        '<li><label><input type="checkbox" checked="" />done</label></li>',
        FORMULA,
        '<a href="mailto:a@b">a</a> <a href="#fn:1">b</a> <a href="02.md">c</a>',
    ],
)
def test_what_pandoc_writes_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a<br>b", "<p>a<br/>b</p>"),
        ("<p>a<b>c</p><p>d</b></p>", "<p>a<b>c</b></p><p><b>d</b></p>"),
        ("</div></div>x&nbsp;y", "x\u00a0y"),
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ('<p onclick="x()" ONLOAD="y">a</p>', "<p>a</p>"),
        ('<a href="JavaScript:x">a</a><A HREF=" java\nscript:x">b</A>', "<a>a</a><a>b</a>"),
        ("<!-- c --><p>x</p><?php y ?>", "<p>x</p>"),
        ('<img src="http://e/x.png"/><img src="//e/y"/>z', "z"),
        ('<iframe src="x">a</iframe><form action="x"><input name="q"/>b</form>', "b"),
        ("<![CDATA[><script>alert(1)</script>]]>", "]]&gt;"),
        ("<b/>x", "<b>x</b>"),
        ('<b style="background: url(x)">a</b>', "<b>a</b>"),
        ("<custom-x>a</custom-x>", "a"),
        ("a\x00\x0bb&#xfffe;", "ab"),
        (f"x<br>{FORMULA}", f"x<br/>{FORMULA}"),
    ],
)
def test_what_a_manuscript_brings_is_read_as_a_browser_would(text: str, expected: str) -> None:
    assert clean(text) == expected


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_comes_in_what_goes_out_is_well_formed_and_harmless(pieces: list[str]) -> None:
    for glue in ("", " "):
        cleaned = clean(glue.join(pieces))
        assert clean(cleaned) == cleaned
        for element in tree(cleaned).iter():
            assert isinstance(element.tag, str)
            assert etree.QName(element).localname not in {
                "script",
                "style",
                "svg",
                "iframe",
                "title",
            }
            for name, value in element.attrib.items():
                assert not str(name).lower().startswith("on")
                assert "javascript" not in str(value)
