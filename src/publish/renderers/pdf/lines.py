"""Lines: fewer attempts of WeasyPrint 70 at breaking a paragraph.

For each line it has Pango lay out the text, then the line with the next word, then the line
with each part of that word which a hyphen may end. Pango's first answer says already how wide
those are: they stand on its second line. What is wider than the room that is left need not be
tried: some 600 of 3,600 layouts of an article.

And two mends: a text whose last word just fits, but not the space behind it, was broken after
its first word, if something else followed (a link, a note's call); and the last word of a
paragraph is not divided, so that no line has less than a word.

No hook reaches there, so four places of the function's own text are changed, as in `repairs`:
in another version of WeasyPrint, with another text, nothing is.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from typing import Any

from weasyprint.text import ffi

from publish.renderers.pdf import patching

NEXT_WORD = "if space_collapse and second_line_text[break_point or -1] == ' ':"
MAY_FIT = "may_fit(layout, first_line_text, {}, max_width - first_line_width)"
PARTS = "        for first_word_part in dictionary_iterations:\n"
SKIP = "            if first_word_part != dictionary_iterations[-1] and not {}:\n"
FITS = "if resume_index is None and first_line_width <= max_width:"
FITS_TOO = "(first_line_width <= max_width or (space_collapse and hangs(layout, text, max_width)))"
DIVIDED = "previous_words + start for start, end in dictionary.iterate(next_word)"
LAST = "ends(second_line_text[next_text_index + len(next_word):])"
CHANGES = {
    FITS: f"if resume_index is None and {FITS_TOO}:",
    NEXT_WORD: NEXT_WORD.replace(":", f" and {MAY_FIT.format('next_word')}:"),
    DIVIDED: f"{DIVIDED} if not first_line_text or not {LAST}",
    PARTS: f"{PARTS}{SKIP.format(MAY_FIT.format('first_word_part'))}                continue\n",
}
SLACK = 1  # pixels: kerning between words; there is a space, too, which is not counted
_END = re.compile(r"[^\w\s]*[.!?…][^\w\s]*\s*")
LEFTWARD = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")


@cache
def mend(module: ModuleType) -> bool:
    """Change `split_first_line` of `weasyprint.text.line_break`; whether it is known here."""
    original = module.split_first_line
    if not patching.patch(module, "split_first_line", CHANGES):
        return False
    vars(module).update(may_fit=may_fit, hangs=hangs, ends=ends)
    patching.replace("split_first_line", original, module.split_first_line)
    return True


def may_fit(layout: Any, line: str, word: str, room: float) -> bool:
    """Whether what follows a line, as the layout has it on its second, may fit beside it."""
    second = ffi.pango.pango_layout_get_line_readonly(layout.layout, 1)
    start = len(line.encode())
    if second == ffi.ffi.NULL or second.start_index != start or LEFTWARD.search(word):
        return True
    return _width(second, start + len(word.encode())) <= room + SLACK


def hangs(layout: Any, text: str, room: float) -> bool:
    """Whether a text of one line fits but for the space at its end, which may hang over."""
    words = text.rstrip(" ")
    if words == text or LEFTWARD.search(text):
        return False
    line = ffi.pango.pango_layout_get_line_readonly(layout.layout, 0)
    return _width(line, len(words.encode())) <= room


def ends(rest: str) -> bool:
    """Whether what follows a word is the end of a sentence and of the text."""
    return _END.fullmatch(rest) is not None


def _width(line: Any, index: int) -> float:
    """How far a byte of a line stands from its beginning."""
    place = ffi.ffi.new("int *")
    ffi.pango.pango_layout_line_index_to_x(line, index, 0, place)
    return float(place[0] * ffi.FROM_UNITS)
