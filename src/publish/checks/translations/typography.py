"""Typography: spaces, dashes, quotation marks and the like as the language has them.

`check` tells, `mended` mends what is safe to mend, in the very places of the text as it was
typed. What is mended is parsed once more by the caller (`fixes`), and believed only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publish.checks.translations import marks, rules
from publish.checks.translations.cases import Case, Setting, excerpt
from publish.checks.translations.prose import CLOSE, THING, Prose, nodes
from publish.languages import Language
from publish.problems import Problem

_FIXABLE = "`publish check --fix` mends it."
_STOPLESS = ("lo", "th")  # a sentence ends in a space or in nothing
_ENDS = re.compile(rf"[.!?…:。！？؟][)\]”’“»」』{CLOSE}{THING}]*\Z")
_SENTENCE = re.compile(rf"(\w+)[.][)\]”’“»{CLOSE}{THING}]*\Z")
_SHORT_FORMS = {"al", "bzw", "etc", "ff", "usw", "г", "гг", "др"}  # their stops end no sentence
_DOUBLED = re.compile(r"(?<=\S) {2,}(?=\S)")
_ENDS_OF_RAW = re.compile(r"\A\s+|\s+\Z")


class Edit(NamedTuple):
    """A place in prose, what is wrong there, and what would be right, if that can be told."""

    start: int
    end: int
    code: str
    what: str
    right: str | None


def check(cases: Sequence[Case], setting: Setting) -> Iterator[Problem]:
    """`translation-space`, `-nbsp`, `-dash`, `-quotes` and the others of `rules`."""
    for case in cases:
        yield from _typed(case)
        for edit in edits(case.translation.text, setting.language):
            where = excerpt(case.translation.text, edit.start, edit.end)
            hint = _FIXABLE if edit.right is not None else ""
            yield case.warning(edit.code, f"{edit.what}: {where}", hint)
        yield from _quotes(case, setting.language)
        yield from _halves(case)
        if setting.language.tag.partition("-")[0] not in _STOPLESS:
            yield from _end(case)


def edits(text: str, language: Language) -> Iterator[Edit]:
    """What the rules of a language find in prose."""
    for rule in rules.of(language.tag):
        for match in rule.pattern.finditer(text):
            right = rule.right
            new = right(match) if callable(right) else right and match.expand(right)
            if right is None or new != match[0]:
                yield Edit(
                    match.start(),
                    match.end(),
                    rule.code,
                    rule.what,
                    new if right is not None else None,
                )


def _typed(case: Case) -> Iterator[Problem]:
    """Spaces that pandoc passes over, but that other tools count."""
    raw = case.entry.translation
    inlines = case.pair.inlines or []
    exact = (node["c"][1] for node in nodes(inlines) if node["t"] in {"Code", "Math"})
    if _DOUBLED.search(raw) and not any("  " in code for code in exact):
        yield case.warning("translation-space", "two spaces", _FIXABLE)
    if _ENDS_OF_RAW.search(raw):
        yield case.warning("translation-space", "a space at the beginning or the end", _FIXABLE)


def _quotes(case: Case, language: Language) -> Iterator[Problem]:
    text = case.translation.text
    for mark in marks.wrong(text, language):
        outer, inner = marks.pairs(language)[:2]
        hint = (
            f"Write {''.join(outer)} or {''.join(inner)}; or plain \" and ', and publish sets them."
        )
        where = excerpt(text, mark.start, mark.end)
        yield case.warning("translation-quotes", f"{mark.what}: {where}", hint)


def _halves(case: Case) -> Iterator[Problem]:
    lonely = marks.brackets(case.translation.text)
    if lonely and not marks.brackets(case.source.text):
        what = f"{lonely[0]} has no other half"
        yield case.warning("translation-bracket", what, "Write the missing bracket.")


def _end(case: Case) -> Iterator[Problem]:
    """A sentence that does not end: often one that was cut off."""
    given = case.translation.text.rstrip()
    sentence = _SENTENCE.search(case.source.text)
    if given and sentence and sentence[1] not in _SHORT_FORMS and not _ENDS.search(given):
        shown = excerpt(given, len(given), len(given), 24)
        what = f"the translation ends without a full stop: {shown}"
        yield case.warning("translation-end", what, "See whether its end is missing.")


def mended(raw: str, prose: Prose, language: Language) -> tuple[str, str]:
    """A translation as it was typed, and its prose, with what is safe to mend mended."""
    changed, words = _put(raw, prose, _safe(prose.text, language))
    return _ENDS_OF_RAW.sub("", _DOUBLED.sub(" ", changed)), words


def _safe(text: str, language: Language) -> list[tuple[int, int, str]]:
    """Changes that are sure, in order; none that touches another."""
    found = [(e.start, e.end, e.right) for e in edits(text, language) if e.right is not None]
    found += [(c.start, c.end, c.right) for c in marks.changes(text, language)]
    kept: list[tuple[int, int, str]] = []
    for change in sorted(found):
        if not kept or (change[0] >= kept[-1][1] and change[:2] != kept[-1][:2]):
            kept.append(change)
    return kept


def _put(raw: str, prose: Prose, changes: list[tuple[int, int, str]]) -> tuple[str, str]:
    """Changes of prose, made in the text that it was read from; none if that is unclear.

    Each piece of prose stands in the text as it is, one behind the other, unless a sign in it
    was escaped.
    """
    places: list[tuple[int, int, int]] = []
    at, words = 0, prose.text
    for start, piece in prose.pieces:
        found = raw.find(piece, at)
        if found < 0:
            return raw, words
        places.append((start, start + len(piece), found))
        at = found + len(piece)
    for start, end, right in reversed(changes):
        inside = next((p for p in places if p[0] <= start and end <= p[1]), None)
        if inside:
            here = inside[2] - inside[0]
            raw = raw[: start + here] + right + raw[end + here :]
            words = words[:start] + right + words[end:]
    return raw, words
