"""Bundling: an edition checked, built and packed for a partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish import artefacts
from publish.checks import judges
from publish.checks.judges import Verdict
from publish.distribution import bundles, leaflets, manifests, records
from publish.distribution.records import Subject
from publish.distribution.signatures import SecretKey
from publish.editions import Edition
from publish.pipeline import naming
from publish.pipeline.editing import Editing
from publish.pipeline.handover import origins, recording
from publish.pipeline.judgement import checking, judging
from publish.pipeline.making import building, wishes
from publish.pipeline.making.building import Notice
from publish.pipeline.naming import tag_of
from publish.pipeline.translation import exchanging
from publish.problems import Problem, PublishError, Severity
from publish.project import Project

FORMATS = ("pdf", "epub", "html")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a bundle is made: signed with a key or not at all, complete or a draft, judged or not."""

    key: SecretKey | None = None
    draft: bool = False
    judged: bool = True
    jobs: int = 0


def bundle(
    project: Project, names: Sequence[str], manner: Manner, notice: Notice
) -> tuple[list[Path], list[Problem]]:
    """Make the bundles of editions, of all partners for none: `build/bundles/…zip`.

    Their paths, and what was found but stops nothing. PublishError with everything that stands in
    the way; the bundles that were there then are still.
    """
    with Editing(project) as editing:
        source = editing.read().manuscript.metadata.language
        wanted = naming.asked(project, list(names) or project.partners(), source)
        subjects = list(recording.of(editing, wanted, release=not manner.draft))
    _build(project, wanted, manner, notice)
    for subject in subjects:
        place = f"{subject.edition.id}/metadata"
        artefacts.write_folder(project.build / place, records.make(subject), f"build/{place}")
    found = _allowed(checking.check(project, wanted), manner)
    verdicts = _verdicts(project, wanted) if manner.judged else []
    found += _allowed(list(judging.problems(verdicts, project)), manner)
    paths = []
    for subject in subjects:
        checks = origins.checks(project, found, verdicts, subject.edition.id)
        paths.append(_packed(project, subject, manner, checks))
    return paths, found


def _build(project: Project, names: Sequence[str], manner: Manner, notice: Notice) -> None:
    release = not manner.draft
    wish, jobs = wishes.of(project, names, FORMATS, release=release, count=manner.jobs)
    state, stale = wishes.stale(project, jobs)
    if stale:
        building.build(project, wish, stale, state, notice)


def _verdicts(project: Project, names: Sequence[str]) -> list[Verdict]:
    return list(judges.verdicts(judging.files(project, names, FORMATS)))


def _packed(
    project: Project, subject: Subject, manner: Manner, checks: list[dict[str, Any]]
) -> Path:
    """One edition's bundle, at its place."""
    edition = subject.edition
    about = origins.of(edition) | {
        "sources": origins.sources(project, [edition.id]),
        "tools": origins.tools(),
        "fonts": origins.typefaces(edition),
        "checks": checks,
    }
    path = project.build / "bundles" / f"{edition.slug}.{edition.id}.zip"
    made, signed = files(project, subject), manner.key is not None
    made["README.txt"] = leaflets.readme(edition, path.name, list(made), signed=signed)
    comment = f"file:{manifests.NAME}\tbundle:{edition.id}\thashed"
    whole = manifests.sealed(bundles.about(about), made, manner.key, comment)
    artefacts.write(path, bundles.pack(whole), project.name(path))
    return path


def files(project: Project, subject: Subject) -> dict[str, bytes]:
    """What is in a bundle but README, manifest and signature, from `build/` and the sources."""
    edition = subject.edition
    names = [f"{edition.slug}.{format}" for format in FORMATS]
    found = {name: project.bytes(project.build / edition.id / name) for name in names}
    return found | _records(subject) | _texts(project, edition) | _leaflets(project, subject)


def licence(project: Project, edition: Edition) -> bytes:
    """An edition's licence, with its text where the publication has it (`licences/ID.txt`)."""
    translations, tag = project.translations, tag_of(edition.id)
    folders = (translations / edition.id, translations / tag, project.manuscript)
    paths = (folder / "licences" / f"{edition.licence}.txt" for folder in folders)
    text = next((project.text(path) for path in paths if path.is_file()), "")
    return leaflets.licence(edition, text)


def _leaflets(project: Project, subject: Subject) -> dict[str, bytes]:
    return {
        "CREDITS.txt": leaflets.people(subject.edition),
        "LICENCE.txt": licence(project, subject.edition),
        "cover.png": subject.cover,
    }


def _texts(project: Project, edition: Edition) -> dict[str, bytes]:
    """The translation as its translators have it; the manuscript's own language has none."""
    folder = project.edition_file(edition.id).parent
    own = [path for path in project.imprint_files(edition.id) if path.is_relative_to(folder)]
    names = {f"translation/{path.relative_to(folder).as_posix()}": path for path in own}
    found = {name: project.bytes(path) for name, path in names.items()}
    if tag_of(edition.id) == edition.source_language.tag:
        return found
    forms: tuple[exchanging.Form, ...] = ("po", "xliff")
    for form in forms:
        name = f"translation/{edition.slug}.{edition.id}.{exchanging.SUFFIXES[form]}"
        found[name] = exchanging.export(project, edition.id, exchanging.Wish(form))
    if project.glossary(edition.id).is_file():
        wish = exchanging.Wish("csv")
        found["translation/glossary.csv"] = exchanging.export(project, edition.id, wish)
    return found


def _records(subject: Subject) -> dict[str, bytes]:
    return {f"metadata/{name}": data for name, data in records.make(subject).items()}


def _allowed(problems: list[Problem], manner: Manner) -> list[Problem]:
    """What was found, if it stops nothing; a draft is not stopped by errors."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors and not manner.draft:
        raise PublishError(*errors)
    return problems
