"""Narrow: how narrow a table's cell can be, with one layout for each part of a word.

To find it, WeasyPrint 70 breaks the text of a cell into lines of no width. For each part of a word
that a hyphen may end, it has Pango lay out the word with the next letter, the word alone and the
part with its hyphen; for each letter of a text that may break anywhere (an address), all that is
left of the text. Only the width of the line is used, and where it ends. Where that is known
beforehand, here the line alone is laid out: the shortest part that Pyphen gives of a word of
letters, or else the word; and a sign that no space follows. Without, an article takes a tenth
longer.

No hook reaches there: `split_first_line` is another one where `inline_line_widths` calls it, if
the call is the one known here. All that is not so simple it leaves to WeasyPrint.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from typing import Any

import pyphen
from weasyprint.text import line_break

from publish.renderers.pdf import hyphens, patching

CALL = """_, _, new_resume_index, width, _, _ = split_first_line(
                    child_text[resume_index:].decode(), child.style, context, max_width,
                    child.justification_spacing, is_line_start=is_line_start,
                    minimum=True)"""
SOFT_HYPHEN = "\xad"  # one far behind a word changes where that is divided
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ӿ"  # between which no line breaks
_WORD = re.compile(f"([{_LETTERS}]+)[.,;:]?(?= [{_LETTERS}]|\\Z)")
_SIGN = re.compile(f"[!-~{_LETTERS}](?=[!-~{_LETTERS}]|\\Z)")
_PLAIN = {"white_space": "normal", "letter_spacing": "normal", "word_break": "normal"}


@cache
def hasten(preferred: ModuleType) -> bool:
    """Hasten `inline_line_widths` of `weasyprint.layout.preferred`; whether it is known here."""
    if CALL not in patching.source(preferred.inline_line_widths):
        return False
    vars(preferred)["split_first_line"] = _splitting(preferred.split_first_line)
    return True


def _splitting(original: Any) -> Any:
    def split(text: str, style: Any, context: Any, room: Any, *others: Any, **options: Any) -> Any:
        """What `split_first_line` gives; of a line of no width, only its end and its own width."""
        known = _line(text, style, context, **options) if room == 0 else None
        if known is None:
            return original(text, style, context, room, *others, **options)
        line, next_one = known
        goes_on = next_one if next_one < len(text.encode()) else None
        return None, None, goes_on, _width(line, style, context), None, None

    return split


def _line(
    text: str, style: Any, context: Any, *, is_line_start: bool = True, minimum: bool = False
) -> tuple[str, int] | None:
    """The line that no room is left for and where the next one begins, if both are known."""
    plain = style["font_size"] and all(style[key] == _PLAIN[key] for key in _PLAIN)
    if not (minimum and plain) or SOFT_HYPHEN in text:
        return None
    if style["overflow_wrap"] == "anywhere":
        sign = _SIGN.match(text) if is_line_start else None
        return (sign[0], len(sign[0].encode())) if sign else None
    if word := _WORD.match(text):
        if part := _part(word[1], style, context):
            return f"{part}{style['hyphenate_character']}", len(part.encode())
        return word[0], len(word[0].encode()) + 1
    return None


def _part(word: str, style: Any, context: Any) -> str:
    """The shortest part of a word that a hyphen may end, if any."""
    lang = style["lang"] and pyphen.language_fallback(style["lang"])
    limits = style["hyphenate_limit_chars"]
    if style["hyphens"] != "auto" or not lang or len(word) < limits[0]:
        return ""
    parts = hyphens.beginnings(word, lang, limits, context)
    return parts[-1] if parts else ""


def _width(text: str, style: Any, context: Any) -> float:
    """How wide a line is; the context keeps it, and the style, lest another be taken for it."""
    known = vars(context).setdefault("_widths", {})
    key = id(style), text
    if key not in known:
        known[key] = style, _measured(text, style)
    return float(known[key][1])


def _measured(text: str, style: Any) -> float:
    layout = line_break.Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    return float(line_break.line_size(line, style)[0])
