"""Lettering: lines of text in a picture, set with the faces that an edition has.

A line may need more than one face (Latin words in a Hangul title); a text is broken where its
language breaks it and into lines of like length, as a person would set a title.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from PIL import ImageDraw, ImageFont, features

from publish import fonts
from publish.languages import Language


@dataclass(frozen=True, slots=True)
class Letters:
    """How a text looks: its size in pixels, its weight, and its colour."""

    size: int
    colour: str
    weight: int = 400
    leading: float = 1.2


@dataclass(frozen=True, slots=True)
class Lettering:
    """Sets text in a language with faces of the families given, within a measure."""

    language: Language
    faces: tuple[fonts.Face, ...]
    measure: int

    def lines(self, text: str, letters: Letters) -> tuple[str, ...]:
        """The text in as few lines as fit the measure, as even as their number allows."""
        pieces = tuple(_pieces(text, self.language))
        count = len(self._filled(pieces, letters, self.measure))
        widths = range(self.measure + 1)
        even = bisect_left(
            widths, True, key=lambda width: len(self._filled(pieces, letters, width)) <= count
        )
        return self._filled(pieces, letters, even)

    def fits(self, text: str, letters: Letters, most: int, even: float = 0) -> bool:
        """Whether the text takes at most so many lines that fit, the shortest not too short.

        `even` is the least share of the longest line's width that every line must have.
        """
        widths = [self.width(line, letters) for line in self.lines(text, letters)]
        longest = max(widths)
        return len(widths) <= most and longest <= self.measure and min(widths) >= even * longest

    def width(self, line: str, letters: Letters) -> float:
        """How wide a line is, in pixels."""
        return sum(
            font.getlength(run, **self._options()) for font, run in self._runs(line, letters)
        )

    def draw(self, pen: ImageDraw.ImageDraw, at: tuple[int, int], line: str, letters: Letters) -> None:
        """Draws a line whose baseline begins at a point: its left end, or right to left its right."""
        x, y = float(at[0]), at[1]
        runs = self._runs(line, letters)
        if self.language.direction == "rtl":
            x -= self.width(line, letters)
            runs = runs[::-1]
        for font, run in runs:
            pen.text((x, y), run, letters.colour, font, anchor="ls", **self._options())
            x += font.getlength(run, **self._options())

    def _filled(self, pieces: Sequence[str], letters: Letters, width: int) -> tuple[str, ...]:
        """Pieces put together to lines, each as long as the width allows."""
        lines = [""]
        for piece in pieces:
            longer = lines[-1] + piece
            if lines[-1] and self.width(longer.rstrip(" "), letters) > width:
                lines.append(piece)
            else:
                lines[-1] = longer
        return tuple(line.rstrip(" ") for line in lines)

    def _runs(self, line: str, letters: Letters) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        faces = [self._face(sign, letters.weight) for sign in line]
        grouped = groupby(zip(faces, line, strict=True), key=lambda pair: pair[0])
        return [
            (_font(face, letters.size), "".join(sign for _, sign in pairs))
            for face, pairs in grouped
        ]

    def _face(self, sign: str, weight: int) -> fonts.Face:
        """The face of the first family that has the sign, in this weight if it has one."""
        having = [face for face in self.faces if ord(sign) in fonts.coverage(face)]
        family = having[0].family if having else self.faces[0].family
        own = [face for face in self.faces if face.family == family]
        return min(own, key=lambda face: abs(face.weight - weight))

    def _options(self) -> dict[str, str]:
        """What only the shaping library takes; without it, marks stand unshaped."""
        if not features.check("raqm"):
            return {}
        return {"language": self.language.tag, "direction": self.language.direction}


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
