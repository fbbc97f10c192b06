"""Raw markup that comes into no edition, tables without a head, formulas that cannot be set."""

from __future__ import annotations

from pathlib import Path

import pytest

from publications import append, made, publish, told
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


CASES = {
    "latex": ("```{=latex}\n\\vspace{1cm}\n```\n", "30 markup-dropped"),
    "tex in a line": ("Space \\vspace{1cm} here.\n", "29 markup-dropped"),
    "a script": ("<script>x()</script>\n", "29 markup-dropped"),
    "a handler": ('A <b onclick="x()">word</b>.\n', "29 markup-dropped"),
    "harmless": ("A <b>word</b>, <!-- hm --> and `<i>x</i>`{=html}.\n", ""),
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
