"""Artefacts: bytes put on disk whole or not at all, and what is known of them since.

`build/.state.json` keeps, for each artefact, a digest of everything that went into it and
one of what came out, so that a build with nothing to do is over before it has begun.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from errno import EDQUOT, EEXIST, EFBIG, EISDIR, ENOSPC, ENOTDIR
from hashlib import blake2b
from pathlib import Path

from publish.problems import Location, Problem, PublishError
from publish.project import replace


def digest(*parts: bytes) -> str:
    """A digest of some parts, in order; their borders count."""
    total = blake2b(digest_size=16)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def write(path: Path, data: bytes, shown: str) -> None:
    """A file written beside its place and moved there; PublishError `file-unwritable`."""
    try:
        replace(path, data)
    except OSError as error:
        raise PublishError(unwritable(error, shown)) from error


def unwritable(error: OSError, shown: str) -> Problem:
    """Why a file could not be written."""
    hint = "Make the folder writable (its owner and permissions)"
    if error.errno in {ENOSPC, EDQUOT, EFBIG}:
        hint = "Make room on the disk"
    elif error.errno in {EEXIST, ENOTDIR, EISDIR}:
        hint = "Move away what stands in its place or in that of its folder"
    what = f"this file cannot be written: {error.strerror}"
    hint = f"{hint}; what was there before is as it was."
    return Problem("file-unwritable", what, Location(shown), hint=hint)


class State:
    """What is known of the artefacts on disk; a state that cannot be read is an empty one."""

    def __init__(self, build: Path) -> None:
        self._path = build / ".state.json"
        self._build = build
        self._known = self._read()

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def fresh(self, artefact: str, inputs: str) -> bool:
        """Whether an artefact is on disk as it was made from just these inputs."""
        known = self._known.get(artefact)
        if not isinstance(known, dict) or known.get("inputs") != inputs:
            return False
        try:
            return digest((self._build / artefact).read_bytes()) == known.get("output")
        except OSError:
            return False

    def keep(self, made: Mapping[str, tuple[str, bytes]]) -> None:
        """Note what was made: inputs' digest and bytes by the artefact's name."""
        for name, (inputs, data) in made.items():
            self._known[name] = {"inputs": inputs, "output": digest(data)}
        text = json.dumps(self._known, indent=1, sort_keys=True)
        write(self._path, text.encode(), "build/.state.json")


def digest_of_files(root: Path, paths: Iterable[Path]) -> str:
    """A digest of files by their names and bytes; one that is not there counts as such."""
    parts: list[bytes] = []
    for path in sorted(paths):
        parts.append(os.path.relpath(path, root).encode())
        try:
            parts.append(path.read_bytes())
        except OSError:
            parts.append(b"\0")
    return digest(*parts)
