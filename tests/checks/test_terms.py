"""Glossaries: read with lines, and terms found in whatever form they stand."""

from __future__ import annotations

import pytest

from checks.publication import language, made
from publish.checks import translations
from publish.checks.translations import Term, glossaries

GOOD = [
    ("ru", "armed attack", "вооружённое нападение", "armed attacks", "вооруженные нападения"),
    ("ru", "North Korea", "Северная Корея", "North Korea’s arms", "северокорейское оружие"),
    ("ru", "North Korea", "Северная Корея", "with North Korea", "с Северной Кореей"),
    ("ru", "UN Charter", "Устав ООН | Устав", "the UN Charter", "по Уставу"),
    ("de", "alliance", "Bündnis", "alliances", "Bündnisse"),
    ("de", "mutual assistance", "Beistand", "a pact of mutual assistance", "ein Beistandspakt"),
    ("de", "great power", "Großmacht", "of great powers", "der Großmächte"),
    ("de", "Kim Jong Un", "Kim Jong Un", "Kim Jong Un’s uncle", "Kim Jong Uns Onkel"),
    ("de", "armed attack", "bewaffneter Angriff", "an armed attack", "eines bewaffneten Angriffs"),
    ("ko", "alliance", "동맹", "the alliance", "동맹은 굳다"),
    ("ko", "core interests", "핵심 이익", "core interests", "핵심이익을"),
    ("ko", "treaty", "「조약」", "the treaty", "조약의 뜻"),
    ("fr", "great power", "grande puissance", "great powers", "des grandes puissances"),
]  # fmt: skip


def found(tag: str, terms: list[Term], source: str, translation: str) -> list[str]:
    pairs = made([(source, translation)])
    problems = translations.check(pairs, language(tag), language("en"), terms)
    return [problem.code for problem in problems if problem.code.startswith("glossary")]


@pytest.mark.parametrize(("tag", "term", "ways", "source", "translation"), GOOD)
def test_a_term_may_be_inflected(
    tag: str, term: str, ways: str, source: str, translation: str
) -> None:
    terms = [Term(term, tuple(way.strip() for way in ways.split("|")))]
    assert not found(tag, terms, source, translation)
    assert found(tag, terms, source, "…") == ["glossary-term"]


def test_the_longest_term_counts() -> None:
    terms = [Term("sanctions", ("제재",)), Term("unilateral sanctions", ("독자 조치",))]
    assert not found("ko", terms, "unilateral sanctions", "독자 조치")


def test_only_whole_words_count() -> None:
    assert not found("de", [Term("state", ("Staat",))], "the statement", "die Aussage")


def test_a_forbidden_rendering_is_an_error() -> None:
    terms = [Term("alliance", ("Bündnis",), ("Allianz",))]
    assert found("de", terms, "an alliance", "ein Bündnis, eine Allianz") == ["glossary-forbidden"]
    assert found("de", terms, "alliances", "die Bündnisse und Allianzen") == ["glossary-forbidden"]


def test_what_another_term_allows_is_not_forbidden() -> None:
    terms = [Term("aggression", ("침략",), ("침공",)), Term("invasion", ("침공",))]
    assert not found("ko", terms, "an invasion and an aggression", "침공과 침략")
    assert found("ko", terms, "an aggression", "침공, 침략") == ["glossary-forbidden"]


def test_spacing_alone_can_be_forbidden() -> None:
    terms = [Term("core interests", ("핵심 이익",), ("핵심이익",))]
    assert found("ko", terms, "core interests", "핵심이익") == ["glossary-forbidden"]


def test_a_hyphen_alone_can_be_forbidden() -> None:
    terms = [Term("Kim Jong Un", ("Kim Jong Un",), ("Kim Jong-un",))]
    assert found("de", terms, "Kim Jong Un", "Kim Jong-un") == ["glossary-forbidden"]
    assert not found("de", terms, "Kim Jong Un", "Kim Jong Un")


def test_a_term_with_a_remark_is_for_people() -> None:
    assert not found("de", [Term("article (grammar)", ("Artikel",))], "an article", "ein Aufsatz")


def test_a_glossary_is_read_with_its_lines() -> None:
    text = 'term,translation,forbidden,note\n"a, b",A | B,,"two\nlines"\nc,C,D | E,\n'
    glossary = glossaries.read(text.encode(), "g.csv")
    assert not glossary.problems
    assert glossary.terms[0].translations == ("A", "B")
    assert glossary.terms[1].forbidden == ("D", "E")
    assert [term.location.line for term in glossary.terms] == [2, 4]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Begriff,Übersetzung\na,b\n", "glossary-header", 1),
        ("a,b\n", "glossary-header", 1),
        ("", "glossary-header", 1),
        ("term,translation\na,b\nc,d\x1b[31m\n", "file-character", 3),
        ("term,translation,forbidden,note\na,,,\n", "glossary-term", 2),
        ("term,translation,forbidden,note\n,b,,\n", "glossary-term", 2),
        ("term,translation,forbidden,note\na,b,c,d,e\n", "glossary-term", 2),
        ("term,translation,forbidden,note\na,b,b,\n", "glossary-term", 2),
        ("term,translation,forbidden,note\na,b,,\nx,y,,\nA ,c,,\n", "glossary-duplicate", 4),
    ],
)
def test_a_bad_glossary_is_told_with_its_line(text: str, code: str, line: int) -> None:
    (problem,) = glossaries.read(text.encode(), "g.csv").problems
    assert (problem.code, problem.location.line) == (code, line)


def test_a_glossary_of_any_spreadsheet_is_read() -> None:
    (term,) = glossaries.read(b"\xef\xbb\xbfTerm;Translation\r\na, b;A | B\r\n", "g.csv").terms
    assert (term.term, term.translations, term.location.line) == ("a, b", ("A", "B"), 2)
