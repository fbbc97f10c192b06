"""Readiness: what a source should not send to its translators."""

from __future__ import annotations

from dataclasses import replace

from checks.publication import language, made
from publish.checks.translations import readiness
from publish.documents import Document, trees
from publish.messages import Message


def messages(*texts: str) -> list[Message]:
    return [pair.message for pair in made([(text, "x") for text in texts])]


def codes(found: list[Message], documents: list[Document] | None = None) -> list[str]:
    problems = readiness.check(documents or [], found, language("en"))
    return [problem.code for problem in problems]


def test_words_that_are_cut() -> None:
    assert codes(messages("an inter-\nnational treaty")) == ["source-hyphen"]
    assert codes(messages("an inter\u00adnational treaty")) == ["source-hyphen"]
    assert not codes(messages("short- and long-term, pre- or post-war", "non-interference"))


def test_a_line_broken_within_a_sentence() -> None:
    assert codes(messages("the treaty\\\nof peace")) == ["source-break"]
    assert not codes(messages("First line\\\nSecond line"))


def test_a_very_long_sentence() -> None:
    assert codes(messages("and so on " * 25)) == ["source-sentence"]
    assert not codes(messages("And so on. " * 25))


def test_a_single_word_in_several_places() -> None:
    one, two = messages("Table", "Table")
    assert codes([one, two]) == ["source-context"]
    assert not codes([one, replace(two, comment="the furniture")])
    assert not codes([one])
    assert not codes(messages("Table one", "Table one"))


def test_words_in_a_picture_of_points() -> None:
    def document(name: str, *said: trees.Node) -> Document:
        image = {"t": "Image", "c": [["", [], []], list(said), [name, ""]]}
        return Document("a.md", [{"t": "Para", "c": [image]}], f"![]({name})")

    (problem,) = readiness.check([document("chart.png")], [], language("en"))
    assert (problem.code, problem.location.line) == ("source-picture", 1)
    assert not codes([], [document("chart.svg")])
    assert not codes([], [document("chart.png", trees.string("said"))])
