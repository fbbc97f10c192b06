"""Typefaces: fontconfig is asked about those that the sheets of a document name, and no others.

For each size of each style in each language Pango has fontconfig compare all fonts of the machine
and follow the rules for all programs on it, which takes 4 ms where there are 300. A document may
have no other faces than those of the families that its sheets name, so that it is enough to know
these. Of the rules those are kept that say what has been slanted, or made bold, by a program.

Source: fontconfig, “fonts-conf” (`dir`, `selectfont`, `match`), and “FcConfig”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

from publish import fonts

_NAMED = re.compile(r"(?:--font-[\w-]+|font-family)\s*:([^;}]*)")
_IN_SHORT = re.compile(r"\bfont\s*:")
_PASSED_ON = re.compile(r"\s*(?:var\(.*\)|inherit)\s*")
_MADE = """
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
"""


def named(sheets: Sequence[str]) -> frozenset[str]:
    """The installed families that sheets name; none if one leaves the choice to the machine."""
    text, found = "".join(sheets), set[str]()
    if _IN_SHORT.search(text):
        return frozenset()
    for value in _NAMED.findall(text):
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
    files = fonts.files(families)
    config = _config(theirs, _rules(files, cache_folders())) if files else None
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


def _config(fontconfig: Any, rules: str) -> Any:
    """Fontconfig's knowledge by such rules; None if it finds no fonts by them."""
    config = fontconfig.FcConfigCreate()
    fontconfig.FcConfigParseAndLoadFromMemory(config, rules.encode(), 0)
    fontconfig.FcConfigBuildFonts(config)
    if fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem).nfont:
        return config
    fontconfig.FcConfigDestroy(config)
    return None


def _rules(files: Sequence[str], caches: Sequence[str]) -> str:
    """A configuration for these files, with what fontconfig remembers of them."""
    folders = dict.fromkeys(str(Path(file).parent) for file in files)
    accepted = "".join(f"<glob>{escape(file)}</glob>" for file in files)
    return "".join((
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>',
        *(f"<dir>{escape(folder)}</dir>" for folder in folders),
        *(f"<cachedir>{escape(folder)}</cachedir>" for folder in caches),
        f"<selectfont><rejectfont><glob>*</glob></rejectfont><acceptfont>{accepted}</acceptfont>",
        f"</selectfont>{_MADE}</fontconfig>",
    ))  # fmt: skip


@cache
def cache_folders() -> tuple[str, ...]:
    """Where fontconfig remembers what is in fonts; to ask takes it 8 ms."""
    return tuple(_cache_folders(import_module("weasyprint.text.fonts").fontconfig))


def _cache_folders(fontconfig: Any) -> Iterator[str]:
    ffi = import_module("weasyprint.text.ffi").ffi
    folders = fontconfig.FcConfigGetCacheDirs(ffi.NULL)
    while (folder := fontconfig.FcStrListNext(folders)) != ffi.NULL:
        yield ffi.string(folder).decode()
    fontconfig.FcStrListDone(folders)
