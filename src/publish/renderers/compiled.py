"""Compiled: what was made into code once is kept beside Python's own compiled modules.

It is trusted as those are: whoever may write there may change publish itself. Where nothing may
be written (or Python was told to write no code), it is compiled each time.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

from publish.replacing import replace


def find(name: str, source: str) -> bytes | None:
    """What was kept under a name for this source, if it is there and whole."""
    try:
        seal, _, data = _place(name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if seal == _seal(source, data) else None


def keep(name: str, source: str, data: bytes) -> None:
    """Keep what was made of a source; what cannot be kept is no problem."""
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            replace(_place(name), _seal(source, data) + b"\n" + data)


def _seal(source: str, data: bytes) -> bytes:
    digest = blake2b(source.encode(), digest_size=16)
    digest.update(sys.version.encode())
    digest.update(data)
    return digest.hexdigest().encode()


def _place(name: str) -> Path:
    return Path(cache_from_source(__file__)).with_name(f"{name}.{sys.implementation.cache_tag}.bin")
