"""Mailing: which files went out, so that none is written over in which somebody has worked since.

That is kept beside what `publish update --undo` brings back, and like it on this machine only:
where it is not known, people are asked once more than they need to be, and nothing is lost.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from publish import artefacts
from publish.pipeline import undoing
from publish.problems import Location, Problem, PublishError
from publish.project import Project

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
        undoing.beside(project, _place(project).name, "\n".join(kept).encode())


def _digest(path: Path) -> str:
    with suppress(OSError):
        return artefacts.digest(path.read_bytes())
    return ""  # what cannot be read is not known to be ours


def _sent(project: Project) -> list[str]:
    """Digests of the files that went out, the last one last."""
    path = _place(project)
    return project.bytes(path).decode("ascii", "replace").split() if path.is_file() else []


def _place(project: Project) -> Path:
    return project.former / "sent"
