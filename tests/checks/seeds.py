"""Seeded faults: ways to spoil a translation, each as a function of its text, without chance.

A kind of fault is a function from a pair and a language's tag to the spoilt text, or None
where it cannot be made; `CODES` says by which codes it must be found.
"""

# ruff: noqa: E501  # a line is a kind of fault

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from checks.publication import language, terms
from publish.checks.translations import Pair, stems
from publish.checks.translations import terms as term_checks
from publish.problems import Problem

Spoil = Callable[[Pair, str], str | None]

_MARKUP = re.compile(
    r"\[\^\d+\]|@[\w:.-]*\w|\{[^}]*\}|\]\([^)]*\)|\[[^\]]*\](?=\{)|`[^`]*`|https?://\S+"
)
_NUMBER = re.compile(r"(?<![\w.])(?:제)?\d{1,3}(?:[.,\u00a0]\d{3})+(?!\d)|(?<![^\W\d제])\d+")
_WORD = re.compile(r"(?<![\w*\"'’“«„‘(–—-])[^\W\d_]{4,}(?![\w*\"’”»“)(–—-])")

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "ru": "январ феврал март апрел мая июн июл август сентябр октябр ноябр декабр".split(),
}
_WORDS = {
    "de": {"neun": "acht", "vierzig": "fünfzig", "fünf": "sechs", "vier ": "fünf ", "drei ": "vier "},
    "ru": {
        "девять": "восемь", "Девять": "Восемь", "сорока": "пятидесяти", "пять": "шесть",
        "четыре": "пять", "Четыре": "Пять", "трёх": "четырёх", "пятью": "шестью",
    },
    "ko": {"아홉": "여덟", "다섯": "여섯", "40발": "50발", "닷새": "엿새", "24개월": "25개월"},
}  # fmt: skip
_UNITS = {
    "de": {"US-Dollar": "Euro", "Monaten": "Jahren", "Jahre später": "Tage später"},
    "ru": {"долл. США": "евро", "месяцев": "лет", "дней": "месяцев"},
    "ko": {"900만 달러": "900만 유로", "24개월": "24년", "3년 뒤": "3일 뒤"},
}
_OTHER = {"de": "Dingsbums", "ru": "закорючка", "ko": "거시기"}
_QUOTES = {"de": "”x”", "ru": "“x”", "ko": "«x»", "fr": "“x”", "ar": "‘x’"}


def clear(text: str) -> list[tuple[int, int]]:
    """The stretches of a text in which no markup is."""
    spans, at = [], 0
    for match in _MARKUP.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, len(text))]


def found(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [m for start, end in clear(text) for m in pattern.finditer(text, start, end)]


def put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def middle(matches: list[re.Match[str]]) -> re.Match[str] | None:
    return matches[len(matches) // 2] if matches else None


def at_number(new: Callable[[str], str]) -> Spoil:
    def spoil(pair: Pair, _: str) -> str | None:
        text = pair.entry.translation
        match = middle(found(_NUMBER, text))
        changed = put(text, match, new(match[0])) if match else text
        return changed if changed != text and changed.strip() else None

    return spoil


def other_digit(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 3) % 10)


def swapped(number: str) -> str:
    return number[:-2] + number[:-3:-1] if number[-2:].isdecimal() and len(number) > 1 else number


def wrong_separator(number: str) -> str:
    return re.sub(r"[.,\u00a0]", lambda m: "," if m[0] == "." else ".", number)


def month(pair: Pair, tag: str) -> str | None:
    text = pair.entry.translation
    if tag == "ko":
        changed = re.sub(r"(?<!\d)(\d{1,2})월", lambda m: f"{int(m[1]) % 12 + 1}월", text, count=1)
        return changed if changed != text else None
    for n, name in enumerate(_MONTHS[tag]):
        if re.search(rf"\b{name}.? ?\w* \d{{4}}|\d.? ?{name}|\d\u00a0{name}", text):
            return text.replace(name, _MONTHS[tag][(n + 1) % 12], 1)
    return None


def replaced(table: dict[str, dict[str, str]]) -> Spoil:
    def spoil(pair: Pair, tag: str) -> str | None:
        text = pair.entry.translation
        for old, new in table[tag].items():
            if old in text:
                return text.replace(old, new)
        return None

    return spoil


def locator(pair: Pair, _: str) -> str | None:
    """An article's number within a citation."""
    text = pair.entry.translation
    match = re.search(r"(?<=\d, )([^\d\]]*)(\d+)", text)
    return put(text, match, match[1] + str(int(match[2]) + 1)) if match else None


def emphasis_lost(pair: Pair, _: str) -> str | None:
    text = pair.entry.translation
    ours = re.search(r"\*\w", pair.message.text) and "{lang" not in text + pair.message.text
    return text.replace("*", "") if ours else None


def emphasis_added(pair: Pair, _: str) -> str | None:
    match = middle(found(_WORD, pair.entry.translation))
    return put(pair.entry.translation, match, f"*{match[0]}*") if match else None


def strong_added(pair: Pair, _: str) -> str | None:
    match = middle(found(_WORD, pair.entry.translation))
    return put(pair.entry.translation, match, f"**{match[0]}**") if match else None


def term_lost(pair: Pair, tag: str) -> str | None:
    return _without_term(pair, tag, lambda _: _OTHER[tag])


def term_forbidden(pair: Pair, tag: str) -> str | None:
    forbidden = {term.term: term.forbidden for term in terms(tag)}
    return _without_term(pair, tag, lambda name: next(iter(forbidden[name]), ""))


@cache
def glossary(tag: str) -> term_checks.Keyed:
    return term_checks.keyed(terms(tag), language("en"))


def _without_term(pair: Pair, tag: str, new: Callable[[str], str]) -> str | None:
    """The text with the first agreed term in it replaced wherever it stands."""
    source = term_checks.sought(pair.message.text, glossary(tag), language("en"))
    text = pair.entry.translation
    for term in source:
        if other := new(term.term):
            changed = text
            for way in term.translations:
                changed = _replace(changed, way, other, tag)
            if changed != text:
                return changed
    return None


def _replace(text: str, way: str, other: str, tag: str) -> str:
    if tag == "ko":
        return text.replace(way, other)
    wanted = [stems.stem(word, tag) for word in stems.words(way)]
    words = [
        match
        for match in found(re.compile(r"[^\W_]+"), text)
        if any(term_checks.same(one, stems.stem(stems.fold(match[0]), tag)) for one in wanted)
    ]
    for match in reversed(words):
        text = put(text, match, other if match is words[0] else "")
    return text


def around_word(before: str, after: str) -> Spoil:
    def spoil(pair: Pair, _: str) -> str | None:
        match = middle(found(_WORD, pair.entry.translation))
        return put(pair.entry.translation, match, f"{before}{match[0]}{after}") if match else None

    return spoil


def foreign_quotes(pair: Pair, tag: str) -> str | None:
    before, _, after = _QUOTES[tag].partition("x")
    return around_word(before, after)(pair, tag)


def half_quotes(pair: Pair, tag: str) -> str | None:
    return around_word(language(tag).quotes[0].strip(), "")(pair, tag)


def substituted(pattern: str, new: str, which: int = 1) -> Spoil:
    """The middle place of a pattern, outside of markup, written otherwise."""
    compiled = re.compile(pattern)

    def spoil(pair: Pair, _: str) -> str | None:
        text = pair.entry.translation
        match = middle(found(compiled, text))
        return put(text, match, match.expand(new)) if match and which else None

    return spoil


def leftover(pair: Pair, _: str) -> str | None:
    """Four words of the source in the place of two of the translation."""
    plain = re.findall(
        r"(?<![\[@*'’\w-])[a-z]{2,}(?: [a-z]{2,}){3}(?![\w’*\]-])", pair.message.text
    )
    match = middle(
        found(re.compile(r"(?<!\w)[^\W\d_]{2,} [^\W\d_]{2,}(?!\w)"), pair.entry.translation)
    )
    return put(pair.entry.translation, match, plain[0]) if match and plain else None


def untranslated(pair: Pair, _: str) -> str | None:
    words = re.findall(r"(?<![\w{])[a-z]{2,}", pair.message.text)
    return pair.message.text if len(words) > 1 else None


def cut(pair: Pair, _: str) -> str | None:
    """The translation breaks off in the middle of a sentence."""
    text = pair.entry.translation
    whole = pair.message.text.endswith(".") and len(text) > 30 and "[" not in text
    return text[: len(text) * 3 // 5].rstrip(" .,;:—–\u00a0") if whole else None


def half(pair: Pair, _: str) -> str | None:
    """The second half of the sentences is missing."""
    sentences = re.split(r"(?<=[.?!]) (?=[A-ZА-ЯÄÖÜ가-힣])", pair.entry.translation)
    return " ".join(sentences[: len(sentences) // 2]) if len(sentences) > 3 else None


def twice(pair: Pair, _: str) -> str | None:
    text = pair.entry.translation
    return f"{text} {text}" if len(text) > 120 and "[" not in text else None


def bracket(pair: Pair, _: str) -> str | None:
    text = pair.entry.translation
    match = middle(found(re.compile(r"\)"), text))
    return put(text, match, "") if match and "](" not in text else None


def end_space(pair: Pair, _: str) -> str | None:
    return pair.entry.translation + "\u00a0"


def full_width(pair: Pair, _: str) -> str | None:
    text = pair.entry.translation
    match = middle(found(_NUMBER, text))
    return (
        put(text, match, match[0].translate({n: n + 0xFEE0 for n in range(48, 58)}))
        if match
        else None
    )


_N = "translation-number"
_GENERAL: dict[str, tuple[Spoil, set[str]]] = {
    "digit": (at_number(other_digit), {_N}),
    "digits swapped": (at_number(swapped), {_N}),
    "number lost": (at_number(lambda _: ""), {_N, "glossary-term"}),
    "emphasis lost": (emphasis_lost, {"translation-emphasis"}),
    "emphasis added": (emphasis_added, {"translation-emphasis"}),
    "strong added": (strong_added, {"translation-emphasis"}),
    "foreign quotes": (foreign_quotes, {"translation-quotes"}),
    "half quotes": (half_quotes, {"translation-quotes"}),
    "two spaces": (substituted(r"(?<=\w) (?=\w)", "  "), {"translation-space"}),
    "end space": (end_space, {"translation-space"}),
    "space behind bracket": (substituted(r"\((?=\w)", "( "), {"translation-space"}),
    "invisible": (substituted(r"(?<=\w) (?=\w)", " \u200b"), {"translation-character"}),
    "mojibake": (substituted(r"(?<=\w) (?=\w)", " \ufffd"), {"translation-character"}),
    "two stops": (substituted(r"(?<=\w)\.$", ".."), {"translation-ellipsis"}),
    "untranslated": (untranslated, {"translation-same"}),
    "leftover": (leftover, {"translation-leftover"}),
    "cut": (cut, {"translation-end"}),
    "bracket": (bracket, {"translation-bracket"}),
}
_OURS: dict[str, tuple[Spoil, set[str]]] = {
    "separator": (at_number(wrong_separator), {_N, "translation-separator"}),
    "month": (month, {_N}),
    "number word": (replaced(_WORDS), {_N}),
    "unit": (replaced(_UNITS), {"translation-unit"}),
    "locator": (locator, {_N}),
    "term lost": (term_lost, {"glossary-term"}),
    "term forbidden": (term_forbidden, {"glossary-forbidden"}),
    "space before comma": (substituted(r"(?<=\w),(?= )", " ,"), {"translation-space"}),
    "no space behind comma": (substituted(r"(?<=\w\w), (?=\w\w)", ","), {"translation-space"}),
    "no space between sentences": (
        substituted(r"(?<=\w\w\w)\. (?=[A-ZА-Я가-힣]\w)", "."),
        {"translation-space"},
    ),
    "range with hyphen": (substituted(r"(?<=\d{4})[–~](?=\d{4})", "-"), {"translation-dash"}),
    "full width": (full_width, {"translation-width"}),
    "half": (half, {"translation-length", "glossary-term", _N}),
    "twice": (twice, {"translation-length", "translation-repeated"}),
    "word twice": (substituted(r"(?<!\w)([^\W\d_]{4,})(?= )", r"\1 \1"), {"translation-repeated"}),
}
_LANGUAGES: dict[str, dict[str, tuple[Spoil, set[str]]]] = {
    "de": {
        "nbsp: abbreviation": (substituted(r"(Art\.|Ziff\.|Nr\.|Rn\.|Buchst\.)\u00a0", r"\1 "), {"translation-nbsp"}),
        "nbsp: date": (substituted(r"(\d\.)\u00a0(?=[A-Z])", r"\1 "), {"translation-nbsp"}),
        "z. B.": (substituted(r"(?<=\w) (?=\w)", " z. B. "), {"translation-nbsp"}),
        "d.h.": (substituted(r"(?<=\w) (?=\w)", " d.h. "), {"translation-nbsp"}),
        "nbsp: Artikel": (
            substituted(r"(Artikel|Abschnitt|Resolution|Tabelle)\u00a0(?=\d|\{)", r"\1 "),
            {"translation-nbsp"},
        ),
        "§": (substituted(r"(?<=\w) (?=\w)", " § 3 "), {"translation-nbsp"}),
        "hyphen for dash": (substituted(r"(?<=\w) (?=\w)", " - "), {"translation-dash"}),
        "em dash": (substituted(r"(?<=\w) (?=\w)", " — "), {"translation-dash"}),
        "apostrophe": (substituted(r"(?<=[a-z])(?=[a-z] )", "´"), {"translation-apostrophe"}),
    },
    "ru": {
        "nbsp: dash": (substituted(r"\u00a0—", " —"), {"translation-nbsp"}),
        "nbsp: г.": (substituted(r"(?<=\d)\u00a0(?=гг?\.)", " "), {"translation-nbsp"}),
        "nbsp: ст.": (substituted(r"(ст\.|п\.|пп\.)\u00a0", r"\1 "), {"translation-nbsp"}),
        "nbsp: date": (substituted(r"(?<=\d)\u00a0(?=[а-я]{3})", " "), {"translation-nbsp"}),
        "nbsp: статья": (
            substituted(r"((?:стать|раздел|резолюци)\w*)\u00a0(?=\d|\{)", r"\1 "),
            {"translation-nbsp"},
        ),
        "№": (substituted(r"(?<=\w) (?=\w)", " № 4 "), {"translation-nbsp"}),
        "т.е.": (substituted(r"(?<=\w) (?=\w)", " т.е. "), {"translation-nbsp"}),
        "initials": (substituted(r"(?<=[а-я]) (?=[а-я])", " А. С. Пушкин "), {"translation-nbsp"}),
        "hyphen for dash": (substituted(r"\u00a0— ", " - "), {"translation-dash"}),
        "en dash": (substituted(r"\u00a0— ", " – "), {"translation-dash"}),
        "Latin letter": (substituted(r"(?<=[а-я])о(?=[а-я])", "o"), {"translation-letters"}),
    },
    "ko": {
        "particle": (substituted(r"(?<=[가-힣])(를|을|는|에서|에게|까지|부터)(?= )", r" \1"), {"translation-particle"}),
        "nbsp: 그림": (substituted(r"(그림|표|주석|식)\u00a0", r"\1 "), {"translation-nbsp"}),
        "제": (substituted(r"제(?=\d+[조항])", "제 "), {"translation-particle"}),
        "hyphen for dash": (substituted(r"(?<=\w) (?=\w)", " - "), {"translation-dash"}),
        "ideographic stop": (substituted(r"\.(?= |$)", "。"), {"translation-width"}),
        "ideographic comma": (substituted(r",(?= )", "、"), {"translation-width"}),
        "parts of a syllable": (substituted(r"(?<=[가-힣]) (?=[가-힣])", " \u1100\u1161 "), {"translation-width"}),
    },
    "fr": {
        "nbsp: ;": (substituted(r"[\u00a0\u202f](?=[;!?])", " "), {"translation-nbsp"}),
        "nbsp: :": (substituted(r"\u00a0(?=:)", " "), {"translation-nbsp"}),
        "no space before ;": (substituted(r"[\u00a0\u202f](?=[;!?])", ""), {"translation-nbsp"}),
        "nbsp: «": (substituted(r"«\u00a0", "« "), {"translation-nbsp"}),
        "nbsp: »": (substituted(r"\u00a0»", "»"), {"translation-nbsp"}),
        "apostrophe": (substituted(r"(?<=\w)’(?=\w)", "´"), {"translation-apostrophe"}),
        "hyphen for dash": (substituted(r"(?<=\w) (?=\w)", " - "), {"translation-dash"}),
    },
    "ar": {
        "Latin comma": (substituted("،", ","), {"translation-width"}),
        "Latin question mark": (substituted("؟", "?"), {"translation-width"}),
    },
}  # fmt: skip


def kinds(tag: str) -> dict[str, tuple[Spoil, set[str]]]:
    """The kinds of faults of a language, and the codes by one of which each must be found."""
    ours = _OURS if tag in {"de", "ru", "ko"} else {}
    return {**_GENERAL, **ours, **_LANGUAGES.get(tag, {})}


def spoilt(pairs: list[Pair], spoil: Spoil, tag: str, most: int) -> dict[int, str]:
    """By their places, some translations spoilt: evenly spread over those that can be."""
    made = {n: text for n, pair in enumerate(pairs) if (text := spoil(pair, tag)) is not None}
    made = {n: text for n, text in made.items() if text != pairs[n].entry.translation}
    step = max(1, len(made) // most)
    return {n: made[n] for n in list(made)[::step][:most]}


def with_text(pair: Pair, text: str, inlines: list[dict[str, object]] | None) -> Pair:
    return replace(pair, entry=pair.entry.changed(translation=text), inlines=inlines)


def lines(problems: Iterable[Problem], codes: set[str]) -> set[int]:
    return {p.location.line for p in problems if p.code in codes and p.location.line}
