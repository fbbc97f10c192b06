"""Doctoring: what this machine has of what publish needs, and the command that mends it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

from publish import fonts, languages, manuscripts, pandoc, project, styles
from publish.pipeline import naming
from publish.problems import PublishError

APT = "sudo apt-get install -y"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is needed: what it is, whether it is there, what to do if not."""

    what: str
    fine: bool
    remedy: str = ""


def examine(folder: Path) -> Iterator[Finding]:
    """Python, pandoc, Pango and typefaces: of the publication in a folder, if there is one."""
    version = sys.version.split()[0]
    yield Finding(f"Python {version}", sys.version_info >= (3, 11), "Install Python 3.11 or later.")
    yield _pandoc()
    yield from map(_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))
    yield from map(_typeface, _languages(folder) or ("en", "ru", "ko"))


def _languages(folder: Path) -> list[str]:
    """The languages of a publication; none where there is none that can be read."""
    with suppress(PublishError):
        found = project.find(folder)
        source = manuscripts.read(found).metadata.language
        return list(dict.fromkeys([source, *map(naming.tag_of, found.editions())]))
    return []


def _pandoc() -> Finding:
    try:
        program = pandoc.program()
    except PublishError as error:
        return Finding("pandoc", fine=False, remedy=error.problems[0].hint)
    said = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False
    )  # found by us
    return Finding(
        said.stdout.split("\n")[0] or "pandoc", said.returncode == 0, "Reinstall publish."
    )


def _library(name: str) -> Finding:
    package = {"harfbuzz-subset": "libharfbuzz-subset0"}.get(name, f"lib{name}-0")
    remedy = f"Debian, Ubuntu: {APT} {package}; macOS: brew install pango"
    return Finding(f"library {name}", find_library(name) is not None, remedy)


def _typeface(tag: str) -> Finding:
    family = tag
    try:
        family = languages.read(tag, styles.DEFAULTS / "languages.toml").fonts[0]
        found = bool(fonts.faces([family]))
    except PublishError as error:
        return Finding(f"typeface {family} ({tag})", fine=False, remedy=error.problems[0].hint)
    return Finding(f"typeface {family} ({tag})", found, "Install it.")
