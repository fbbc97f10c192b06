"""A publication's folder: where its files are, and reading them safely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.problems import Location, Problem, PublishError


@dataclass(frozen=True, slots=True)
class Project:
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
    def template(self) -> Path:
        """gettext's template of all messages."""
        return self.translations / "manuscript.pot"

    def catalogue(self, edition: str) -> Path:
        """The catalogue of an edition, in gettext's own layout."""
        return self.translations / edition / "LC_MESSAGES" / "manuscript.po"

    def edition_file(self, edition: str) -> Path:
        """What an edition adds to the publication."""
        return self.translations / edition / "edition.yaml"

    def references(self, edition: str) -> Path:
        """Cited works as an edition names them, laid over the manuscript's bibliography."""
        return self.translations / edition / "references.yaml"

    def editions(self) -> list[str]:
        """Names of the translated editions there are, in alphabetical order."""
        return sorted(path.parents[1].name for path in self.translations.glob("*/LC_MESSAGES/*.po"))

    def name(self, path: Path) -> str:
        """A path as it is shown to people: relative to the publication, with slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def inside(self, folder: Path, name: str, asked_at: Location) -> Path:
        """A file named in a manuscript: its path, or PublishError `file-outside`, `file-missing`.

        Nothing outside the publication's folder is ever read, whatever a file asks for.
        """
        path = folder / name
        if not path.resolve().is_relative_to(self.root.resolve()):
            hint = "Copy the file into the manuscript's folder and name it from there."
            what = f"“{name}” lies outside the publication"
            raise PublishError(Problem("file-outside", what, asked_at, hint=hint))
        if not path.is_file():
            hint = f"Put it at {self.name(path)}, or correct the name."
            raise PublishError(
                Problem("file-missing", f"“{name}” is not there", asked_at, hint=hint)
            )
        return path

    def bytes(self, path: Path) -> bytes:
        """A file's bytes; PublishError `file-missing` or `file-unreadable`."""
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise PublishError(self._problem("file-missing", "is not there", path)) from error
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise PublishError(self._problem("file-unreadable", what, path)) from error

    def text(self, path: Path) -> str:
        """A file's text in UTF-8, line ends as \\n; PublishError `file-encoding` with the line."""
        data = self.bytes(path)
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            place = Location(self.name(path), data.count(b"\n", 0, error.start) + 1)
            what = f"byte 0x{data[error.start]:02X} is not UTF-8"
            hint = "Save the file in UTF-8 (in most editors: “Save with encoding”)."
            raise PublishError(Problem("file-encoding", what, place, hint=hint)) from error

    def _problem(self, code: str, what: str, path: Path) -> Problem:
        hints = {"file-missing": "Create it, or run `publish new` for a publication to start from."}
        name = self.name(path)
        return Problem(code, f"{name} {what}", Location(name), hint=hints.get(code, ""))


def find(folder: Path) -> Project:
    """The publication in a folder; PublishError `project-missing` if there is none."""
    project = Project(folder)
    if not (project.manuscript / "metadata.yaml").is_file():
        raise PublishError(
            Problem(
                "project-missing",
                "there is no manuscript/metadata.yaml here",
                Location(folder.as_posix()),
                hint="Go to a publication's folder, name one with --project, "
                "or make one with `publish new DIR`.",
            )
        )
    return project


def files(folder: Path) -> Iterator[Path]:
    """All files below a folder, in one order everywhere."""
    return iter(sorted(path for path in folder.rglob("*") if path.is_file()))
