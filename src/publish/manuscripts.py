"""Manuscripts: metadata, chapters, biographies, bibliography and figures, as they are on disk.

Nothing is parsed here but YAML; what pandoc reads goes on to `documents`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from publish import languages, metadata, styles
from publish.metadata import Contributor, EditionFile, Metadata, Source
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".odt": "odt",
    ".rst": "rst",
    ".tex": "latex",
    ".html": "html",
    ".org": "org",
    ".typ": "typst",
}
BIBLIOGRAPHIES = {".yaml": "yaml", ".yml": "yaml", ".json": "csljson", ".bib": "biblatex"}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the manuscript: its path relative to the publication, its format, its bytes."""

    path: str
    format: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name without folder and suffix, safe in an id: `02-history` for 02 history.md."""
        stem = Path(self.path).stem.lower()
        return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "chapter"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What an author wrote, as files; `source` tells the line of each key of the metadata."""

    metadata: Metadata
    source: Source
    chapters: tuple[File, ...]
    bios: dict[str, File]
    bibliography: File | None
    csl: str

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
    files = _Files(project)
    files.problems.extend(_checked(values, source))
    chapters = tuple(file for file in map(files.read, _chapters(project, values, source)) if file)
    bios = {c.bio: files.read((c.bio, at)) for c, at in _contributors(values, source) if c.bio}
    references = files.read((values.references, source.at("references")))
    csl = files.read((values.csl, source.at("csl")))
    if not chapters and not files.problems:
        files.problems.append(_empty(project))
    files.stop()
    return Manuscript(
        metadata=values,
        source=source,
        chapters=chapters,
        bios={name: file for name, file in bios.items() if file},
        bibliography=references,
        csl=csl.data.decode() if csl else _citation_style(project),
    )


def _citation_style(project: Project) -> str:
    """The publication's own citation style, else that of publish."""
    for folder in (project.styles, styles.DEFAULTS):
        path = folder / "citations.csl"
        if path.is_file():
            return project.text(path)
    return ""


def read_edition(project: Project, edition: str) -> tuple[EditionFile, Source]:
    """What an edition adds: its `edition.yaml`, or nothing where there is none."""
    path = project.edition_file(edition)
    text = project.text(path) if path.exists() else ""
    return metadata.parse(text, project.name(path), EditionFile)


class _Files(Collected):
    """Files asked for by name; what is wrong with them is collected."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project

    def read(self, asked: tuple[str, Location]) -> File | None:
        name, location = asked
        if name:
            with self.each():
                return self._file(self.project.inside(self.project.manuscript, name, location))
        return None

    def _file(self, path: Path) -> File:
        format = (FORMATS | BIBLIOGRAPHIES).get(path.suffix.lower(), "")
        binary = format in {"docx", "odt"}
        data = self.project.bytes(path) if binary else self.project.text(path).encode()
        return File(self.project.name(path), format, data)


def _chapters(
    project: Project, values: Metadata, source: Source
) -> Iterator[tuple[str, Location]]:
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


def _checked(values: Metadata, source: Source) -> Iterator[Problem]:
    """What a model cannot say: the language exists, the roles are relators, formats are known."""
    try:
        languages.locale(values.language)
    except PublishError as error:
        yield replace(error.problems[0], location=source.at("language"))
    for n, chapter in enumerate(values.chapters):
        if Path(chapter).suffix.lower() not in FORMATS:
            hint = f"Chapters may end in {', '.join(FORMATS)}."
            what = f"“{chapter}” is in no format that is read"
            yield Problem("manuscript-format", what, source.at(f"chapters.{n}"), hint=hint)


def _empty(project: Project) -> Problem:
    return Problem(
        "manuscript-empty",
        "there is no chapter in the manuscript",
        Location(project.name(project.manuscript)),
        hint="Write one, e.g. manuscript/article.md.",
    )
