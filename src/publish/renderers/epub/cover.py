"""Cover: a picture made from the metadata, with the edition's own typefaces and tokens.

Shops and shelves want a picture in pixels; all of its words stand on the title page too. The
upper part is a field in the accent colour with the title at its head and the subtitle at its
foot; the lower one names the people and, below a rule, the publisher and the year.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

from publish import fonts
from publish.editions import Credit, Edition
from publish.records import Record, replace
from publish.renderers.epub import sheets
from publish.renderers.epub.lettering import Lettering, Letters
from publish.shelves import BARE, Shelf
from publish.styles import Style

Image.preinit()  # formats, which it would look for when the first picture is saved
WIDTH, HEIGHT = 1600, 2400  # Apple Books asks for 1400 pixels at least; shelves are 2:3
MARGIN = 150
FIELD = 1480
FOOT = HEIGHT - MARGIN
TITLE = range(210, 48, -6)  # sizes to try, largest first
SUBTITLE = range(68, 36, -4)

# Shades: how far a mark stands from its ground, paper on the accent or ink on the paper.
# They are places in a palette: that of the field is its first half.
FULL, SUBTITLE_SHADE, SOFT, RULE, HAIRLINE = 127, 113, 90, 90, 30
_BELOW = 128

Block = tuple[str, Letters]


class _Sheet(Record, frozen=True):
    """What is drawn on, and how letters are set on it."""

    pen: ImageDraw.ImageDraw
    lettering: Lettering
    ground: int  # its place in the palette, from which shades are counted

    @property
    def edge(self) -> int:
        """Where lines begin."""
        return WIDTH - MARGIN if self.lettering.language.direction == "rtl" else MARGIN

    def height(self, blocks: Sequence[Block]) -> int:
        """How much room some texts take, one above the other."""
        return sum(len(self.lettering.lines(*block)) * block[1].step for block in blocks)

    def stack(self, blocks: Sequence[Block], top: int) -> None:
        """Draws texts one above the other."""
        for text, letters in blocks:
            for line in self.lettering.lines(text, letters):
                top += letters.step
                self.draw(line, top, letters)

    def draw(self, line: str, base: int, letters: Letters) -> None:
        """Draws a line of text."""
        letters = replace(letters, shade=self.ground + letters.shade)
        self.lettering.draw(self.pen, self.edge, base, line, letters)

    def rule(self, top: int, width: int, shade: int) -> None:
        """Draws a rule from the edge on."""
        start = self.edge if self.edge == MARGIN else self.edge - width
        self.pen.rectangle((start, top, start + width, top + 3), fill=self.ground + shade)

    def largest(self, text: str, tries: Sequence[Letters], room: int, even: float = 0) -> Letters:
        """The largest letters in which a text fits the room, or else the smallest tried."""
        fitting = (
            each
            for each in tries
            if self.lettering.fits(text, each, most=room // each.step, even=even)
        )
        return next(fitting, tries[-1])


def draw(edition: Edition, style: Style, shelf: Shelf = BARE) -> bytes:
    """The cover of an edition as a PNG, 1600 by 2400 pixels.

    In: the edition; a style whose tokens name `--paper`, `--ink` and `--accent`; where covers are
    kept. Out: the picture's bytes. Errors: PublishError `font-missing`, `font-glyph-missing`.
    """
    lettering = _lettering(edition)
    colours = sheets.tokens(style.files["tokens.css"], edition.language.tag)
    inputs = _inputs(edition, colours, lettering)
    found = shelf.find(inputs)
    if found and _is_cover(found):
        return found
    picture = Image.new("L", (WIDTH, HEIGHT), _BELOW)
    picture.paste(0, (0, 0, WIDTH, FIELD))
    field, below = (_Sheet(ImageDraw.Draw(picture), lettering, start) for start in (0, _BELOW))
    _title(field, edition)
    _people(below, edition)
    _foot(below, edition)
    picture.putpalette(_palette(colours))
    target = BytesIO()
    picture.save(target, "PNG", compress_type=zlib.Z_RLE)  # a third of the time
    shelf.keep(inputs, target.getvalue())
    return target.getvalue()


def _inputs(edition: Edition, colours: Mapping[str, str], lettering: Lettering) -> list[bytes]:
    """All that is drawn, and with what."""
    words = (edition.title.plain, edition.subtitle.plain, edition.credits, edition.publisher)
    others = (edition.translation_note, edition.partner, edition.date, edition.language)
    files = [(face, Path(face.path).stat().st_mtime_ns) for face in lettering.faces]
    return [b"cover", repr((words, others, sorted(colours.items()), files)).encode()]


def _is_cover(data: bytes) -> bool:
    """Whether it is a picture of the right kind and size, whoever put it there."""
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            return picture.size == (WIDTH, HEIGHT)
    except (OSError, ValueError, SyntaxError):
        return False


def _lettering(edition: Edition) -> Lettering:
    families = (*edition.language.fonts, *fonts.OTHER_SCRIPTS)
    fonts.require(" ".join(_words(edition)), families, edition.id)
    upright = tuple(face for face in fonts.faces(families) if face.style == "normal")
    return Lettering(edition.language, upright, WIDTH - 2 * MARGIN)


def _words(edition: Edition) -> Iterator[str]:
    yield from (edition.title.plain, edition.subtitle.plain, edition.publisher.name)
    yield edition.translation_note
    for credit in edition.credits:
        yield from (credit.name, credit.role_name)


def _title(sheet: _Sheet, edition: Edition) -> None:
    """Title and subtitle: as large as they may be, in lines of like length if that can be."""
    room = FIELD - 2 * MARGIN
    if edition.subtitle:
        tries = [Letters(size, SUBTITLE_SHADE, 1.36) for size in SUBTITLE]
        block = (edition.subtitle.plain, sheet.largest(edition.subtitle.plain, tries, room // 2))
        top = FIELD - 90 - sheet.height([block])
        sheet.rule(top - 40, 180, RULE)
        sheet.stack([block], top)
        room = top - 40 - 2 * MARGIN
    leading = 1.36 if edition.language.emphasis == "weight" else 1.16
    tries = [Letters(size, FULL, leading) for size in TITLE]
    letters = sheet.largest(edition.title.plain, tries, room, even=0.5)
    if letters.size < TITLE.start // 2:  # rather uneven lines than small ones
        letters = sheet.largest(edition.title.plain, tries, room)
    sheet.stack([(edition.title.plain, letters)], MARGIN + 30)


def _people(sheet: _Sheet, edition: Edition) -> None:
    """As many people as there is room for; the title page names all."""
    top = FIELD + 74
    authors = True
    for credit in edition.credits:
        authors = authors and credit.role == "aut"
        blocks = tuple(_person(credit, named=not authors))
        height = sheet.height(blocks)
        if top + height > FOOT - 140 - sheet.height(_note(edition)):
            return
        sheet.stack(blocks, top)
        top += height + 50


def _person(credit: Credit, *, named: bool) -> Iterator[Block]:
    """Authors by their names; all others, and who comes after them, under that of their role."""
    if not named:
        yield credit.name, Letters(72, FULL, 1.3)
    else:
        yield credit.role_name, Letters(42, SOFT, 1.2)
        yield credit.name, Letters(56, FULL, 1.3)


def _note(edition: Edition) -> tuple[Block, ...]:
    """From what a partner's edition was translated, by whom and for whom."""
    shown = edition.partner.name and edition.translation_note
    return ((edition.translation_note, Letters(36, SOFT, 1.35)),) if shown else ()


def _foot(sheet: _Sheet, edition: Edition) -> None:
    letters = Letters(44, SOFT, 1.2)
    note = _note(edition)
    sheet.stack(note, FOOT - 110 - sheet.height(note))
    sheet.rule(FOOT - 80, WIDTH - 2 * MARGIN, HAIRLINE)
    foot = " · ".join(filter(None, (edition.publisher.name, str(edition.date.year))))
    sheet.draw(foot, FOOT, letters)


def _palette(colours: Mapping[str, str]) -> list[int]:
    """Two ramps of colours, for the field and for what is below it."""
    paper = colours["--paper"]
    return [*_ramp(colours["--accent"], paper), *_ramp(paper, colours["--ink"])]


def _ramp(ground: str, mark: str) -> Iterator[int]:
    """Colours from one to another, their red, green and blue in a row."""
    pairs = list(zip(ImageColor.getrgb(ground), ImageColor.getrgb(mark), strict=True))
    for step in range(_BELOW):
        yield from (round(low + (high - low) * step / (_BELOW - 1)) for low, high in pairs)
