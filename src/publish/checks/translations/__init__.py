"""Checks of translations: what a careful reader of both languages would stumble over.

`check` gives the problems of a catalogue, a family of checks a module; `fixes` mends what is
safe to mend; `glossaries.read` reads what was agreed. That a translation cannot break an
edition is seen to before (`messages.comparison`); nothing here stops a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from publish.catalogues import Entry
from publish.checks.translations import (
    cases,
    catalogue,
    glossaries,
    leftovers,
    numbers,
    structure,
    terms,
    typography,
    waivers,
)
from publish.checks.translations.cases import Family, Pair, Setting, Term
from publish.checks.translations.fixes import Fix, fixes
from publish.languages import Language
from publish.problems import Problem, Severity

__all__ = [
    "CODES",
    "FAMILIES",
    "Fix",
    "Pair",
    "Setting",
    "Term",
    "cases",
    "check",
    "fixes",
    "glossaries",
    "states",
]

FAMILIES: tuple[Family, ...] = (
    structure.check,
    numbers.check,
    terms.check,
    typography.check,
    leftovers.check,
    catalogue.consistency,
    catalogue.length,
    catalogue.repetition,
)

# What a waiver can allow.
CODES = frozenset(
    """
    glossary-forbidden glossary-term translation-apostrophe translation-bracket
    translation-character translation-dash translation-ellipsis translation-emphasis
    translation-end translation-inconsistent translation-leftover translation-length
    translation-letters translation-link translation-nbsp translation-number
    translation-particle translation-quotes translation-repeated translation-same
    translation-separator translation-space translation-unit translation-width
    """.split()
)


def check(
    pairs: Iterable[Pair],
    language: Language,
    source_language: Language,
    glossary: Sequence[Term] = (),
) -> Iterator[Problem]:
    """The problems of translations, but for those that are waived; and waivers that are wrong."""
    found = [pair for pair in pairs if pair.inlines is not None]
    setting = Setting(language, source_language, glossary)
    made = [cases.case(pair, language, source_language) for pair in found]
    problems = (problem for family in FAMILIES for problem in family(made, setting))
    allowed = [waiver for pair in found for waiver in waivers.read(pair.entry, pair.path)]
    yield from waivers.applied(problems, allowed, CODES)


def states(entries: Iterable[Entry]) -> Iterator[Problem]:
    """`translation-state`: entries of a catalogue whose flags contradict one another."""
    for entry in entries:
        for what, hint in catalogue.states(entry):
            yield Problem("translation-state", what, entry.location, Severity.WARNING, hint)
