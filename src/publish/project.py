"""A publication's folder: where its files are, and reading them safely."""

import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from publish.bounds import leaves, strange
from publish.problems import Location, Problem, PublishError

_ADDRESS = r"(?i)[a-z][a-z0-9+.-]+://|data:|file:"
# What neither XML nor YAML has: controls but tab and line ends, and two code points that are none.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONFLICT = r"(?m)^<{7}(?: .*)?$(?=[\s\S]*^>{7}(?: |$))"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SHOWN = 20  # of what does not belong into a publication


class Project(NamedTuple):
    """The folder of a publication; every path in a message is relative to `root`."""

    root: Path

    @property
    def manuscript(self) -> Path:
        """What the author writes."""
        return self.root / "manuscript"

    @property
    def translations(self) -> Path:
        """What translators write: a folder an edition."""
        return self.root / "translations"

    @property
    def build(self) -> Path:
        """What publish makes; can be deleted at any time."""
        return self.root / "build"

    @property
    def styles(self) -> Path:
        """What this publication changes of its looks."""
        return self.root / "styles"

    @property
    def schemas(self) -> Path:
        """What editors' tools are told of the YAML files, a JSON Schema each."""
        return self.root / ".schemas"

    @property
    def template(self) -> Path:
        """Gettext's template of all messages."""
        return self.translations / "manuscript.pot"

    def catalogue(self, edition: str) -> Path:
        """The catalogue of an edition's language, in gettext's own layout: `ko` for `ko+kips`."""
        return self.translations / edition.partition("+")[0] / "LC_MESSAGES" / "manuscript.po"

    def catalogues(self, edition: str) -> list[Path]:
        """All files of an edition's catalogue, that of chapters too; the one it must have first."""
        first = self.catalogue(edition)
        found = (path for path in first.parent.glob("*.po") if not path.name.startswith("."))
        return [first, *sorted(path for path in found if path != first)]

    @property
    def former(self) -> Path:
        """What catalogues were before they were last overwritten."""
        return self.translations / ".former"

    def edition_file(self, edition: str) -> Path:
        """What an edition adds to the publication."""
        return self.translations / edition / "edition.yaml"

    def glossary(self, edition: str) -> Path:
        """The terms agreed for an edition: a partner's own, or those of the language."""
        own = self.translations / edition / "glossary.csv"
        return own if own.is_file() else self.translations / edition.partition("+")[0] / own.name

    def reviews(self, edition: str) -> Path:
        """Who found which translation in an edition's language good."""
        return self.translations / edition.partition("+")[0] / "reviews.csv"

    def references(self, edition: str) -> Path:
        """Cited works as a language names them, laid over the manuscript's bibliography."""
        return self.translations / edition.partition("+")[0] / "references.yaml"

    def languages(self) -> list[str]:
        """The languages in which there is a translation, in alphabetical order."""
        return sorted(
            path.parents[1].name for path in self.translations.glob("*/LC_MESSAGES/manuscript.po")
        )

    def partners(self) -> list[str]:
        """Names of the editions of partners (`ko+kips`): the text of a language, an imprint."""
        return sorted(path.parent.name for path in self.translations.glob("*+*/edition.yaml"))

    def editions(self) -> list[str]:
        """Names of the editions beside the manuscript's own, in alphabetical order."""
        return sorted({*self.languages(), *self.partners()})

    def imprint_files(self, edition: str) -> list[Path]:
        """All that may go into an edition from its folder and its language's, but the messages."""
        folders = {self.translations / edition, self.translations / edition.partition("+")[0]}
        found = [path for folder in folders for path in files(folder)]
        return [path for path in found if path.suffix not in {".po", ".pot", ".csv"}]

    def name(self, path: Path) -> str:
        """A path as it is shown to people: relative to the publication, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def inside(self, folder: Path, name: str, asked_at: Location) -> Path:
        """A file named in a manuscript: its path.

        PublishError `file-outside`, `file-missing`, `file-folder`, at the place that names it.
        Nothing outside the publication's folder is ever read, whatever a file asks for.
        """
        path = folder / name
        if problem := self._refused(path, name, asked_at):
            raise PublishError(problem)
        return path

    def bytes(self, path: Path) -> bytes:
        """A file's bytes; PublishError as `inside`, or `file-unreadable`."""
        name = self.name(path)
        if problem := self._refused(path, name, Location(name)):
            raise PublishError(problem)
        try:
            return _contents(path.resolve(), self.root.resolve())
        except (OSError, ValueError) as error:
            what = f"this file cannot be read: {getattr(error, 'strerror', 'it has moved')}"
            hint = "Make it readable for you (its owner and permissions)."
            problem = Problem("file-unreadable", what, Location(name), hint=hint)
            raise PublishError(problem) from error

    def text(self, path: Path) -> str:
        """A file's text in UTF-8, its lines ended as on Unix.

        PublishError as `bytes`, and with the line `file-encoding`, `file-character`,
        `file-conflict`.
        """
        data, name = self.bytes(path), self.name(path)
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            raise PublishError(_undecodable(data, error.start, name)) from error
        if found := NO_TEXT.search(text) or re.search(_CONFLICT, text):
            line = text.count("\n", 0, found.start()) + 1
            raise PublishError(_spoilt(found[0], Location(name, line)))
        return text

    def _refused(self, path: Path, name: str, place: Location) -> Problem | None:
        """Why a path is not one of a file in this publication, if it is not."""
        if re.match(_ADDRESS, name):
            what = f"“{name[:60]}” is an address; nothing is fetched from a network"
            hint = "Save the file in the manuscript's folder and name it from there."
            return Problem("file-outside", what, place, hint=hint)
        try:
            if leaves(path, self.root) or leaves(path.resolve(), self.root.resolve()):
                hint = "Copy the file into the manuscript's folder and name it from there."
                what = f"“{name}” lies outside the publication"
                return Problem("file-outside", what, place, hint=hint)
            if path.is_file():
                return None
            there = path.exists()
        except (OSError, RuntimeError, ValueError):  # links in a circle, names no disk can have
            there = False
        if there and name:
            hint = "Name a file in it." if path.is_dir() else "Put an ordinary file in its place."
            return Problem("file-folder", f"“{name}” is not a file", place, hint=hint)
        what = f"“{name}” is not there" if name else "no file is named here"
        hint = f"Put it at {self.name(path)}, or correct the name." if name else "Name one."
        return Problem("file-missing", what, place, hint=hint)


def _undecodable(data: bytes, start: int, name: str) -> Problem:
    place = Location(name, data.count(b"\n", 0, start) + 1)
    what = f"byte 0x{data[start]:02X} is not UTF-8"
    if data.startswith(_UTF16):
        what = "the file is in UTF-16, not in UTF-8"
    hint = "Save the file in UTF-8 (in most editors: “Save with encoding”)."
    return Problem("file-encoding", what, place, hint=hint)


def _spoilt(found: str, place: Location) -> Problem:
    if found.startswith("<"):
        what = "two versions of these lines stand side by side (a merge conflict)"
        hint = "Keep one version; delete the lines of <<<<<<<, ======= and >>>>>>>."
        return Problem("file-conflict", what, place, hint=hint)
    what = f"U+{ord(found):04X} is no character of a text"
    hint = "Delete it; if there are many, the file is not text, or not in UTF-8."
    return Problem("file-character", what, place, hint=hint)


def _contents(path: Path, root: Path) -> bytes:
    """The bytes of a file below a folder.

    Step by step and without following links: one that took a folder's place since the path was
    judged leads nowhere. OSError, or ValueError for a path that has left the folder meanwhile.
    """
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    for name in path.relative_to(root).parts:
        before = handle
        try:
            handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=before)
        finally:
            os.close(before)
    with os.fdopen(handle, "rb") as file:
        return file.read()


def find(folder: Path) -> Project:
    """The publication in a folder.

    PublishError `project-missing` if there is none; `file-outside`, `file-folder`, `file-name`,
    `file-too-large` for what nobody should have put into it.
    """
    project = Project(folder)
    if not (project.manuscript / "metadata.yaml").is_file():
        what = "there is no manuscript/metadata.yaml here"
        hint = (
            "Go to a publication's folder, name one with --project, "
            "or make one with `publish new DIR`."
        )
        place = Location(folder.as_posix())
        raise PublishError(Problem("project-missing", what, place, hint=hint))
    if found := list(islice(strange(folder), _SHOWN)):
        raise PublishError(*found)
    return project


def below(folder: Path) -> Iterator[Project]:
    """The publications in a folder, however deep, in one order everywhere; none inside another."""
    if (folder / "manuscript" / "metadata.yaml").is_file():
        yield Project(folder)
    elif folder.is_dir():
        inside = (path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
        for path in sorted(path for path in inside if not path.name.startswith(".")):
            yield from below(path)


def files(folder: Path) -> Iterator[Path]:
    """All files below a folder, in one order everywhere."""
    return iter(sorted(path for path in folder.rglob("*") if path.is_file()))
