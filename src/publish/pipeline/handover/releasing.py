"""Releasing: every edition checked, built in a clean place, judged, and put there in one move.

The clean place is a copy of the sources and nothing else: no state, no memory, no former build.
The sources go with the release, so that whoever has it can build it again and compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from publish import artefacts
from publish.checks import judges, records
from publish.distribution import bundles, manifests
from publish.distribution.signatures import SecretKey
from publish.pipeline import naming
from publish.pipeline.editing import Editing
from publish.pipeline.handover import noting, origins, recording
from publish.pipeline.handover.bundling import FORMATS, licence
from publish.pipeline.judgement import checking, judging
from publish.pipeline.judgement.checking import stopping
from publish.pipeline.making import building, wishes
from publish.pipeline.making.building import Notice
from publish.problems import Collected, Location, Problem, PublishError, Severity
from publish.project import Project, files
from publish.replacing import PART, replace

KIND = "publish-release-1"
SOURCES = "sources.zip"
NOTES = "NOTES.md"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a release is made: signed with a key or not at all, judged or not."""

    key: SecretKey | None = None
    judged: bool = True
    jobs: int = 0


def release(
    project: Project, version: str, manner: Manner, notice: Notice
) -> tuple[Path, list[Problem]]:
    """Make a release: its folder `build/release/VERSION`, and what was found but stops nothing.

    PublishError with everything that stands in the way; then there is no such folder.
    """
    target = _target(project, version)
    found, packed = list(_odd(project, version)), sources(project)
    with clean(project.build, packed) as place:
        found += _ready(place)
        made, about = built(place, manner.jobs, notice)
        verdicts = list(judges.verdicts(judging.files(place, (), FORMATS))) if manner.judged else []
        found += stopping(list(judging.problems(verdicts, place)))
        made |= noting.notes(place, noting.last(project, version), version)
    about |= {"version": version, "checks": origins.checks(place, found, verdicts)}
    made[SOURCES] = bundles.pack(packed)
    comment = f"file:{manifests.NAME}\trelease:{version}\thashed"
    whole = manifests.sealed(about, made, manner.key, comment)
    artefacts.write_folder(target, whole, project.name(target))
    return target, found


def _ready(project: Project) -> list[Problem]:
    """What is wrong in the sources but stops nothing; PublishError with all that does."""
    errors, found = Collected(), checking.check(project, ())
    with errors.each():
        stopping(found)
    with Editing(project) as editing, errors.each():
        source = editing.read().manuscript.metadata.language
        for name in naming.asked(project, (), source):
            with errors.each():
                editing.order(name, release=True)
    errors.stop()
    return found


def sources(project: Project) -> dict[str, bytes]:
    """All that goes into the editions, by names within the publication."""
    folders = (project.manuscript, project.styles, project.translations)
    paths = [path for folder in folders for path in files(folder)]
    names = {project.name(path): path for path in paths}
    return {
        name: project.bytes(path)
        for name, path in sorted(names.items())
        if not any(part.startswith(".") for part in Path(name).parts)
    }


@contextmanager
def clean(beside: Path, files: Mapping[str, bytes]) -> Iterator[Project]:
    """A publication of these files and no others, in a folder that is gone afterwards.

    PublishError `file-unwritable`.
    """
    with ExitStack() as stack:
        try:
            beside.mkdir(parents=True, exist_ok=True)
            made = TemporaryDirectory(prefix=".release.", suffix=PART, dir=beside)
            place = Path(stack.enter_context(made))
            for name, data in files.items():
                replace(place / name, data)
        except OSError as error:
            raise PublishError(artefacts.unwritable(error, beside.as_posix())) from error
        yield Project(place)


def built(place: Project, jobs: int, notice: Notice) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Every edition and its records, and what a manifest says of them."""
    wish, wanted = wishes.of(place, (), FORMATS, release=True, count=jobs)
    state, stale = wishes.stale(place, wanted)
    building.build(place, wish, stale, state, notice)
    recording.record(place, (), release=True)
    with Editing(place) as editing:
        editions = [editing.edition(name) for name in wish.editions]
    files_of = {e.id: checking.built(place, e.id, e.slug) for e in editions}
    stopping([p for e in editions for p in records.check(e, files_of[e.id])])
    paths = [path for name in wish.editions for path in files(place.build / name)]
    made = {path.relative_to(place.build).as_posix(): path.read_bytes() for path in paths}
    made |= {f"{edition.id}/LICENCE.txt": licence(place, edition) for edition in editions}
    return made, {
        "kind": KIND,
        "editions": {edition.id: origins.of(edition) for edition in editions},
        "sources": origins.sources(place, wish.editions),
        "tools": origins.tools(),
        "fonts": {k: v for e in editions for k, v in origins.typefaces(e).items()},
    }


def _target(project: Project, version: str) -> Path:
    """Where a release is to stand; PublishError `release-name`, `release-exists`."""
    if not _NAME.fullmatch(version):
        what = f"“{version}” cannot be the name of a release"
        hint = "Use letters, digits, dots and hyphens: 1.2, 2026-11."
        raise PublishError(Problem("release-name", what, Location("VERSION"), hint=hint))
    target = project.build / "release" / version
    if target.exists():
        what = "there is a release of this name; what was released is not made again"
        hint = "Name another version, or compare: publish release --verify DIR."
        place = Location(project.name(target))
        raise PublishError(Problem("release-exists", what, place, hint=hint))
    return target


def _odd(project: Project, version: str) -> Iterator[Problem]:
    """A release under another number than its pages show; Problem `release-version`."""
    from publish import manuscripts

    manuscript = manuscripts.read(project)
    shown = manuscript.metadata.version
    if shown != version:
        what = f"the release is called {version}, and its pages say version {shown}"
        hint = f'Write version: "{version}" if that is meant.'
        place = manuscript.source.at("version")
        yield Problem("release-version", what, place, Severity.WARNING, hint)
