"""Messages that nobody translated yet filled from memory: the same passage, or one like it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from publish.catalogues import Catalogue, Entry, Previous, matching
from publish.documents.pandoc import Pandoc
from publish.exchange import readings, units
from publish.exchange.memories import Remembered
from publish.exchange.values import Code, Parts, Returned, Unit
from publish.problems import Location

NEAR = 70.0
"""From here on a passage is like enough to be of help (of 100)."""

_LETTERS = re.compile(r"\W+")


class Filled(NamedTuple):
    """A message with a translation from memory, and how like the two passages are (to 100)."""

    entry: Entry
    origin: str
    score: float


class _Found(NamedTuple):
    unit: Unit
    memory: Remembered
    score: float = 100.0
    same: bool = True
    sure: bool = False


def fill(
    catalogue: Catalogue, memory: Sequence[Remembered], pandoc: Pandoc, *, approve: bool
) -> tuple[Catalogue, list[Filled]]:
    """A catalogue with what memory knows of its messages without any translation.

    What was translated from the very same passage is approved if `approve`; all else is fuzzy,
    and what is only like it keeps the passage that was translated (`#|`). A comment says where
    it is from.
    """
    wanted = units.of([entry for entry in catalogue.messages if not entry.written], pandoc)
    same = list(_same(wanted, memory))
    done = {id(found.unit) for found in same}
    near = _near([unit for unit in wanted if id(unit) not in done], memory)
    filled = [
        _filled(found, text, sound=sound, approve=approve)
        for found, (text, sound) in zip([*same, *near], _texts(same, near, pandoc), strict=True)
        if text
    ]
    return catalogue.with_entries(each.entry for each in filled), filled


def _same(wanted: Iterable[Unit], memory: Iterable[Remembered]) -> Iterator[_Found]:
    """What was translated from the same words; not `sure` if codes or contexts may be others."""
    known: dict[Parts, list[Remembered]] = defaultdict(list)
    for each in memory:
        known[each.source].append(each)
    for unit in wanted:
        passages = dict.fromkeys((unit.source, (unit.entry.text,)))
        found = [each for parts in passages for each in known[parts] if _fits(each, unit)]
        if found:
            found.sort(key=lambda each: not _certain(each, unit))
            certain = [each for each in found if _certain(each, unit)]
            agreed = len({_LETTERS.sub("", each.translation) for each in certain}) == 1
            yield _Found(unit, found[0], sure=agreed)


def _fits(memory: Remembered, unit: Unit) -> bool:
    """Whether words mean in memory what they mean here: Markdown is no plain text."""
    if memory.markdown or not _codes(memory.source):
        return memory.source in {(unit.entry.text,), () if memory.markdown else unit.source}
    return True


def _certain(memory: Remembered, unit: Unit) -> bool:
    if memory.context != unit.entry.context:
        return False
    shown = _shown(unit)
    return all(memory.shown.get(code) == shown.get(code) for code in _codes(memory.source))


def _codes(parts: Parts) -> list[str]:
    return [f"{part.form} {part.id}" for part in parts if isinstance(part, Code)]


def _shown(unit: Unit) -> Mapping[str, str]:
    shown = {f"{form} {id}": s.start for id, s in unit.shells.items() for form in ("open", "lone")}
    return shown | {f"close {id}": shell.end for id, shell in unit.shells.items()}


def _near(wanted: Sequence[Unit], memory: Sequence[Remembered]) -> list[_Found]:
    texts = [" ".join(unit.entry.text.split()) for unit in wanted]
    found = matching.nearest(texts, [each.text for each in memory], NEAR)
    return [_Found(wanted[n], memory[old], score, same=False) for n, (old, score) in found.items()]


def _texts(
    same: Sequence[_Found], near: Sequence[_Found], pandoc: Pandoc
) -> Iterator[tuple[str, bool]]:
    """The Markdown of each translation, and whether it may be let in as it is."""
    read: dict[int, tuple[str, bool]] = {}
    for markdown in (True, False):
        chosen = [found for found in same if _as_markdown(found) is markdown]
        pairs = [(f.unit, Returned(f.unit.id, f.memory.target, Location(""))) for f in chosen]
        for found, reading in zip(
            chosen, readings.of(pairs, pandoc, markdown=markdown), strict=True
        ):
            read[id(found)] = reading.text, bool(reading.text) and not reading.problems
    for found in same:
        text, sound = read[id(found)]
        yield (text, True) if sound else (found.memory.translation, False)
    yield from ((found.memory.translation, False) for found in near)


def _as_markdown(found: _Found) -> bool:
    return found.memory.markdown or found.memory.source != found.unit.source


def _filled(found: _Found, text: str, *, sound: bool, approve: bool) -> Filled:
    sure = found.sure and sound
    entry = found.unit.entry.with_translation(text, fuzzy=not (sure and approve))
    near = "" if found.same else f", {min(99, int(found.score))} %"
    previous = entry.previous if found.same else Previous(None, found.memory.text)
    comments = (*entry.comments, f"memory: {found.memory.origin}{near}")
    return Filled(
        entry.changed(comments=comments, previous=previous), found.memory.origin, found.score
    )
