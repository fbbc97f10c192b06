"""Manuscripts: metadata, chapters, biographies, bibliography and figures, as they are on disk.

Nothing is parsed here but YAML; what pandoc reads goes on to `documents`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zlib import crc32

from publish import languages, metadata, styles
from publish.metadata import Contributor, EditionFile, Metadata, Source
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project
from publish.records import Record

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".odt": "odt",
    ".rst": "rst+smart",
    ".tex": "latex",
    ".html": "html",
    ".org": "org+smart",
    ".typ": "typst",
}
BIBLIOGRAPHIES = {".yaml": "yaml", ".yml": "yaml", ".json": "csljson", ".bib": "biblatex"}
STYLES = {".csl": "csl", ".xml": "csl"}
PROFILES = {".icc": "icc", ".icm": "icc"}


class File(Record, frozen=True):
    """A file of the manuscript: its path relative to the publication, its format, its bytes."""

    path: str
    format: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name without folder and suffix, safe in an id: `02-history` for 02 history.md.

        Names in other letters than a to z, which are lost in it, are told apart by a number.
        """
        name = Path(self.path).stem.lower()
        stem = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
        if name.isascii() and stem:
            return stem
        return f"{stem or 'chapter'}-{crc32(name.encode()):08x}"


class Manuscript(Record, frozen=True):
    """What an author wrote, as files; `source` tells the line of each key of the metadata."""

    metadata: Metadata
    source: Source
    chapters: tuple[File, ...]
    bios: dict[str, File]
    bibliography: File | None
    style: File | None
    profile: File | None = None

    @property
    def files(self) -> list[File]:
        """All files but the metadata."""
        others = (self.bibliography, self.style, self.profile)
        return [*self.chapters, *self.bios.values(), *(each for each in others if each)]

    @property
    def csl(self) -> str:
        """The citation style's XML, '' for pandoc's own."""
        return self.style.data.decode() if self.style else ""

    @property
    def slug(self) -> str:
        """Name of the artefacts without suffix."""
        if self.metadata.slug:
            return self.metadata.slug
        words = re.findall(r"[a-z0-9]+", self.metadata.title.lower())
        return "-".join(words)[:48].strip("-") or "publication"


def read(project: Project) -> Manuscript:
    """The manuscript of a publication; all that is missing or broken is raised together."""
    path = project.manuscript / "metadata.yaml"
    values, source = metadata.parse(project.text(path), project.name(path), Metadata)
    files = Files(project, project.manuscript)
    files.problems.extend(_language(values, source))
    chapters = files.chapters(_chapters(project, values, source))
    bios = {c.bio: files.read((c.bio, at)) for c, at in _contributors(values, source) if c.bio}
    references = files.read((values.references, source.at("references")), BIBLIOGRAPHIES)
    style = files.read((values.csl, source.at("csl")), STYLES)
    profile = files.read((values.press.profile, source.at("press.profile")), PROFILES)
    if not chapters and not files.problems:
        files.problems.append(_empty(project))
    files.stop()
    return Manuscript(
        metadata=values,
        source=source,
        chapters=chapters,
        bios={name: file for name, file in bios.items() if file},
        bibliography=references,
        style=style or _citation_style(project),
        profile=profile,
    )


def _citation_style(project: Project) -> File | None:
    """The publication's own citation style, else that of publish."""
    own, default = project.styles / "citations.csl", styles.DEFAULTS / "citations.csl"
    if own.is_file():
        return File(project.name(own), "csl", project.text(own).encode())
    if default.is_file():
        return File("publish/styles/citations.csl", "csl", default.read_bytes())
    return None


def read_edition(project: Project, edition: str) -> tuple[EditionFile, Source]:
    """What an edition adds: its `edition.yaml`, or nothing where there is none."""
    path = project.edition_file(edition)
    text = project.text(path) if path.exists() else ""
    return metadata.parse(text, project.name(path), EditionFile)


class Files(Collected):
    """Files of a folder, asked for by name; what is wrong with them is collected."""

    def __init__(self, project: Project, folder: Path) -> None:
        super().__init__()
        self.project = project
        self.folder = folder

    def read(
        self, asked: tuple[str, Location], formats: Mapping[str, str] = FORMATS
    ) -> File | None:
        """A file in one of some formats, by its name and where that stands; None for no name."""
        found = None
        if asked[0]:
            with self.each():
                found = self._file(*asked, formats)
        return found

    def _file(self, name: str, place: Location, formats: Mapping[str, str]) -> File:
        path = self.project.inside(self.folder, name, place)
        format = formats.get(path.suffix.lower())
        if format is None:
            raise PublishError(_format_unknown(name, formats, place))
        binary = format in {"docx", "odt", "icc"}
        data = self.project.bytes(path) if binary else self.project.text(path).encode()
        return File(self.project.name(path), format, data)

    def chapters(self, asked: Iterable[tuple[str, Location]]) -> tuple[File, ...]:
        """Files each of which has a name of its own, since pages and ids are named after it."""
        found: dict[str, File] = {}
        for name, place in asked:
            file = self.read((name, place))
            if file and file.stem in found:
                self.problems.append(_same_name(name, found[file.stem], place))
            elif file:
                found[file.stem] = file
        return tuple(found.values())


def _chapters(project: Project, values: Metadata, source: Source) -> Iterator[tuple[str, Location]]:
    """Chapters as the metadata lists them, else all documents in the folder by name."""
    if values.chapters:
        yield from ((c, source.at(f"chapters.{n}")) for n, c in enumerate(values.chapters))
        return
    for path in sorted(project.manuscript.iterdir()):
        if path.suffix.lower() in FORMATS:
            yield path.name, Location(project.name(path))


def _contributors(values: Metadata, source: Source) -> Iterator[tuple[Contributor, Location]]:
    for n, contributor in enumerate(values.contributors):
        yield contributor, source.at(f"contributors.{n}.bio")


def _language(values: Metadata, source: Source) -> Iterator[Problem]:
    try:
        languages.locale(values.language)
    except PublishError as error:
        yield error.problems[0]._replace(location=source.at("language"))


def _format_unknown(name: str, formats: Mapping[str, str], place: Location) -> Problem:
    what = f"“{name}” is in no format that is read here"
    return Problem("manuscript-format", what, place, hint=f"Files may end in {', '.join(formats)}.")


def _same_name(name: str, first: File, place: Location) -> Problem:
    what = f"“{name}” would be named like {first.path} in the editions"
    hint = "Give one of the two files another name; list each chapter once."
    return Problem("chapter-duplicate", what, place, hint=hint)


def _empty(project: Project) -> Problem:
    what = "there is no chapter in the manuscript"
    place = Location(project.name(project.manuscript))
    return Problem("manuscript-empty", what, place, hint="Write one, e.g. manuscript/article.md.")
