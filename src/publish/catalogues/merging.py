"""One message brought up to date: the source's part is the template's, the rest as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from publish.catalogues.values import FUZZY, Entry, Previous, Raw

_OWNED = r"(?:no-)?wrap|range:.*|[\w-]+-(?:format|text)"
"""The flags that the source gives a message; any other is a translator's."""


def untouched(entry: Entry) -> Entry:
    """An entry of the template as a catalogue has it that knows nothing of its text yet."""
    return entry._replace(line=0, path="", raw=Raw()).changed(
        translation="", translations=_forms(entry, ()), flags=_flags((), entry.flags, fuzzy=False)
    )


def merged(entry: Entry, former: Sequence[Entry], *, fuzzy: bool) -> Entry:
    """An entry of the template with the translation and remarks of its former entries.

    If `fuzzy`, it has to be looked at, and keeps the text that was translated; otherwise it
    is as approved as its former entries were.
    """
    first = former[0]
    return first.changed(
        context=entry.context,
        text=entry.text,
        plural=entry.plural,
        comments=_comments(former),
        extracted=entry.extracted,
        references=entry.references,
        flags=_flags(
            [flag for each in former for flag in each.flags],
            entry.flags,
            fuzzy=fuzzy or any(each.fuzzy for each in former),
        ),
        previous=_previous(former) if fuzzy else first.previous,
        obsolete=False,
        **_words(entry, former),
    )


def _comments(former: Sequence[Entry]) -> tuple[str, ...]:
    """All remarks, those of halves of one text once."""
    said = dict.fromkeys(each.comments for each in former)
    return tuple(line for comments in said for line in comments)


def _flags(former: Sequence[str], present: Sequence[str], *, fuzzy: bool) -> tuple[str, ...]:
    """The source's flags as they are now, a translator's as they were, in their former order."""
    if [*former] == [*present] and not fuzzy and FUZZY not in former:
        return tuple(former)  # as with most messages
    present = [flag for flag in present if flag != FUZZY]
    wanted = {FUZZY, *present} if fuzzy else set(present)
    gone = {flag for flag in former if flag == FUZZY or re.fullmatch(_OWNED, flag)} - wanted
    first = [FUZZY] if fuzzy and FUZZY not in former else []
    return tuple(dict.fromkeys(flag for flag in (*first, *former, *present) if flag not in gone))


def _previous(former: Sequence[Entry]) -> Previous:
    """The text that the translation was made for; of a fuzzy entry that was the one before.

    It may be the present one: changed back, or joined of several.
    """
    first = former[0]
    made_for = Previous(first.context, " ".join(each.text for each in former), first.plural)
    if len(former) == 1 and first.fuzzy and first.previous:
        made_for = first.previous
    return made_for


def _words(entry: Entry, former: Sequence[Entry]) -> dict[str, Any]:
    """All that the former entries say, in as many forms as the message has now."""
    if len(former) == 1 and (former[0].plural is None) == (entry.plural is None):
        return {}
    said = ("\n".join(filter(None, each.translations)) or each.translation for each in former)
    words = " ".join(dict.fromkeys(filter(None, said)))  # halves of one text both have all of it
    if entry.plural is None:
        return {"translation": words, "translations": ()}
    return {"translation": "", "translations": _forms(entry, (words,))}


def _forms(entry: Entry, words: tuple[str, ...]) -> tuple[str, ...]:
    return () if entry.plural is None else words + ("",) * (len(entry.translations) - len(words))
