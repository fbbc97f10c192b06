"""Wishes: what a build is asked for, and what of it is there already.

Nothing heavy is imported here: an answer of “nothing to do” comes at once.
"""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from publish import artefacts, manuscripts, styles
from publish.artefacts import State
from publish.pipeline import naming
from publish.problems import Location, Problem, PublishError
from publish.project import Project, files
from publish.renderers import FORMATS

# Packages whose version can change what comes out.
_ENGINES = {"babel", "ebooklib", "fonttools", "jinja2", "lxml", "pillow", "pydyf", "pyphen",
            "pypandoc_binary", "uharfbuzz", "weasyprint"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: editions (their names) and formats; `release` allows no half thing."""

    editions: tuple[str, ...]
    formats: tuple[str, ...]
    release: bool = False
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One artefact to make: its name below `build/`, and the digest of what goes into it.

    `richer` is the digest of one that has more in it than was asked for.
    """

    name: str
    edition: str
    format: str
    inputs: str
    richer: str = ""


def of(
    project: Project, editions: Sequence[str], formats: Sequence[str], *, release: bool, count: int
) -> tuple[Wish, list[Job]]:
    """A wish from the command line's options, and its artefacts.

    PublishError `edition-unknown`, `format-unknown`, and what is wrong in the manuscript's files.
    """
    manuscript = manuscripts.read(project)
    source = manuscript.metadata.language
    names = tuple(naming.asked(project, editions, source))
    wish = Wish(names, _formats(formats), release, count)
    return wish, _jobs(project, wish, source, manuscript.slug)


def stale(project: Project, all_jobs: Sequence[Job]) -> tuple[State, list[Job]]:
    """Those of the artefacts that must be made, and the state that says so."""
    state = State(project.build)
    wanted = {job.name for job in all_jobs if not _is_fresh(job, state)}
    paged = {job.edition for job in all_jobs if job.name in wanted and job.format == "epub"}
    return state, [
        job
        for job in all_jobs
        if job.name in wanted or (job.format == "pdf" and job.edition in paged)
    ]


def _is_fresh(job: Job, state: State) -> bool:
    return any(state.fresh(job.name, each) for each in (job.inputs, job.richer) if each)


def _formats(asked: Sequence[str]) -> tuple[str, ...]:
    unknown = [name for name in dict.fromkeys(asked) if name not in FORMATS]
    if unknown:
        raise PublishError(*map(_unknown, unknown))
    return tuple(dict.fromkeys(asked)) or tuple(FORMATS)


def _unknown(format: str) -> Problem:
    near = get_close_matches(format.lower(), FORMATS, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(FORMATS)}."
    if "," in format:
        hint = f"Give the option once for each: -f {' -f '.join(format.split(','))}."
    what, place = f"there is no format “{format}”", Location("--format")
    return Problem("format-unknown", what, place, hint=hint)


def _jobs(project: Project, wish: Wish, source: str, slug: str) -> list[Job]:
    """Every artefact of a wish, with the digest of its inputs; nothing is parsed for it."""
    common = _common(project, source)
    return [
        Job(f"{edition}/{slug}.{format}", edition, format, *_digests(inputs, format, wish.formats))
        for edition in wish.editions
        for inputs in [_inputs(project, edition, common)]
        for format in wish.formats
    ]


def _digests(inputs: bytes, format: str, formats: Sequence[str]) -> tuple[str, str]:
    """What goes into an artefact; and into the same with more in it, which will do as well.

    An EPUB that is made with the PDF has the list of its pages.
    """
    paged = artefacts.digest(inputs, b"epub with the pages of the PDF")
    if format != "epub":
        return artefacts.digest(inputs, format.encode()), ""
    return (paged, "") if "pdf" in formats else (artefacts.digest(inputs, b"epub"), paged)


def _common(project: Project, source: str) -> bytes:
    """What goes into every edition: manuscript, style, the program, the list of editions."""
    package = Path(__file__).parents[1]
    own = [path for path in package.rglob("*") if path.suffix in {".py", ".lua", ".po"}]
    parts = [
        artefacts.digest_of_files(project.root, files(project.manuscript)),
        artefacts.digest_of_files(project.root, files(project.styles)),
        artefacts.digest_of_files(styles.DEFAULTS, files(styles.DEFAULTS)),
        "\n".join(f"{path.name} {path.stat().st_mtime_ns}" for path in sorted(own)),
        "\n".join(_installed()),
        sys.version,
        "\n".join([source, *project.editions()]),
        artefacts.digest_of_files(project.root, map(project.edition_file, project.partners())),
    ]
    return "\0".join(parts).encode()


def _installed() -> list[str]:
    """Names and versions of the engines, from the names of their folders."""
    folders = Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info")
    return sorted(f.name for f in folders if f.name.lower().partition("-")[0] in _ENGINES)


def _inputs(project: Project, edition: str, common: bytes) -> bytes:
    paths = [*project.catalogues(edition), *project.imprint_files(edition)]
    own = artefacts.digest_of_files(project.root, paths)
    return artefacts.digest(common, edition.encode(), own.encode()).encode()
