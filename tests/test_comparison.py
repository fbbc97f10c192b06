"""A translation is let in only with the very things of its source, whatever it tries."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.messages.comparison import faults
from walking import TOKENS, WORDS

typed = st.lists(st.sampled_from([*TOKENS, *WORDS, "\n"]), max_size=8).map(" ".join)
SOURCE = "A *word*[^1] of [law](http://x.y) by @doe with `code` and {number}."


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


RAW = "citation: @x is printed as it stands there, for it is no citation behind a letter"


def said(pandoc: Pandoc, source: str, translation: str) -> list[str]:
    one, other = pandoc.inlines([source, translation])
    assert one is not None
    return [
        f"{fault.code.removeprefix('translation-')}: {fault.message}"
        for fault in faults(one, other)
    ]


@pytest.mark.parametrize(
    "translation",
    [
        "**{number}** `code` @doe [Recht](http://x.y)[^1]",
        "[Wort]{lang=de}[^1] [R]{dir=rtl}[L](http://x.y) @doe, wieder @doe, `code` {number}",
        '"A" [law](http://x.y "title")[^1] by [-@doe, S. 3] with `code` -- {number}…',
    ],
)
def test_the_same_things_in_another_order_and_form_are_let_in(
    pandoc: Pandoc, translation: str
) -> None:
    assert said(pandoc, SOURCE, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("a[^1]", "b", ["lost: the translation has no note call [^1]"]),
        ("a[^1]", "b[^1][^1]", ["invented: the source has no note call [^1]"]),
        ("a", "b[^7]", ["invented: the source has no note call [^7]"]),
        ("a", r"b\[^7\]", ["invented: the source has no note call [^7]"]),
        ("a", "b^[c]", ["invented: the source has no note of its own"]),
        ("a @x", "b", ["lost: the translation has no citation @x"]),
        ("a @x", "b@x", [RAW]),
        ("a @x [@x]", "b@x [@x]", [RAW]),
        ("a @x", "b@x和", [RAW]),
        ("a @x", "b@xy @x", []),
        ("a @x", "参见@x和 @x", []),
        ("a @x [@x]", "参见@x和[@x, p. 3及各处]", []),
        ("a @x", "-@x는", []),
        ("a @x b\\@x", "b\\@x @x", []),
        ("a", "b @x", ["invented: the source has no citation @x"]),
        (
            "[a](b)",
            "[a](c)",
            ["lost: the translation has no link to b", "invented: the source has no link to c"],
        ),
        ("a", "[a](javascript:x)", ["invented: the source has no link to javascript:x"]),
        (
            "a",
            "<http://x.y>",
            [f"invented: the source has no {it}" for it in ("link to http://x.y", "class .uri")],
        ),
        ("a", "![](x.png)", ["invented: the source has no picture x.png"]),
        ("a `b`", "a", ["lost: the translation has no code b"]),
        (
            "a $b$",
            "a $c$",
            ["lost: the translation has no formula b", "invented: the source has no formula c"],
        ),
        ("a", "```\na\n```", ["invented: the source has no code a"]),
        ("a", "a<br>", ["invented: the source has no raw code <br>"]),
        ("a", r"a\foo{b}", [r"invented: the source has no raw code \foo{b}"]),
        ("a", "a`<b>`{=html}", ["invented: the source has no raw code <b>"]),
        (
            "[a]{#i}",
            "[a]{#j}",
            ["lost: the translation has no id #i", "invented: the source has no id #j"],
        ),
        ("a", "[a]{onclick=x}", ['invented: the source has no attribute onclick="x"']),
        ("a", "[a]{style=x}", ['invented: the source has no attribute style="x"']),
        ("[a]{.b}", "a", ["lost: the translation has no class .b"]),
        *(
            (
                f"[a]{{{mark}}}",
                f"[b]{{{mark}}}",
                [
                    "lost: the translation has no untranslatable text a",
                    "invented: the source has no untranslatable text b",
                ],
            )
            for mark in ("translate=no", ".notranslate")
        ),
        ("Figure {number}", "Bild", ["lost: the translation has no place for {number}"]),
        ("Figure {number}", "Bild {number} {x}", ["invented: the source has no place for {x}"]),
        *(
            ("a", text, ["structure: the translation is not one paragraph of text"])
            for text in (
                "", " ", "a\n\nb", "a\n \t\nb", "a\n```\nb\n```", "a\n---", "a\n===",
                "a\n\n: b", "::: {.x}\na\n:::\n\nb", "<div>\na\n</div>",
                "a | b\n--|--\nc | d", "\\",
                "a\n<div>b</div>", "a\n\n[^1]: b", "a\n\n[b]: http://c", "---\na: b\n---\n\nb",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_lost_or_invented_is_named(
    pandoc: Pandoc, source: str, translation: str, expected: list[str]
) -> None:
    assert sorted(said(pandoc, source, translation)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "> a",
        "- a",
        "1. a",
        "| a",
        "(@x) a",
        "+ a",
        "    a",
        ": a",
        "[a]: b",
        "% a",
        "Table: a",
    ],
)
def test_a_translation_that_begins_like_a_block_is_text(pandoc: Pandoc, text: str) -> None:
    (found,) = pandoc.inlines([text])
    assert found
    assert trees.text(found).endswith(("a", "b"))


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(typed, max_size=8))
def test_whatever_is_typed_is_refused_or_is_text(pandoc: Pandoc, texts: list[str]) -> None:
    for inlines in pandoc.inlines(texts):
        if not list(faults([trees.string("a")], inlines)):
            kinds = {node["t"] for node in trees.every(inlines or [])}
            assert kinds <= {
                *trees.CONTAINERS, *trees.BREAKS,
                "Str", "Quoted", "Span", "SingleQuote", "DoubleQuote",
            }  # fmt: skip


def test_a_text_that_would_take_for_ever_is_refused_and_the_others_are_read() -> None:
    start = monotonic()
    with Pandoc(seconds=1) as pandoc:
        found = pandoc.inlines(["good", "[" * 300, "*_\"'[" * 12, "*x*", "word " * 200_000])
        assert [inlines is not None for inlines in found[:4]] == [True, False, False, True]
        assert pandoc.inlines(["still there"]) != [None]
    assert monotonic() - start < 60
