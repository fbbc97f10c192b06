"""Typefaces: fontconfig is asked about those that the sheets of a document name, and no others.

For each size of each style in each language Pango has fontconfig compare all fonts of the machine
and follow the rules for all programs on it, which takes 6 ms where there are 340. A document may
have no other faces than those of the families that its sheets name, so that it is enough to know
these. Of the rules those are kept that say what has been slanted, or made bold, by a program.

Source: fontconfig, “FcConfig” and “FcFontSet”, and “fonts-conf” (`match`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from publish import fonts

_DECLARED = re.compile(r"(?:--font-[\w-]+|font-family)\s*:([^;}]*)")
_IN_SHORT = re.compile(r"\bfont\s*:")
_PASSED_ON = re.compile(r"\s*(?:var\(.*\)|inherit)\s*")
_MADE = b"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<match target="font">
  <test name="slant"><const>roman</const></test>
  <test target="pattern" name="slant" compare="not_eq"><const>roman</const></test>
  <edit name="slant" mode="assign"><const>oblique</const></edit>
</match>
<match target="font">
  <test name="weight" compare="less_eq"><const>medium</const></test>
  <test target="pattern" name="weight" compare="more_eq"><const>bold</const></test>
  <edit name="weight" mode="assign"><const>bold</const></edit>
</match>
</fontconfig>"""


def named(sheets: Sequence[str]) -> frozenset[str]:
    """The installed families that sheets name; none if one leaves the choice to the machine."""
    return _named("".join(sheets))


@lru_cache(maxsize=8)  # a book asks twice for each chapter
def _named(text: str) -> frozenset[str]:
    found = set[str]()
    if _IN_SHORT.search(text):
        return frozenset()
    for value in _DECLARED.findall(text):
        families = {name.strip(" \n'\"") for name in value.split(",")}
        known = {family for family in families if fonts.files([family])}
        if not known and not _PASSED_ON.fullmatch(value):
            return frozenset()
        found |= known
    return frozenset(found)


def configuration(families: frozenset[str]) -> Any:
    """WeasyPrint's font configuration with these families; with all that there are for none."""
    module: Any = import_module("weasyprint.text.fonts")
    theirs = module.fontconfig
    config = _config(theirs, {*fonts.files(families)}) if families else None
    if config is None:
        return module.FontConfiguration()
    module.fontconfig = SimpleNamespace(
        FcInitLoadConfigAndFonts=lambda: config, FcConfigDestroy=theirs.FcConfigDestroy
    )
    try:
        return module.FontConfiguration()
    finally:
        module.fontconfig = theirs


def ask(config: Any) -> None:
    """Have Pango ask a configuration also what a style asks for, for which it takes the current."""
    import_module("weasyprint.text.fonts").fontconfig.FcConfigSetCurrent(config._config)  # noqa: SLF001  # WeasyPrint's only name for it


def _config(fontconfig: Any, files: set[str]) -> Any:
    """Fontconfig's knowledge of some files; None if it has none.

    It is what all programs know of them: read anew by other rules, their weights may be others,
    and these would be remembered for all programs.
    """
    config = fontconfig.FcConfigCreate()
    fontconfig.FcConfigParseAndLoadFromMemory(config, _MADE, 0)
    fontconfig.FcConfigBuildFonts(config)  # it knows no folders, and so no fonts
    own = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    for pattern in _installed(fontconfig):
        if _file(fontconfig, pattern) in files:
            fontconfig.FcPatternReference(pattern)
            fontconfig.FcFontSetAdd(own, pattern)
    if own.nfont:
        return config
    fontconfig.FcConfigDestroy(config)
    return None


def _installed(fontconfig: Any) -> Iterator[Any]:
    found = fontconfig.FcConfigGetFonts(_everything(fontconfig), fontconfig.FcSetSystem)
    return (found.fonts[number] for number in range(found.nfont))


@cache
def _everything(fontconfig: Any) -> Any:
    """Fontconfig's knowledge of all fonts by its own rules; it stays, and takes 8 ms to read."""
    return fontconfig.FcInitLoadConfigAndFonts()


def _file(fontconfig: Any, pattern: Any) -> str:
    ffi = import_module("weasyprint.text.ffi").ffi
    found = ffi.new("FcChar8 **")
    missing = fontconfig.FcPatternGetString(pattern, b"file", 0, found)
    return "" if missing else os.fsdecode(ffi.string(found[0]))
