"""Quantities: the numbers, dates and measures in a text, as values that languages share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from publish.checks.translations.counting import Counting, counting, find, fold
from publish.checks.translations.prose import SPACES
from publish.languages import Language

Value = Decimal | str
Key = tuple[str, str]

_ROMAN = r"(?<![\w.])[IVX]{2,}(?!\w)"
_ROMAN_VALID = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_SIGNS = {"I": 1, "V": 5, "X": 10}
_WORD = r"[^\W\d_]+(?:[-’'][^\W\d_]+)*"
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_WORDS = re.compile(_WORD)
_RANGE = re.compile(r"[–~/-]")
_MONTH_SIGNS = {"월", "月"}
_MONTHS = {str(month) for month in range(1, 13)}
_COUNTED = ("제", "第")  # before the number of an article (제3조), which no scale follows
_DOLLAR, _EURO = "$", "€"
_PARTS_OF_DATE = 3
_LONGEST = 30  # digits; what has more is compared as it stands


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: `kind` is "month" for one of a date, `unit` what it counts, if told.

    `sure` is whether it can be nothing else; `written` whether it is in digits.
    """

    value: Value
    text: str
    start: int
    end: int
    kind: str = ""
    unit: str = ""
    sure: bool = True
    digits: bool = True
    foreign: bool = False

    @property
    def key(self) -> Key:
        """By what it is found in another language."""
        return self.kind, str(self.value)


def read(text: str, language: Language) -> list[Quantity]:
    """The quantities of a text in a language, in order."""
    way = counting(language)
    found = [q for match in _pattern(way).finditer(text) for q in _read(match, text, way)]
    found = list(_merged(_expanded(found, text), text, way))
    return [_measured(each, text, way) for each in _dated(found, text)]


@cache
def _compiled(decimal: str, group: str) -> re.Pattern[str]:
    spaces = "\u00a0\u202f\u2009"
    between = f"[{spaces}٬ ]" if group in SPACES else f"[{re.escape(group)}٬{spaces}]"
    grouped = rf"(?<!\d)\d{{1,3}}(?:{between}\d{{3}})+(?:[{re.escape(decimal)}٫]\d+)?(?!\d)"
    return re.compile(
        rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)|(?P<name>\d+(?:·\d+)+)|(?P<grouped>{grouped})"
        rf"|(?P<plain>\d+(?:[.,٫]\d+)*)|(?P<roman>{_ROMAN})|(?P<word>{_WORD})"
    )


def _pattern(way: Counting) -> re.Pattern[str]:
    return _compiled(way.decimal, way.group)


def _read(match: re.Match[str], text: str, way: Counting) -> Iterator[Quantity]:
    kind, word, start, end = match.lastgroup, match[0], match.start(), match.end()
    if kind == "word":
        yield from _word(match, way)
    elif kind == "roman":
        if _ROMAN_VALID.fullmatch(word):
            yield Quantity(Decimal(_roman(word)), word, start, end)
    elif kind == "iso" or (kind == "plain" and _is_date(word)):
        parts = re.split(r"[.-]", word)
        year, month, day = parts if kind == "iso" else reversed(parts)
        for value, sort in ((year, ""), (month, "month"), (day, "")):
            yield Quantity(Decimal(int(value)), word, start, end, sort)
    elif kind == "name":
        parts = word.split("·")
        yield from (Quantity(Decimal(p), word, start, end, sure=False) for p in parts)
    else:
        yield _figure(match, text, way)


def _is_date(word: str) -> bool:
    parts = word.split(".")
    lengths = [len(part) for part in parts]
    return len(parts) == _PARTS_OF_DATE and max(lengths[:2]) <= 2 and lengths[2] == 4  # noqa: PLR2004  # a year


def _roman(word: str) -> int:
    values = [_ROMAN_SIGNS[sign] for sign in word]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


def _word(match: re.Match[str], way: Counting) -> Iterator[Quantity]:
    """A word that is a number, a month's name, or neither."""
    word, start, end = match[0], match.start(), match.end()
    month = way.month(word)
    if month is not None:
        yield Quantity(Decimal(month), word, start, end, "month", sure=False)
    elif (number := way.number(word)) is not None:
        value, sure = number
        plain = sure and value >= 3  # noqa: PLR2004  # one and two are articles, pairs, both …
        yield Quantity(Decimal(value), word, start, end, sure=plain, digits=False)


def _figure(match: re.Match[str], text: str, way: Counting) -> Quantity:
    """A number in digits; one that is glued to a word may be a part of a name (G7, 코로나19).

    Not so one of a month: 年 stands before it at once, as any word may in Chinese and Japanese.
    """
    word, start, end = match[0], match.start(), match.end()
    value, foreign = _value(word, match.lastgroup == "grouped", way)
    sure = not _glued(text, start, way)
    if word in _MONTHS and text[end : end + 1] in _MONTH_SIGNS:
        return Quantity(value, text[start : end + 1], start, end + 1, "month", sure=True)
    return Quantity(value, word, start, end, sure=sure, foreign=foreign)


def _value(word: str, grouped: bool, way: Counting) -> tuple[Value, bool]:  # noqa: FBT001  # as the pattern found it
    """The value of digits, and whether their decimal sign is another language's."""
    if grouped and len(word) <= _LONGEST:
        whole, _, part = word.partition(way.decimal)
        whole = "".join(sign for sign in whole if sign.isdecimal())
        return _decimal(whole, part), False
    signs = [sign for sign in word if not sign.isdecimal()]
    if len(signs) > 1 or len(word) > _LONGEST:
        return word, False
    whole, _, part = word.partition(signs[0]) if signs else (word, "", "")
    return _decimal(whole, part), bool(signs) and signs[0] not in (way.decimal, "٫")


def _decimal(whole: str, part: str) -> Decimal:
    """A number that keeps its last noughts: 4.0 is not 4."""
    return Decimal(f"{int(whole)}.{int(part):0{len(part)}}" if part else int(whole))


def _glued(text: str, start: int, way: Counting) -> bool:
    """Whether a number belongs to the word before it; behind some words it does not (제5조)."""
    run = _LAST_WORD.search(text[max(0, start - 8) : start].removesuffix("-"))
    return run is not None and run[0] not in way.prefixes


def _expanded(found: list[Quantity], text: str) -> Iterator[Quantity]:
    """Short ends of ranges written out: 2020–22 is 2020 and 2022."""
    before: Quantity | None = None
    for each in found:
        short = before and _is_year(before.text, 4) and _is_year(each.text, 2)
        if before and short and _RANGE.fullmatch(text[before.end : each.start]):
            each = replace(each, value=Decimal(before.text[:2] + each.text))  # noqa: PLW2901  # the same, whole
        yield each
        before = each


def _is_year(text: str, length: int) -> bool:
    return len(text) == length and text.isdecimal()


def _merged(found: Iterator[Quantity], text: str, way: Counting) -> Iterator[Quantity]:
    """Numbers with their scales (9 million, 1만 3천), tens with their ones (двадцать четыре)."""
    before: Quantity | None = None
    for each in found:
        scaled = _scaled(each, text, way)
        if before and (sum_ := _sum(before, scaled, text, way)):
            before = sum_
            continue
        if before:
            yield before
        before = scaled
    if before:
        yield before


def _scaled(quantity: Quantity, text: str, way: Counting) -> Quantity:
    """A number multiplied by the word that follows it, if that is a scale, as often as there is."""
    counted = text[max(0, quantity.start - 1) : quantity.start] in _COUNTED
    if quantity.kind or isinstance(quantity.value, str) or counted:
        return quantity
    rest = text[quantity.end : quantity.end + 24]
    word = _WORDS.match(rest if way.endings else rest.lstrip(SPACES))
    scale, length = _scale(word[0], way) if word else (None, 0)
    if word is None or scale is None:
        return quantity
    end = quantity.end + len(rest) - len(rest.lstrip(SPACES)) + length
    value = Decimal(f"{(quantity.value * scale).normalize():f}")
    sure = quantity.sure or quantity.digits
    return replace(quantity, value=value, text=text[quantity.start : end], end=end, sure=sure)


def _scale(word: str, way: Counting) -> tuple[int | None, int]:
    """A scale that a word is, or, where words are glued, begins with; and how long it is."""
    if way.endings:
        return way.scales.get(word[0]), 1
    return find(way.scales, fold(word)), len(word)


def _sum(first: Quantity, second: Quantity, text: str, way: Counting) -> Quantity | None:
    if isinstance(first.value, str) or isinstance(second.value, str) or first.kind or second.kind:
        return None
    gap = text[first.end : second.start]
    scaled = way.endings and not first.text[-1].isdecimal() and first.digits and second.digits
    tens = way.spaced and not first.digits and not second.digits and first.value % 10 == 0
    larger = tens and first.value >= 20 and second.value < 10  # noqa: PLR2004  # 20 + 4
    if gap not in ("", *SPACES) or not (larger or (scaled and second.value < first.value)):
        return None
    words = text[first.start : second.end]
    value = first.value + second.value
    return replace(first, value=value, text=words, end=second.end, sure=first.sure or second.sure)


def _dated(found: list[Quantity], text: str) -> Iterator[Quantity]:
    """Months' names next to a number are nothing else (May 2024, but not: may)."""
    for n, each in enumerate(found):
        if each.kind == "month" and not each.sure:
            near = [q for q in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]) if q.digits]
            yield replace(each, sure=any(_adjacent(each, q, text) for q in near if not q.kind))
        else:
            yield each


def _adjacent(first: Quantity, second: Quantity, text: str) -> bool:
    between = text[min(first.end, second.end) : max(first.start, second.start)]
    return not between.strip(SPACES + ".,") and bool(between)


def _measured(quantity: Quantity, text: str, way: Counting) -> Quantity:
    """A quantity with what it counts, if that follows (24 months, 5 %) or is a sign before it."""
    if quantity.kind:
        return quantity
    if text[max(0, quantity.start - 1) : quantity.start] in (_DOLLAR, _EURO):
        return replace(quantity, unit="dollar" if text[quantity.start - 1] == _DOLLAR else "euro")
    rest = text[quantity.end : quantity.end + 32].lstrip(SPACES + "-")
    if rest[:1] in {"%", "٪", "％"}:
        return replace(quantity, unit="%")
    word = _WORDS.match(rest.removeprefix("US "))
    return replace(quantity, unit=(_unit(word[0], way) if word else None) or "")


def _unit(word: str, way: Counting) -> str | None:
    if way.endings:
        stems = [word[:end] for end in range(min(len(word), 4), 0, -1)]
        return next((way.units[stem] for stem in stems if stem in way.units), None)
    last = word.rpartition("-")[2]
    found: str | None = find(way.units, last) or find(way.units, fold(last))
    return found
