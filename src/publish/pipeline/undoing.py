"""Undoing: what catalogues were before a command overwrote them, and how that comes back.

Each command that changes what translators wrote keeps the former files first, as one file in
`translations/.former/`: not in `build/`, which can be deleted at any time, and not for git to
see. The youngest are kept, up to a number and a size.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from publish import artefacts, catalogues
from publish.catalogues import Entry
from publish.problems import Location, Problem, PublishError
from publish.project import Project
from publish.records import Record
from publish.replacing import replace

MOST = 20
"""So many commands can be taken back."""

ROOM = 64 * 2**20
"""So many bytes they may take; the last one is kept however large it is."""

_LARGEST = 2**28  # unpacked: more is no catalogue, and a stranger's doing
_Files: TypeAlias = Mapping[str, bytes | None]

_OURS = re.compile(
    r"translations/(?!\.)[^/\\]+/(?:LC_MESSAGES/[^/\\]+\.po|(?:glossary|reviews)\.csv)"
)
_NAME = re.compile(r"(\d{6})-\w+\.z")
_IGNORE = b"# What `publish update --undo` brings back; not for git.\n*\n"


class Overwriting(NamedTuple):
    """A file's bytes before and after, None for no file; `between` stands there for a moment."""

    before: bytes | None
    after: bytes | None
    between: bytes | None = None


class Step(Record, frozen=True):
    """What one command overwrote: by name of file what it was, and digests of what it became."""

    path: Path
    command: str
    before: _Files
    after: Mapping[str, tuple[str, ...]]


class Undone(NamedTuple):
    """A command that was taken back, when it was given, and how many messages of each edition."""

    command: str
    date: datetime
    editions: Mapping[str, int]


def keep(project: Project, command: str, files: Mapping[str, Overwriting]) -> None:
    """Keep what some files (by their names) are, before a command overwrites them.

    PublishError `file-unwritable`; then nothing may be overwritten.
    """
    said = {
        "command": command,
        "before": {name: _text(each.before) for name, each in files.items()},
        "after": {
            name: [_digest(d) for d in (each.after, each.between)] for name, each in files.items()
        },
    }
    data = zlib.compress(json.dumps(said).encode(), 1)
    steps = _steps(project)
    number = 1 + max((int(path.name[:6]) for path in steps), default=0)
    path = project.former / f"{number:06}-{artefacts.digest(data)[:8]}.z"
    try:
        beside(project, path.name, data)
    except OSError as error:
        raise PublishError(artefacts.unwritable(error, project.name(path))) from error
    _bound([*steps, path])


def beside(project: Project, name: str, data: bytes) -> None:
    """A file where the steps are kept, which git does not see; an OSError is for the caller."""
    replace(project.former / ".gitignore", _IGNORE)
    replace(project.former / name, data, synced=True)


def _bound(steps: list[Path]) -> None:
    room = ROOM
    for number, path in enumerate(reversed(steps)):
        room -= path.stat().st_size
        if number and (number >= MOST or room < 0):
            path.unlink(missing_ok=True)


def undo(project: Project) -> Undone:
    """Bring back what the last command overwrote, all of it or nothing.

    PublishError `undo-nothing`; `undo-changed` if somebody has worked on a file since. What is
    stopped in the middle goes on when it is called again.
    """
    step = next(_last(project), None)
    if step is None:
        what, place = "there is nothing to take back", Location(project.name(project.former))
        hint = "Older catalogues are in version control, if the publication is kept there."
        raise PublishError(Problem("undo-nothing", what, place, hint=hint))
    now = {name: _now(project, name) for name in step.before}
    if problems := list(_touched(step, now)):
        raise PublishError(*problems)
    return _undone(project, step, now)


def _undone(project: Project, step: Step, now: _Files) -> Undone:
    date = datetime.fromtimestamp(step.path.stat().st_mtime, UTC)
    for name, data in step.before.items():
        if data is not None and data != now[name]:
            artefacts.write(project.root / name, data, name)
    for name in [name for name, data in step.before.items() if data is None]:
        (project.root / name).unlink(missing_ok=True)
    step.path.unlink(missing_ok=True)
    return Undone(step.command, date, _differing(step.before, now))


def _differing(before: _Files, now: _Files) -> dict[str, int]:
    """By edition how many messages there were that were others, or none, until now."""
    old, new = (defaultdict[str, set[Entry]](set), defaultdict[str, set[Entry]](set))
    for files, entries in ((before, old), (now, new)):
        for name, data in files.items():
            entries[name.split("/")[1]] |= _entries(data)
    return {edition: len(entries - new[edition]) for edition, entries in old.items()}


def _entries(data: bytes | None) -> set[Entry]:
    with suppress(PublishError):
        return {*catalogues.parse(data or b"").entries}
    return set()


def _touched(step: Step, now: _Files) -> Iterator[Problem]:
    for name, data in now.items():
        known = data is None or data == step.before[name] or _digest(data) in step.after[name]
        if not known:
            what = f"this was changed since `publish {step.command}`, and that would be lost"
            hint = "Move it out of translations/ if you want the former one nevertheless."
            yield Problem("undo-changed", what, Location(name), hint=hint)


def _steps(project: Project) -> list[Path]:
    return sorted(path for path in project.former.glob("*.z") if _NAME.fullmatch(path.name))


def _last(project: Project) -> Iterator[Step]:
    """The steps that can be taken back, the last one first; a damaged one is passed over."""
    for path in reversed(_steps(project)):
        try:
            yield _read(project, path)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError, zlib.error):
            continue


def _read(project: Project, path: Path) -> Step:
    """A step as it was kept. It may be a stranger's: it names catalogues and glossaries only."""
    unpacking = zlib.decompressobj()
    said = json.loads(unpacking.decompress(project.bytes(path), _LARGEST))
    before = {name: _bytes(text) for name, text in said["before"].items()}
    if not before or not all(_inside(project, name) for name in before):
        raise ValueError
    return Step(path, _shown(said["command"]), before, {n: tuple(said["after"][n]) for n in before})


def _shown(command: str) -> str:
    """What is told of a command: a stranger's may hold signs that a terminal obeys."""
    return "".join(sign for sign in command[:200] if sign.isprintable())


def _inside(project: Project, name: str) -> bool:
    inside = (project.root / name).resolve().is_relative_to(project.root.resolve())
    return inside and bool(_OURS.fullmatch(name))


def _now(project: Project, name: str) -> bytes | None:
    path = project.root / name
    return project.bytes(path) if path.exists() or path.is_symlink() else None


def _digest(data: bytes | None) -> str:
    return "" if data is None else artefacts.digest(data)


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "surrogateescape")


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogateescape")
