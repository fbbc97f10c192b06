r"""The escape sequences of PO strings, the ones of C that GNU gettext's reader knows.

Octal and hexadecimal ones stand for bytes (of UTF-8, as no other charset is read).
"""

from __future__ import annotations

import re

_MEANINGS = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    '"': '"',
    "\\": "\\",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
}
_WRITTEN = str.maketrans({meaning: f"\\{letter}" for letter, meaning in _MEANINGS.items()})
_BYTE = r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2})"
_ESCAPE = re.compile(rf"(?:{_BYTE})+|\\(?s:.)")


def escape(text: str) -> str:
    r"""`text` as it stands between quotation marks: a newline as `\n`, and so on."""
    return text.translate(_WRITTEN)


def unescape(text: str) -> str:
    """The characters meant by what stands between quotation marks.

    Raises ValueError with the sequence that means nothing.
    """
    return _ESCAPE.sub(_meaning, text) if "\\" in text else text


def _meaning(match: re.Match[str]) -> str:
    sequence = match[0]
    if meaning := _MEANINGS.get(sequence[1:]):
        return meaning
    numbers = re.findall(r"\\(?:x(\w+)|([0-7]+))", sequence)
    try:
        return bytes(
            int(hexa, 16) if hexa else int(octal, 8) for hexa, octal in numbers
        ).decode() or _refuse(sequence)
    except ValueError:
        return _refuse(sequence)


def _refuse(sequence: str) -> str:
    raise ValueError(sequence)
