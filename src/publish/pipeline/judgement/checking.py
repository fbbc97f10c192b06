"""Checking: every problem of manuscript and catalogues, without making anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from publish.checks import imprints, records, translations
from publish.checks.records import FORMATS
from publish.checks.translations import readiness
from publish.imprints import read as read_imprint
from publish.languages import Language
from publish.manuscripts import Manuscript, read_edition
from publish.metadata import bibliographies
from publish.pipeline import keeping, naming
from publish.pipeline.editing import Editing
from publish.pipeline.keeping import Change
from publish.pipeline.naming import tag_of
from publish.pipeline.preparing import language
from publish.pipeline.translation import receiving
from publish.problems import Collected, Problem, PublishError, Severity
from publish.project import Project


def check(project: Project, editions: Sequence[str]) -> list[Problem]:
    """Problems of the manuscript and of each edition's translations, all of them."""
    found = Collected()
    with Editing(project) as editing, found.each():
        prepared = editing.read()
        source = language(project, prepared.manuscript.metadata.language)
        ready = readiness.check(prepared.sources.documents, prepared.every_message, source)
        found.problems.extend(ready)
        found.problems.extend(_manuscript(prepared.manuscript))
        for edition in naming.asked(project, editions, source.tag):
            for look in (_imprint, _made, _translated):
                with found.each():
                    found.problems.extend(look(editing, edition, source))
    return [*editing.warnings, *found.problems]


def stopping(problems: list[Problem], *, draft: bool = False) -> list[Problem]:
    """Problems, if there is no error among them, or it is a draft's; PublishError else."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors and not draft:
        raise PublishError(*errors)
    return problems


def _manuscript(manuscript: Manuscript) -> Iterator[Problem]:
    """What is odd in its metadata and in its bibliography."""
    yield from imprints.numbers(manuscript.metadata, manuscript.source)
    works = manuscript.bibliography
    if works and works.format == "yaml":
        yield from bibliographies.odd(works.data.decode(), works.path)


def built(project: Project, edition: str, slug: str) -> dict[str, bytes]:
    """The files of an edition in `build/` by their names there, if it has records; else none."""
    folder = project.build / edition
    paths = sorted((folder / "metadata").glob("*.*"))
    if paths:
        paths += [folder / f"{slug}.{format}" for format in FORMATS]
    return {
        path.relative_to(folder).as_posix(): project.bytes(path) for path in paths if path.is_file()
    }


def _made(editing: Editing, edition: str, _: Language) -> Iterator[Problem]:
    """Why an edition cannot be made, and what its records say otherwise than the edition."""
    made = editing.edition(edition)
    yield from records.check(made, built(editing.project, edition, made.slug))


def _imprint(editing: Editing, edition: str, _: Language) -> Iterator[Problem]:
    """What is odd in what an edition says of itself; the manuscript's own says it elsewhere."""
    if edition in editing.project.editions():
        imprint = read_imprint(editing.project, edition, editing.read().manuscript)
        yield from imprints.check(edition, imprint, *read_edition(editing.project, edition))


def _translated(editing: Editing, edition: str, source: Language) -> Iterator[Problem]:
    """What may be wrong in translations that the edition could be made from."""
    if tag_of(edition) == source.tag:
        return
    catalogue, pairs = editing.pairs(edition)
    glossary = receiving.glossary(editing.project, edition)
    own = language(editing.project, tag_of(edition))
    yield from glossary.problems
    yield from translations.check(pairs, own, source, glossary.terms)
    yield from translations.states(catalogue.messages)


def fix(project: Project, editions: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Mend in the catalogues what is safe to mend; their paths, and how many messages of each."""
    with Editing(project) as editing:
        source = editing.read().manuscript.metadata.language
        for edition in naming.asked(project, editions, source):
            if tag_of(edition) != source:
                yield _fixed(editing, edition)


def _fixed(editing: Editing, edition: str) -> tuple[str, int]:
    catalogue, pairs = editing.pairs(edition)
    own = language(editing.project, tag_of(edition))
    found = translations.fixes(pairs, own, editing.pandoc)
    entries = [fix.pair.entry.changed(translation=fix.translation) for fix in found]
    change = Change(catalogue, catalogue.with_entries(entries))
    command = f"check --fix -l {edition}"
    keeping.write(editing.project, command, [(change, keeping.where_it_is(catalogue))])
    return catalogue.path, len(entries)


def as_json(problems: Sequence[Problem]) -> str:
    """Problems for a machine: a list of objects, one a problem."""
    return json.dumps(
        [
            {
                "code": problem.code,
                "severity": problem.severity,
                "path": problem.location.path,
                "line": problem.location.line,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )
