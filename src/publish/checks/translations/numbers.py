"""Numbers: what is counted, dated and measured in the source is so in the translation."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from publish.checks.translations import prose, quantities
from publish.checks.translations.cases import Case, Setting
from publish.checks.translations.counting import counting
from publish.checks.translations.quantities import Key, Quantity
from publish.documents.trees import Inlines
from publish.languages import Language
from publish.problems import Problem

_SMALL = 12  # a number that a language may write as a word, or add (“3국” for three that are named)
_HINT = "Compare the two; a date or a number may be written in the way of the language."
_BEFORE = 2  # messages whose numbers a translation may name (“Article 51” for “the reference”)


def check(cases: Sequence[Case], setting: Setting) -> Iterator[Problem]:
    """`translation-number`, `translation-unit`, `translation-separator` of all translations."""
    before: deque[list[Quantity]] = deque(maxlen=_BEFORE)
    for case in cases:
        source = quantities.read(case.source.text, setting.source_language)
        given = quantities.read(case.translation.text, setting.language)
        source = [_wanted(each, setting.language) for each in source]
        wrong = list(_numbers(case, source, given, {q.key for each in before for q in each}))
        yield from wrong or _locators(case, setting)
        before.append(source)
        yield from _units(case, source, given)
        yield from _separators(case, given)


def _is_small(quantity: Quantity) -> bool:
    """Whether it may as well be written as a word, or not at all."""
    return not quantity.kind and not isinstance(quantity.value, str) and quantity.value <= _SMALL


def _wanted(quantity: Quantity, language: Language) -> Quantity:
    """A number of the source, not asked for if the translation may have it as an unknown word."""
    lax = (not quantity.digits or _is_small(quantity)) and not counting(language).knows_words
    return replace(quantity, sure=False) if lax else quantity


def _numbers(
    case: Case, source: list[Quantity], given: list[Quantity], before: set[Key]
) -> Iterator[Problem]:
    missing = _without(source, given)
    added = _without(given, source)
    lost = missing or [q for q in _without(source, given, sure=False) if q.value != 1]
    if not lost:
        added = [q for q in added if not _is_small(q)]
    if not missing:
        added = [q for q in added if q.key not in before]
    if not missing and not added:
        return
    what = " and ".join(
        [f"the translation has no {_listed(missing)}"] * bool(missing)
        + [f"the source has no {_listed(added)}"] * bool(added)
    )
    report = case.error if any(q.digits for q in (*missing, *added)) else case.warning
    yield report("translation-number", what, _HINT)


def _without(
    these: Iterable[Quantity], those: Iterable[Quantity], *, sure: bool = True
) -> list[Quantity]:
    """What there is, surely, on one side, and not even perhaps on the other; each once."""
    there = {q.key for q in those}
    return list({q.key: q for q in these if q.sure >= sure and q.key not in there}.values())


def _listed(found: Iterable[Quantity]) -> str:
    return ", ".join(f"“{quantity.text}”" for quantity in found)


def _locators(case: Case, setting: Setting) -> Iterator[Problem]:
    """Numbers of articles, pages … within a citation, work by work."""
    wanted = _cited(case.pair.message.inlines, setting.source_language)
    given = _cited(case.pair.inlines or [], setting.language)
    for key in wanted.keys() & given.keys():
        if wanted[key] != given[key]:
            ours, theirs = (
                " and ".join(map(str, sorted(n))) or "none" for n in (given[key], wanted[key])
            )
            what = f"the numbers behind @{key} are {ours}; in the source, {theirs}"
            yield case.error("translation-number", what, _HINT)


def _cited(inlines: Inlines, language: Language) -> dict[str, set[str]]:
    """The numbers that stand with each work cited."""
    found: dict[str, set[str]] = {}
    for node in prose.nodes(inlines):
        for citation in node["c"][0] if node["t"] == "Cite" else ():
            words = prose.read(
                citation["citationPrefix"] + citation["citationSuffix"], language.tag
            )
            numbers = {str(q.value) for q in quantities.read(words.text, language) if q.digits}
            found.setdefault(citation["citationId"], set()).update(numbers)
    return found


def _units(case: Case, source: list[Quantity], given: list[Quantity]) -> Iterator[Problem]:
    """Units that differ where both sides name one; a percentage stays one."""
    for quantity in source:
        same = [other for other in given if other.key == quantity.key]
        units = {other.unit for other in same}
        ours = {other.unit for other in source if other.key == quantity.key}
        if (
            not same
            or not quantity.unit
            or units & ours
            or ("" in units - {"%"} and quantity.unit != "%")
        ):
            continue
        hint = "Write the unit of the source, or convert the number with it and waive this."
        shown = f"{quantity.text} {quantity.unit}".replace("% %", "%")
        what = f"“{shown}” has become “{same[0].text}{same[0].unit and ' ' + same[0].unit}”"
        yield case.error("translation-unit", what, hint)


def _separators(case: Case, given: list[Quantity]) -> Iterator[Problem]:
    """A decimal sign of another language in what is measured; a version (4.0) keeps its own."""
    for quantity in given:
        if quantity.foreign and quantity.unit:
            hint = "Write the decimal sign of the language."
            what = f"“{quantity.text}” has another language’s decimal sign"
            yield case.warning("translation-separator", what, hint)
