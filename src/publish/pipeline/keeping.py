"""Keeping: an edition's catalogue read from its files, and what was changed put back into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from publish import artefacts, catalogues
from publish.catalogues import Catalogue, Entry, volumes
from publish.catalogues.volumes import Home
from publish.checks import catalogues as catalogue_checks
from publish.pipeline import undoing
from publish.pipeline.naming import tag_of
from publish.pipeline.undoing import Overwriting
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project


class Change(NamedTuple):
    """A catalogue as it was read, and as it is to be."""

    before: Catalogue
    after: Catalogue


def read(project: Project, edition: str) -> Catalogue:
    """The catalogue of an edition, of however many files; PublishError with all that is wrong."""
    found = list[Catalogue]()
    errors = Collected()
    for path in project.catalogues(edition):
        with errors.each():
            file = catalogues.parse(project.bytes(path), project.name(path))
            errors.problems += catalogue_checks.check(file, tag_of(edition))
            found.append(file)
    errors.stop()
    return volumes.joined(found)


def where_it_is(before: Catalogue) -> Home:
    """Each message in the file that it was read from."""
    return lambda entry: entry.path or before.path


def by_chapter(before: Catalogue, chapters: Mapping[str, str]) -> Home:
    """Each message in its chapter's file: its name by the chapter's path; none is one for all.

    What is no chapter's is in the first file, and so is an old message of which nobody knows.
    """
    first = Path(before.path)
    homes = {
        path: first.with_name(name + first.suffix).as_posix() for path, name in chapters.items()
    }

    def home(entry: Entry) -> str:
        chapter = entry.references[0].rpartition(":")[0] if entry.references else ""
        if entry.obsolete and chapter not in homes and entry.path in homes.values():
            return entry.path
        return homes.get(chapter, before.path)

    return home


def write(
    project: Project,
    command: str,
    changes: Sequence[tuple[Change, Home]],
    more: Mapping[Path, bytes] = MappingProxyType({}),
) -> bool:
    """Put changed catalogues, and `more` files, in place; `undo` can bring the former ones back.

    Whether that was needed. At no moment is a message in no file: what goes from one to another
    is for a while in both. PublishError `catalogue-changed`, `file-unwritable`.
    """
    wanted = [each for change, home in changes for each in _files(project, change, home)]
    wanted += [(project.name(path), _over(project, path, data)) for path, data in more.items()]
    files = {name: each for name, each in wanted if each.before != each.after}
    if not files:
        return False
    undoing.keep(project, command, files)
    for name, each in files.items():
        if first := each.after if each.between is None else each.between:
            artefacts.write(project.root / name, first, name)
    for name, each in files.items():
        if each.between is not None and each.after is not None:
            artefacts.write(project.root / name, each.after, name)
        elif each.after is None:
            (project.root / name).unlink(missing_ok=True)
    return True


def _over(project: Project, path: Path, data: bytes) -> Overwriting:
    return Overwriting(project.bytes(path) if path.exists() else None, data)


def _files(project: Project, change: Change, home: Home) -> Iterator[tuple[str, Overwriting]]:
    former = {file.path: file for file in volumes.files(change.before)}
    now = {file.path: file for file in volumes.parted(*change, home)}
    several = len({*former, *now}) > 1
    for name in dict.fromkeys([*former, *now]):
        old, new = former.get(name), now.get(name)
        if old is not new:
            between = _both(old, new) if several and old and new else None
            yield name, Overwriting(_unchanged(project, name, old), _data(new), between)


def _both(old: Catalogue, new: Catalogue) -> bytes | None:
    """A file as it is to be with the messages that go, while they may be in no other yet."""
    kept = {entry.key for entry in new.entries}
    going = tuple(entry for entry in old.entries if entry.key not in kept)
    return _data(new._replace(entries=new.entries + going)) if going else None


def _data(file: Catalogue | None) -> bytes | None:
    return None if file is None else catalogues.serialise(file)


def _unchanged(project: Project, name: str, file: Catalogue | None) -> bytes | None:
    """A file's bytes, if they are still those that were read; PublishError `catalogue-changed`."""
    path = project.root / name
    data = project.bytes(path) if path.exists() else None
    if data != _data(file) and not (file and data and _says(file, data)):
        what = "somebody changed this catalogue while it was worked on here"
        hint = "Nothing was written. Say the same again."
        raise PublishError(Problem("catalogue-changed", what, Location(name), hint=hint))
    return data


def _says(file: Catalogue, data: bytes) -> bool:
    """Whether bytes say what was read, should we ever write a file otherwise than it was."""
    return catalogues.parse(data).entries == file.entries
