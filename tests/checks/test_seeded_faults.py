"""Seeded faults: of every kind, in every language, at least 98 % are found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checks import seeds
from checks.others import OTHERS
from checks.publication import TAGS, catalogues, language, made, terms
from publish.checks import translations
from publish.checks.translations import Pair
from publish.documents.pandoc import Pandoc

Seen = set[tuple[int | None, str]]
Round = dict[int, tuple[str, str]]

A_KIND = 6  # faults of a kind in a language, spread over the catalogue
ENOUGH = 0.98


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def seen(pairs: list[Pair], tag: str) -> Seen:
    glossary = terms(tag) if tag in TAGS else ()
    problems = translations.check(pairs, language(tag), language("en"), glossary)
    return {(problem.location.line, problem.code) for problem in problems}


def missed(pairs: list[Pair], tag: str, pandoc: Pandoc) -> tuple[list[str], int]:
    """The seeded faults of a catalogue that are not found, and how many were seeded."""
    before = seen(pairs, tag)
    kinds = seeds.kinds(tag)
    lost, count = [], 0
    for spoilt in rounds(pairs, tag):
        parsed = pandoc.inlines([text for _, text in spoilt.values()])
        changed = list(pairs)
        for (n, (_, text)), inlines in zip(spoilt.items(), parsed, strict=True):
            changed[n] = seeds.with_text(pairs[n], text, inlines)
        found = seen(changed, tag) - before
        count += len(spoilt)
        for n, (kind, text) in spoilt.items():
            if not any((pairs[n].entry.line, code) in found for code in kinds[kind][1]):
                lost.append(f"{tag}, {kind}: {text}")
    return lost, count


def rounds(pairs: list[Pair], tag: str) -> list[Round]:
    """Kinds and spoilt translations by their places: in a round, one fault in a translation."""
    found: list[Round] = []
    for kind, (spoil, _) in seeds.kinds(tag).items():
        spoilt = {n: (kind, text) for n, text in seeds.spoilt(pairs, spoil, tag, A_KIND).items()}
        free = next((each for each in found if not each.keys() & spoilt.keys()), None)
        if free is None:
            found.append(spoilt)
        else:
            free |= spoilt
    return found


def test_98_percent_of_seeded_faults_are_found(pandoc: Pandoc) -> None:
    lost, count = [], 0
    for tag in TAGS:
        here, seeded = missed(catalogues()[tag], tag, pandoc)
        assert len(here) <= (1 - ENOUGH) * seeded, "\n".join(here)
        lost += here
        count += seeded
    assert count >= 600
    assert len(lost) <= (1 - ENOUGH) * count, "\n".join(lost)


@pytest.mark.parametrize("tag", OTHERS)
def test_general_faults_are_found_in_languages_without_tables(tag: str, pandoc: Pandoc) -> None:
    lost, count = missed(made(OTHERS[tag]), tag, pandoc)
    assert count >= 40
    assert len(lost) <= (1 - ENOUGH) * count, "\n".join(lost)


@pytest.mark.parametrize("tag", TAGS)
def test_every_kind_is_seeded_in_every_language(tag: str) -> None:
    pairs = catalogues()[tag]
    empty = [
        kind
        for kind, (spoil, _) in seeds.kinds(tag).items()
        if not seeds.spoilt(pairs, spoil, tag, A_KIND)
    ]
    assert empty in ([], ["separator"])  # Korean has the separators of English
