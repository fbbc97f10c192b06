"""Fixes: translations with what is safe to mend mended, each read again before it is believed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from publish.checks.translations import prose, typography
from publish.checks.translations.cases import Pair
from publish.documents.pandoc import Pandoc
from publish.languages import Language
from publish.messages.comparison import faults


class Fix(NamedTuple):
    """A pair and its translation mended."""

    pair: Pair
    translation: str


def fixes(pairs: Iterable[Pair], language: Language, pandoc: Pandoc) -> list[Fix]:
    """The translations that can be mended; none in which anything else would change."""
    wanted: list[tuple[Fix, str]] = []
    for pair in pairs:
        if pair.inlines is not None:
            read = prose.read(pair.inlines, language.tag)
            text, words = typography.mended(pair.entry.translation, read, language)
            if text != pair.entry.translation:
                wanted.append((Fix(pair, text), words))
    parsed = pandoc.inlines([fix.translation for fix, _ in wanted])
    return [
        fix
        for (fix, words), inlines in zip(wanted, parsed, strict=True)
        if inlines is not None
        and prose.read(inlines, language.tag).text == words
        and not any(faults(fix.pair.inlines or [], inlines))
    ]
