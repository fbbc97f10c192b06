"""Translating: the template, the catalogues of the editions, and how far each has come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from publish import artefacts, catalogues, languages, manuscripts
from publish.catalogues import Catalogue, Entry, Update
from publish.documents.pandoc import Pandoc
from publish.messages import Message
from publish.pipeline import naming, preparing
from publish.pipeline.naming import tag_of
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project

EDITION = """\
# What this edition adds to the publication. All keys: docs/authors.md.
contributors:
  # Who translated it, as readers of this edition are to see the name.
  # - name: …
  #   role: trl
"""


def extract(project: Project) -> Catalogue:
    """Write the template of the manuscript as it is now, if it changed; give it back."""
    with Pandoc() as pandoc:
        prepared = preparing.prepare(project, pandoc)
    path = project.template
    fresh = _template(prepared, project.name(path))
    with suppress(PublishError):  # one that is broken or not there is made anew
        former = catalogues.parse(project.bytes(path), project.name(path))
        if former.messages == fresh.messages:
            return former
    artefacts.write(path, catalogues.serialise(fresh), project.name(path))
    return fresh


def _template(prepared: preparing.Prepared, path: str) -> Catalogue:
    metadata = prepared.manuscript.metadata
    entries = map(_entry, prepared.every_message)
    return catalogues.template(entries, metadata.title, metadata.version, datetime.now(UTC), path)


def _entry(message: Message) -> Entry:
    """A message as gettext has it. `markdown-text` lets Weblate check the Markdown."""
    comments = (message.place, *([message.comment] if message.comment else []))
    reference = (str(message.location),) if message.location.path else ()
    return Entry(
        message.text,
        context=message.context,
        extracted=comments,
        references=reference,
        flags=("markdown-text", "no-wrap"),
    )


def add(project: Project, edition: str) -> list[str]:
    """Start an edition; the names of the files that were made.

    PublishError `edition-exists`, `edition-name`, `edition-source`, `language-unknown`.
    """
    tag = tag_of(edition)
    path = project.catalogue(edition)
    name = project.name(path)
    if path.exists():
        hint = f"Bring it up to date with `publish update {edition}`."
        what = f"there is an edition “{edition}” already"
        raise PublishError(Problem("edition-exists", what, Location(name), hint=hint))
    if problems := list(naming.check([edition], manuscripts.read(project).metadata.language)):
        raise PublishError(*problems)
    template = extract(project)
    plural = languages.plural_forms(tag)
    fresh = catalogues.new(tag, template, plural_forms=plural, date=datetime.now(UTC))
    folder = project.translations / edition
    made = {folder / "edition.yaml": EDITION.encode(), folder / "glossary.csv": _glossary()}
    made[path] = catalogues.serialise(_worded(fresh, tag))  # last: it makes the edition one
    written = [path for path in made if not path.exists()]
    for path in written:
        artefacts.write(path, made[path], project.name(path))
    return [project.name(path) for path in written]


def _glossary() -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(["term", "translation", "forbidden", "note"])
    return text.getvalue().encode()


def _worded(catalogue: Catalogue, tag: str) -> Catalogue:
    """A catalogue whose fixed words are filled in where publish knows them and nobody wrote any."""
    words = preparing.own_words(tag)
    if words is None:
        return catalogue
    for entry in catalogue.messages:
        known = words.by_key.get(entry.key)
        if known and known.translated and not entry.written:
            catalogue = catalogue.with_translation(entry.key, known.translation)
    return catalogue


def update(project: Project, editions: Sequence[str]) -> Iterator[tuple[str, Update]]:
    """Bring catalogues up to date with the manuscript; nothing a translator wrote is lost.

    All catalogues are read before the first is written: a broken one stops nothing half-way.
    PublishError `edition-unknown`, and all that is wrong in manuscript and catalogues.
    """
    names = naming.asked(project, editions)
    former = read(project, names, errors := Collected())
    errors.stop()
    template = extract(project)
    for edition, catalogue in former.items():
        changed = catalogues.update(catalogue, template)
        result = _worded(changed.catalogue, tag_of(edition))
        data = catalogues.serialise(result)
        path = project.catalogue(edition)
        if data != project.bytes(path):
            artefacts.write(path, data, project.name(path))
        yield edition, changed


def read(project: Project, editions: Sequence[str], errors: Collected) -> dict[str, Catalogue]:
    """The catalogues of some editions, as far as they can be read."""
    found = dict[str, Catalogue]()
    for edition in editions:
        with errors.each():
            found[edition] = preparing.catalogue(project, edition)
    return found
