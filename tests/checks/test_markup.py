"""Raw markup that comes into no edition, dead links, tables without a head, wrong formulas."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import METADATA, REFERENCES, append, made, publish, replace, told
from publish.editions import markup

ARTICLE = "manuscript/article.md"


@pytest.mark.parametrize(
    ("html", "lost"),
    [
        ("<em>word</em>", []),
        ("</em>", []),
        ("<!-- a comment -->", []),
        ("<script>x()</script>", ["<script>"]),
        ('<p onclick="x()">', ["onclick"]),
        ('<img src="https://example.org/x.png">', ["<img>"]),
        ('<a href="javascript:x()">', ["href"]),
    ],
)
def test_what_has_no_place_in_an_edition_is_named(html: str, lost: list[str]) -> None:
    assert markup.lost(html) == lost


LINKS = """[a](#sec-first) [b](article.md#sec-first) [c](#references) [d](#ref-example-2020) []()
[e]{#e} [f](#e) <ada@example.org> [g](http://x.org/a.md#i)
"""
CASES = {
    "latex": ("```{=latex}\n\\vspace{1cm}\n```\n", "30 markup-dropped"),
    "tex in a line": ("Space \\vspace{1cm} here.\n", "29 markup-dropped"),
    "a script": ("<script>x()</script>\n", "29 markup-dropped"),
    "a handler": ('A <b onclick="x()">word</b>.\n', "29 markup-dropped"),
    "harmless": ("A <b>word</b>, <!-- hm --> and `<i>x</i>`{=html}.\n", ""),
    "a picture in HTML": ('\nA <img src="line.svg" alt="x">.\n', "30 markup-picture"),
    "a key behind a letter": ("Mill@example-2020. <a@example-2020>\n", "29 citation-printed"),
    "a place for the references": ("\n::: {#refs}\n:::\n", "30 references-place"),
    "a link to a file": ("There is [data](data/file.xlsx).\n", "29 link-file"),
    "a link to no chapter": ("See\n[there](03-foo.md#a).\n", "30 link-file"),
    "links that lead somewhere": (LINKS, ""),
    "a table without a head": ("-----  ---\nWide    12\nTight    3\n-----  ---\n", "30 table-head"),
    "a table with a head": ("a  b\n-- --\n1  2\n", ""),
    "twelve columns": (f"{'| 33,333 ' * 12}|\n{'|---' * 12}|\n{'| 4 ' * 12}|\n", ""),
    "twenty columns": (
        f"{'| 33,333 ' * 20}|\n{'|---' * 20}|\n{'| 4 ' * 20}|\n",
        "29 table-wide",
    ),
    "a formula": ("As $\\frac{a}{b}$ says.\n", ""),
    "an unknown command": ("As $\\foo{a}$ says.\n", "29 formula-tex"),
    "a frame": ("As\n$$\\boxed{a}$$ says.\n", "30 formula-form"),
}


@pytest.mark.parametrize("name", CASES)
def test_authors_are_warned(name: str, tmp_path: Path) -> None:
    text, expected = CASES[name]
    folder = made(tmp_path / "model", built=False)
    lines = (folder / ARTICLE).read_text("utf-8").count("\n")
    append(ARTICLE, "\n" * (28 - lines) + text)(folder)
    done = publish("check", "--no-judges", "-l", "en", cwd=folder)
    found = [f"{one.place} {one.code}" for one in told(done.stderr)]
    assert found == ([f"{ARTICLE}:{expected}"] if expected else [])
    assert done.returncode == 0


ODD = {
    "an ORCID": (replace(METADATA, "role: aut  ", "orcid: 0000-0002-1825-0098"), "imprint-number"),
    "an ISBN": (
        append(METADATA, "identifiers: {isbn: 978-3-16-148410-1}\n"),
        "imprint-number",
    ),
    "an ISSN": (append(METADATA, "identifiers: {issn: 1234-5678}\n"), "imprint-number"),
    "a date in words": (append(REFERENCES, "- {id: x, issued: May 2020}\n"), "bibliography-value"),
    "a type that is none": (append(REFERENCES, "- {id: x, type: bok}\n"), "bibliography-value"),
    "dates": (append(REFERENCES, "- {id: x, type: book, issued: 2019-05/2020~}\n"), ""),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_in_metadata_and_bibliography_is_told(name: str, tmp_path: Path) -> None:
    change, expected = ODD[name]
    change(made(tmp_path / "model", built=False))
    done = publish("check", "--no-judges", "-l", "en", cwd=tmp_path / "model")
    assert " ".join(one.code for one in told(done.stderr)) == expected
    assert done.returncode == 0
