from __future__ import annotations

from pathlib import Path

import pyphen
import pytest

from publish.renderers.pdf import hyphens

CASES = Path(__file__).parents[1] / "cases" / "hyphens"
LIMIT = 3  # `hyphenate-limit-chars: 6 3 3` in print.css
SHORTEST = 6


def cases(language: str) -> list[str]:
    lines = (CASES / f"{language}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def places(case: str, marks: str) -> set[int]:
    """Where a word of the list has one of these marks, counted in the word's own letters."""
    found, letters = set(), 0
    for sign in case:
        found |= {letters} if sign in marks else set()
        letters += sign not in "-=~"
    return {place for place in found if LIMIT <= place <= letters - LIMIT}


def divided(case: str, dictionary: pyphen.Pyphen) -> set[int]:
    word = case.translate({ord(mark): None for mark in "-=~"})
    return set(map(int, dictionary.positions(word))) if len(word) >= SHORTEST else set()


def dictionary(language: str) -> pyphen.Pyphen:
    assert hyphens.hasten()
    return pyphen.Pyphen(lang=language, left=LIMIT, right=LIMIT)


@pytest.mark.parametrize(("language", "count"), [("de", 700), ("ru", 100), ("en-GB", 100)])
def test_words_are_divided_where_the_rules_allow_it(language: str, count: int) -> None:
    words, patterns = cases(language), dictionary(language)
    wrong = [word for word in words if divided(word, patterns) - places(word, "-=~")]
    assert len(words) >= count
    assert len(wrong) <= len(words) * 0.01, wrong


@pytest.mark.parametrize("language", ["de", "de-AT", "de-CH"])
def test_german_compounds_are_divided_at_their_joints_and_nowhere_wrong(language: str) -> None:
    patterns, compounds = dictionary(language), [word for word in cases("de") if "=" in word]
    assert [word for word in compounds if divided(word, patterns) - places(word, "-=~")] == []
    whole = [word for word in compounds if places(word, "=") - divided(word, patterns)]
    assert len(whole) <= len(compounds) * 0.01, whole


def test_german_words_find_most_of_the_places_that_the_rules_give_them() -> None:
    patterns, words = dictionary("de"), cases("de")
    given = sum(len(places(word, "-=")) for word in words)
    found = sum(len(places(word, "-=") & divided(word, patterns)) for word in words)
    assert found > given * 0.98
