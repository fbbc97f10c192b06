"""Starting: a folder with a working publication."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publish import artefacts, metadata
from publish.problems import Location, Problem, PublishError
from publish.project import Project, files

MODEL = Path(__file__).parents[1] / "defaults" / "publication"


def new(folder: Path) -> Iterator[str]:
    """Put the model publication into a folder, which must be new or empty; the files' names.

    PublishError `project-exists`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "Name a folder that does not exist yet; nothing has been changed."
        what = f"{folder} is there and not empty"
        place = Location(folder.as_posix())
        raise PublishError(Problem("project-exists", what, place, hint=hint))
    for path in files(MODEL):
        name = path.relative_to(MODEL).as_posix().replace("gitignore", ".gitignore")
        artefacts.write(folder / name, path.read_bytes(), f"{folder.as_posix()}/{name}")
        yield f"{folder.as_posix()}/{name}"
    yield from schemas(Project(folder), folder.as_posix())


def schemas(project: Project, shown: str = "") -> Iterator[str]:
    """Write the JSON Schemas to which the YAML files refer; the names of those that are new."""
    for name, data in metadata.schemas().items():
        path = project.schemas / f"{name}.json"
        if not path.exists() or path.read_bytes() != data:
            full = f"{shown}/.schemas/{path.name}".lstrip("/")
            artefacts.write(path, data, full)
            yield full
