"""Records: values with named fields that cannot be changed, of which there are many kinds.

To make such a class takes `dataclasses` 1.4 ms, as it writes and compiles a program for each, and
msgspec 0.04. A build imports fifty of them. What every command imports does without.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

__all__ = ["Record", "field", "replace"]


class Record(Struct, frozen=True):
    """What a kind of record is made from: `class Name(Record, frozen=True)`."""
