"""Structure, leftovers, whole catalogues, states, waivers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.publication import language, made
from publish.catalogues import Entry, Previous
from publish.checks import translations
from publish.checks.translations import Pair, Term
from publish.problems import Severity


def codes(pairs: list[Pair], tag: str = "de", terms: tuple[Term, ...] = ()) -> list[str]:
    problems = translations.check(pairs, language(tag), language("en"), terms)
    return [problem.code for problem in problems]


def one(source: str, translation: str, tag: str = "de") -> list[str]:
    return codes(made([(source, translation)]), tag)


@pytest.mark.parametrize(
    ("source", "translation", "wrong"),
    [
        ("an *old* hat", "ein *alter* Hut", False),
        ("an *old* hat", "ein alter Hut", True),
        ("an old hat", "ein *alter* Hut", True),
        ("an **old** hat", "ein *alter* Hut", True),
        ("a [*Juche*]{lang=ko-Latn} hat", "ein Hut", False),
        ("a self-made hat", "ein Hut ([*self-made*]{lang=en})", False),
    ],
)
def test_emphasis(source: str, translation: str, *, wrong: bool) -> None:
    assert ("translation-emphasis" in one(source, translation)) is wrong


@pytest.mark.parametrize(
    ("source", "translation", "wrong"),
    [
        ("see [the report](https://a.org)", "siehe [den Bericht](https://a.org)", False),
        ("see [the report](https://a.org)", "siehe [the report](https://a.org)", True),
        ("see [Reuters](https://a.org)", "siehe [Reuters](https://a.org)", False),
        ("see <https://a.org/the-report>", "siehe <https://a.org/the-report>", False),
    ],
)
def test_words_of_links(source: str, translation: str, *, wrong: bool) -> None:
    assert ("translation-link" in one(source, translation)) is wrong


@pytest.mark.parametrize(
    ("tag", "source", "translation", "wrong"),
    [
        ("ko", "the military clause holds", "이 military clause는 유효하다", True),
        ("ko", "selective alignment", "선택적 제휴([selective alignment]{lang=en})", False),
        ("ko", "Gordon Friedrichs is here", "고든 프리드리히스(Gordon Friedrichs)가 왔다", False),
        ("ko", "the MAGGI group", "MAGGI 그룹", False),
        (
            "ru",
            "in *Foreign Policy Analysis* and more",
            "в *Foreign Policy Analysis* и других",
            False,
        ),
        ("ru", "the treaty holds", "этот treaty действует", True),
        ("de", "the end of the war", "das Ende of the war", True),
        ("de", "the war was lost", "der Krieg, was war er?", False),
        ("de", "*Journal of Peace* of 1990", "*Journal of Peace* von 1990", False),
        ("de", "in global security studies", "in der global security studies", True),
    ],
)
def test_words_left_over(tag: str, source: str, translation: str, *, wrong: bool) -> None:
    assert ("translation-leftover" in one(source, translation, tag)) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("the whole truth", True), ("Text", False), ("Version {version}", False), ("1961", False),
     ("Gordon Friedrichs", False)],
)  # fmt: skip
def test_a_translation_that_is_its_source(text: str, *, wrong: bool) -> None:
    assert ("translation-same" in one(text, text)) is wrong


def test_the_same_source_in_two_ways() -> None:
    pairs = made([("North Korea", "Nordkorea"), ("North Korea.", "Korea im Norden.")])
    assert codes(pairs) == ["translation-inconsistent"]
    message = replace(pairs[1].message, context="heading")
    entry = pairs[1].entry.changed(context="heading")
    assert not codes([pairs[0], replace(pairs[1], message=message, entry=entry)])


def test_much_too_short_and_twice() -> None:
    long = "The parties are unequal in every respect, and one of them would like to stay so."
    assert "translation-length" in one(long, "Ungleich.")
    assert "translation-repeated" in one("He came home.", "Er kam kam nachher nachher heim.")


def test_an_end_that_is_missing() -> None:
    assert "translation-end" in one("He came home.", "Er kam")
    assert "translation-end" not in one("He came home.", "Kam er heim?")
    assert "translation-end" not in one("He came home.[^1]", "Er kam heim[^1].")
    assert "translation-end" not in one('He said "come."', 'Er sagte: "Komm."')


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (Entry("a", "b"), False),
        (Entry("a", "b", flags=("fuzzy",)), False),
        (Entry("a", "b", flags=("fuzzy",), previous=Previous(None, "c")), False),
        (Entry("a", "b", flags=("fuzzy", "reviewed")), True),
        (Entry("a", "", flags=("approved",)), True),
        (Entry("a", "", flags=("fuzzy",)), True),
        (Entry("a", "b", previous=Previous(None, "c")), True),
    ],
)
def test_states_that_contradict(entry: Entry, *, wrong: bool) -> None:
    assert bool(list(translations.states([entry]))) is wrong


def waived(comment: str, source: str = "In 1961.", translation: str = "Im Jahr 1916.") -> list[str]:
    return codes(made([(source, translation)], (comment,)))


def test_a_waiver_takes_an_alarm_back() -> None:
    assert not waived("publish: allow translation-number: the source errs")


def test_a_waiver_is_for_one_code() -> None:
    found = waived("publish: allow translation-dash: so wanted")
    assert found == ["translation-number", "waiver-unneeded"]


def test_a_waiver_without_a_reason_is_told() -> None:
    assert waived("publish: allow translation-number") == ["waiver-reason"]


def test_a_waiver_that_is_not_needed_is_told() -> None:
    found = waived("publish: allow translation-number: why", "In 1961.", "Im Jahr 1961.")
    assert found == ["waiver-unneeded"]


@pytest.mark.parametrize("comment", ["publish: allow translation-lost: why", "publish: please"])
def test_what_cannot_be_waived(comment: str) -> None:
    assert waived(comment) == ["translation-number", "waiver-unknown"]


def test_other_comments_are_left_alone() -> None:
    assert waived("published in 1961") == ["translation-number"]


def test_problems_have_the_entry_s_line() -> None:
    pairs = made([("a", "b"), ("In 1961.", "Im Jahr 1916.")])
    (problem,) = translations.check(pairs, language("de"), language("en"))
    assert str(problem.location) == "translations/xx.po:20"
    assert problem.severity is Severity.ERROR


def test_what_is_no_paragraph_is_left_to_others() -> None:
    pair = replace(made([("a", "b")])[0], inlines=None)
    assert not codes([pair])
