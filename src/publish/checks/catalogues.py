"""Checks of a catalogue as it came, before anything in it is parsed: it is a stranger's input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from publish.catalogues import Catalogue, Entry
from publish.problems import Location, Problem
from publish.project import NO_TEXT

# Pandoc takes a second for 1,000 brackets that are not closed, and hours for some more.
_DEEPEST = 40


def check(catalogue: Catalogue, tag: str) -> Iterator[Problem]:
    """Problems `catalogue-language`, `catalogue-character`, `translation-structure`."""
    said = catalogue.fields.get("Language", "")
    if said and _language(said) != _language(tag):
        what = f"the catalogue's header says “Language: {said}”; this is the place of {tag}"
        hint = "Put each language's catalogue into its own folder, or correct the header."
        place = Location(catalogue.path, catalogue.header.line or 1)
        yield Problem("catalogue-language", what, place, hint=hint)
    for entry in catalogue.messages:
        yield from _entry(entry, Location(catalogue.path, entry.line or None))


def _language(tag: str) -> str:
    return re.split("[-_@.]", tag)[0].lower()


def _entry(entry: Entry, place: Location) -> Iterator[Problem]:
    said = (entry.translation, *entry.translations, *entry.comments, *(entry.previous or ()))
    if found := NO_TEXT.search("\n".join(filter(None, said))):
        what = f"this entry has U+{ord(found[0]):04X} in it, which is no character of a text"
        hint = "Type the translation once more, or the comment or former text that has it."
        yield Problem("catalogue-character", what, place, hint=hint)
    if _depth(entry.translation) > _DEEPEST:
        what = f"the translation opens more than {_DEEPEST} brackets and does not close them"
        yield Problem("translation-structure", what, place, hint="Close each [ with a ].")


def _depth(text: str) -> int:
    """How many brackets are open at once."""
    if text.count("[") <= _DEEPEST:
        return 0
    return max(accumulate((sign == "[") - (sign == "]") for sign in text))
