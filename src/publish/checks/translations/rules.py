"""Rules of typography, as patterns over prose: what is wrong, and what stands there rightly.

Sources: DIN 5008 and Duden for German, Мильчин/Чельцова (Справочник издателя и автора) for
Russian, the Lexique of the Imprimerie nationale for French, 한글 맞춤법 for Korean, and W3C's
text layout requirements for Arabic, Chinese and Japanese.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from publish.checks.translations.prose import CLOSE, OPEN, THING

NO_BREAK, NARROW = "\u00a0", "\u202f"
_N = rf"[\d{THING}]"  # a number, or one that will be put in
_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁ가-힣]"
_NUMBERED = "a word that may part from its number"
_GROUPED = "a number that may be torn"
_ENDS = rf"(?=[\s)\]»”’{CLOSE}]|\Z)"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `pattern` is found, `what` is wrong; `right` is what stands there rightly.

    A rule without `right` is one where only a person can tell; `groups` of the pattern may be
    used in it as in `re.sub`.
    """

    code: str
    pattern: re.Pattern[str]
    what: str
    right: str | Callable[[re.Match[str]], str] | None = None


def _rule(
    code: str, pattern: str, what: str, right: str | Callable[[re.Match[str]], str] | None = None
) -> Rule:
    return Rule(code, re.compile(pattern), what, right)


def _plain(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _parted(match: re.Match[str]) -> str:
    """An abbreviation with a no-break space behind each inner full stop."""
    return re.sub(r"\.[ \u00a0\u202f]?(?=\w)", f".{NO_BREAK}", match[0])


_SIGNS = {",": "،", ";": "؛", "?": "؟"}
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}

_GENERAL = (
    _rule("translation-space", r"[ \u00a0\u202f]{2,}", "two spaces", " "),
    _rule("translation-space", r"\A[ \u00a0\u202f]+|[ \u00a0\u202f]+\Z", "a space at the end", ""),
    _rule("translation-space", r"(?<=[(\[]) +(?=\S)", "a space behind a bracket", ""),
    _rule("translation-space", r"(?<=[^\s]) +(?=[)\]])", "a space before a bracket", ""),
    _rule(
        "translation-space",
        rf"(?:(?<=[^\W\d_]{{3}})|(?<=\d{{2}}))[.!?](?={_CAPITAL}\w)",
        "no space between two sentences",
    ),
    _rule("translation-ellipsis", r"\.\.\.+", "full stops for an ellipsis", "…"),
    _rule("translation-ellipsis", r"(?<!\.)\.\.(?!\.)", "two full stops"),
    _rule(
        "translation-apostrophe",
        r"(?<=[^\W\d_])[´`′'](?=[^\W\d_])",
        "another sign for an apostrophe",
        "’",
    ),
    _rule("translation-character", r"[\u200b\ufeff]", "a character that nobody sees", ""),
    _rule(
        "translation-character",
        r"\ufffd|Ã[\u0080-\u00bf]|â€",
        "characters spoilt by a wrong encoding",
    ),
    _rule("translation-width", r"[\uff66-\uff9f\uffa0-\uffdc]", "half-width letters", _plain),
)
_NARROW_FORMS = (
    _rule(
        "translation-space",
        rf"(?<=[^\W\d_]{{2}})[,;](?=\w)|(?<=[\d{THING}])[,;](?=[^\W\d_])|(?<={THING}),(?=\d)",
        "no space behind a comma",
        r"\g<0> ",
    ),
    _rule("translation-width", r"[！-～]+", "full-width forms", _plain),
    _rule("translation-width", r"。", "an ideographic full stop", "."),
    _rule("translation-width", r"、", "an ideographic comma", ","),
)
_BEFORE_PUNCTUATION = _rule(
    "translation-space",
    rf"(?<=\S)[ \u00a0\u202f]+(?=[,;:!?.]{_ENDS})",
    "a space before a punctuation mark",
    "",
)
_EN_DASHES = (
    _rule("translation-dash", r"(?<=\S) -{1,2} (?=\S)", "a hyphen for a dash", " – "),
    _rule(
        "translation-dash",
        r"(?<![\d-])(\d{4})-(\d{4}|\d\d)(?![\d-])",
        "a hyphen in a range",
        r"\1–\2",
    ),
)

_GERMAN_SHORT = "|".join(  # z. B., d. h., …
    r"\. ?".join(letters)
    for letters in ("zB", "dh", "ua", "va", "so", "su", "uU", "zT", "oä", "oÄ", "uä", "uÄ", "idR")
)
_GERMAN_MONTHS = (
    "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
)
_GERMAN_NUMBERED = (
    "Artikeln?|Artikels|Abschnitt(?:e|en|s)?|Kapiteln?|Kapitels|Abbildung(?:en)?|Tabellen?"
    "|Anmerkung(?:en)?|Resolution(?:en)?|Gleichung(?:en)?|Nummer|Seiten?|Band"
)
_GERMAN = (
    _BEFORE_PUNCTUATION,
    *_EN_DASHES,
    _rule("translation-dash", r"\s*—\s*", "an em dash, which German does not use", " – "),
    _rule(
        "translation-nbsp",
        rf"\b(?:{_GERMAN_SHORT})\.",
        "an abbreviation that may break",
        _parted,
    ),
    _rule(
        "translation-nbsp",
        rf"\b((?:S|Nr|Art|Abs|Ziff|Rn|Bd|Kap|Abb|Tab|Aufl|Anm|Fn|Lit|Buchst)\.) (?={_N}|[a-z]\b)",
        "an abbreviation that may part from its number",
        rf"\1{NO_BREAK}",
    ),
    _rule(
        "translation-nbsp",
        rf"\b({_GERMAN_NUMBERED}) (?={_N}|[IVX]+\b)",
        _NUMBERED,
        rf"\1{NO_BREAK}",
    ),
    _rule(
        "translation-nbsp",
        rf"(§{{1,2}}) ?(?={_N})",
        "a § that may part from its number",
        rf"\1{NO_BREAK}",
    ),
    _rule(
        "translation-nbsp",
        rf"\b(\d{{1,2}}\.) (?=(?:{_GERMAN_MONTHS})\b)",
        "a day that may part from its month",
        rf"\1{NO_BREAK}",
    ),
    _rule(
        "translation-nbsp", r"(?<=\d) ?%(?!\w)", "a % that may part from its number", f"{NO_BREAK}%"
    ),
    _rule(
        "translation-nbsp",
        r"(?<=\d) (?=(?:km|kg|cm|mm|Mio\.|Mrd\.|€|°C)(?!\w))",
        "a unit that may part from its number",
        NO_BREAK,
    ),
)

_RUSSIAN_MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_RUSSIAN_NUMBERED = (
    "[Сс]тать|[Гг]лав|[Рр]аздел|[Рр]ис|[Тт]абл|[Пп]ункт|[Рр]езолюци|[Пп]римечани|[Уу]равнени"
)
_RUSSIAN = (
    _BEFORE_PUNCTUATION,
    _rule(
        "translation-dash",
        r"(?<=[^\s\d])[ \u00a0][–-]{1,2} (?=\S)|(?<=\d)[ \u00a0][–-]{1,2} (?=[^\s\d])",
        "a hyphen or a short dash for a dash",
        f"{NO_BREAK}— ",
    ),
    _rule(
        "translation-dash", r"(?<![\d-])(\d{4})-(\d{4})(?![\d-])", "a hyphen in a range", r"\1–\2"
    ),
    _rule("translation-dash", r"(?<=[а-яё])—(?=[а-яё])", "a dash without spaces"),
    _rule("translation-nbsp", r"(?<=\S) —(?=\s)", "a dash that may begin a line", f"{NO_BREAK}—"),
    _rule(
        "translation-nbsp",
        rf"\b((?:{_RUSSIAN_NUMBERED})[а-яё]{{0,4}}\.?) (?={_N}|[IVX]+\b)",
        _NUMBERED,
        rf"\1{NO_BREAK}",
    ),
    _rule("translation-nbsp", r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))", _GROUPED, rf"\1{NO_BREAK}"),
    _rule(
        "translation-nbsp",
        rf"([№§]) ?(?={_N})",
        "a sign that may part from its number",
        rf"\1{NO_BREAK}",
    ),
    _rule(
        "translation-nbsp",
        rf"\b((?:ст|пп?|гл|рис|табл|разд|т|с|ч)\.) ?(?={_N})",
        "an abbreviation that may part from its number",
        rf"\1{NO_BREAK}",
    ),
    _rule("translation-nbsp", r"(?<=\d) ?(?=гг?\.)", "г. that may part from its year", NO_BREAK),
    _rule(
        "translation-nbsp",
        r"(?<=\d) (?=(?:%|(?:тыс|млн|млрд|руб|долл|км|кг)\b))",
        "a unit that may part from its number",
        NO_BREAK,
    ),
    _rule(
        "translation-nbsp",
        rf"\b(\d{{1,2}}) (?=(?:{_RUSSIAN_MONTHS}))",
        "a day that may part from its month",
        rf"\1{NO_BREAK}",
    ),
    _rule("translation-nbsp", r"\bт\. ?[едпкн]\.", "an abbreviation that may break", _parted),
    _rule(
        "translation-nbsp",
        r"\b([А-ЯЁ]\.) ?(?=[А-ЯЁ]\.|[А-ЯЁ][а-яё])",
        "initials that may part from the name",
        rf"\1{NO_BREAK}",
    ),
    _rule(
        "translation-letters",
        r"(?<=[а-яё])[a-zA-Z]|[a-zA-Z](?=[а-яё])",
        "a Latin letter in a Russian word",
    ),
)

_FRENCH = (
    *_EN_DASHES,
    _rule(
        "translation-space",
        rf"(?<=\S)[ \u00a0\u202f]+(?=[,.]{_ENDS})",
        "a space before a punctuation mark",
        "",
    ),
    _rule(
        "translation-nbsp",
        rf"(?<=[^\s\u00a0\u202f!?(…{OPEN}]) ?(?=[;!?])",
        "no fine space before a punctuation mark",
        NARROW,
    ),
    _rule(
        "translation-nbsp",
        r"(?<=[^\s\u00a0\u202f\d]) ?(?=:(?:\s|\Z))",
        "no no-break space before a colon",
        NO_BREAK,
    ),
    _rule(
        "translation-nbsp",
        r"« ?(?=[^\s\u00a0\u202f])",
        "no no-break space behind «",
        f"«{NO_BREAK}",
    ),
    _rule(
        "translation-nbsp",
        r"(?<=[^\s\u00a0\u202f]) ?»",
        "no no-break space before »",
        f"{NO_BREAK}»",
    ),
    _rule("translation-nbsp", r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))", _GROUPED, rf"\1{NARROW}"),
    _rule("translation-nbsp", r"(?<=\d) ?%", "a % that may part from its number", f"{NO_BREAK}%"),
)

_KOREAN_NUMBERED = "그림|표|식|주석|부록"
_PARTICLES = "[은는을를의에]|에서|에게|으로|부터|까지|처럼|이며|이다|라고|라는|이라고|이라는"
_KOREAN = (
    _BEFORE_PUNCTUATION,
    _rule(
        "translation-particle",
        rf"(?<=[가-힣A-Za-z0-9)」』》”’{CLOSE}]) (?=(?:{_PARTICLES})(?:[\s.,]|\Z))",
        "a space before a particle",
        "",
    ),
    _rule(
        "translation-nbsp", rf"(?<!\w)({_KOREAN_NUMBERED}) (?={_N})", _NUMBERED, rf"\1{NO_BREAK}"
    ),
    _rule("translation-particle", r"제 (?=\d+(?:조|항|호|장|차|절))", "a space behind 제", "제"),
    _rule("translation-dash", r"(?<=\S) - (?=\S)", "a hyphen for a dash"),
    _rule(
        "translation-dash", r"(?<![\d-])(\d{4})-(\d{4})(?![\d-])", "a hyphen in a range", r"\1~\2"
    ),
    _rule("translation-width", r"[\u1100-\u11ff]", "a syllable that is written in parts"),
)

_ARABIC = (
    _BEFORE_PUNCTUATION,
    _rule(
        "translation-width",
        # “12, 15” may be the places in a citation, which are its own.
        r"(?<=[\u0600-\u06ff])[,;?]|(?<=[\d)»”])[,;?](?=\s|\Z)(?!\s\d)",
        "a Latin punctuation mark",
        lambda m: _SIGNS[m[0]],
    ),
    *_EN_DASHES,
)
_IDEOGRAPHIC = (
    _rule(
        "translation-width",
        r"(?<=[\u3040-\u30ff\u4e00-\u9fff])[,;:!?.](?![\d.])",
        "a half-width punctuation mark",
        lambda m: _WIDE[m[0]],
    ),
)
_LANGUAGES = {
    "ar": _ARABIC, "de": _GERMAN, "fr": _FRENCH, "ja": _IDEOGRAPHIC, "ko": _KOREAN,
    "ru": _RUSSIAN, "zh": _IDEOGRAPHIC,
}  # fmt: skip
_WITH_WIDE_FORMS = {"ja", "zh"}


def of(tag: str) -> tuple[Rule, ...]:
    """The rules of a language."""
    language = tag.partition("-")[0]
    own = _LANGUAGES.get(language, (_BEFORE_PUNCTUATION,))
    return (*_GENERAL, *(() if language in _WITH_WIDE_FORMS else _NARROW_FORMS), *own)
