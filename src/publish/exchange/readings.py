"""Returned words and codes as Markdown that may be let in, or what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Inlines
from publish.exchange import assembling, codes
from publish.exchange.values import Returned, Unit, words
from publish.messages.comparison import faults
from publish.problems import Problem

_CAREFUL = re.compile(r"\\([~^<>@#$|'.])")
_HINT = "Take the passage's codes from its source again, each where it belongs."


class Reading(NamedTuple):
    """A translation's Markdown, and what speaks against it."""

    text: str
    problems: Sequence[Problem] = ()


def of(pairs: Sequence[tuple[Unit, Returned]], pandoc: Pandoc, *, markdown: bool) -> list[Reading]:
    """The reading of each translation that came back for a unit."""
    sources = pandoc.inlines([unit.entry.text for unit, _ in pairs])
    read = _markdown if markdown else _assembled
    return [
        _judged(text, inlines, source or [], returned) if not said else _wrong(said, returned)
        for (text, inlines, said), source, (_, returned) in zip(
            read(pairs, pandoc), sources, pairs, strict=True
        )
    ]


_Read = tuple[str, Inlines | None, str]
"""Markdown, inlines, and what was wrong on the way."""


def _markdown(pairs: Sequence[tuple[Unit, Returned]], pandoc: Pandoc) -> list[_Read]:
    texts = [words(returned.target) for _, returned in pairs]
    return [(text, i, "") for text, i in zip(texts, pandoc.inlines(texts), strict=True)]


def _assembled(pairs: Sequence[tuple[Unit, Returned]], pandoc: Pandoc) -> list[_Read]:
    """As inlines, then as Markdown; where that fails, with quotation marks as mere signs."""
    read = [_put_together(unit, returned, quoted=True) for unit, returned in pairs]
    texts = pandoc.texts([inlines for inlines, _ in read])
    failed = [n for n, text in enumerate(texts) if not text and not read[n][1]]
    again = [_put_together(*pairs[n], quoted=False) for n in failed]
    for n, (inlines, _), text in zip(
        failed, again, pandoc.texts([i for i, _ in again]), strict=True
    ):
        texts[n] = text
        read[n] = inlines, "" if text else "this cannot be written in Markdown"
    plain = _plainer([text or "" for text in texts], pandoc)
    return [(text, i, said) for (text, i), (_, said) in zip(plain, read, strict=True)]


def _plainer(texts: Sequence[str], pandoc: Pandoc) -> list[tuple[str, Inlines | None]]:
    """Texts without the backslashes that their words can do without, as people write them."""
    fewer = [_CAREFUL.sub(r"\1", text) for text in texts]
    read = pandoc.inlines([*texts, *fewer])
    pairs = zip(texts, fewer, read[: len(texts)], read[len(texts) :], strict=True)
    return [(less if one == other else text, one) for text, less, one, other in pairs]


def _put_together(unit: Unit, returned: Returned, *, quoted: bool) -> tuple[Inlines, str]:
    try:
        return assembling.assembled(returned.target, codes.known(unit.shells), quoted=quoted), ""
    except assembling.CodesError as error:
        return [], str(error)


def _judged(text: str, inlines: Inlines | None, source: Inlines, returned: Returned) -> Reading:
    joined = None if inlines is None else trees.joined(inlines)
    found = [
        Problem(fault.code, fault.message, returned.location, hint=fault.hint)
        for fault in faults(source, joined)
    ]
    return Reading(text, found)


def _wrong(said: str, returned: Returned) -> Reading:
    return Reading("", [Problem("exchange-codes", said, returned.location, hint=_HINT)])
