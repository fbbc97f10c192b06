"""What can be told only of whole texts and catalogues: consistency, length, repetition, states."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from publish.catalogues import Entry
from publish.checks.translations import stems
from publish.checks.translations.cases import Case, Setting
from publish.checks.translations.prose import THING
from publish.problems import Problem, short

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
_USUAL_SPREAD = 0.1  # of the logarithms of ratios; a catalogue that varies more is given more
_NEAREST, _FOR_SHORT = 0.3, 5.0  # how far is too far, and how much farther for short texts
_WORD_TWICE = re.compile(r"\b([^\W\d_]{4,})[ \u00a0]\1\b", re.IGNORECASE)
_SENTENCE = 20  # letters, so that it is no short one that is repeated on purpose
_STATES = {"approved", "reviewed"}


def consistency(cases: Sequence[Case], _: Setting) -> Iterator[Problem]:
    """`translation-inconsistent`: the same words, in the same context, translated in two ways."""
    groups: dict[tuple[object, ...], list[Case]] = defaultdict(list)
    for case in cases:
        if words := tuple(stems.words(case.source.text)):
            groups[case.entry.context, case.source.text.count(THING), words].append(case)
    for group in groups.values():
        first, *others = group
        for case in others:
            if stems.words(case.translation.text) != stems.words(first.translation.text):
                same = first.entry.path == case.entry.path
                where = f"line {first.entry.line}" if same else first.entry.location
                what = f"translated otherwise in {where}: “{short(first.entry.translation)}”"
                hint = "Use one translation for both, or give the two different contexts."
                yield case.warning("translation-inconsistent", what, hint)


def length(cases: Sequence[Case], setting: Setting) -> Iterator[Problem]:
    """`translation-length`: much longer or shorter than translations in this catalogue are."""
    known = [case for case in cases if len(case.source.text) >= _SHORT and case.translation.text]
    ratios = [_ratio(case) for case in known]
    usual, spread = _usual(ratios, setting)
    for case, ratio in zip(known, ratios, strict=True):
        far = abs(ratio - usual)
        if far > spread * (_NEAREST + _FOR_SHORT / math.sqrt(len(case.source.text))):
            much = "longer" if ratio > usual else "shorter"
            what = f"the translation is {math.exp(far):.1f} times {much} than others are here"
            yield case.warning(
                "translation-length", what, "See whether something is missing or added."
            )


def _usual(ratios: Sequence[float], setting: Setting) -> tuple[float, float]:
    """The usual ratio, and how much more than elsewhere it varies here."""
    if len(ratios) < _FEW:
        return math.log(_RATIOS.get(setting.language.tag.partition("-")[0], 1.0)), 2.0
    usual = median(ratios)
    return usual, max(1.0, median(abs(ratio - usual) for ratio in ratios) / _USUAL_SPREAD)


def repetition(cases: Sequence[Case], _: Setting) -> Iterator[Problem]:
    """`translation-repeated`: a word or a sentence that stands there twice, as after a slip."""
    for case in cases:
        twice = _doubled(case.translation.text)
        if twice and not _doubled(case.source.text):
            what = f"“{twice}” stands there twice"
            yield case.warning("translation-repeated", what, "Delete one of the two.")


def _doubled(text: str) -> str:
    """The first long word that follows itself, or the first sentence that there is twice."""
    if word := _WORD_TWICE.search(text):
        return word[1]
    sentences = [part for part in re.split(r"[.!?。]\s*", text) if len(part) >= _SENTENCE]
    return next((part for n, part in enumerate(sentences) if part in sentences[:n]), "")


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
