"""Artefacts: bytes put on disk whole or not at all, and what is known of them since.

`build/.state.json` keeps, for each artefact, a digest of everything that went into it and
one of what came out, so that a build with nothing to do is over before it has begun. The
`Store` keeps former artefacts by what went into them, for whoever changes something back.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from errno import EDQUOT, EEXIST, EFBIG, EISDIR, ENOSPC, ENOTDIR
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import MappingProxyType
from typing import Any, NamedTuple

from publish.problems import Location, Problem, PublishError
from publish.replacing import PART, replace

_STATE = ".state.json"


class Made(NamedTuple):
    """An artefact's bytes; a digest of what went into it, and one of each part of that."""

    data: bytes
    inputs: str
    parts: Mapping[str, str] = MappingProxyType({})


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


def write_folder(folder: Path, files: Mapping[str, bytes], shown: str) -> None:
    """A folder with just these files, by their names in it; the one that was there goes.

    It is filled beside its place and moved there; PublishError `file-unwritable`, and all is as
    it was before.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=PART))
        try:
            for name, data in files.items():
                replace(new / name, data)
            new.chmod(0o755)
            _put(new, folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise PublishError(unwritable(error, shown)) from error


def _put(new: Path, folder: Path) -> None:
    """One folder in the place of another, which is then in its: in one step, if the system can."""
    if not folder.is_dir():
        new.replace(folder)
    elif not _exchanged(new, folder):
        with TemporaryDirectory(dir=folder.parent, prefix=".", suffix=PART) as former:
            folder.replace(Path(former) / folder.name)
            try:
                new.replace(folder)
            except OSError:
                (Path(former) / folder.name).replace(folder)
                raise


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have changed places at once: renameat2(2), which Linux has."""
    import ctypes

    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    names = os.fsencode(one), os.fsencode(other)
    return rename is not None and rename(here, names[0], here, names[1], both) == 0


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


def known(build: Path) -> bool:
    """Whether anything was ever made in a folder."""
    return (build / _STATE).exists()


class State:
    """What is known of the artefacts on disk; a state that cannot be read is an empty one."""

    def __init__(self, build: Path) -> None:
        self._path = build / _STATE
        self._build = build
        self._known = self._read()

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}

    def fresh(self, artefact: str, inputs: str) -> bool:
        """Whether an artefact is on disk as it was made from just these inputs."""
        known = self._known.get(artefact)
        if not isinstance(known, dict) or known.get("inputs") != inputs:
            return False
        return self._untouched(artefact, known)

    def _untouched(self, artefact: str, known: Mapping[str, Any]) -> bool:
        try:
            return digest((self._build / artefact).read_bytes()) == known.get("output")
        except OSError:
            return False

    def reasons(self, artefact: str, parts: Mapping[str, str]) -> list[str]:
        """Why an artefact is not fresh, in words: what is missing, or has changed since.

        `parts` are the digests of its inputs by what they are.
        """
        known = self._known.get(artefact)
        if not (self._build / artefact).exists() or not isinstance(known, dict):
            return ["it is not there yet"]
        changed = self.changed(artefact, parts)
        if not self._untouched(artefact, known):
            changed.append("the file itself")
        return [f"{name} changed" for name in changed]

    def changed(self, artefact: str, parts: Mapping[str, str]) -> list[str]:
        """Which of the parts that went into an artefact are others now; the file is not read."""
        known = self._known.get(artefact)
        former = known.get("parts") if isinstance(known, dict) else None
        former = former if isinstance(former, dict) else {}
        return [name for name in {**former, **parts} if former.get(name) != parts.get(name)]

    def fresh_folder(self, folder: str, inputs: str) -> bool:
        """Whether a folder has just the files that were made for it from these inputs."""
        known = {name for name in self._known if name.startswith(f"{folder}/")}
        found = (self._build / folder).rglob("*")
        there = {f.relative_to(self._build).as_posix() for f in found if f.is_file()}
        return bool(known) and known == there and all(self.fresh(name, inputs) for name in known)

    def forget(self, folder: str) -> None:
        """Know nothing any more of the files in a folder."""
        self._known = {k: v for k, v in self._known.items() if not k.startswith(f"{folder}/")}

    def keep(self, made: Mapping[str, Made]) -> None:
        """Note what was made, by the artefact's name."""
        for name, each in made.items():
            output = digest(each.data)
            self._known[name] = {"inputs": each.inputs, "output": output, "parts": dict(each.parts)}
        text = json.dumps(self._known, indent=1, sort_keys=True)
        write(self._path, text.encode(), "build/.state.json")


class Store:
    """Artefacts of before by the digest of their inputs, in `build/.cache/artefacts`.

    It may be deleted at any time, and a file in it that is damaged is none. Of what was kept
    the longest ago, all goes that is beyond `most` bytes. Several builds may use it at once.
    """

    def __init__(self, build: Path, most: int = 256 << 20) -> None:
        self._folder = build / ".cache" / "artefacts"
        self._most = most
        self._room = 0  # bytes that may be kept before the folder is looked through

    def find(self, inputs: str) -> bytes | None:
        """The artefact that was made from these inputs, if it is still here."""
        path = self._folder / inputs
        try:
            seal, _, data = path.read_bytes().partition(b"\n")
            os.utime(path)
        except OSError:
            return None
        return data if seal.decode(errors="replace") == digest(data) else None

    def keep(self, made: Iterable[Made]) -> None:
        """Keep some more; what cannot be kept is no problem."""
        with suppress(OSError):
            for each in made:
                replace(self._folder / each.inputs, f"{digest(each.data)}\n".encode() + each.data)
                self._room -= len(each.data)
            if self._room <= 0:
                self._prune()

    def _prune(self) -> None:
        found = [(path, path.stat()) for path in self._folder.iterdir()]
        room = self._most
        for path, about in sorted(found, key=lambda each: each[1].st_mtime_ns, reverse=True):
            room -= about.st_size
            if room < 0:
                path.unlink(missing_ok=True)
        self._room = min(room, self._most // 16)  # others may be keeping things meanwhile


class Shelf:
    """Parts of artefacts, kept in the store by all that went into them.

    `stamp` stands for what every part depends on: the versions of the programs.
    """

    def __init__(self, store: Store, stamp: str) -> None:
        self._store = store
        self._stamp = stamp.encode()

    def find(self, inputs: Sequence[bytes]) -> bytes | None:
        """The part that was made from these inputs, if it is still here."""
        return self._store.find(self._key(inputs))

    def keep(self, inputs: Sequence[bytes], data: bytes) -> None:
        """Keep a part; what cannot be kept is no problem."""
        self._store.keep([Made(data, self._key(inputs))])

    def _key(self, inputs: Sequence[bytes]) -> str:
        return digest(self._stamp, *inputs)


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
