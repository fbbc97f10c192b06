"""Narrow: how narrow a table's cell can be, with one layout for each part of a word.

To find it, WeasyPrint 70 breaks the text of a cell into lines of no width. For each part of a word
that a hyphen may end, it has Pango lay out the word with the next letter, the word alone and the
part with its hyphen; for each letter of a text that may break anywhere (an address), all that is
left of the text. Only the width of the line is used, and where it ends. Where that is known
beforehand, here the line alone is laid out: the shortest part that Pyphen gives of a word of
letters, or else the word; what stands before the first place where a line may end, if no word in
it can be divided; and a sign that no space follows. How wide a cell may be is how wide its text is
on one line, and that is laid out for its lines anyway (`breaking.py`). Without, an article takes a
tenth longer.

No hook reaches there: `split_first_line` is another one where `inline_line_widths` calls it, if
the call is the one known here. All that is not so simple it leaves to WeasyPrint.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from types import ModuleType
from typing import Any

import pyphen
from weasyprint.text import line_break

from publish.renderers.pdf import breaking, hyphens, patching

CALL = """_, _, new_resume_index, width, _, _ = split_first_line(
                    child_text[resume_index:].decode(), child.style, context, max_width,
                    child.justification_spacing, is_line_start=is_line_start,
                    minimum=True)"""
SOFT_HYPHEN = "\xad"  # one far behind a word changes where that is divided
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ӿ"  # between which no line breaks
_WORD = re.compile(f"([{_LETTERS}]+)[.,;:]?(?= [{_LETTERS}]|\\Z)")
_SIGN = re.compile(f"[!-~{_LETTERS}](?=[!-~{_LETTERS}]|\\Z)")
_ONLY_LETTERS = re.compile(f"[{_LETTERS}]+")
_WORDS = re.compile(r"[^\s\u00a0\u202f()\[\]{}/„“”»«\"!?,;…–—-]+")
_LARGE = re.compile("[\u2e80-\ua4cf\uac00-\uffef](?!\\Z)")  # a line ends there without a space
_PLAIN = {"white_space": "normal", "letter_spacing": "normal", "word_break": "normal"}


@cache
def hasten(preferred: ModuleType) -> bool:
    """Hasten `inline_line_widths` of `weasyprint.layout.preferred`; whether it is known here."""
    if CALL not in patching.source(preferred.inline_line_widths):
        return False
    vars(preferred)["split_first_line"] = _splitting(preferred.split_first_line)
    vars(preferred)["can_break_text"] = lru_cache(maxsize=512)(preferred.can_break_text)
    return True


def _splitting(original: Any) -> Any:
    def split(text: str, style: Any, context: Any, room: Any, *others: Any, **options: Any) -> Any:
        """What `split_first_line` gives; of a line of no or any width, only its end and width."""
        is_whole = room is None or style["white_space"] == "nowrap"
        if is_whole and not any(others) and (whole := breaking.draft(context, text, style)):
            return None, None, None, whole.width, None, None
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
    return _first(text, style, context)


def _first(text: str, style: Any, context: Any) -> tuple[str, int] | None:
    """What stands before the first place where a line may end, or a part of a word in it."""
    end = _end(text, style["lang"])
    line = text[:end].rstrip(" ")
    if not line or (end == len(text) and line != text) or _LARGE.match(text, end - 1):
        return None
    if word := _divided(line, style):
        if not _ONLY_LETTERS.fullmatch(word[0]):
            return None
        if part := _part(word[0], style, context):
            start = line[: word.start()] + part
            return f"{start}{style['hyphenate_character']}", len(start.encode())
    return line, len(text[:end].encode())


def _divided(line: str, style: Any) -> re.Match[str] | None:
    """The word of a line that is to be divided: the first one that is long enough, if any."""
    if style["hyphens"] != "auto" or not pyphen.language_fallback(style["lang"] or ""):
        return None
    least = style["hyphenate_limit_chars"][0]
    return next((word for word in _WORDS.finditer(line) if len(word[0]) >= least), None)


def _end(text: str, lang: str | None) -> int:
    """The first letter before which a line may begin; WeasyPrint, too, looks at one word first."""
    space = text.find(" ")
    for part in (text[: space + 2] if space >= 0 else text, text):
        place = line_break.get_next_break_point_from_text(part, lang)
        if place is not None:
            return int(place) + 1
    return len(text)


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
    if id(style) not in known:
        known[id(style)] = style, line_break.Layout(style), {}
    _, layout, widths = known[id(style)]
    if text not in widths:
        layout.set_text(text)
        widths[text] = float(line_break.line_size(layout.get_first_line()[0], style)[0])
    return widths[text]  # type: ignore[no-any-return]  # WeasyPrint's context is untyped
