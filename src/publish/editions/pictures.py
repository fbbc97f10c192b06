"""Pictures: the files that an edition's text refers to, by names that need no escape anywhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote
from zlib import crc32

from publish.documents import figures
from publish.editions.orders import Order, Parts


def safe_name(name: str) -> str:
    """A picture's name that needs no escape in a URL or in a zip, and is no other picture's."""
    stem, dot, suffix = unquote(name).rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9_/-]+", "-", stem), suffix.lower()
    mark = f"-{crc32(name.encode()):08x}" if plain != (stem, suffix) else ""
    return f"{plain[0]}{mark}{dot}{plain[1]}"


def resources(order: Order, parts: Parts) -> dict[str, bytes]:
    """The pictures by their safe names, words in drawings translated."""
    drawn = order.sources.figures
    tag = order.language.tag
    name, logo = order.imprint.logo
    own = {logo_name(order): figures.harmless(name, logo)} if logo else {}
    return own | {
        safe_name(name): figures.written(name, data, parts[drawn[name].path, None], tag)
        if name in drawn
        else data
        for name, data in order.sources.pictures.items()
    }


def logo_name(order: Order) -> str:
    """The key of the logo among the pictures; no safe name has a second dot."""
    name, logo = order.imprint.logo
    return f"pub.logo{Path(name).suffix.lower()}" if logo else ""
