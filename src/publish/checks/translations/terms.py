"""Terms: what was agreed for a term stands in the translation, and what was ruled out does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from publish.checks.translations import stems
from publish.checks.translations.cases import Case, Setting, Term
from publish.documents import trees
from publish.languages import Language
from publish.problems import Problem

Keyed = Mapping[tuple[str, ...], Term]

_GAP = 3  # words that may stand between those of a rendering, in all
_ENDING = 2  # letters that stemmers leave on some forms of a word and not on others
_SHORTEST = 4  # letters by which the parts of a compound are known again


@dataclass(frozen=True, slots=True)
class Words:
    """A translation as it was typed, its words, and their stems."""

    typed: str
    words: tuple[str, ...]
    stems: tuple[str, ...]


def check(cases: Sequence[Case], setting: Setting) -> Iterator[Problem]:
    """`glossary-term`, `glossary-forbidden` of all translations."""
    glossary = keyed(setting.glossary, setting.source_language)
    for case in cases:
        source = trees.text(case.pair.message.inlines)  # with words in another language (Juche)
        if found := sought(source, glossary, setting.source_language):
            yield from _checked(case, found, setting.language)


def keyed(glossary: Iterable[Term], language: Language) -> Keyed:
    """Terms by their words; one with a remark in brackets is for people only."""
    found = ((_key(term.term, language.tag), term) for term in glossary if "(" not in term.term)
    return {key: term for key, term in found if key}


def sought(text: str, glossary: Keyed, language: Language) -> list[Term]:
    """The terms in a source, the longest first, each once; none within another."""
    words = _key(text, language.tag)
    lengths = sorted({len(key) for key in glossary}, reverse=True)
    found: dict[int, Term] = {}
    at = 0
    while at < len(words):
        keys = (words[at : at + length] for length in lengths)
        key = next((key for key in keys if key in glossary), None)
        if key:
            found[id(glossary[key])] = glossary[key]
        at += len(key) if key else 1
    return list(found.values())


def _key(text: str, tag: str) -> tuple[str, ...]:
    return tuple(stems.stem(word, tag) for word in stems.words(_plain(text)))


def _plain(text: str) -> str:
    """English genitives and curly apostrophes away: Pyongyang’s is Pyongyang."""
    return re.sub(r"[’'](?:s\b)?", "", text)


def _checked(case: Case, found: list[Term], language: Language) -> Iterator[Problem]:
    given = _words(case.translation.text, language)
    whole = _words(trees.text(case.pair.inlines or []), language)
    allowed = [way for term in found for way in term.translations]
    for term in found:
        if not any(_stands(way, whole, language) for way in term.translations):
            ways = " or ".join(f"“{way}”" for way in term.translations)
            what = f"“{term.term}” is not {ways} here"
            hint = f"Use the agreed word, or add this one in {term.location} behind a |."
            yield case.warning("glossary-term", what, hint)
        for way in term.forbidden:
            if place := _forbidden(way, given, allowed, language):
                what = f"“{place}” is ruled out for “{term.term}”"
                hint = f"Write “{term.translations[0]}” ({term.location})."
                yield case.error("glossary-forbidden", what, hint)


@cache
def _folded(way: str) -> tuple[str, ...]:
    return tuple(stems.words(way))


@cache
def _stems(way: str, tag: str) -> tuple[str, ...]:
    return tuple(stems.stem(word, tag) for word in _folded(way))


def _words(text: str, language: Language) -> Words:
    words = tuple(stems.words(text))
    if stems.glued(language):
        return Words(text, words, words)
    return Words(text, words, tuple(stems.stem(word, language.tag) for word in words))


def _stands(way: str, given: Words, language: Language) -> bool:
    """Whether a rendering stands in a translation, in whatever form."""
    if stems.glued(language):
        return _spaced(way).search(given.typed) is not None
    wanted = _stems(way, language.tag)
    return _near(wanted, given.stems) or _compound(wanted, given.words)


@cache
def _spaced(way: str, *, exactly: bool = False) -> re.Pattern[str]:
    """A rendering as it may be spaced; marks of titles around it may be others."""
    parts = [re.escape(part) for part in re.split(r"[\s「」『』《》〈〉·]+", way) if part]
    return re.compile(re.escape(way) if exactly else r"[\s·]*".join(parts), re.IGNORECASE)


def _near(wanted: Sequence[str], given: tuple[str, ...]) -> bool:
    """Whether all wanted stems stand close together, in any order; one may begin a compound."""
    if not wanted:
        return False
    window = len(wanted) + (_GAP if len(wanted) > 1 else 0)
    rare = max(wanted, key=len)
    places = (n for n, stem in enumerate(given) if same(rare, stem))
    return any(
        all(
            any(same(one, other) for other in given[max(0, n - window + 1) : n + window])
            for one in wanted
        )
        for n in places
    )


def same(wanted: str, given: str) -> bool:
    """Whether a word is the wanted one in any form, or made with it (Beistandsvertrag)."""
    if wanted == given or (len(wanted) >= _SHORTEST and wanted in given):
        return True
    short, long = sorted((wanted, given), key=len)
    close = len(long) - len(short) <= _ENDING
    return close and len(short) > 1 and long.startswith(short)  # Корея, Кореи; Kim Jong Uns


def _compound(wanted: Sequence[str], words: tuple[str, ...]) -> bool:
    """Whether one word has the beginnings of all wanted ones in it (северокорейский)."""
    starts = [word[: max(_SHORTEST, len(word) - 3)] for word in wanted if len(word) >= _SHORTEST]
    if len(starts) < 2 or len(starts) < len(wanted):  # noqa: PLR2004  # one word is no compound
        return False
    return any(
        word.startswith(starts[0]) and all(start in word for start in starts[1:]) for word in words
    )


def _forbidden(way: str, given: Words, allowed: list[str], language: Language) -> str:
    """A ruled-out rendering as it stands in the translation; '' if it does not.

    One that is part of an agreed rendering which stands there is no fault.
    """
    if stems.glued(language):
        agreed = (m.span() for a in allowed for m in _spaced(a, exactly=True).finditer(given.typed))
        spans = list(agreed)
        for match in _spaced(way, exactly=True).finditer(given.typed):
            if not any(start <= match.start() and match.end() <= end for start, end in spans):
                return match[0]
        return ""
    wanted = _stems(way, language.tag)
    if any(_folded(way) == _folded(other) for other in allowed):
        return way if way in given.typed else ""  # it differs by a hyphen or a capital only
    covered = _covered(given, allowed, language)
    for n in range(len(given.stems) - len(wanted) + 1):
        same = given.stems[n : n + len(wanted)] == wanted
        if same and not set(range(n, n + len(wanted))) <= covered and _alike(way, given.words[n:]):
            return " ".join(given.words[n : n + len(wanted)])
    return ""


def _covered(given: Words, allowed: list[str], language: Language) -> set[int]:
    """The places of words that belong to agreed renderings."""
    covered: set[int] = set()
    for way in allowed:
        wanted = _stems(way, language.tag)
        for n in range(len(given.stems) - len(wanted) + 1):
            if given.stems[n : n + len(wanted)] == wanted:
                covered |= set(range(n, n + len(wanted)))
    return covered


def _alike(way: str, given: tuple[str, ...]) -> bool:
    """Whether words share more than a short stem: законен is no form of закон."""
    pairs = zip(stems.words(way), given, strict=False)
    return all(one[: max(len(one) - 2, 3)] == two[: max(len(one) - 2, 3)] for one, two in pairs)
