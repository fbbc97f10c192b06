"""Programs: which ones make what is made, and the shelf for what they made of a publication.

Nothing heavy is imported here: a build looks here first.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from publish import artefacts
from publish.project import Project

# Packages whose version can change what comes out.
_ENGINES = {"babel", "ebooklib", "fonttools", "jinja2", "lxml", "nh3", "pillow", "pydyf", "pyphen",
            "pypandoc_binary", "uharfbuzz", "weasyprint"}  # fmt: skip

_PACKAGE = Path(__file__).parents[1]
_OWN = (".py", ".lua", ".po")  # how the names of publish's own files end


def shelf(project: Project, *others: str) -> artefacts.Shelf:
    """Where what these programs made of a publication is kept: publish, the engines, Python.

    `others` stand for those that are no packages.
    """
    stamp = " ".join((own(), engines(), sys.version, *others))
    return artefacts.Shelf(artefacts.Store(project.build), stamp)


def engines() -> str:
    """A digest of the engines' versions."""
    return told(installed())


@cache
def installed() -> list[str]:
    """Names and versions of the engines, from the names of their folders."""
    found = (name for place in sys.path for name in _names(place) if name.endswith(".dist-info"))
    return sorted({name for name in found if name.lower().partition("-")[0] in _ENGINES})


def _names(folder: str) -> list[str]:
    """What is in a folder; a place of Python's may be an archive, or not be there."""
    with suppress(OSError), os.scandir(folder or os.curdir) as found:
        return [each.name for each in found]
    return []


@cache
def own() -> str:
    """Publish's own files, by when they were written."""
    found = (each for each in _files(_PACKAGE) if each.name.endswith(_OWN))
    return told(sorted(f"{each.name} {each.stat().st_mtime_ns}" for each in found))


def told(lines: Iterable[str]) -> str:
    """A digest of some lines."""
    return artefacts.digest("\n".join(lines).encode())


def _files(folder: os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
    """All files below a folder; of a few hundred this makes a quarter of the work of pathlib."""
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                yield from _files(each)
            else:
                yield each
