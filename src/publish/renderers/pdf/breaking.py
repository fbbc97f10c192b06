"""Breaking: a text is set once for all of its lines, and each line once more.

For each line WeasyPrint 70 has Pango set what is left of a text and break it, then try one more
word, and the parts of a word that a hyphen may end. Here a text is set as one long line, which says
how far each word of it reaches; where the lines end is read there, and only what will stand on a
line is set again. A line that comes out wider than that, or that cannot be told in this way, is
broken by WeasyPrint: text from right to left, spaces that count, soft hyphens, words that are
wider than their line.

Source: WeasyPrint 70, `text.line_break.split_first_line`, whose lines these are.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib import import_module
from itertools import accumulate
from math import inf
from types import ModuleType
from typing import Any, NamedTuple

import pyphen
from weasyprint.layout.percent import percentage
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango

from publish.renderers.pdf import glyphs, hyphens, lines, patching

SPLIT = """split_first_line(
        text.decode(), box.style, context, available_width,
        box.justification_spacing, is_line_start=is_line_start)"""
READ = f"broken(context, box, available_width, skip) or {SPLIT}"
LONG = 300  # bytes of a text that is hardly ever one line: its layout is let go
_MARK = ffi.sizeof("PangoLogAttr")
_SPACE = ord(" ")
_SOFT_HYPHEN = "\u00ad"
_COLLAPSE = _HYPHENATED = True
Line = tuple[Any, int, int | None, float, float, float]


@cache
def read(inline: ModuleType) -> bool:
    """Have `weasyprint.layout.inline` break lines in this way; whether it is known here."""
    if not patching.patch(inline, "split_text_box", {SPLIT: READ}):
        return False
    vars(inline)["broken"] = broken
    return True


def broken(context: Any, box: Any, room: float | None, skip: int | None) -> Line | None:
    """The next line of a text box, as `split_first_line` tells it; None if WeasyPrint is to.

    In: the width that there is in pixels, None for any; the byte of the text where the line begins.
    """
    if room in (None, inf) or box.justification_spacing:
        return None
    known = draft(context, box.text, box.style)
    return known.line(Setting(context, box.style, room), skip or 0) if known else None


def draft(context: Any, text: str, style: Any) -> Draft | None:
    """The draft of a text; the context keeps it, and its style, lest another be taken for it."""
    drafts = vars(context).setdefault("_drafts", {})
    _, known = drafts.setdefault(id(style), (style, {}))
    if text not in known:
        known[text] = _drafted(context, text, style)
    return known[text]  # type: ignore[no-any-return]  # WeasyPrint's context is untyped


def _drafted(context: Any, text: str, style: Any) -> Draft | None:
    if style["white_space"] != "normal" or not glyphs.is_plain(text, style):
        return None
    if _SOFT_HYPHEN in text or lines.LEFTWARD.search(text):
        return None
    return Draft(text, _lines().create_layout(text, style, context, None, 0))


@cache
def _lines() -> Any:
    return import_module("weasyprint.text.line_break")


class Draft:
    """A text on one line, its width in pixels, and the lines of it that are known."""

    def __init__(self, text: str, layout: Any) -> None:
        self.data, self.layout = text.encode(), layout
        self.width = float(_lines().line_size(layout.get_first_line()[0], layout.style)[0])
        glyphs.rest(layout)
        self.known: dict[tuple[int, float], Line | None] = {}

    def line(self, setting: Setting, skip: int) -> Line | None:
        """The line that begins at a byte. It is asked for again when pages are tried."""
        key = skip, setting.room
        if key not in self.known:
            self.known[key] = self._line(setting, skip)
        found = self.known[key]
        return (glyphs.again(found[0]), *found[1:]) if found else None

    def _line(self, setting: Setting, skip: int) -> Line | None:
        if self.layout and not skip and self.width <= setting.room:
            return setting.measured(glyphs.again(self.layout), None)
        places = self.places
        if not places:
            return None
        limit = places.left(skip) + int(setting.room * TO_UNITS)
        if places.end <= limit:
            hang = (places.lefts[-1] - places.end) * FROM_UNITS
            return setting.line(self.data[skip:].decode(), None, hang)
        last = bisect_right(places.reach, limit) - 1
        if last < 0 or places.breaks[last] <= skip:
            return None
        text = self.data[skip : places.breaks[last]].decode()
        return self._divided(setting, places, text, limit, last) or setting.line(
            text.rstrip(" "), places.breaks[last] - skip
        )

    @cached_property
    def places(self) -> _Places | None:
        """Where its lines may begin; None if it is not that simple."""
        runs = glyphs.runs(self.layout.layout)
        if not runs or any(run.leftward for run in runs):
            return None
        found = _Places(self.data, runs, self.layout.layout)
        if len(self.data) > LONG:
            self.layout = None
        return found

    def _divided(
        self, setting: Setting, places: _Places, text: str, limit: int, last: int
    ) -> Line | None:
        """The line with a part of the next word and a hyphen."""
        place, *further = places.breaks[last : last + 2]
        word = self.data[place : further[0] if further else None].decode()
        space = (limit - places.reach[last]) * FROM_UNITS
        parts = setting.parts(word[:-1] if further else word, space, is_end=not further)
        room = limit + lines.SLACK * TO_UNITS
        for part in parts:
            is_last = part == parts[-1]
            fits = is_last or places.left(place + len(part.encode())) <= room
            if fits and (found := setting.hyphenated(text + part, is_last=is_last)):
                return found
        return None


class _Places:
    """Where lines of a text may begin, and how far what stands before reaches, in Pango's units."""

    def __init__(self, data: bytes, runs: Sequence[glyphs.Run], layout: Any) -> None:
        self.data = data
        self.starts = array("i", (start for run in runs for start in run.starts))
        self.lefts = array("i", accumulate((w for run in runs for w in run.widths), initial=0))
        self.breaks = array("i", _breaks(data.decode(), layout))
        self.reach = array("i", map(self._end, self.breaks))
        self.end = self._end(len(data))

    def _end(self, place: int) -> int:
        """How far the text before a byte reaches, but for spaces at its end."""
        while place and self.data[place - 1] == _SPACE:
            place -= 1
        return self.left(place)

    def left(self, place: int) -> int:
        """How far a byte stands from the beginning."""
        return self.lefts[bisect_left(self.starts, place)]


def _breaks(text: str, layout: Any) -> Iterator[int]:
    """The bytes before which a line may begin, but for the first."""
    count = len(text)
    marks = pango.pango_layout_get_log_attrs_readonly(layout, ffi.NULL)
    flags = memoryview(ffi.buffer(marks, count * _MARK)).cast("I").tolist()
    place = former = 0
    for index in range(1, count):
        if flags[index] & _BREAK:
            place += len(text[former:index].encode())
            former = index
            yield place


def _flag() -> int:
    """The bit of Pango's marks of a letter that says that a line may begin there."""
    mark = ffi.new("PangoLogAttr *")
    mark.is_line_break = 1
    return int.from_bytes(ffi.buffer(mark), sys.byteorder)


class Setting(NamedTuple):
    """What a line is set with: WeasyPrint's context and style, and the room in pixels."""

    context: Any
    style: Any
    room: float

    def line(self, text: str, resume: int | None, hang: float = 0) -> Line | None:
        """A text that has a line by itself, but for so much that may hang over; None if not."""
        layout = _lines().create_layout(text, self.style, self.context, None, 0)
        found = self.measured(layout, resume)
        return found if found[3] - hang <= self.room else None

    def measured(self, layout: Any, resume: int | None) -> Line:
        """A layout that is a line, with the byte at which the next one begins."""
        layout.max_width, layout.style = self.room, self.style
        first, _ = layout.get_first_line()
        found = _lines().first_line_metrics(first, "", layout, None, _COLLAPSE, self.style)
        return (*found[:2], resume, *found[3:])

    def hyphenated(self, text: str, *, is_last: bool) -> Line | None:
        """A line that ends within a word, with a hyphen; None if it is too long."""
        known, hyphen = _lines(), self.style["hyphenate_character"]
        layout = known.create_layout(text + hyphen, self.style, self.context, self.room, 0)
        first, index = layout.get_first_line()
        width, _ = known.line_size(first, self.style)
        if index is not None or not (width <= self.room or is_last):
            return None
        resume = len(text.encode())
        return known.first_line_metrics(  # type: ignore[no-any-return]  # WeasyPrint is untyped
            first, "", layout, resume, _COLLAPSE, self.style, _HYPHENATED, hyphen
        )

    def parts(self, text: str, space: float, *, is_end: bool) -> list[str]:
        """What of a text may stand before a hyphen, the longest first, if a hyphen is worth it."""
        lang = self.style["lang"] and pyphen.language_fallback(self.style["lang"])
        zone = percentage(self.style["hyphenate_limit_zone"], self.style, self.room)
        if self.style["hyphens"] != "auto" or not lang or space <= zone:
            return []
        limits = self.style["hyphenate_limit_chars"]
        start, stop = _word(text, lang, limits[0])
        if is_end and lines.ends(text[stop:]):
            return []
        found = hyphens.beginnings(text[start:stop], lang, limits, self.context)
        return [text[:start] + part for part in found]


def _word(text: str, lang: str, length: int) -> tuple[int, int]:
    """Where the first word of a text is that is so long; an empty one at its end if none is."""
    done = 0
    while bounds := _lines().get_next_word_boundaries(text[done:], lang):
        start, stop = bounds
        if stop - start >= length:
            return done + start, done + stop
        done += stop
    return len(text), len(text)


_BREAK = _flag()
