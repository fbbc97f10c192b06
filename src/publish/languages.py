"""Languages: from a BCP 47 tag to names, direction and typographic rules.

Babel (CLDR) is met only here; the rules come from `styles/languages.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from publish.problems import Location, Problem, PublishError
from publish.records import Record

if TYPE_CHECKING:
    from babel import Locale


class NoBreak(Record, frozen=True):
    """Where a language's lines do not break: at spaces beside words that `languages.toml` has.

    If `in_words`, neither behind a bracket or quotation mark within a word.
    """

    after: tuple[str, ...]
    before: tuple[str, ...]
    within: tuple[str, ...]
    before_number: tuple[str, ...]
    after_number: tuple[str, ...]
    months: tuple[str, ...]
    in_words: bool


_MEGABYTE = 1_000_000
# Babel reads no further than a dot or an @: what stands behind them would go into names of folders.
_TAG = re.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class Language(Record, frozen=True):
    """A language as an edition needs it: plain values that can go to another process.

    `tag` is BCP 47, `name` the language's name in itself, `quotes` the outer and inner
    opening and closing marks, `fonts` the families for running text in order of preference.
    """

    tag: str
    name: str
    direction: Literal["ltr", "rtl"]
    quotes: tuple[str, str, str, str]
    fonts: tuple[str, ...]
    hyphenate: bool
    keep_words: bool
    emphasis: Literal["italic", "weight"]
    no_break: NoBreak

    def date(self, day: date) -> str:
        """The date in the language's long form, e.g. 22 November 2026, 2026년 11월 22일.

        The day does not part from its month at the end of a line.
        """
        from babel.dates import format_date

        text = format_date(day, "long", locale(self.tag))
        return re.sub(r"^(\d+\.?) ", "\\1\u00a0", text.replace("\u202f", "\u00a0"))

    def list(self, items: Sequence[str]) -> str:
        """Items joined as the language joins them, e.g. A, B und C."""
        from babel.lists import format_list

        return format_list(list(items), locale=locale(self.tag))

    def name_of(self, tag: str) -> str:
        """The name that this language has for another, e.g. Koreanisch; not for its country."""
        return locale(tag).get_language_name(locale(self.tag)) or tag

    def number(self, value: float) -> str:
        """A number with the language's separators, e.g. 13 000."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=locale(self.tag))

    def size(self, length: int) -> str:
        """How large a file of so many bytes is, in the language's words, e.g. 107 kB, 1,3 МБ."""
        from babel.units import format_unit

        unit, size = (
            ("kilobyte", length / 1000) if length < _MEGABYTE else ("megabyte", length / 1e6)
        )
        shown = max(1, round(size)) if unit == "kilobyte" else round(size, 1)
        return format_unit(shown, f"digital-{unit}", "short", locale=locale(self.tag))


@cache
def locale(tag: str) -> Locale:
    """CLDR's locale of a BCP 47 tag; PublishError `language-unknown` if there is none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag if _TAG.fullmatch(tag) else "", sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise PublishError(
            Problem(
                "language-unknown",
                f"“{tag}” is not a language tag that CLDR knows",
                Location("metadata"),
                hint="Use a BCP 47 tag such as ko, pt-BR or zh-Hant.",
            )
        ) from error


# ISO 639-2 has two codes for these languages; libraries and shops use the other than CLDR.
_BIBLIOGRAPHIC = set(
    "alb arm baq bur chi cze dut fre geo ger gre ice mac mao may per rum slo tib wel".split()
)
# CLDR's aliases that are codes of a dialect or withdrawn ones, and come before those of ISO 639-2.
_NOT_IN_639_2 = set("adp cls drh ekk esk fat fuc gaz ike khk kmr kng ojg pbu scc src ydd".split())


@cache
def bibliographic(tag: str) -> str:
    """The code of three letters that libraries and shops have for a language (ISO 639-2/B)."""
    from babel.core import get_global

    language = locale(tag).language
    found = sorted(
        code
        for code, known in get_global("language_aliases").items()
        if known == language and len(code) == len("ger") and code not in _NOT_IN_639_2
    )
    preferred = [code for code in found if code in _BIBLIOGRAPHIC]
    return (preferred or found or [language])[0]


def known(tag: str) -> bool:
    """Whether CLDR has a name for the language of a tag, be it spoken today or not."""
    return tag.partition("-")[0].lower() in locale("en").languages


def plural_forms(tag: str) -> str:
    """The Plural-Forms header of a catalogue (GNU gettext manual, “Plural forms”)."""
    from babel.messages.plurals import get_plural

    return get_plural(locale(tag)).plural_forms


def read(tag: str, *rules: Path) -> Language:
    """The language of a tag, under the rules of `languages.toml` files, later ones on top."""
    known = locale(tag)
    merged = _merged(tag, tuple(rules))
    return Language(
        tag=tag,
        name=_own_name(known) or tag,
        direction="rtl" if known.text_direction == "rtl" else "ltr",
        quotes=tuple(merged["quotes"]),
        fonts=tuple(merged["fonts"]),
        hyphenate=merged["hyphenate"],
        keep_words=merged["keep-words"],
        emphasis=merged["emphasis"],
        no_break=NoBreak(
            after=tuple(merged["no-break-after"]),
            before=tuple(merged["no-break-before"]),
            within=tuple(merged["no-break-within"]),
            before_number=tuple(merged["no-break-before-number"]),
            after_number=(*merged["no-break-after-number"], *merged["units"]),
            months=tuple(known.months["format"]["wide"].values()),
            in_words=merged["keep-words"],
        ),
    )


def _own_name(known: Locale) -> str | None:
    """What a language calls itself, with its script where the tag has one, without its country."""
    from babel import Locale

    return Locale(known.language, script=known.script).get_display_name(known)


def _merged(tag: str, rules: tuple[Path, ...]) -> dict[str, Any]:
    """Rules for a tag: those of `default`, then of each longer prefix of the tag."""
    parts = tag.split("-")
    keys = ["default", *("-".join(parts[: n + 1]) for n in range(len(parts)))]
    merged: dict[str, Any] = {}
    tables = [_rules(path.read_text("utf-8")) for path in rules]
    for key in keys:
        for table in tables:
            merged |= table.get(key, {})
    return merged


@lru_cache(maxsize=8)  # by what is in the files: they may change while `--watch` stays
def _rules(text: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(text)
