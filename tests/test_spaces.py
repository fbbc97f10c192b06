"""Spaces at which no line may break, in each language; `_` stands for a no-break space."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import languages, styles
from publish.documents import trees
from publish.documents.trees import Inlines, Node
from publish.editions.spaces import Rules, Spaces, plain, rules

CASES = {
    "de": [
        "Nach Art._51 (z._B. S._5, Nr._3) am 19._Juni 2024_– und i._d._R.",
        "10_000 Mann, ca. 5_km, J._W._Goethe, Prof._Dr._Meyer, 5_% im 20._Jahrhundert;",
        "Art._IV, §_3 Abs._2 „S._7“, a._a._O. und u._a. bis 3._Aufl.",
        "Er kam an. Nach Hause. Im Jahr 1961 schlossen 3 Staaten; S._Müller nicht.",
    ],
    "ru": [
        "В_2024_г. И._И._Петров и_А._Б._Иванов_— т._е. №_5, §_3, и_т._д.",
        "5_км, ст._51, XX_в., 13_000 солдат, 19_июня 2024_года, «в_Москве» с_ним, что_же?",
        "Он сказал, что договор не обязывает стороны.",
    ],
    "en-GB": [
        "On 19_June 2024_– see p._5, art._51_– J._K._Rowling and Dr_Smith saw 5_million.",
        "He left on 3_April. She (on 3_April), “on 3_April”. Then on 3_April (and 5_km).",
        "(UN Charter 1945, art._51) at 5_p.m. in Fig._3; I may go. A treaty of 1961 had 6 parts.",
    ],
    "fr": ["Il a dit_: «_non_»_! À 5_km, p._5."],
    "ko": ["2024년 6월 19일 서명 – 제 51 조 (5 km)"],
}
GERMAN = languages.read("de", styles.DEFAULTS / "languages.toml")
RUSSIAN = languages.read("ru", styles.DEFAULTS / "languages.toml")


def rules_of(tag: str) -> Rules | None:
    known = {"de": GERMAN, "ru": RUSSIAN}.get(tag)
    return rules(known.no_break) if known else None


def written(inlines: Inlines, tag: str = "de") -> str:
    own = languages.read(tag, styles.DEFAULTS / "languages.toml")
    blocks = Spaces(rules(own.no_break), rules_of).written([{"t": "Para", "c": inlines}])
    return shown(blocks[0]["c"])


def shown(inlines: Inlines) -> str:
    return "".join(trees.pieces(inlines)).replace("\u00a0", "_")


@pytest.mark.parametrize(("tag", "text"), [(tag, text) for tag in CASES for text in CASES[tag]])
def test_words_hold_together_as_the_language_has_it(tag: str, text: str) -> None:
    assert written(trees.words(text.replace("_", " ")), tag) == text
    assert written(trees.words(text.replace("_", "\u00a0")), tag) == text


def test_markup_between_two_words_parts_nothing() -> None:
    words: Inlines = [
        {"t": "Emph", "c": trees.words("siehe z.")},
        {"t": "SoftBreak"},
        {"t": "Strong", "c": [trees.string("B."), trees.SPACE, trees.string("Art.")]},
        trees.SPACE,
        {"t": "Code", "c": [["", [], []], "5"]},
        {"t": "Note", "c": [{"t": "Para", "c": trees.words("Nr. 5")}]},
    ]
    assert written(words) == "siehe z._B. Art._5"


def test_words_in_another_language_hold_together_as_that_has_it() -> None:
    russian = trees.span(trees.words("в Москве 19 июня"), lang="ru")
    assert (
        written([*trees.words("s. o. und"), trees.SPACE, russian]) == "s._o. und в_Москве 19_июня"
    )
    assert written([trees.span(trees.words("z. B."), lang="xx")]) == "z._B."


def test_no_line_begins_with_a_korean_particle() -> None:
    words: Inlines = [
        *trees.words("「조약」은 (2024)에서 “가”의 5%는 (가)"),
        {"t": "Emph", "c": trees.words("(나)")},
        trees.span([trees.string("는")]),
        *trees.words(" 다(라)마"),
    ]
    joined = written(words, "ko").replace("\u2060", "|")
    assert joined == "「조약」|은 (2024)|에서 “가”|의 5%|는 (가)(나)|는다(라)|마"
    assert plain(joined.replace("|", "\u2060")) == joined.replace("|", "")


def test_code_addresses_and_alternative_texts_are_left_alone() -> None:
    code: Node = {"t": "Code", "c": [["", [], []], "Nr. 5"]}
    picture: Node = {"t": "Image", "c": [["", [], []], trees.words("Nr. 5"), ["Nr. 5.png", ""]]}
    block: Node = {"t": "CodeBlock", "c": [["", [], []], "Nr. 5"]}
    own = Spaces(rules(GERMAN.no_break), rules_of)
    tree: list[Node] = [{"t": "Para", "c": [code, trees.SPACE, picture]}, block]
    assert own.written(tree) == tree


@given(st.text("aZ5.–§ (“B", max_size=30), st.sampled_from(sorted(CASES)))
def test_nothing_but_spaces_changes_and_nothing_twice(text: str, tag: str) -> None:
    words = trees.words(text)
    once = written(words, tag)
    assert once.replace("_", " ") == shown(words)
    assert written(trees.words(once.replace("_", "\u00a0")), tag).replace("_", " ") == shown(words)
