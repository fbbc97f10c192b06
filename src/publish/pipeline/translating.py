"""Translating: the template, the catalogues of the editions, and how far each has come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from publish import artefacts, catalogues, languages, manuscripts
from publish.catalogues import Catalogue, Entry, Key, Update
from publish.documents.pandoc import Pandoc
from publish.messages import Message
from publish.pipeline import naming
from publish.pipeline.naming import tag_of
from publish.pipeline.preparing import Prepared, own_words, prepare
from publish.pipeline.preparing import catalogue as read_catalogue
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project

EDITION = """\
# What this edition adds to the publication. All keys: docs/authors.md.
contributors:
  # Who translated it, as readers of this edition are to see the name.
  # - name: …
  #   role: trl
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an edition has come: messages and, in brackets of its source, words."""

    edition: str
    name: str
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int
    obsolete: int

    @property
    def total(self) -> int:
        """All messages of the manuscript."""
        return self.translated + self.fuzzy + self.missing


def extract(project: Project) -> Catalogue:
    """Write the template of the manuscript as it is now; give it back."""
    return _extract(project)[0]


def _extract(project: Project) -> tuple[Catalogue, Prepared]:
    with Pandoc() as pandoc:
        prepared = prepare(project, pandoc)
    path = project.template
    fresh = _template(prepared, project.name(path))
    if path.exists():
        former = catalogues.parse(project.bytes(path), project.name(path))
        if former.messages == fresh.messages:
            return former, prepared
    artefacts.write(path, catalogues.serialise(fresh), project.name(path))
    return fresh, prepared


def _template(prepared: Prepared, path: str) -> Catalogue:
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
    template, _ = _extract(project)
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
    words = own_words(tag)
    if words is None:
        return catalogue
    for entry in catalogue.messages:
        known = words.by_key.get(entry.key)
        if known and known.translated and not entry.written:
            catalogue = catalogue.with_translation(entry.key, known.translation)
    return catalogue


def update(project: Project, editions: Sequence[str]) -> Iterator[tuple[str, Update]]:
    """Bring catalogues up to date with the manuscript; nothing a translator wrote is lost.

    All catalogues are read before the first is written, so that a broken one stops nothing half-way.
    PublishError `edition-unknown`, and all that is wrong in manuscript and catalogues.
    """
    names = naming.asked(project, editions)
    former = dict(_catalogues(project, names, errors := Collected()))
    errors.stop()
    template, _ = _extract(project)
    for edition, catalogue in former.items():
        changed = catalogues.update(catalogue, template)
        result = _worded(changed.catalogue, tag_of(edition))
        data = catalogues.serialise(result)
        path = project.catalogue(edition)
        if data != project.bytes(path):
            artefacts.write(path, data, project.name(path))
        yield edition, changed


def _catalogues(
    project: Project, editions: Sequence[str], errors: Collected
) -> Iterator[tuple[str, Catalogue]]:
    """Editions with their catalogues, as far as these can be read."""
    for edition in editions:
        with errors.each():
            yield edition, read_catalogue(project, edition)


def status(project: Project) -> tuple[list[Progress], list[Problem]]:
    """How far each edition has come, measured against the manuscript; what is wrong in the others."""
    with Pandoc() as pandoc:
        prepared = prepare(project, pandoc)
    unique = {message.key: message for message in prepared.every_message}
    found = dict(_catalogues(project, project.editions(), errors := Collected()))
    return [_progress(*item, unique) for item in found.items()], errors.problems


def _progress(edition: str, catalogue: Catalogue, messages: Mapping[Key, Message]) -> Progress:
    found = {key: catalogue.by_key.get(key) for key in messages}
    done = [key for key, entry in found.items() if entry and entry.translated]
    fuzzy = sum(1 for entry in found.values() if entry and entry.fuzzy)
    words = {key: len(message.text.split()) for key, message in messages.items()}
    tag = tag_of(edition)
    return Progress(
        edition=edition,
        name=languages.locale(tag).get_display_name("en") or tag,
        translated=len(done),
        fuzzy=fuzzy,
        missing=len(messages) - len(done) - fuzzy,
        words=sum(words.values()),
        words_translated=sum(words[key] for key in done),
        obsolete=len(catalogue.obsolete),
    )
