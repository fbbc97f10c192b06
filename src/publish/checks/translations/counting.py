"""Counting: how a language writes numbers, from CLDR and the tables of `numbers.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from publish.languages import Language

_TABLES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("numbers.toml").read_text("utf-8"))
_LONGEST_ENDING = 4
_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """What a language needs to have its numbers read.

    `decimal` and `group` are its separators; `cardinals` are number words that mean nothing
    else, `ordinals` those that may.
    """

    decimal: str
    group: str
    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    scales: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, str]
    prefixes: frozenset[str]
    endings: frozenset[str]
    spaced: bool

    @property
    def knows_words(self) -> bool:
        """Whether numbers written as words can be read at all."""
        return bool(self.cardinals)

    @cache  # noqa: B019  # there is one for each language, for ever
    def number(self, word: str) -> tuple[int, bool] | None:
        """The value of a word, and whether it can mean nothing else; None if it is no number."""
        folded = fold(word)
        for table, sure in ((self.cardinals, True), (self.ordinals, False)):
            if (value := find(table, folded)) is not None:
                return value, sure
        return self._agglutinated(folded) if self.endings else None

    @cache  # noqa: B019  # see number
    def month(self, word: str) -> int | None:
        """The month that a word names; None if it is none."""
        found: int | None = find(self.months, word) or find(self.months, word[0].lower() + word[1:])
        return found

    def _agglutinated(self, word: str) -> tuple[int, bool] | None:
        """A number word with particles or counters behind it, in the same word."""
        for end in range(len(word) - 1, 0, -1):
            stem, rest = word[:end], word[end:]
            if rest in self.endings:
                if stem in self.cardinals:
                    return self.cardinals[stem], True
                if stem in self.ordinals:
                    return self.ordinals[stem], False
        return None


@cache
def counting(language: Language) -> Counting:
    """How a language counts."""
    table = _TABLES.get(language.tag.partition("-")[0], {})
    compound = table.get("compound", "")
    cardinals = dict(_forms(table.get("cardinals", "")))
    ordinals = dict(_forms(table.get("ordinals", "")))
    cardinals |= dict(_compounds(cardinals, cardinals, compound))
    ordinals |= dict(_compounds(cardinals, cardinals | ordinals, compound)) if compound else {}
    ordinals |= dict(_compounds(ordinals, ordinals, compound)) if table.get("endings") else {}
    units = _TABLES["default"]["units"] | table.get("units", {})
    return Counting(
        decimal=re.sub(r"[\d٠-٩۰-۹]", "", language.number(0.5)) or ".",
        group=(re.sub(r"[\d٠-٩۰-۹]", "", language.number(1_234_567)) or ",")[0],
        cardinals=cardinals,
        ordinals=ordinals,
        scales=dict(_forms(table.get("scales", ""))),
        months=_months(language) | dict(_forms(table.get("months", ""), str)),
        units={form: unit for unit, forms in units.items() for form in forms.split()},
        prefixes=frozenset(table.get("prefixes", "").split()),
        endings=frozenset(table.get("endings", "").split()),
        spaced=" " in compound,
    )


def fold(word: str) -> str:
    """A word as the tables have it."""
    return word.lower().replace("ё", "е").replace("’", "'")


def find(table: Mapping[str, Any], word: str) -> Any:
    """What a table has for a word, or for its stem (`stem~`) with up to four letters behind it."""
    if word in table:
        return table[word]
    for cut in range(_LONGEST_ENDING + 1):
        stem = word[: len(word) - cut]
        if stem and (value := table.get(f"{stem}~")) is not None:
            return value
    return None


def _forms(text: str, folded: Any = fold) -> Iterator[tuple[str, int]]:
    for line in text.split("\n"):
        value, *forms = line.split() if line[:1].isdigit() else ("", *line.split())
        for form in forms:
            yield folded(form), int(value or 0)


def _compounds(
    tens: Mapping[str, int], ones: Mapping[str, int], pattern: str
) -> Iterator[tuple[str, int]]:
    """Numbers of two digits, e.g. twenty-four, vierundzwanzig, 마흔다섯."""
    for ten, high in tens.items():
        if pattern and high in range(10, 100, 10):
            for one, low in ones.items():
                if low < 10:  # noqa: PLR2004  # one digit
                    yield pattern.format(ten=ten.rstrip("~"), one=one), high + low


def _months(language: Language) -> dict[str, int]:
    """The months as CLDR has them within a date; none where they are numbers."""
    named = [_words(language.date(date(2002, month, 2))) for month in _MONTHS]
    common = frozenset.intersection(*named)
    return {
        word: month for month, words in zip(_MONTHS, named, strict=True) for word in words - common
    }


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", text))
