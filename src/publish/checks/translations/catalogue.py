"""What can be told only of a whole catalogue, or of an entry: consistency, length, states."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from publish.catalogues import Entry
from publish.checks.translations import stems
from publish.checks.translations.cases import Case, Setting
from publish.problems import Problem

# Letters that a translation has for each of an English text, where a catalogue is too small
# to tell by itself.
_RATIOS = {
    "ar": 0.9,
    "de": 1.15,
    "es": 1.15,
    "fr": 1.2,
    "ja": 0.45,
    "ko": 0.5,
    "ru": 1.05,
    "zh": 0.33,
}
_FEW = 12
_SHORT = 40
_SPREAD, _LEAST = 5.0, 0.55  # times the usual deviation; and never nearer than e^0.55 = 1.7 times
_STATES = {"approved", "reviewed"}


def consistency(cases: Sequence[Case], _: Setting) -> Iterator[Problem]:
    """`translation-inconsistent`: the same words, in the same context, translated in two ways."""
    groups: dict[tuple[str | None, tuple[str, ...]], list[Case]] = defaultdict(list)
    for case in cases:
        if words := tuple(stems.words(case.source.text)):
            groups[case.entry.context, words].append(case)
    for group in groups.values():
        first, *others = group
        for case in others:
            if stems.words(case.translation.text) != stems.words(first.translation.text):
                what = f"translated otherwise in line {first.entry.line}: “{_short(first)}”"
                hint = "Use one translation for both, or give the two different contexts."
                yield case.warning("translation-inconsistent", what, hint)


def _short(case: Case) -> str:
    text = case.entry.translation
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def length(cases: Sequence[Case], setting: Setting) -> Iterator[Problem]:
    """`translation-length`: much longer or shorter than translations in this catalogue are."""
    known = [case for case in cases if len(case.source.text) >= _SHORT and case.translation.text]
    ratios = [_ratio(case) for case in known]
    if len(ratios) >= _FEW:
        usual = median(ratios)
        wide = max(_LEAST, _SPREAD * 1.4826 * median(abs(ratio - usual) for ratio in ratios))
    else:
        usual = math.log(_RATIOS.get(setting.language.tag.split("-")[0], 1.0))
        wide = 2 * _LEAST
    for case, ratio in zip(known, ratios, strict=True):
        if abs(ratio - usual) > wide:
            much = "longer" if ratio > usual else "shorter"
            times = math.exp(abs(ratio - usual))
            what = f"the translation is {times:.1f} times {much} than others are here"
            yield case.warning(
                "translation-length", what, "See whether something is missing or added."
            )


def _ratio(case: Case) -> float:
    return math.log(len(case.translation.text) / len(case.source.text))


def states(entry: Entry) -> Iterator[tuple[str, str]]:
    """What contradicts in an entry's flags, and what to do.

    A fuzzy translation without its former source is none: so a draft by a machine comes.
    """
    said = _STATES & set(entry.flags)
    if entry.fuzzy and said:
        yield f"marked as fuzzy and as {min(said)}", "Take one of the two flags away."
    if said and not entry.written:
        yield f"marked as {min(said)}, but there is no translation", "Take the flag away."
    if entry.fuzzy and not entry.written:
        yield "marked as fuzzy, but there is no translation", "Take the flag away."
    if entry.previous is not None and not entry.fuzzy and entry.written:
        what = "its former source is kept (#|), but it is not marked as fuzzy"
        yield what, "Delete the lines of #|, or mark it as fuzzy until it fits the new source."
