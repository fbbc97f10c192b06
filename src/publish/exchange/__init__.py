"""Exchange: what translators' own tools read and write, and how it comes back.

Out: a `Parcel` of units, written by `xliff`, `xliff1`, `docx`, `tmx`, `portions` (PO) or
`glossaries` (CSV). Back: `recognition` finds out what a file is and reads it as a `Delivery`;
`plans` says what that would change in a catalogue.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

Form: TypeAlias = Literal["xliff", "xliff1", "docx", "tmx", "po", "csv"]

# Forms and what their files' names end in.
SUFFIXES: dict[Form, str] = {
    "xliff": "xlf",
    "xliff1": "xlf",
    "docx": "docx",
    "tmx": "tmx",
    "po": "po",
    "csv": "csv",
}
