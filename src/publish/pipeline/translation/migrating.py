"""Migrating: catalogues of an older extractor, whose translations stay what they are.

What a message is called is its text, as the extractor writes it. If it writes it otherwise one
day, or pandoc does, the old text is known by what it reads as: the same passage has the same
tree. Where even that changed, a rule of `RULES` leads from one form to the next.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from publish.catalogues import Catalogue, Entry
from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Inlines

FIELD = "X-Extractor"
"""The field of a catalogue's header that says by which extractor its messages were written."""

FORM = 1
"""How messages are written. Raise it with a change that `RULES` has to know of."""

RULES: Mapping[int, Callable[[str], str]] = {}
"""From a form to the next: what becomes of a text, source or translation, written in it."""


def signed(catalogue: Catalogue) -> Catalogue:
    """A catalogue that says in which form its messages are."""
    return catalogue.with_field(FIELD, f"publish {FORM}")


class Migrated(NamedTuple):
    """A catalogue with the template's texts, and its messages before and after that."""

    catalogue: Catalogue
    pairs: Sequence[tuple[Entry, Entry]]


def migrated(
    catalogues: Mapping[str, Catalogue], template: Catalogue, pandoc: Pandoc
) -> dict[str, Migrated]:
    """Catalogues (by any name) with the template's texts for the same passages.

    Approved stays approved, and everything else of a message stays too.
    """
    ruled = {name: _ruled(catalogue) for name, catalogue in catalogues.items()}
    texts = _texts(list(ruled.values()), template, pandoc)
    return {name: _migrated(catalogues[name], each, texts) for name, each in ruled.items()}


def _migrated(before: Catalogue, ruled: Catalogue, texts: Mapping[str, str]) -> Migrated:
    known = {entry.key for entry in ruled.entries}
    now = []
    for entry in ruled.entries:
        key = entry.context, texts.get(entry.text, "")
        renamed = entry.changed(text=key[1]) if key[1] and key not in known else entry
        known.add(renamed.key)
        now.append(renamed)
    pairs = [each for each in zip(before.entries, now, strict=True) if each[0] != each[1]]
    if not pairs:
        return Migrated(before, ())
    after = ruled._replace(entries=tuple(now))
    return Migrated(signed(after) if form(before) < FORM else after, pairs)


def form(catalogue: Catalogue) -> int:
    """The form of a catalogue's messages; the first did not say so."""
    found = re.search(r"\d{1,9}", catalogue.fields.get(FIELD, ""))
    return int(found[0]) if found else 1


def _ruled(catalogue: Catalogue) -> Catalogue:
    rules = [RULES[n] for n in range(form(catalogue), FORM) if n in RULES]
    if not rules:
        return catalogue
    return catalogue._replace(entries=tuple(_rewritten(e, rules) for e in catalogue.entries))


def _rewritten(entry: Entry, rules: Sequence[Callable[[str], str]]) -> Entry:
    def now(text: str) -> str:
        for rule in rules:
            text = rule(text)
        return text

    previous = entry.previous
    if previous and previous.text:
        previous = previous._replace(text=now(previous.text))
    words = now(entry.text), now(entry.translation)
    return entry.changed(text=words[0], translation=words[1], previous=previous)


def _texts(
    catalogues: Sequence[Catalogue], template: Catalogue, pandoc: Pandoc
) -> Mapping[str, str]:
    """The template's text for each text of the catalogues that it does not have, if it reads so."""
    present = dict.fromkeys(entry.text for entry in template.messages)
    gone = dict.fromkeys(e.text for e in _old(catalogues) if e.text not in present)
    known = [{entry.text for entry in each.messages} for each in catalogues]
    new = [text for text in present if not all(text in texts for texts in known)]
    if not gone or not new:
        return {}
    read = [_tree(inlines) for inlines in pandoc.inlines([*gone, *new])]
    texts: dict[str, list[str]] = defaultdict(list)
    for text, tree in zip(new, read[len(gone) :], strict=True):
        texts[tree].append(text)
    found = zip(gone, read, strict=False)
    return {text: texts[tree][0] for text, tree in found if tree and len(texts[tree]) == 1}


def _old(catalogues: Sequence[Catalogue]) -> Iterator[Entry]:
    """What somebody wrote a translation for; what is only remembered if its form is an old one."""
    for each in catalogues:
        entries = each.entries if form(each) < FORM else each.messages
        yield from (entry for entry in entries if entry.written)


def _tree(inlines: Inlines | None) -> str:
    """A passage as it is compared: words and marks, whatever its line breaks."""
    if inlines is None:
        return ""
    blocks = trees.normal([{"t": "Plain", "c": inlines}])
    return json.dumps(blocks, sort_keys=True)
