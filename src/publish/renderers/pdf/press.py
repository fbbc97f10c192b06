"""Press: an edition for the print shop, PDF/X-4 with bleed and crop marks.

What stays of colours in RGB is told by a profile (`DefaultRGB`), for the shop to convert; text
is in black alone. Links, bookmarks and tags are left out: paper has none, and PDF/X allows no
annotation within the page. No independent judge of PDF/X runs without a network, so that none
has looked at this file: let the shop's preflight do it.

Sources: ISO 15930-7:2010 (PDF/X-4), 6.2 to 6.17; ISO 32000-1, 8.6.5.6 (default colour spaces),
14.11.2 (page boxes) and 14.11.5 (output intents).
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pydyf

from publish.editions import Edition
from publish.problems import Location, Problem, PublishError
from publish.renderers.pdf import check_faces, markup, painted, setting, variants
from publish.renderers.pdf.structure import Tree
from publish.renderers.pdf.variants import Variant
from publish.styles import Style

REGISTRY = "http://www.color.org"
_LETTERS = {b"CMYK": "cmyk", b"RGB ": "rgb", b"GRAY": "g"}


def render(edition: Edition, style: Style) -> bytes:
    """An edition as PDF/X-4.

    In: as for the PDF, and `press.css` with its bleed and marks. Errors: as for the PDF, and
    `press-profile` if the edition has no colour profile of a printing condition.
    """
    profile = edition.press.profile
    letters = _LETTERS.get(profile[16:20]) if profile[36:40] == b"acsp" else None
    if letters is None or profile[12:16] != b"prtr":
        raise PublishError(_no_profile(bool(profile)))
    intent = "device-cmyk"
    profiles = {"DefaultRGB": variants.srgb(), intent: (profile, letters)}
    variant = Variant("pdf/x-4", intent, profiles, tagged=False)
    parts = painted(edition, style, variant, None, "print.css", "press.css")
    return setting.bound(parts, partial(_finish, edition), variant)


def _finish(edition: Edition, document: Any, pdf: Any, _tree: Tree) -> None:
    """What WeasyPrint leaves to do, on its hook before the bytes are written."""
    check_faces(document, markup.families(edition))
    _without_actions(pdf)
    if edition.press.condition:
        intent = pdf.catalog["OutputIntents"][0]
        intent["OutputConditionIdentifier"] = pydyf.String(edition.press.condition)
        intent["RegistryName"] = pydyf.String(REGISTRY)
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    name = f"{edition.id}/{edition.slug}/{edition.version}/{edition.date.isoformat()}"
    unique = f"xmp.did:{uuid5(NAMESPACE_URL, name)}".encode()
    packet.stream = [
        re.sub(rb"xmp\.did:[0-9a-f-]+", unique, part) for part in packet.stream
    ]  # WeasyPrint's is another every time
    packet.compress = False


def _without_actions(pdf: Any) -> None:
    """No links, bookmarks and named places (ISO 15930-7, 6.17 and 6.18)."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Page":
            each.pop("Annots", None)
        elif isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Annot":
            each.clear()  # nothing refers to it any more
    for key in ("Outlines", "Names", "PageMode"):
        pdf.catalog.pop(key, None)


def _no_profile(given: bool) -> Problem:  # noqa: FBT001  # its only value
    what = "no colour profile of a printing condition is named, without which there is no PDF/X-4"
    if given:
        what = "the colour profile is none of an output device (class “prtr”)"
    hint = "Ask the print shop for its ICC profile; name it under `press: {profile: …}`."
    return Problem("press-profile", what, Location("manuscript/metadata.yaml"), hint=hint)
