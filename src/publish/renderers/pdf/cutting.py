"""Cutting: lines cut from the one long line on which their text was set.

Pango, too, cuts the glyphs of a text where it breaks it, but WeasyPrint 70 then has each line set
again. Here the glyphs of a line are those of the long one. Only its last letter may have been
kerned with what followed: it is as wide as it is by itself, or before a hyphen. Not cut are lines
that begin or end within a cluster of letters, whose last letter looks otherwise at an end, and
those of a text in typefaces that are not equally high.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango

from publish.renderers.pdf.glyphs import Run

_MARK = ffi.sizeof("PangoLogAttr")
_SPACE = ord(" ")


class Font:
    """A typeface in a size, and a layout that keeps it alive: how wide and high its glyphs are."""

    def __init__(self, font: Any, layout: Any, glyph: int) -> None:
        self.font, self.layout = font, layout
        self._place, self._widths = ffi.new("PangoRectangle *"), dict[int, int]()
        self.width(glyph)
        self.extent = -self._place.y, self._place.height  # baseline and height

    def width(self, glyph: int) -> int:
        """How wide a glyph is by itself, in Pango's units."""
        if glyph not in self._widths:
            pango.pango_font_get_glyph_extents(self.font, glyph, ffi.NULL, self._place)
            self._widths[glyph] = self._place.width
        return self._widths[glyph]


Fonts = dict[Any, Font]


Placed = tuple[Run, Font]


class _Part(NamedTuple):
    """From which glyph to which they are of one typeface."""

    first: int
    last: int
    font: Font


class Places:
    """Where the glyphs of a text stand on a long line, and where lines of it may begin.

    `lefts` says how far each glyph stands from the beginning, and `reach` how far goes what stands
    before a place where a line may begin, in Pango's units; `fonts` are those that are known.
    """

    def __init__(self, data: bytes, runs: Sequence[Run], layout: Any, fonts: Fonts) -> None:
        self.data = data
        self.starts = array("i", (start for run in runs for start in run.starts))
        self.glyphs = array("i", (glyph for run in runs for glyph in run.glyphs))
        self.lefts = array("i", accumulate((w for run in runs for w in run.widths), initial=0))
        self.breaks = array("i", _breaks(data.decode(), layout))
        self.reach = array("i", map(self._end, self.breaks))
        self.end = self._end(len(data))
        self._parts = list(_parts(runs, layout, fonts))

    def __bool__(self) -> bool:
        return bool(self.glyphs)

    def _end(self, place: int) -> int:
        """How far the text before a byte reaches, but for spaces at its end."""
        return self.left(self.trimmed(place))

    def trimmed(self, place: int) -> int:
        """Where the text before a byte ends, but for spaces at its end."""
        while place and self.data[place - 1] == _SPACE:
            place -= 1
        return place

    def left(self, place: int) -> int:
        """How far a byte stands from the beginning."""
        return self.lefts[bisect_left(self.starts, place)]

    def is_even(self, baseline: float, height: float) -> bool:
        """Whether all of its typefaces have this baseline, and are so high, in pixels."""
        wanted = baseline * TO_UNITS, height * TO_UNITS
        return all(part.font.extent == wanted for part in self._parts)

    def cut(
        self, start: int, stop: int, set_alone: Callable[[str, Font], Places | None], hyphen: str
    ) -> Cut | None:
        """The line between two bytes, with what stands at its end; None if it is to be set itself.

        In: what tells the places of a text that is set by itself, in a style with a typeface.
        """
        first, last = self.glyph(start), self.glyph(stop)
        if first is None or last is None or first == last:
            return None
        font, width = self._font(last - 1), self.lefts[last] - self.lefts[last - 1]
        if not hyphen and width == font.width(self.glyphs[last - 1]):
            return Cut(self, first, last, start)
        letter = self.data[self.starts[last - 1] : stop]
        alone = set_alone(letter.decode() + hyphen, font)
        if not alone or not alone.begins_with(self.glyphs[last - 1], font, len(letter)):
            return None
        return Cut(self, first, last, start, alone)

    def glyph(self, place: int) -> int | None:
        """The first glyph of the cluster that begins at a byte, if one does."""
        index = bisect_left(self.starts, place)
        is_one = place == len(self.data) or self.starts[index] == place
        return index if is_one else None

    def _font(self, glyph: int) -> Font:
        return next(part.font for part in self._parts if glyph < part.last)

    def begins_with(self, glyph: int, font: Font, length: int) -> bool:
        """Whether its first letters, of so many bytes, are this glyph, and all is as high as it."""
        if self.glyphs[0] != glyph or self._font(0) is not font or self.glyph(length) != 1:
            return False
        return all(part.font.extent == font.extent for part in self._parts)

    def runs(self, first: int, last: int, shift: int) -> list[Placed]:
        """The runs from one glyph to another, their letters' places moved by so many bytes."""
        parts = [(max(part.first, first), min(part.last, last), part.font) for part in self._parts]
        return [(self._run(*part, shift), part[2]) for part in parts if part[0] < part[1]]

    def _run(self, first: int, last: int, font: Font, shift: int) -> Run:
        starts = [start + shift for start in self.starts[first:last]]
        lefts = self.lefts[first : last + 1].tolist()
        widths = [right - left for left, right in pairwise(lefts)]
        end = self.starts[last] if last < len(self.starts) else len(self.data)
        glyphs = self.glyphs[first:last].tolist()
        return Run(font.font, glyphs, widths, starts, end + shift, leftward=False)


class Cut(NamedTuple):
    """A line: from which glyph to which of a text, the byte where it begins there, and its end.

    `alone` is its last letter set by itself with what follows it.
    """

    places: Places
    first: int
    last: int
    start: int
    alone: Places | None = None

    @property
    def width(self) -> float:
        """How wide it is, in pixels."""
        lefts, last = self.places.lefts, self.last - bool(self.alone)
        end = self.alone.lefts[-1] if self.alone else 0
        return float((lefts[last] - lefts[self.first] + end) * FROM_UNITS)

    def runs(self) -> list[Placed]:
        """What it is painted with."""
        found = self.places.runs(self.first, self.last, -self.start)
        if not self.alone:
            return found
        *before, (last, font) = found
        last.widths[-1] = self.alone.lefts[1]
        after = self.alone.runs(1, len(self.alone.glyphs), last.starts[-1])
        if len(after) == 1 and after[0][1] is font:
            return [*before, (_joined(last, after[0][0]), font)]
        return [*found, *after]


def _joined(run: Run, other: Run) -> Run:
    """Two runs of one typeface as one."""
    glyphs, widths = run.glyphs + other.glyphs, run.widths + other.widths
    return Run(run.font, glyphs, widths, run.starts + other.starts, other.end, leftward=False)


def _parts(runs: Sequence[Run], layout: Any, fonts: Fonts) -> Iterator[_Part]:
    first = 0
    for run in runs:
        last = first + len(run.glyphs)
        if run.font not in fonts:
            fonts[run.font] = Font(run.font, layout, run.glyphs[0])
        yield _Part(first, last, fonts[run.font])
        first = last


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


_BREAK = _flag()
