"""Attaching: what an edition was made from, as files to be kept within its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from publish.editions import Attachment
from publish.pipeline.naming import tag_of
from publish.pipeline.preparing import Prepared
from publish.project import Project

_KINDS = {
    ".md": "text/markdown",  # RFC 7763
    ".markdown": "text/markdown",
    ".po": "text/x-gettext-translation",  # what gettext's own files are called; no RFC names one
    ".yaml": "application/yaml",  # RFC 9512
    ".yml": "application/yaml",
    ".json": "application/json",
    ".bib": "text/x-bibtex",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


def of(project: Project, prepared: Prepared, edition: str) -> tuple[Attachment, ...]:
    """Manuscript and pictures, an edition's catalogue, and all metadata; PublishError `file-…`."""
    if not prepared.manuscript.metadata.attach:
        return ()
    source = prepared.manuscript.metadata.language
    paths = {project.root / prepared.manuscript.source.path: "metadata of the publication"}
    paths |= dict(_manuscript(project, prepared))
    if tag_of(edition) != source:
        paths |= dict.fromkeys(project.catalogues(edition), "message catalogue of the translation")
        own = (project.edition_file(edition), project.references(edition))
        paths |= {path: "metadata of the edition" for path in own if path.is_file()}
    return tuple(_attachment(project, path, about) for path, about in sorted(paths.items()))


def _manuscript(project: Project, prepared: Prepared) -> Iterator[tuple[Path, str]]:
    manuscript = prepared.manuscript
    for file in (*manuscript.chapters, *manuscript.bios.values()):
        yield project.root / file.path, "source of the text"
    if manuscript.bibliography:
        yield project.root / manuscript.bibliography.path, "metadata of the works cited"
    for name in prepared.sources.pictures:
        if (path := project.manuscript / unquote(name)).is_file():  # Word files carry theirs within
            yield path, "source of a picture"


def _attachment(project: Project, path: Path, about: str) -> Attachment:
    kind = _KINDS.get(path.suffix.lower(), "application/octet-stream")
    relationship = "Data" if about.startswith("metadata") else "Source"
    return Attachment(project.name(path), project.bytes(path), kind, relationship, about)
