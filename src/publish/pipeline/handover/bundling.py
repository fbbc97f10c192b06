"""Bundling: an edition checked, built and packed for a partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish import artefacts
from publish.checks import judges
from publish.checks.judges import Verdict
from publish.distribution import bundles, leaflets, manifests
from publish.distribution.records import Subject
from publish.distribution.signatures import SecretKey
from publish.editions import Edition
from publish.exchange import SUFFIXES, Form
from publish.pipeline import naming
from publish.pipeline.editing import Editing
from publish.pipeline.handover import origins, recording
from publish.pipeline.judgement import checking, judging
from publish.pipeline.judgement.checking import stopping
from publish.pipeline.making import building, wishes
from publish.pipeline.making.building import Notice
from publish.pipeline.naming import tag_of
from publish.pipeline.translation import exchanging
from publish.problems import Problem
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
    recorded = recording.write(project, subjects)
    found = stopping(checking.check(project, wanted), draft=manner.draft)
    verdicts = _verdicts(project, wanted) if manner.judged else []
    found += stopping(list(judging.problems(verdicts, project)), draft=manner.draft)
    paths = []
    for subject in subjects:
        edition = subject.edition
        made = _files(project, subject, recorded[edition.id])
        checks = origins.checks(project, found, verdicts, edition.id)
        paths.append(_packed(project, edition, made, manner, checks))
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
    project: Project,
    edition: Edition,
    made: dict[str, bytes],
    manner: Manner,
    checks: list[dict[str, Any]],
) -> Path:
    """The bundle of an edition's files, at its place."""
    about = origins.of(edition) | {
        "sources": origins.sources(project, [edition.id]),
        "tools": origins.tools(),
        "fonts": origins.typefaces(edition),
        "checks": checks,
    }
    path = project.build / "bundles" / f"{edition.slug}.{edition.id}.zip"
    made["README.txt"] = leaflets.readme(
        edition, path.name, list(made), signed=manner.key is not None
    )
    comment = f"file:{manifests.NAME}\tbundle:{edition.id}\thashed"
    whole = manifests.sealed(bundles.about(about), made, manner.key, comment)
    artefacts.write(path, bundles.pack(whole), project.name(path))
    return path


def _files(project: Project, subject: Subject, recorded: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is in a bundle but README, manifest and signature, from `build/` and the sources."""
    edition = subject.edition
    names = [f"{edition.slug}.{format}" for format in FORMATS]
    found = {name: project.bytes(project.build / edition.id / name) for name in names}
    found |= {f"metadata/{name}": data for name, data in recorded.items()}
    return found | _texts(project, edition) | _leaflets(project, subject)


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
    forms: tuple[Form, ...] = ("po", "xliff")
    for form in forms:
        name = f"translation/{edition.slug}.{edition.id}.{SUFFIXES[form]}"
        found[name] = exchanging.export(project, edition.id, exchanging.Wish(form))
    if project.glossary(edition.id).is_file():
        wish = exchanging.Wish("csv")
        found["translation/glossary.csv"] = exchanging.export(project, edition.id, wish)
    return found
