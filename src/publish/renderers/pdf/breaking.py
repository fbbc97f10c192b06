"""Breaking: a text is set once, for all of its lines.

For each line WeasyPrint 70 has Pango set what is left of a text and break it, then try one more
word, and the parts of a word that a hyphen may end. Here a text is set as one long line, which says
how far each word of it reaches; where the lines end is read there, and they are cut from it
(`cutting.py`), or else set again. A line that comes out wider than that, or that cannot be told in
this way, is broken by WeasyPrint: text from right to left, spaces that count, soft hyphens, words
that are wider than their line.

Source: WeasyPrint 70, `text.line_break.split_first_line`, whose lines these are.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, cached_property
from importlib import import_module
from math import inf
from types import ModuleType
from typing import Any, NamedTuple

import pyphen
from weasyprint.layout.percent import percentage
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, pango

from publish.renderers.pdf import cutting, glyphs, hyphens, lines, patching
from publish.renderers.pdf.cutting import Places

SPLIT = """split_first_line(
        text.decode(), box.style, context, available_width,
        box.justification_spacing, is_line_start=is_line_start)"""
READ = f"broken(context, box, available_width, skip) or {SPLIT}"
LONG = 300  # bytes of a text that is hardly ever one line: its layout is let go
_SOFT_HYPHEN = "\u00ad"
_COLLAPSE = _HYPHENATED = True
_VARIANTS = "ligatures position caps numeric alternates east_asian".split()
_FEATURES = (
    *(f"font_variant_{name}" for name in _VARIANTS),
    *("font_kerning", "font_feature_settings", "font_language_override", "lang"),
)
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
    known = None if box.justification_spacing else draft(context, box.text, box.style)
    if known is None:
        return None
    if room in (None, inf) or box.style["white_space"] == "nowrap":
        return None if skip else known.whole(room)
    return known.line(Setting(context, box.style, room), skip or 0)


def draft(context: Any, text: str, style: Any) -> Draft | None:
    """The draft of a text; the context keeps it, and its style, lest another be taken for it."""
    drafts = vars(context).setdefault("_drafts", {})
    _, known = drafts.setdefault(id(style), (style, {}))
    if text not in known:
        known[text] = _drafted(context, text, style)
    return known[text]  # type: ignore[no-any-return]  # WeasyPrint's context is untyped


def _drafted(context: Any, text: str, style: Any) -> Draft | None:
    if style["white_space"] not in ("normal", "nowrap") or not glyphs.is_plain(text, style):
        return None
    if _SOFT_HYPHEN in text or lines.LEFTWARD.search(text):
        return None
    fonts = vars(context).setdefault("_typefaces", {})
    return Draft(text, _lines().create_layout(text, style, context, None, 0), fonts)


@cache
def _lines() -> Any:
    return import_module("weasyprint.text.line_break")


class Draft:
    """A text on one line, its width in pixels, and the lines of it that are known."""

    def __init__(self, text: str, layout: Any, fonts: cutting.Fonts) -> None:
        self.data, self.layout, self._fonts = text.encode(), layout, fonts
        first, _ = layout.get_first_line()
        self.width, self._height = _lines().line_size(first, layout.style)
        self._baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        glyphs.rest(layout)
        self._like = glyphs.again(layout)  # what a line cut from it is like
        self._like.layout = None
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
            return self.whole(setting.room)
        places = self.places
        if not places:
            return None
        limit = places.left(skip) + int(setting.room * TO_UNITS)
        if places.end <= limit:
            hang = (places.lefts[-1] - places.end) * FROM_UNITS
            return self._ending(setting, skip, len(self.data), None, hang)
        last = bisect_right(places.reach, limit) - 1
        if last < 0 or places.breaks[last] <= skip:
            return None
        place = places.breaks[last]
        return self._divided(setting, skip, limit, last) or self._ending(
            setting, skip, places.trimmed(place), place - skip
        )

    def _ending(
        self, setting: Setting, skip: int, stop: int, resume: int | None, hang: float = 0
    ) -> Line | None:
        """The line between two bytes, but for so much that may hang over; None if it is wider."""
        found = self._cut(setting, skip, stop, resume) or setting.line(
            self.data[skip:stop].decode(), resume
        )
        return found if found[3] - hang <= setting.room else None

    def whole(self, room: float | None) -> Line | None:
        """All of it as a line, if its layout was not let go."""
        if self.layout is None:
            return None
        layout = glyphs.again(self.layout)
        layout.max_width = room
        return layout, len(self.data), None, self.width, self._height, self._baseline

    @cached_property
    def places(self) -> Places:
        """Where its lines may begin; there are none if it is not that simple."""
        runs = glyphs.runs(self.layout.layout)
        if any(run.leftward for run in runs):
            runs = []
        found = Places(self.data, runs, self.layout.layout, self._fonts)
        if len(self.data) > LONG:
            self.layout = None
        return found

    @cached_property
    def _is_even(self) -> bool:
        return self.places.is_even(self._baseline, self._height)

    def _cut(
        self, setting: Setting, start: int, stop: int, resume: int | None, hyphen: str = ""
    ) -> Line | None:
        """The line between two bytes, however wide, if it can be cut."""
        cut = self._is_even and self.places.cut(start, stop, setting.places, hyphen)
        if not cut:
            return None
        layout = glyphs.again(self._like)
        layout.text, layout.cut = self.data[start:stop].decode() + hyphen, cut
        layout.max_width = setting.room
        return layout, stop - start, resume, cut.width, self._height, self._baseline

    def _divided(self, setting: Setting, skip: int, limit: int, last: int) -> Line | None:
        """The line with a part of the next word and a hyphen."""
        places = self.places
        place, *further = places.breaks[last : last + 2]
        word = self.data[place : further[0] if further else None].decode()
        space = (limit - places.reach[last]) * FROM_UNITS
        parts = setting.parts(word[:-1] if further else word, space, is_end=not further)
        room = limit + lines.SLACK * TO_UNITS
        for part in parts:
            text, is_last = self.data[skip:place] + part.encode(), part == parts[-1]
            may_fit = is_last or places.left(skip + len(text)) <= room
            if may_fit and (found := self._hyphenated(setting, skip, text, is_last=is_last)):
                return found
        return None

    def _hyphenated(
        self, setting: Setting, skip: int, text: bytes, *, is_last: bool
    ) -> Line | None:
        """The line that ends within a word, with a hyphen; some words are spelt otherwise there."""
        if self.data.startswith(text, skip):
            hyphen, stop = setting.style["hyphenate_character"], skip + len(text)
            if found := self._cut(setting, skip, stop, len(text), hyphen):
                return found if found[3] <= setting.room else None
        return setting.hyphenated(text.decode(), is_last=is_last)


class Setting(NamedTuple):
    """What a line is set with: WeasyPrint's context and style, and the room in pixels."""

    context: Any
    style: Any
    room: float

    def places(self, text: str, font: cutting.Font) -> Places | None:
        """Where the glyphs of a text stand that is set by itself, in a style with this typeface."""
        known = vars(self.context).setdefault("_alone", {})
        key = font.font, text, *[str(self.style[name]) for name in _FEATURES]
        if key not in known:
            alone = draft(self.context, text, self.style)
            known[key] = alone.places if alone else None
        return known[key]  # type: ignore[no-any-return]  # WeasyPrint's context is untyped

    def line(self, text: str, resume: int | None) -> Line:
        """A text as a line by itself, with the byte at which the next one begins."""
        layout = _lines().create_layout(text, self.style, self.context, None, 0)
        layout.max_width, (first, _) = self.room, layout.get_first_line()
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
