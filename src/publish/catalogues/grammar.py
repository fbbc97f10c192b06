"""The grammar of PO files as regular expressions, one match an entry.

Source: GNU gettext manual, section "PO Files", and the behaviour of msgfmt and msgcat. White
space is free between tokens, so any line ending and any wrapping is within it; quantifiers
are possessive, so that time is linear whatever the input.
"""

from __future__ import annotations

import re

_PIECE = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'


def _strings(mark: str = "") -> str:
    """One or more strings, which C and PO read as one; a mark may begin their lines."""
    line = rf"(?:\s*+{mark})?" if mark else ""
    return rf"(?:{line}\s*+{_PIECE})++"


def _entry(mark: str, comment: str) -> str:
    """An entry whose lines begin with `mark`: three parts, and the strings in them."""
    line, strings = rf"\s*+{mark}", _strings(mark)
    form = rf"\[\d++\]{strings}"
    return (
        rf"(?P<comments>(?:\s*+{comment}[^\n]*+)*+\s*+)"
        rf"(?P<source>{mark}(?:msgctxt(?P<context>{strings}){line})?"
        rf"msgid(?P<text>{strings})"
        rf"(?:{line}msgid_plural(?P<plural>{strings}))?\s*+)"
        rf"(?P<translation>{mark}msgstr(?:(?P<single>{strings})"
        rf"|(?P<forms>{form}(?:{line}msgstr{form})*+))[^\S\n]*+(?:\n|\Z))"
    )


PIECE = re.compile(r'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"')
LIVE = re.compile(_entry("", "#(?!~)"))

# These are compiled when they are first needed: most files need none of them.
OBSOLETE = _entry(r"#~[ \t]*+", r"#(?:(?!~)|~[ \t]*+[|#])")
FORM = rf"\[(?P<number>\d++)\](?P<strings>(?:[\s#~]*+{_PIECE})++)"
PREVIOUS = (
    rf"\s*+(?:msgctxt(?P<context>{_strings()})\s*+)?"
    rf"(?:msgid(?P<text>{_strings()})\s*+)?"
    rf"(?:msgid_plural(?P<plural>{_strings()})\s*+)?"
)
REFERENCE = re.compile(
    "\u2068[^\u2069]*+\u2069\\S*+|\\S++"
)  # isolates keep names with spaces whole
TAIL = re.compile(r"(?:\s*+#(?!~)[^\n]*+)*+\s*+\Z")
WRAPPED = re.compile(
    r'"(?<!\\n")(?<!"")\r?\n(?:#~ )?"'
)  # a string that goes on, but not behind a newline
