"""Inputs: what goes into artefacts, as digests by words that say what it is.

Nothing heavy is imported here, and of a manuscript only what has changed is read.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from publish import artefacts, styles
from publish.pipeline import programs
from publish.pipeline.programs import installed, shelf
from publish.problems import PublishError
from publish.project import Project, files

__all__ = [
    "Manuscript",
    "common",
    "installed",
    "manuscript",
    "own",
    "released",
    "said",
    "shelf",
    "style",
]

_PACKAGE = Path(__file__).parents[2]

# How the names of a style's files begin that are one format's own.
_SHEETS = {"pdf": "print", "epub": "epub", "html": "web"}


# What is noted of a manuscript: its language, its slug, the files elsewhere that it names. Whoever
# put it there, the slug leads nowhere, and a file is read only if a manuscript may name it.
_NOTE = re.compile(
    rb'\["[A-Za-z0-9-]+", "[A-Za-z0-9][A-Za-z0-9._-]*", \[(?:"[^"\\]*"(?:, "[^"\\]*")*)?\]\]'
)


class Manuscript(NamedTuple):
    """What a build has to know of a manuscript, and a digest of its files."""

    language: str
    slug: str
    digest: str


def manuscript(project: Project) -> Manuscript:
    """The manuscript, read only if a file of it has changed since that was last done.

    PublishError for what is wrong in its files.
    """
    everything = project.manuscript.rglob("*")  # a link that leads nowhere too: it would be told
    digest = artefacts.digest_of_files(project.root, everything)
    notes = programs.shelf(project)
    own_style = (project.styles / "citations.csl").is_file()  # it is named by being there
    inputs = [b"manuscript", digest.encode(), str(own_style).encode()]
    noted = notes.find(inputs)
    if noted and _NOTE.fullmatch(noted):
        language, slug, others = json.loads(noted)
        with suppress(PublishError):
            return Manuscript(language, slug, digest + _told(project, others))
    from publish import manuscripts

    found = manuscripts.read(project)
    others = [each.path for each in found.files if not _is_within(each.path)]
    others = [name for name in others if (project.root / name).is_file()]  # publish's own are not
    language, slug = found.metadata.language, found.slug
    notes.keep(inputs, json.dumps([language, slug, others], ensure_ascii=False).encode())
    return Manuscript(language, slug, digest + _told(project, others))


def _told(project: Project, names: Sequence[str]) -> str:
    """A digest of files outside the manuscript's folder, '' for none; PublishError as `bytes`."""
    files = ((name.encode(), project.bytes(project.root / name)) for name in names)
    return artefacts.digest(*(part for file in files for part in file)) if names else ""


def _is_within(path: str) -> bool:
    """Whether a file of the manuscript is in its folder, and not elsewhere in the publication."""
    return path.startswith("manuscript/") and ".." not in path.split("/")


def common(project: Project, manuscript: Manuscript) -> dict[str, str]:
    """What goes into every artefact: manuscript, the program, the list of editions."""
    editions = "\n".join([manuscript.language, *project.editions()])
    partners = map(project.edition_file, project.partners())
    return {
        "the manuscript": manuscript.digest,
        "publish": programs.own(),
        "an engine": programs.engines(),
        "Python": sys.version,
        "the list of editions": editions,
        "a partner's imprint": artefacts.digest_of_files(project.root, partners),
    }


def own(project: Project, edition: str) -> dict[str, str]:
    """What goes into the artefacts of an edition."""
    catalogues, imprint = project.catalogues(edition), project.imprint_files(edition)
    return {
        "the catalogue": artefacts.digest_of_files(project.root, catalogues),
        "the edition's imprint": artefacts.digest_of_files(project.root, imprint),
    }


def said(project: Project, edition: str) -> dict[str, str]:
    """What a copy for review shows besides: terms agreed, reviews recorded, how checks count."""
    checks = _PACKAGE / "checks"
    paths = [project.glossary(edition), project.reviews(edition)]
    return {
        "the glossary or the reviews": artefacts.digest_of_files(project.root, paths),
        "a table of the checks": artefacts.digest_of_files(checks, checks.rglob("*.toml")),
    }


def released(project: Project, edition: str) -> dict[str, str]:
    """What a release is besides: a draft's artefact will not do, as nobody asked if it may go out.

    The rest of what that is asked of (catalogue, imprint, manuscript) goes in anyway.
    """
    reviews = artefacts.digest_of_files(project.root, [project.reviews(edition)])
    return {"what is asked of a release": f"asked {reviews}"}


def style(project: Project, formats: Iterable[str]) -> dict[str, str]:
    """By format, the style's files but for those that are other formats' own."""
    found = [*_digests(project.styles), ("", ""), *_default_style()]
    return {format: _looks(found, format) for format in formats}


def _looks(found: Iterable[tuple[str, str]], format: str) -> str:
    others = tuple(_SHEETS[other] for other in _SHEETS if format in _SHEETS and other != format)
    return programs.told(digest for name, digest in found if not name.startswith(others))


@cache
def _default_style() -> list[tuple[str, str]]:
    return _digests(styles.DEFAULTS)


def _digests(folder: Path) -> list[tuple[str, str]]:
    """The names of the files in a folder, and a digest of each."""
    return [(path.name, artefacts.digest_of_files(folder, [path])) for path in files(folder)]
