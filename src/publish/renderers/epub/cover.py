"""Cover: a picture made from the metadata, with the edition's own typefaces and tokens.

Shops and shelves want a picture in pixels; all of its words stand on the title page too. The
upper part is a field in the accent colour with title and subtitle, the lower one names the
people and, at the foot, the publisher and the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from publish import fonts
from publish.editions import Credit, Edition
from publish.renderers.epub import sheets
from publish.renderers.epub.lettering import Lettering, Letters
from publish.styles import Style

WIDTH, HEIGHT = 1600, 2400  # Apple Books asks for 1400 pixels at least; shelves are 2:3
MARGIN = 150
FIELD = 1480
FOOT = HEIGHT - MARGIN
TITLE = range(210, 80, -6)  # sizes to try


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is drawn on, and with what."""

    pen: ImageDraw.ImageDraw
    lettering: Lettering
    colours: Mapping[str, str]

    @property
    def edge(self) -> int:
        """Where lines begin."""
        return WIDTH - MARGIN if self.lettering.language.direction == "rtl" else MARGIN

    def block(self, text: str, letters: Letters, top: int) -> int:
        """Draws a text from a height on, and gives back the height where it ends."""
        step = round(letters.size * letters.leading)
        for line in self.lettering.lines(text, letters):
            top += step
            self.lettering.draw(self.pen, self.edge, top, line, letters)
        return top

    def rule(self, top: int, width: int, colour: str, thickness: int = 3) -> None:
        """Draws a rule from the edge on."""
        start = self.edge if self.edge == MARGIN else self.edge - width
        self.pen.rectangle((start, top, start + width, top + thickness), fill=colour)


def draw(edition: Edition, style: Style) -> bytes:
    """The cover of an edition as a PNG, 1600 by 2400 pixels.

    In: the edition; a style whose tokens name `--paper`, `--ink`, `--ink-soft`, `--accent`
    and `--hairline`. Out: the picture's bytes. Errors: PublishError `font-missing`,
    `font-glyph-missing`.
    """
    colours = sheets.tokens(style.files["tokens.css"], edition.language.tag)
    picture = Image.new("RGB", (WIDTH, HEIGHT), colours["--paper"])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, FIELD), fill=colours["--accent"])
    sheet = _Sheet(pen, _lettering(edition), colours)
    _title(sheet, edition)
    _people(sheet, edition)
    _foot(sheet, edition)
    target = BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


def _lettering(edition: Edition) -> Lettering:
    families = (*edition.language.fonts, *fonts.OTHER_SCRIPTS)
    fonts.require("".join(_words(edition)), families, edition.id)
    upright = tuple(face for face in fonts.faces(families) if face.style == "normal")
    return Lettering(edition.language, upright, WIDTH - 2 * MARGIN)


def _words(edition: Edition) -> Iterator[str]:
    yield from (edition.title.plain, edition.subtitle.plain, edition.publisher.name)
    for credit in edition.credits:
        yield from (credit.name, credit.role_name)


def _title(sheet: _Sheet, edition: Edition) -> None:
    """The title at the head of the field, the subtitle at its foot."""
    paper, accent = sheet.colours["--paper"], sheet.colours["--accent"]
    sheet.block(edition.title.plain, _title_letters(sheet, edition), MARGIN + 30)
    if edition.subtitle:
        small = Letters(68, _mixed(paper, accent, 0.12), leading=1.36)
        lines = sheet.lettering.lines(edition.subtitle.plain, small)
        top = FIELD - 90 - len(lines) * round(small.size * small.leading)
        sheet.rule(top - 40, 180, _mixed(paper, accent, 0.3), 4)
        sheet.block(edition.subtitle.plain, small, top)


def _title_letters(sheet: _Sheet, edition: Edition) -> Letters:
    """As large as the title may be in four lines of like length, or else in six of any."""
    by_weight = edition.language.emphasis == "weight"
    smallest = Letters(TITLE[-1], sheet.colours["--paper"], leading=1.36 if by_weight else 1.16)
    sizes = [replace(smallest, size=size) for size in TITLE]
    even = (each for each in sizes if sheet.lettering.fits(edition.title.plain, each, 4, even=0.5))
    any_ = (each for each in sizes if sheet.lettering.fits(edition.title.plain, each, 6))
    return next(even, None) or next(any_, smallest)


def _people(sheet: _Sheet, edition: Edition) -> None:
    """Authors by their names, all others under the name of their role."""
    top = FIELD + 70
    for credit in edition.credits:
        top = _person(sheet, credit, top) + 40


def _person(sheet: _Sheet, credit: Credit, top: int) -> int:
    if credit.role != "aut":
        soft = Letters(42, sheet.colours["--ink-soft"])
        top = sheet.block(credit.role_name, soft, top + 10)
        return sheet.block(credit.name, Letters(56, sheet.colours["--ink"], leading=1.3), top)
    return sheet.block(credit.name, Letters(72, sheet.colours["--ink"], leading=1.3), top)


def _foot(sheet: _Sheet, edition: Edition) -> None:
    letters = Letters(44, sheet.colours["--ink-soft"])
    sheet.rule(FOOT - 80, WIDTH - 2 * MARGIN, sheet.colours["--hairline"], 2)
    foot = " · ".join(filter(None, (edition.publisher.name, str(edition.date.year))))
    sheet.lettering.draw(sheet.pen, sheet.edge, FOOT, foot, letters)


def _mixed(one: str, other: str, share: float) -> str:
    """A colour between two: `share` of the other in the one."""
    pairs = zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
