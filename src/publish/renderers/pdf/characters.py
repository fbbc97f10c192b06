"""Characters: what each glyph of a font stands for, where WeasyPrint does not say it well.

WeasyPrint gives a glyph the letters of the whole cluster in which it first stood. Where marks
stand above or below a letter, as in Thai, one glyph of a cluster gets all its letters and the
others none: what is copied or searched is garbled, and a glyph that stands for nothing breaks
PDF/UA-1 (7.21.7). And the dots that end a running head cut short stand for all that was cut off,
wherever there are dots. Such a glyph gets the character that the font itself draws with it.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from publish import fonts

_LIGATURE = 3  # letters at most: ffi


def settle(used: dict[str, Any]) -> None:
    """Settle what the glyphs of WeasyPrint's fonts stand for, before they are written."""
    for font in used.values():
        doubtful = [glyph for glyph, text in font.to_unicode.items() if _is_doubtful(text)]
        if doubtful:
            drawn = fonts.characters(font.file_content, font.index)
            font.to_unicode |= {glyph: drawn[glyph] for glyph in doubtful if glyph in drawn}


def _is_doubtful(text: str) -> bool:
    """Nothing; a letter and its marks, or drawn as two (U+0E33 of Thai); more than a ligature."""
    if not text or any(map(_is_two, text)):
        return True
    return len(text) > _LIGATURE or (len(text) > 1 and any(map(_is_mark_or_space, text)))


def _is_mark_or_space(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign).startswith("M")


def _is_two(sign: str) -> bool:
    compatible = unicodedata.decomposition(sign).startswith("<compat>")
    return compatible and unicodedata.category(sign) == "Lo"
