"""Mailing: which files went out, and which words came in with them.

So no file is written over in which somebody has worked since, and what somebody delivers for the
second time is not at odds with the first. That is kept beside what `publish update --undo` brings
back, and like it on this machine only: where it is not known, people are asked once more than they
need to be, and nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from publish import artefacts
from publish.catalogues import Catalogue, Entry
from publish.catalogues.reviews import id_of
from publish.pipeline import undoing
from publish.pipeline.naming import tag_of
from publish.problems import Location, Problem, PublishError
from publish.project import Project

_SENT, _ARRIVED = "sent", "arrived.json"
_MOST = 1000
"""So many files that went out are remembered."""


def put(project: Project, path: Path, data: bytes) -> None:
    """A file for a translator at its place; PublishError `exchange-exists`, `file-unwritable`."""
    sent, new = _sent(project), artefacts.digest(data)
    if path.is_file() and _digest(path) not in {*sent, new}:
        what = "there is a file of this name in which somebody may have worked"
        hint = "Import it or move it away if it came back, or name another file with -o."
        raise PublishError(Problem("exchange-exists", what, Location(path.as_posix()), hint=hint))
    artefacts.write(path, data, path.as_posix())
    kept = [*(each for each in sent if each != new), new][-_MOST:]
    with suppress(OSError):
        undoing.beside(project, _SENT, "\n".join(kept).encode())


def _digest(path: Path) -> str:
    with suppress(OSError):
        return artefacts.digest(path.read_bytes())
    return ""  # what cannot be read is not known to be ours


def own(project: Project, edition: str, catalogue: Catalogue, lot: str) -> set[str]:
    """The ids of messages that have the very words which came in with a lot."""
    known = _arrived(project).get(tag_of(edition), {})
    ids = {id_of(entry.key): entry for entry in catalogue.messages}
    return {id for id, entry in ids.items() if known.get(id) == _noted(lot, entry)}


def arrived(project: Project, edition: str, lot: str, entries: Sequence[Entry]) -> None:
    """Remember which words came in with a lot."""
    if not entries:
        return
    known = _arrived(project)
    new = {id_of(entry.key): _noted(lot, entry) for entry in entries}
    known[tag_of(edition)] = known.get(tag_of(edition), {}) | new
    with suppress(OSError):
        undoing.beside(project, _ARRIVED, json.dumps(known).encode())


def _noted(lot: str, entry: Entry) -> str:
    return artefacts.digest(lot.encode(), entry.translation.encode())


def _arrived(project: Project) -> dict[str, dict[str, str]]:
    """By language and message: a lot with the words that came in it last."""
    path = project.former / _ARRIVED
    with suppress(ValueError, RecursionError, AttributeError, TypeError):
        if path.is_file():
            return {tag: dict(each) for tag, each in json.loads(project.bytes(path)).items()}
    return {}


def _sent(project: Project) -> list[str]:
    """Digests of the files that went out, the last one last."""
    path = project.former / _SENT
    return project.bytes(path).decode("ascii", "replace").split() if path.is_file() else []
