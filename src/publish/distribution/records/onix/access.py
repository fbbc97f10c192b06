"""Access: what the EPUB says of its accessibility, in the codes of ONIX.

Source: “Schema.org Accessibility Properties Crosswalk” (W3C Community Group, 2024); lists 79, 143
and 196 of EDItEUR. Where the crosswalk has no code, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Feature = tuple[str, str, str]

_DETAIL, _HAZARD = "09", "12"  # 79: product form feature type
_SUMMARY = "00"  # 196
_FEATURES = {  # of schema.org → 196
    "ARIA": "30",
    "ChemML": "34",
    "MathML": "17",
    "alternativeText": "14",
    "describedMath": "53",
    "displayTransformability": "36",
    "index": "12",
    "latex": "35",
    "longDescription": "15",
    "pageBreakMarkers": "19",
    "pageNavigation": "41",
    "readingOrder": "13",
    "structuralNavigation": "29",
    "tableOfContents": "11",
    "unlocked": "10",
}
_HAZARDS = {  # of schema.org → 143
    "flashing": ("13",),
    "motionSimulation": ("17",),
    "noFlashingHazard": ("14",),
    "noMotionSimulationHazard": ("18",),
    "noSoundHazard": ("16",),
    "none": ("00",),
    "sound": ("15",),
    "unknown": ("24", "25", "26"),
    "unknownFlashingHazard": ("24",),
    "unknownMotionSimulationHazard": ("26",),
    "unknownSoundHazard": ("25",),
}
# Our PDFs declare PDF/UA-1, and nothing more is known of them.
PDF: tuple[Feature, ...] = ((_DETAIL, "05", ""),)


def epub(said: Mapping[str, tuple[str, ...]]) -> Iterator[Feature]:
    """The features of a product: kind, code, words. In: values by schema.org's properties."""
    for words in said.get("accessibilitySummary", ()):
        yield _DETAIL, _SUMMARY, words
    for feature in said.get("accessibilityFeature", ()):
        if code := _FEATURES.get(feature):
            yield _DETAIL, code, ""
    if "textual" in said.get("accessModeSufficient", ()):
        yield _DETAIL, "52", ""  # all non-decorative content supports reading without sight
    for hazard in said.get("accessibilityHazard", ()):
        yield from ((_HAZARD, code, "") for code in _HAZARDS.get(hazard, ()))
