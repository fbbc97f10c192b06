"""The complete catalogues of this publication raise no false alarm, and soon."""

from __future__ import annotations

from time import perf_counter

import pytest

from checks.others import OTHERS
from checks.publication import PROJECT, TAGS, catalogues, language, made, terms
from publish.checks import translations
from publish.checks.translations import readiness
from publish.documents.pandoc import Pandoc
from publish.pipeline import preparing

# Alarms that are true, until the catalogue or the glossary is mended: code and words.
TRUE: dict[str, list[tuple[str, str]]] = {}


@pytest.mark.parametrize("tag", TAGS)
def test_a_finished_catalogue_raises_no_false_alarm(tag: str) -> None:
    found = translations.check(catalogues()[tag], language(tag), language("en"), terms(tag))
    false = [
        problem
        for problem in found
        if not any(
            problem.code == code and words in problem.message for code, words in TRUE.get(tag, [])
        )
    ]
    assert not false, "\n".join(map(str, false))


@pytest.mark.parametrize("tag", TAGS)
def test_its_states_and_its_glossary_are_in_order(tag: str) -> None:
    pairs = catalogues()[tag]
    assert not list(translations.states([pair.entry for pair in pairs]))
    text = (PROJECT.translations / tag / "glossary.csv").read_bytes()
    assert not translations.glossaries.read(text, "glossary.csv").problems


@pytest.mark.parametrize("tag", OTHERS)
def test_other_languages_raise_none_either(tag: str) -> None:
    assert not list(translations.check(made(OTHERS[tag]), language(tag), language("en")))


def test_this_manuscript_is_ready_to_translate() -> None:
    with Pandoc() as pandoc:
        prepared = preparing.prepare(PROJECT, pandoc)
        messages = prepared.every_message
    found = readiness.check(prepared.sources.documents, messages, language("en"))
    assert not list(found)


def test_time_grows_with_the_catalogue_and_not_faster() -> None:
    pairs = catalogues()["de"]

    def seconds(times: int) -> float:
        start = perf_counter()
        list(translations.check(pairs * times, language("de"), language("en"), terms("de")))
        return perf_counter() - start

    seconds(1)  # stemmers and tables are loaded
    one, eight = min(seconds(1) for _ in range(3)), seconds(8)
    assert one < 1.0  # 0.1 s when the machine has nothing else to do
    assert eight < 24 * one
