"""Streams: no compressed stream of a PDF ends in a carriage return.

A reader may take such a last byte and the line feed before `endstream` for one line end and
find the stream one byte short (ISO 32000-1, 7.3.8.1, leaves it open); one judge does. It hits
one stream of 256.
"""

from __future__ import annotations

import zlib
from typing import Any

import pydyf  # type: ignore[import-untyped]

BAD_END = b"\r\nendstream"


def settle(pdf: Any, spare: int = 0) -> None:
    """Leave each stream that would end so uncompressed.

    In: pydyf's PDF, complete but not yet written; it is changed in place. Its objects and their
    places are packed into streams only when it is written: should one of these end so, `spare`
    empty objects more make it another.
    """
    for stream in (each for each in pdf.objects if isinstance(each, pydyf.Stream)):
        stream.compress = bool(stream.compress) and not _ends_badly(stream)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())


def _ends_badly(stream: Any) -> bool:
    """Whether the checksum, with which deflated data ends (RFC 1950), ends in 0x0D."""
    stream.compress = False
    content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    return zlib.adler32(content) & 0xFF == ord("\r")
