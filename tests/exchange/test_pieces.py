"""Sentences, quotation marks, glossaries: the small parts by themselves."""

from __future__ import annotations

import pytest

from exchange.samples import LANGUAGES, ROOT, small
from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.exchange import assembling, glossaries, sentences, units
from publish.exchange.values import Code, Part, Term, id_of, state, tidy

SENTENCES = [
    ("en", "One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("en", "Mr. Doe, Art. 5, e.g. No. 3. Law.", ["Mr. Doe, Art. 5, e.g. No. 3.", "Law."]),
    ("en", "He said “Yes.” Then he left.", ["He said “Yes.”", "Then he left."]),
    ("en", "J. R. Oppenheimer and N. Korea. End", ["J. R. Oppenheimer and N. Korea.", "End"]),
    ("en", "3.5 in 2024. That… and so on.", ["3.5 in 2024.", "That… and so on."]),
    ("de", "Am 19. Juni, z. B. Art. 5. Nein", ["Am 19. Juni, z. B. Art. 5. Nein"]),
    ("de", "Das ist Recht. Es gilt.", ["Das ist Recht.", "Es gilt."]),
    ("ru", "В 2024 г. Корея и т. д. Да нет. Всё.", ["В 2024 г. Корея и т. д. Да нет.", "Всё."]),
    ("ko", "조약은 도구이다. 이는 법이다.", ["조약은 도구이다.", "이는 법이다."]),
    ("ja", "条約は道具だ。「はい。」と言った。", ["条約は道具だ。", "「はい。」", "と言った。"]),
    ("en", "", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "wanted"), SENTENCES)
def test_sentences(tag: str, text: str, wanted: list[str]) -> None:
    cuts = sentences.cut((text,), tag)
    assert ["".join(map(str, parts)) for parts, _ in cuts] == wanted
    assert "".join("".join(map(str, parts)) + space for parts, space in cuts) == text


def test_no_sentence_tears_a_code() -> None:
    parts: tuple[Part, ...] = (
        "Aa. ",
        Code("1", "open"),
        "Bb. Cc",
        Code("1", "close"),
        ". Dd.",
        Code("2", "lone"),
        " Ee",
    )
    cuts = sentences.cut(parts, "en")
    assert [len(cut) for cut, _ in cuts] == [1, 4, 2, 1]
    assert tidy(tuple(p for cut, space in cuts for p in (*cut, space))) == tidy(parts)


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ('He said "yes".', 'He said "yes".'),
        ("It's 'so', isn't it", "It’s 'so', isn’t it"),
        ("'a \"b\" c'", "'a \"b\" c'"),
        ('5" wide', '5\\" wide'),
        ("the '90s", "the ‘90s"),
        ("„a“ «b» “c”", "„a“ «b» “c”"),
        ('한국어 "인용"은', '한국어 "인용"은'),
    ],
)
def test_typed_quotation_marks(typed: str, markdown: str, pandoc: Pandoc) -> None:
    (text,) = pandoc.texts([assembling.assembled((typed,), {})])
    assert text == markdown


def test_ids_and_states() -> None:
    assert id_of((None, "a")) != id_of(("", "a")) != id_of(("a", ""))
    assert state(()) == "none"
    assert state(("a ", "b")) == state(("a  b ",))
    assert state(("a", Code("1", "lone"))) != state(("a", Code("2", "lone")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossaries_are_read_and_written_the_same(language: str) -> None:
    data = (ROOT / "translations" / language / "glossary.csv").read_bytes()
    terms = glossaries.read(data, "g")
    assert glossaries.write(terms) == data
    assert glossaries.read(glossaries.handed_out(terms), "g") == terms
    spreadsheet = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
    assert glossaries.read(spreadsheet, "g") == terms


def test_a_european_spreadsheet() -> None:
    assert glossaries.read(b"Term;Translation\r\nlaw;Recht\r\n;;\r\n", "g") == [
        Term("law", "Recht")
    ]


def test_terms_that_occur() -> None:
    terms = [
        Term("law", "Recht"),
        Term("war", "Krieg"),
        Term("Just War", "gerechter Krieg"),
        Term("x", ""),
    ]
    assert [t.term for t in glossaries.occurring(terms, "Laws of a just war, software x")] == [
        "law",
        "war",
        "Just War",
    ]


def test_a_translation_may_cite_otherwise(pandoc: Pandoc) -> None:
    (unit,) = units.of(small(("As @doe says.", "Wie es heißt [-@doe, S. 3].")).messages, pandoc)
    assert trees.text(assembling.assembled(unit.target, unit.shells))
