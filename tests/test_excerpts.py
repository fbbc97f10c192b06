"""What citations depend on: a text comes out the same if only its excerpt is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

import generated
from publish.documents import trees
from publish.documents.pandoc import Bibliography, Pandoc
from publish.documents.trees import Blocks, Inlines, Node
from publish.editions.excerpts import excerpt, restored
from test_kept_chapters import STYLES, WORKS

RAISED = STYLES["numbers"].replace('<layout prefix="["', '<layout vertical-align="sup" prefix="["')
ALL = STYLES | {"raised": RAISED}
SIGNS = [".", ",", ";", "!", "?!", "”", ".”", "»", "…", ")", "-", "–", "word", "word.", ".word"]


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def cited(pandoc: Pandoc, blocks: Blocks, style: str, language: str) -> Blocks:
    works = Bibliography("yaml", WORKS.encode())
    (div, listed), _ = pandoc.cite(
        [trees.div(blocks), trees.div([], "refs")], works, ALL[style], language
    )
    return [*div["c"][1], listed]


def same(pandoc: Pandoc, blocks: Blocks, style: str, language: str = "en") -> None:
    *whole, listed = cited(pandoc, blocks, style, language)
    *passages, list_of_excerpt = cited(pandoc, excerpt(blocks), style, language)
    assert restored(blocks, passages) == whole
    assert list_of_excerpt == listed


@pytest.mark.parametrize("style", ALL)
@pytest.mark.parametrize("seed", range(3))
def test_every_construct(pandoc: Pandoc, style: str, seed: int) -> None:
    text = generated.made(seed, 600).text
    same(pandoc, trees.normal(pandoc.read(text.encode(), "markdown")[0]["blocks"]), style)


@pytest.mark.parametrize("style", ALL)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_any_signs_around_citations_and_notes(pandoc: Pandoc, style: str, language: str) -> None:
    dice = Random(f"{style} {language}")  # dice, not keys
    same(pandoc, [{"t": "Para", "c": soup(dice, 3)} for _ in range(60)], style, language)


def soup(dice: Random, deep: int) -> Inlines:
    """Words, signs, spaces, citations, notes and emphases in any order."""
    return trees.joined([part(dice, deep) for _ in range(dice.randint(1, 9))])  # type: ignore[no-any-return]  # a list for a list


def part(dice: Random, deep: int) -> Node:
    kind = dice.choice(["sign", "space", "space", "cite", "note", "inside"])
    if kind == "cite":
        return citation(dice)
    if kind == "space":
        return {"t": dice.choice(["Space", "Space", "LineBreak"])}
    if kind == "note" and deep:
        return {"t": "Note", "c": [{"t": "Para", "c": soup(dice, 0)}]}
    if kind == "inside" and deep:
        inner = soup(dice, deep - 1)
        return dice.choice(
            [
                {"t": "Emph", "c": inner},
                {"t": "Quoted", "c": [{"t": "DoubleQuote"}, inner]},
                trees.span(inner, classes=["a"]),
                trees.link(inner, "#a"),
            ]
        )
    return trees.string(dice.choice(SIGNS))


def citation(dice: Random) -> Node:
    mode = dice.choice(["NormalCitation", "NormalCitation", "AuthorInText", "SuppressAuthor"])
    call: dict[str, Any] = {
        "citationId": dice.choice(["doe", "doe2", "roe99"]),
        "citationPrefix": [],
        "citationSuffix": [trees.string(","), trees.SPACE, trees.string("p. 7")]
        * dice.randint(0, 1),
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[call], []]}


def test_an_excerpt_has_nothing_of_words_that_are_far_off(pandoc: Pandoc) -> None:
    text = "Far off. Near [@doe]. Next, *and [see @roe99] there*, far.\n\nFar as well.\n"
    found = excerpt(pandoc.read(text.encode(), "markdown")[0]["blocks"])
    assert [trees.text(block["c"]) for block in found] == ["Near [@doe].", "and [see @roe99]"]
