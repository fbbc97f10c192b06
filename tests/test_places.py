"""Each message stands where its location says."""

from __future__ import annotations

from collections.abc import Iterator
from time import process_time

import pytest

import generated
from publish import messages
from publish.documents import places
from publish.documents.pandoc import Pandoc
from publish.documents.places import Wanted
from walking import document


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def lines(source: str, pandoc: Pandoc) -> list[int | None]:
    return [m.location.line for m in messages.extract([document(source, pandoc)], pandoc)[0]]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_ninety_nine_of_a_hundred_lines_are_right_though_words_repeat(
    pandoc: Pandoc, ends: str
) -> None:
    right = all_ = 0
    for seed in range(6):
        made = generated.made(seed, 500, front=seed % 2 == 0)
        found = lines(made.text.replace("\n", ends), pandoc)
        right += sum(a == b for a, b in zip(found, made.lines, strict=True))
        all_ += len(found)
    assert right / all_ > 0.99


def test_three_thousand_lines_are_searched_in_less_than_a_second() -> None:
    source = generated.made(1, 3000).text
    passages = [Wanted(line, "", aside=n % 20 == 0) for n, line in enumerate(source.split("\n"))]
    start = process_time()
    places.lines(source, passages)
    assert process_time() - start < 1


def test_the_same_paragraph_a_thousand_times_is_searched_in_less_than_a_second() -> None:
    source = "The same words.\n\n" * 1000
    start = process_time()
    found = places.lines(source, [Wanted("The same words.")] * 1000)
    assert found == list(range(1, 2001, 2))
    assert process_time() - start < 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("yes\n\n```\nyes\n```\n\nyes\n", [1, 7], id="words repeated in code"),
        pytest.param("a no b.[^x]\n\nno\n\n[^x]: no\n", [1, 5, 3], id="a note further down"),
        pytest.param("[^x]: first\n\nThen.[^x]\n", [3, 1], id="a note before its call"),
        pytest.param("*H*ello [w](http://x/w)\n\nw\n", [1, 3], id="words in a link's address"),
        pytest.param("---\ntitle: so\n---\n\nso\n", [5], id="words in the metadata block"),
        pytest.param("(@a) one\n(@b) one\n", [1, 2], id="example lists"),
        pytest.param("日本語*の*本\n\nの\n", [1, 3], id="a script without spaces"),
        pytest.param("&eacute;\n\nx\n", [None, 3], id="nothing to be found"),
    ],
)
def test_a_passage_is_found(pandoc: Pandoc, source: str, expected: list[int | None]) -> None:
    assert lines(source, pandoc) == expected


def test_a_file_without_words_has_no_places() -> None:
    assert places.lines("***\n", [Wanted("x")]) == [None]
