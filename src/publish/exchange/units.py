"""Messages of a catalogue as units: their words and codes, read by one question to pandoc."""

from __future__ import annotations

from collections.abc import Sequence

from publish.catalogues import Entry
from publish.catalogues.reviews import NONE, Reviews
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Inlines
from publish.exchange.codes import Names
from publish.exchange.values import Unit, id_of, tidy


def of(entries: Sequence[Entry], pandoc: Pandoc, reviews: Reviews = NONE) -> list[Unit]:
    """A unit for each message; those with plural forms, which no manuscript has, are left out."""
    entries = [entry for entry in entries if entry.plural is None]
    read = pandoc.inlines([text for e in entries for text in (e.text, e.translation)])
    pairs = zip(read[::2], read[1::2], strict=True)
    return [_unit(entry, *pair, reviews) for entry, pair in zip(entries, pairs, strict=True)]


def markdown(entries: Sequence[Entry], reviews: Reviews = NONE) -> list[Unit]:
    """A unit for each message whose words are its Markdown, for a format that has it too."""
    return [
        Unit(id_of(e.key), e, (e.text,), (e.translation,) if e.translation else (), {}, reviews)
        for e in entries
        if e.plural is None
    ]


def _unit(entry: Entry, source: Inlines | None, target: Inlines | None, reviews: Reviews) -> Unit:
    names = Names()
    before = tidy(names.source(source or []))
    after = tidy(names.target(target or [])) if entry.translation else ()
    return Unit(id_of(entry.key), entry, before, after, names.shells, reviews)
