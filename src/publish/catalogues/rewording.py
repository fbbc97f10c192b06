"""What changed from one text to another, in words: `[-former-]` and `{+new+}`, as wdiff has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

# A sign of a script without spaces is a word of its own here.
_WORD = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff]|[^\W\u2e80-\ud7ff\uf900-\ufaff]+|\s+|[^\w\s]")
_AROUND = 40  # signs of what stayed that are shown before and behind a change


def marked(former: str, new: str) -> str:
    """Both texts as one: what stayed (its beginning and end), what went, and what came."""
    pieces = list(_pieces(" ".join(former.split()), " ".join(new.split())))
    last = len(pieces) - 1
    return "".join(
        _shortened(same, first=n == 0, last=n == last)
        if same
        else (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")
        for n, (same, gone, come) in enumerate(pieces)
    )


def _pieces(former: str, new: str) -> Iterator[tuple[str, str, str]]:
    """What stayed, what went, what came, in turn.

    A mere space between two changes belongs to both, so that what was rewritten is in one piece.
    """
    old, now = _WORD.findall(former), _WORD.findall(new)
    gone = come = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, now, autojunk=False).get_opcodes():
        before, after = "".join(old[a:b]), "".join(now[c:d])
        if kind == "equal" and (before.strip() or not (gone or come)):
            if gone or come:
                yield "", gone, come
            gone = come = ""
            yield before, "", ""
        else:
            gone, come = gone + before, come + after
    if gone or come:
        yield "", gone, come


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """What stayed, only next to what changed."""
    behind = "" if first else text[:_AROUND]
    before = "" if last else text[-_AROUND:]
    if len(text) <= len(behind) + len(before) + 1 or (first and last):
        return text
    return f"{behind}…{before}"
