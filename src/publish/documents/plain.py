"""Plain messages: words and note calls alone, which need no pandoc to be read or written.

Four messages in five are of that kind. Whatever might mean something in pandoc Markdown is left
to pandoc, be it ever so seldom that it does (https://pandoc.org/MANUAL.html#pandocs-markdown).
"""

from __future__ import annotations

import re
from typing import Any

Inlines = list[dict[str, Any]]

# Letters, figures and signs that mean nothing; no white space but single spaces and the two that
# hold words together, no control signs, no private ones.
_SIGNS = r"0-9A-Za-z ,;:()!?%/.+=\u00a0\u202f-"
_FOREIGN = r"[^\x00-\xa0\s\ue000-\uf8ff\U000f0000-\U0010ffff]"
_CALL = r"\[\^[0-9]{1,6}\](?![\[({:])"
_PLAIN = re.compile(rf"(?! )(?:[{_SIGNS}]|{_FOREIGN}|{_CALL})+(?<! )")
_MEANING = re.compile(r"  |\.\.|--|!\[|\\")
_PIECES = re.compile(r"( |\[\^[0-9]+\])")

# A space after one of these pandoc makes one that does not break: `--print-default-data-file
# abbreviations`.
ABBREVIATIONS = frozenset(
    "aet. aetat. al. Apr. Aug. bk. Bros. c. Capt. cf. ch. chap. chs. Co. col. Corp. cp. d. Dec. "
    "Dr. e.g. ed. eds. esp. f. fasc. Feb. ff. fig. fl. fol. fols. Fr. Gen. Gov. Hon. i.e. ill. "
    "Inc. incl. Jan. Jr. Jul. Jun. Ltd. M.A. M.D. Mar. Mr. Mrs. Ms. n. n.b. nn. No. Nov. Oct. p. "
    "Ph.D. pp. Pres. Prof. pt. q.v. Rep. Rev. s.v. s.vv. saec. sec. Sen. Sep. Sept. Sgt. Sr. St. "
    "univ. viz. vol. vs.".split()
)
_ABBREVIATED = re.compile(r"(?<![^\W_])[A-Za-z][A-Za-z.]*\.(?= )")


def inlines(text: str) -> Inlines | None:
    """A message's text as pandoc reads it; None if that is for pandoc to say."""
    if not _PLAIN.fullmatch(text) or _MEANING.search(text):
        return None
    if not ABBREVIATIONS.isdisjoint(_ABBREVIATED.findall(text)):
        return None
    return [_inline(piece) for piece in _PIECES.split(text) if piece]


def text(inlines_: Inlines) -> str | None:
    """Inlines as pandoc writes them; None if that is for pandoc to say."""
    written = "".join(map(_written, inlines_))
    return written if inlines(written) == inlines_ else None


def _inline(piece: str) -> dict[str, Any]:
    if piece == " ":
        return {"t": "Space"}
    if piece.startswith("[^"):
        return {"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": piece[2:-1]}]}]}
    return {"t": "Str", "c": piece}


def _written(inline: dict[str, Any]) -> str:
    match inline:
        case {"t": "Space"}:
            return " "
        case {"t": "Str", "c": words}:
            return str(words)
        case {"t": "Note", "c": [{"t": "Para", "c": [{"t": "Str", "c": number}]}]}:
            return f"[^{number}]"
    return "\\"
