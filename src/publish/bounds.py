"""Bounds of a publication's folder: what in it leads out, makes a command wait, or is too much."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from publish.problems import Location, Problem

_NO_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
FOLDERS = ("manuscript", "translations", "styles", "build")
_LARGEST = 256  # MiB of a file; less of one that is taken apart as a whole:
_TEXTS = (
    ".bib .csl .css .csv .html .json .markdown .md .org .rst .svg .tex .toml .typ .xml .yaml .yml"
)
_LESS = dict.fromkeys(_TEXTS.split(), 16) | {".po": 64, ".pot": 64}


def leaves(path: Path, root: Path) -> bool:
    """Whether a path is none below a folder, by its name alone: nothing is looked at."""
    name, top = map(os.path.abspath, (path, root))
    return os.path.commonpath([name, top]) != top


def strange(root: Path) -> Iterator[Problem]:
    """What would lead a command out of the publication, make it wait, or fill the memory.

    Links are followed only as long as they stay inside. Looking once at all that is there is
    cheaper and surer than a look before each of the many reads and writes. (A build that has
    nothing to do spends much of its time here: with pathlib it would be five times as much.)
    """
    top, seen = root.resolve(), set[str]()
    within = len(str(top).rstrip("/")) + 1
    waiting: list[Path | os.DirEntry[str]] = [top / name for name in FOLDERS]
    while waiting:
        each = waiting.pop()
        with suppress(OSError, RuntimeError):  # links in a circle are a RuntimeError in Python 3.11
            if _unwritten(each.name):
                yield _misnamed(Path(each), top)
                continue
            path = os.fspath(each)
            if each.is_symlink():
                if _leads_out(Path(each), top):
                    yield _foreign(Path(each), top)
                    continue
                path = str(Path(each).resolve())
            status = each.stat()
            if stat.S_ISDIR(status.st_mode) and path not in seen:
                seen.add(path)
                waiting += os.scandir(path)
            elif problem := _unreadable(status, path[within:]):
                yield problem


def _unwritten(name: str) -> bool:
    """Whether a name holds what no text has: controls, or bytes that are not UTF-8."""
    return bool(_NO_NAME.search(name))


def _misnamed(path: Path, top: Path) -> Problem:
    name = path.relative_to(top).as_posix().encode("unicode_escape", "replace").decode()
    what = "this name holds signs that no name should have: line breaks, controls or broken bytes"
    hint = "Rename it: letters, digits, hyphens and dots do everywhere."
    return Problem("file-name", what, Location(name), hint=hint)


def _leads_out(link: Path, top: Path) -> bool:
    return leaves(link.parent / link.readlink(), top) or leaves(link.resolve(), top)


def _foreign(link: Path, top: Path) -> Problem:
    what = f"this link leads out of the publication, to “{link.readlink()}”"
    hint = "Put a copy of what it leads to in its place, or delete it."
    return Problem("file-outside", what, Location(link.relative_to(top).as_posix()), hint=hint)


def _unreadable(status: os.stat_result, name: str) -> Problem | None:
    most = _LESS.get(name[name.rfind(".") :].lower(), _LARGEST)
    size, regular = status.st_size >> 20, stat.S_ISREG(status.st_mode)
    if regular and size >= most and not name.startswith("build/"):
        what = f"this file has {size} MiB; less than {most} are read"
        hint = "Divide it, or make a picture smaller: for print it seldom needs 20 MiB."
        return Problem("file-too-large", what, Location(name), hint=hint)
    if regular or stat.S_ISDIR(status.st_mode):
        return None
    hint = "Put an ordinary file in its place, or delete it."
    what = "this is neither a file nor a folder"
    return Problem("file-folder", what, Location(name), hint=hint)
