"""Entries as GNU gettext lays them out: which lines they take, and where those break.

Source: GNU gettext manual, section "PO Files", and what msgcat writes. Only what has no
lines of its own any more (`Raw`) is laid out here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publish.catalogues.escapes import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publish.catalogues.values import Entry

WIDTH = 79
"""The column up to which GNU gettext, Poedit and Weblate fill a line, if they wrap."""

_WIDE = r"\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# These are compiled when something is laid out, and wrapped.
_LINE = r"[^\n]*\n|[^\n]+"
_UNBROKEN = rf"[^ \-{_WIDE}]*(?: +|-+|.|$)[、。，．！？：；」』】〉》）]*"


def format_entry(entry: Entry, width: int | None, eol: str = "\n") -> str:
    """The entry as it stands in a file, the parts that still hold verbatim.

    `width` is the column at which the file wraps, None if it does not. A message flagged
    no-wrap is not wrapped in any file.
    """
    if "no-wrap" in entry.flags:
        width = None
    comments, source, translation = entry.raw
    return "".join(
        (
            _joined(_comments(entry, width), eol, eol) if comments is None else comments,
            _joined(_source(entry, width), eol) if source is None else source,
            _joined(_translation(entry, width), eol) if translation is None else translation,
        )
    )


def _joined(lines: Iterable[str], eol: str, before: str = "") -> str:
    return before + "".join(line + eol for line in lines)


def _comments(entry: Entry, width: int | None) -> Iterator[str]:
    for mark, lines in (("#", entry.comments), ("#.", entry.extracted)):
        yield from (f"{mark} {line}" if line else mark for line in lines)
    yield from _filled("#:", entry.references)
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"
    if entry.previous:
        mark = "#~| " if entry.obsolete else "#| "
        yield from _keywords(
            mark,
            width,
            msgctxt=entry.previous.context,
            msgid=entry.previous.text,
            msgid_plural=entry.previous.plural,
        )


def _filled(mark: str, words: Iterable[str]) -> Iterator[str]:
    line = mark
    for word in words:
        if line != mark and len(line) + len(word) >= WIDTH:
            yield line
            line = mark
        line = f"{line} {word}"
    if line != mark:
        yield line


def _source(entry: Entry, width: int | None) -> Iterator[str]:
    mark = "#~ " if entry.obsolete else ""
    return _keywords(
        mark, width, msgctxt=entry.context, msgid=entry.text, msgid_plural=entry.plural
    )


def _translation(entry: Entry, width: int | None) -> Iterator[str]:
    mark = "#~ " if entry.obsolete else ""
    if entry.plural is None:
        return _keywords(mark, width, msgstr=entry.translation)
    forms = entry.translations or ("",)
    return _keywords(
        mark, width, **{f"msgstr[{number}]": form for number, form in enumerate(forms)}
    )


def _keywords(mark: str, width: int | None, **strings: str | None) -> Iterator[str]:
    for keyword, text in strings.items():
        if text is not None:
            yield from _string(mark, keyword, text, width)


def _string(mark: str, keyword: str, text: str, width: int | None) -> Iterator[str]:
    """A keyword and its text: in one line if it has only one and fits, else below the keyword."""
    lines = [escape(line) for line in re.findall(_LINE, text)] or [""]
    whole = f'{mark}{keyword} "{lines[0]}"'
    if len(lines) == 1 and (width is None or columns(whole) <= width):
        yield whole
        return
    yield f'{mark}{keyword} ""'
    for line in lines:
        for piece in wrapped(line, width - len(mark) - 2) if width else [line]:
            yield f'{mark}"{piece}"'


def wrapped(line: str, width: int) -> Iterator[str]:
    """A line in pieces of at most `width` columns, broken at spaces and between CJK characters."""
    piece, filled = "", 0
    for part in filter(None, re.findall(_UNBROKEN, line)):
        size = columns(part)
        if piece and filled + size > width:
            yield piece
            piece, filled = "", 0
        piece, filled = piece + part, filled + size
    yield piece


def columns(text: str) -> int:
    """How many columns the text takes: a wide character two, a combining one none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text
    )
