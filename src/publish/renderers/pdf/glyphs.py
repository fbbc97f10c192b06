"""Glyphs: lines are painted from the layouts in which they were measured.

WeasyPrint 70 lets Pango's layout of a line go when it has measured it, and has the line set again
to paint it, with spaces that are made wider by attributes: a justified line falls into as many
runs as it has words and spaces, each of which is set, and read glyph by glyph. Here the layout is
kept, its spaces are widened when they are written, and glyphs are read by the run. What
is not plain is painted by WeasyPrint: marks that stand off their letters, letter spacing,
dots for what is cut off, signs in colour, characters without a glyph.

It differs from what WeasyPrint paints in two things: a letter is kerned with a space beside it as
it was when the line was measured, and no glyph is moved by nothing.

Source: WeasyPrint 70, `draw.text.draw_first_line`; ISO 32000-1, 9.4.3 (TJ).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango

from publish.renderers.pdf import patching

MADE_ANEW = """layout = create_layout(
                box.text, box.style, context, max_width=None,
                justification_spacing=box.justification_spacing)
            layout.deactivate()
"""
WIDENED = "layout = widened(box, context, justification_spacing)\n"
WORD = ffi.sizeof("int")
GLYPH = ffi.sizeof("PangoGlyphInfo") // WORD  # number, width, two offsets, a flag
OLDEST = 14802  # before this Pango does not tell the size of a font well
_BROKEN = re.compile("[\n\r\t\u0085\u2028\u2029]")
_NONE = pango.PANGO_GLYPH_EMPTY
_SPACE = re.compile(b" |\xc2\xa0")  # the one, or the one that does not break


@cache
def keep() -> bool:
    """Have WeasyPrint's lines painted in this way; whether it is the WeasyPrint known here."""
    inline, draw = import_module("weasyprint.layout.inline"), import_module("weasyprint.draw.text")
    if pango.pango_version() < OLDEST:
        return False
    if not patching.patch(inline, "add_word_spacing", {MADE_ANEW: WIDENED}):
        return False
    layout = import_module("weasyprint.text.line_break").Layout
    vars(inline)["widened"] = widened
    anew = layout.reactivate
    layout.reactivate, layout.deactivate = (lambda *_: None), rest
    original = draw.draw_first_line

    def draw_first_line(stream: Any, box: Any, overflow: str, ellipsis: str, matrix: Any) -> Any:
        cut = overflow == "ellipsis" or ellipsis != "none"
        if not box.text.strip() or (not cut and _paint(stream, box, matrix)):
            return []
        anew(box.pango_layout, box.style)
        return original(stream, box, overflow, ellipsis, matrix)

    patching.replace("draw_first_line", original, draw_first_line)
    return True


def rest(layout: Any) -> None:
    """A layout at rest does not hold its style, which may hold it: nobody looks for circles."""
    vars(layout).pop("style", None)


def widened(box: Any, context: Any, spacing: float) -> Any:
    """The layout of a text, with so much added to each space when it is painted."""
    if box.pango_layout.text != box.text:
        make = import_module("weasyprint.text.line_break").create_layout
        return make(box.text, box.style, context, None, spacing)
    layout = again(box.pango_layout)
    layout.justification_spacing = spacing
    return layout


def again(layout: Any) -> Any:
    """A layout of WeasyPrint's with the same layout of Pango's in it."""
    other = object.__new__(type(layout))
    vars(other).update(vars(layout))
    return other


class Run(NamedTuple):
    """Glyphs of one typeface: their numbers, widths in Pango's units, and their letters' places."""

    font: Any
    glyphs: list[int]
    widths: list[int]
    starts: list[int]
    end: int
    leftward: bool


class _Written(dict[tuple[int, int], str]):
    """How a glyph is written that is so wide: its number, and how far what follows is moved.

    That is told in thousandths of the size, to the left. The glyph is one that the font knows.
    """

    def __init__(self, known: Mapping[int, tuple[str, int]], size: float) -> None:
        super().__init__()
        self._known, self._size = known, size

    def __missing__(self, key: tuple[int, int]) -> str:
        glyph, width = key
        number, own = "", 0
        if glyph != _NONE:
            number, own = f"{glyph:04x}", self._known[glyph][1]
        moved = int(own - width * 1000 * FROM_UNITS / self._size)
        found = self[key] = number + (f">{moved}<" if moved else "")
        return found


class _Face(NamedTuple):
    """A typeface as a stream knows it.

    How its glyphs are written, which it was told of, and what keeps the typeface alive.
    """

    font: Any
    size: float
    written: _Written
    told: set[int]
    keeper: Any


def _paint(stream: Any, box: Any, matrix: Any) -> bool:
    """Paint a line; False, and nothing is painted, if it is not a plain one."""
    layout = box.pango_layout
    found = _runs(layout) if is_plain(layout.text, box.style) else []
    faces = [_face(stream, run.font, keeper) for run, keeper in found]
    if not found or not all(map(_is_outlined, faces)):
        return False
    text = layout.text.encode()
    wider = int(layout.justification_spacing * TO_UNITS)
    written = [_widened(run, text, wider) if wider else run for run, _ in found]
    stream.set_text_matrix(*matrix.values)
    _write(stream, written, faces, text)
    return True


def _runs(layout: Any) -> list[tuple[Run, Any]]:
    """The runs of a line, each with what keeps its typeface alive: if it was cut, as it was."""
    if cut := vars(layout).get("cut"):
        return cut.runs()  # type: ignore[no-any-return]  # WeasyPrint is untyped
    return [(run, layout.layout) for run in runs(layout.layout)]


def is_plain(text: str, style: Any) -> bool:
    """Whether a text is one line, with letters and spaces as the typeface has them."""
    spaced = style["word_spacing"] or style["letter_spacing"] not in ("normal", 0)
    return not spaced and not _BROKEN.search(text)


def runs(layout: Any) -> list[Run]:
    """The runs of a layout from left to right; none if a glyph of it is not plain."""
    if pango.pango_layout_get_line_readonly(layout, 1) != ffi.NULL:
        return []
    first = pango.pango_layout_get_line_readonly(layout, 0).runs
    runs = [_run(node.data) for node in _nodes(first)]
    return [each for each in runs if each] if all(runs) else []


def _nodes(node: Any) -> Iterator[Any]:
    while node != ffi.NULL:
        yield node
        node = node.next


def _run(item: Any) -> Run | None:
    string, about = item.glyphs, item.item
    count, offset = string.num_glyphs, about.offset
    values = ffi.buffer(string.glyphs, count * GLYPH * WORD)
    numbers = memoryview(values).cast("i").tolist()
    glyphs = numbers[::GLYPH]
    if any(numbers[2::GLYPH]) or any(numbers[3::GLYPH]) or max(glyphs) > _NONE:
        return None
    starts = [offset + start for start in ffi.unpack(string.log_clusters, count)]
    leftward = bool(about.analysis.level % 2)
    return Run(
        about.analysis.font, glyphs, numbers[1::GLYPH], starts, offset + about.length, leftward
    )


def _face(stream: Any, font: Any, layout: Any) -> _Face:
    known = vars(stream).setdefault("_faces", {})
    if font not in known:
        face, size = stream.add_font(font)
        known[font] = _Face(face, size, _written_before(face, size), {_NONE}, layout)
    return known[font]  # type: ignore[no-any-return]  # WeasyPrint is untyped


def _written_before(font: Any, size: float) -> _Written:
    """How glyphs of a typeface are written, on this page and on others."""
    sizes = vars(font).setdefault("_sizes", {})
    if size not in sizes:
        sizes[size] = _Written(_known(font), size)
    return sizes[size]  # type: ignore[no-any-return]  # WeasyPrint is untyped


def _known(font: Any) -> dict[int, tuple[str, int]]:
    """The letters and the widths of its glyphs, on this page and on others."""
    return vars(font).setdefault("_known", {})  # type: ignore[no-any-return]  # WeasyPrint is untyped


def _is_outlined(face: _Face) -> bool:
    """Whether its glyphs are outlines in the colour of the text."""
    font = face.font
    return not (font.bitmap or font.svg or font.png or font.colr)


def _widened(run: Run, text: bytes, wider: int) -> Run:
    """A run with so much added to each of its spaces."""
    spaces = {space.start() for space in _SPACE.finditer(text)}
    pairs = zip(run.widths, run.starts, strict=True)
    return run._replace(widths=[w + wider if start in spaces else w for w, start in pairs])


def _write(stream: Any, runs: Sequence[Run], faces: list[_Face], text: bytes) -> None:
    """Write the glyphs of a line, those of one typeface after another together."""
    for face, group in groupby(zip(faces, runs, strict=True), itemgetter(0)):
        stream.set_font_size(face.font.hash, face.size)
        stream.show_text("".join(_written(stream, face, run, text) for _, run in group))


def _written(stream: Any, face: _Face, run: Run, text: bytes) -> str:
    if new := set(run.glyphs) - face.told:
        face.told.update(new)
        for glyph in filter(new.__contains__, dict.fromkeys(run.glyphs)):
            _know(stream, face, run, glyph, text)
    glyphs = "".join(map(face.written.__getitem__, zip(run.glyphs, run.widths, strict=True)))
    return f"<{glyphs[:-1]}" if glyphs.endswith("<") else f"<{glyphs}>"


def _know(stream: Any, face: _Face, run: Run, glyph: int, text: bytes) -> None:
    """Tell a font what a glyph of it stands for, and how wide it is, the first time it is met."""
    font, known = face.font, _known(face.font)
    if glyph not in known:
        pango.pango_font_get_glyph_extents(run.font, glyph, stream.ink_rect, stream.logical_rect)
        width = round(stream.logical_rect.width * 1000 * FROM_UNITS / face.size)
        known[glyph] = _letters(run, run.glyphs.index(glyph), text), width
    letters, width = known[glyph]
    font.widths.setdefault(glyph, width)
    font.to_unicode.setdefault(glyph, letters)


def _letters(run: Run, index: int, text: bytes) -> str:
    """The letters of a glyph: from the beginning of its cluster to that of the next one."""
    starts = [*run.starts, run.end] if not run.leftward else [run.end, *run.starts]
    start, end = (index, index + 1) if not run.leftward else (index + 1, index)
    return text[starts[start] : starts[end]].decode()
