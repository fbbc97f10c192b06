"""Lettering: lines of text in a picture, set with the faces that an edition has.

A line may need more than one face (Latin words in a Hangul title); a text is broken where its
language breaks it and into lines of like length, as a person would set a title.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import TypedDict

from PIL import ImageDraw, ImageFont, features

from publish import fonts
from publish.languages import Language
from publish.records import Record, field


class _Shaping(TypedDict, total=False):
    direction: str
    language: str


class Letters(Record, frozen=True):
    """How a text looks: its size in pixels, its shade, the distance of its lines in sizes."""

    size: int
    shade: int
    leading: float

    @property
    def step(self) -> int:
        """From one baseline to the next, in pixels."""
        return round(self.size * self.leading)


class Lettering(Record, frozen=True):
    """Sets text in a language with faces of the families given, within a measure."""

    language: Language
    faces: tuple[fonts.Face, ...]
    measure: int
    _broken: dict[tuple[str, Letters], tuple[str, ...]] = field(default_factory=dict)
    _parted: dict[str, list[tuple[fonts.Face, str]]] = field(default_factory=dict)

    def lines(self, text: str, letters: Letters) -> tuple[str, ...]:
        """The text in as few lines as fit the measure, as even as their number allows."""
        if (text, letters) not in self._broken:
            self._broken[text, letters] = self._lines(text, letters)
        return self._broken[text, letters]

    def _lines(self, text: str, letters: Letters) -> tuple[str, ...]:
        pieces = tuple(_pieces(text, self.language))
        wide = cache(partial(self.width, letters=letters))  # the same lines are tried many times
        count = len(_filled(pieces, wide, self.measure))
        widths = range(self.measure + 1)
        even = bisect_left(
            widths, x=True, key=lambda width: len(_filled(pieces, wide, width)) <= count
        )
        return _filled(pieces, wide, even)

    def fits(self, text: str, letters: Letters, most: int, even: float = 0) -> bool:
        """Whether the text takes at most so many lines that fit, the shortest not too short.

        `even` is the least share of the longest line's width that every line must have.
        """
        widths = [self.width(line, letters) for line in self.lines(text, letters)]
        longest = max(widths)
        return len(widths) <= most and longest <= self.measure and min(widths) >= even * longest

    def width(self, line: str, letters: Letters) -> float:
        """How wide a line is, in pixels."""
        return sum(self._length(font, run) for font, run in self._runs(line, letters))

    def draw(self, pen: ImageDraw.ImageDraw, edge: int, base: int, text: str, as_: Letters) -> None:
        """Draws a line of text that begins at an edge: its left end, or right to left its right."""
        x, runs = float(edge), self._runs(text, as_)
        if self.language.direction == "rtl":
            x -= self.width(text, as_)
            runs = runs[::-1]
        for font, run in runs:
            pen.text((x, base), run, as_.shade, font, anchor="ls", **self._shaping())
            x += self._length(font, run)

    def _length(self, font: ImageFont.FreeTypeFont, run: str) -> float:
        return font.getlength(run, **self._shaping())

    def _runs(self, line: str, letters: Letters) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        """The line in pieces of one face each, in the size of the letters."""
        if line not in self._parted:
            self._parted[line] = self._parts(line)
        return [(_font(face, letters.size), run) for face, run in self._parted[line]]

    def _parts(self, line: str) -> list[tuple[fonts.Face, str]]:
        """The pieces of a line; a space or a sign stays with what it follows."""
        runs: list[tuple[fonts.Face, str]] = []
        for sign in line:
            neutral = unicodedata.category(sign)[0] not in "LMN"
            if neutral and runs and ord(sign) in fonts.coverage(runs[-1][0]):
                face = runs[-1][0]
            else:
                face = self._face(sign)
            if runs and runs[-1][0] == face:
                runs[-1] = (face, runs[-1][1] + sign)
            else:
                runs.append((face, sign))
        return runs

    def _face(self, sign: str) -> fonts.Face:
        """The first face that has the sign; the regular one of a family stands first."""
        having = (face for face in self.faces if ord(sign) in fonts.coverage(face))
        return next(having, self.faces[0])

    def _shaping(self) -> _Shaping:
        """What only the shaping library understands; without it, marks stand unshaped."""
        if not features.check("raqm"):
            return {}
        return {"direction": self.language.direction, "language": self.language.tag}


def _filled(pieces: Sequence[str], wide: Callable[[str], float], width: int) -> tuple[str, ...]:
    """Pieces put together to lines, each as long as the width allows; `wide` measures one."""
    lines = [""]
    for piece in pieces:
        longer = lines[-1] + piece
        if lines[-1] and wide(longer.rstrip(" ")) > width:
            lines.append(piece)
        else:
            lines[-1] = longer
    return tuple(line.rstrip(" ") for line in lines)


@cache
def _font(face: fonts.Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.path, size, face.index)


def _pieces(text: str, language: Language) -> Iterator[str]:
    """What no line breaks: words with the space after them, or letters of a wide script."""
    piece = ""
    for sign, following in pairwise(f"{text} "):
        piece += sign
        if sign == " " or (not language.keep_words and _parts(sign, following)):
            yield piece
            piece = ""
    yield piece


def _parts(sign: str, following: str) -> bool:
    """Whether a line may end between two signs because both are wide (UAX #14, class ID)."""
    wide = all(unicodedata.east_asian_width(each) in "WF" for each in (sign, following))
    opens = unicodedata.category(sign) in ("Ps", "Pi")
    closes = unicodedata.category(following) in ("Pe", "Pf", "Po", "Lm")
    return wide and not opens and not closes
