"""Whether nothing but spelling and punctuation was mended from one text to another.

No list of words tells what turns a sentence round (not, kein, без): any word that comes or goes
may, a short one above all. So each must have its counterpart, which only is spelt otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from publish.catalogues.likeness import common

# A sign of a script without spaces is a word of its own, and so is what is no mere punctuation (%).
_SIGN = r"\u2e80-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}]+|[^\w\s.,;:!?…'\"‘’‚‛“”„«»‹›()\[\]*_~–—‑-]")
_SHORTEST = 3  # letters: “now”, “not” and “no” are not spellings of one word


def only_mended(former: str, new: str) -> bool:
    """Whether each word that differs is only spelt otherwise."""
    old, now = _WORD.findall(former.casefold()), _WORD.findall(new.casefold())
    pieces = SequenceMatcher(None, old, now, autojunk=False).get_opcodes()
    return all(kind == "equal" or _spelt(old[a:b], now[c:d]) for kind, a, b, c, d in pieces)


def _spelt(old: Sequence[str], now: Sequence[str]) -> bool:
    if len(old) != len(now):
        return "".join(old) == "".join(now)  # written together, or apart
    return all(map(_one_word, old, now))


def _one_word(old: str, now: str) -> bool:
    """Whether two spellings are of one word: a letter more, less, another or elsewhere.

    Not the first letter, since many languages deny a word before it (unlawful).
    """
    longer = max(len(old), len(now))
    if old[0] != now[0] or longer - min(len(old), len(now)) > 1:
        return False
    if longer <= _SHORTEST:
        return sorted(old) == sorted(now)
    return common(old, now) >= longer - 1
