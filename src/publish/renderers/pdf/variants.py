"""Variants: the kinds of PDF that are made, and the colours that each means."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from io import BytesIO
from typing import Any

from publish.records import Record
from publish.renderers.pdf import engine

COLOURS = "sRGB"


class Variant(Record, frozen=True):
    """A kind of PDF: WeasyPrint's name for it, the output intent, colour profiles by their names.

    Each profile is what it is made of: its bytes and the letters of its colours.
    """

    name: str
    intent: str
    profiles: Mapping[str, tuple[bytes, str]]
    tagged: bool = True


def srgb() -> tuple[bytes, str]:
    """WeasyPrint's own profile of sRGB; it would itself leave the file open.

    Errors: PublishError `pango-missing`.
    """
    engine.load()
    return resources.files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes(), "rgb"


def archive() -> Variant:
    """PDF/A-3a; the finisher adds PDF/UA-1 (one file may be both, ISO 14289-1, 5)."""
    return Variant("pdf/a-3a", COLOURS, {COLOURS: srgb()})


def profiles(variant: Variant) -> dict[str, Any]:
    """The colour profiles of a variant as WeasyPrint takes them."""
    from weasyprint.css import ColorProfile

    return {
        name: ColorProfile(BytesIO(data), name, "relative-colorimetric", letters)
        for name, (data, letters) in variant.profiles.items()
    }
