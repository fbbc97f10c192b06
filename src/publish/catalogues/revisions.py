"""Revisions: which text of the source a catalogue's messages are of, and which it renders wholly.

Two fields of the header, which every tool keeps: `X-Publish-Source` is the revision with whose
messages the catalogue was brought up to date, `X-Publish-Complete` the last one of which nothing
lacked a translation, with the number of words that were obsolete then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from publish.catalogues.updating import Update
from publish.catalogues.values import Catalogue, Entry, Previous
from publish.documents.words import CONTEXT, REFERENCE_CONTEXT

SOURCE, COMPLETE = "X-Publish-Source", "X-Publish-Complete"
_WRITTEN = re.compile(r"(\d{4}-\d\d-\d\d) (?:(\d+) words obsolete, )?version (.*)")
OURS = {CONTEXT, REFERENCE_CONTEXT}


class Revision(NamedTuple):
    """A state of the manuscript, by its own account; `obsolete` is used in `COMPLETE` only."""

    version: str
    date: date
    obsolete: int = 0


class Difference(NamedTuple):
    """What changed since a catalogue was complete, in words of the source."""

    words_in: int = 0
    words_out: int = 0


def of(catalogue: Catalogue) -> Revision | None:
    """The revision that a catalogue renders, wholly but for what came later; None if unknown."""
    return _read(catalogue, SOURCE) if _complete(catalogue) else _read(catalogue, COMPLETE)


def marked(before: Catalogue, after: Catalogue, now: Revision) -> Catalogue:
    """A catalogue that was brought up to date with a revision, with notes of that in its header."""
    if known := of(before):
        memory = words(before.obsolete) if _complete(before) else known.obsolete
        written = f"{known.date} {memory} words obsolete, version {known.version}"
        after = after.with_field(COMPLETE, written)
    return after.with_field(SOURCE, f"{now.date} version {now.version}")


def since(catalogue: Catalogue, update: Update) -> Difference:
    """What changed since a catalogue was complete; `update` brings it up to date."""
    known = _read(catalogue, COMPLETE)
    former = words(catalogue.obsolete) if known is None or _complete(catalogue) else known.obsolete
    pairs = _changes(entry for entry in update.catalogue.messages if is_text(entry))
    gone = [entry for entry in update.vanished if is_text(entry)]
    forgotten = max(0, words(catalogue.obsolete) - former)
    return Difference(
        sum(came for came, _ in pairs),
        sum(went for _, went in pairs) + words(gone) + forgotten,
    )


def is_text(entry: Entry) -> bool:
    """Whether a message is the manuscript's, and no fixed word of publish's."""
    return entry.context not in OURS


def words(entries: Iterable[Entry]) -> int:
    """How many words messages have, as translators count them."""
    return sum(len(entry.text.split()) for entry in entries)


def _complete(catalogue: Catalogue) -> bool:
    return all(entry.translated for entry in catalogue.messages if is_text(entry))


def _read(catalogue: Catalogue, field: str) -> Revision | None:
    found = _WRITTEN.fullmatch(catalogue.fields.get(field, ""))
    try:
        return found and Revision(found[3], date.fromisoformat(found[1]), int(found[2] or 0))
    except ValueError:  # no day of any calendar
        return None


def _changes(entries: Iterable[Entry]) -> list[tuple[int, int]]:
    """Words that came and went where messages wait; the halves of a split one are one text."""
    texts = defaultdict[Previous | None, list[str]](list)
    for entry in entries:
        if not entry.translated:
            texts[entry.previous if entry.written else None] += entry.text.split()
    return [
        _differing(tuple((former.text or "").split()) if former else (), tuple(now))
        for former, now in texts.items()
    ]


def _differing(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[int, int]:
    kept = sum(_kept(before, after)) if before else 0
    return len(after) - kept, len(before) - kept


def _kept(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[int]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return (block.size for block in matcher.get_matching_blocks())
