"""Translating: the template, the catalogues of the editions, and how far each has come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NamedTuple

from publish import artefacts, catalogues, languages, manuscripts
from publish.catalogues import Catalogue, Entry, volumes
from publish.catalogues.updating import DATE
from publish.documents.pandoc import Pandoc
from publish.manuscripts import Manuscript
from publish.messages import Message
from publish.pipeline import naming, preparing, standing, starting
from publish.pipeline.keeping import by_chapter
from publish.pipeline.naming import tag_of
from publish.pipeline.translation import migrating
from publish.problems import Collected, Location, Problem, PublishError
from publish.project import Project

EDITION = """\
# yaml-language-server: $schema=../../.schemas/edition.json
# What this edition adds to the publication. All keys: docs/partners.md.
contributors:
  # Who translated it, as readers of this edition are to see the name.
  # - name: …
  #   role: trl
"""
PARTNER = """\
# yaml-language-server: $schema=../../.schemas/edition.json
# A partner's edition: the text of its language under an imprint of its own.
# All keys: docs/partners.md. Here stands only what differs from the language's edition.
partner:
  # name: …            # as readers of this edition are to see it
  # source_name: …     # the same in the language of the manuscript
  # place: …
  # address: …
  # url: https://example.org/
  # ror: https://ror.org/…
  # logo: logo.svg     # a file beside this one
# identifiers:
#   doi: 10.…/…
#   isbn-pdf: 978-…
#   isbn-epub: 978-…
# tokens:
#   accent: "#1b4f72"
"""


class Template(NamedTuple):
    """All messages of a manuscript; `chapters` are those with a catalogue each: path to name."""

    catalogue: Catalogue
    chapters: Mapping[str, str]


def extract(project: Project) -> Template:
    """Write the template of the manuscript as it is now, if it changed; give it back."""
    with Pandoc() as pandoc:
        return extracted(project, pandoc)


def extracted(project: Project, pandoc: Pandoc) -> Template:
    """The same with a pandoc that runs."""
    prepared = preparing.prepare(project, pandoc)
    fresh = template_of(prepared, project.name(project.template))
    chapters = _chapters(prepared.manuscript)
    former = {file.path: file for file in _templates(project)}
    made = list[Catalogue]()
    for file in volumes.parted(fresh._replace(entries=()), fresh, by_chapter(fresh, chapters)):
        old = former.pop(file.path, None)
        if old is None or old.messages != file.messages:
            artefacts.write(project.root / file.path, catalogues.serialise(file), file.path)
            old = file
        made.append(old)
    for path in former:
        (project.root / path).unlink()
    date = max(file.fields.get(DATE, "") for file in made)
    return Template(volumes.joined(made).with_field(DATE, date), chapters)


def _chapters(manuscript: Manuscript) -> dict[str, str]:
    asked = manuscript.metadata.catalogues == "chapters"
    return {file.path: file.stem for file in manuscript.chapters} if asked else {}


def _templates(project: Project) -> Iterator[Catalogue]:
    """The templates there are; one that is broken is made anew, one that is not ours is left."""
    for path in sorted(project.translations.glob("*.pot")):
        with suppress(PublishError):
            file = catalogues.parse(project.bytes(path), project.name(path))
            if file.fields.get("X-Generator") == "publish":
                yield file


def template_of(prepared: preparing.Prepared, path: str) -> Catalogue:
    """The template of a manuscript that was read."""
    metadata = prepared.manuscript.metadata
    entries = map(_entry, prepared.every_message)
    now = datetime.now(UTC)
    made = catalogues.template(entries, metadata.title, metadata.version, now, path)
    return migrating.signed(made)


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
    if edition in project.editions():
        hint = f"Bring it up to date with `publish update {tag_of(edition)}`."
        what = f"there is an edition “{edition}” already"
        own = edition in project.languages()
        path = project.catalogue(edition) if own else project.edition_file(edition)
        raise PublishError(Problem("edition-exists", what, Location(project.name(path)), hint=hint))
    source = manuscripts.read(project).metadata.language
    if problems := list(naming.check_new(edition, source)):
        raise PublishError(*problems)
    tag = tag_of(edition)
    made = [] if tag in {source, *project.languages()} else _add_language(project, tag)
    made += _add_partner(project, edition) if edition != tag else []
    return [*made, *starting.schemas(project)]


def _add_partner(project: Project, edition: str) -> list[str]:
    """The imprint of a partner's edition, whose text is that of its language."""
    path = project.edition_file(edition)
    artefacts.write(path, PARTNER.encode(), project.name(path))
    return [project.name(path)]


def _add_language(project: Project, edition: str) -> list[str]:
    tag = tag_of(edition)
    name = project.name(project.catalogue(edition))
    template = extract(project)
    plural = languages.plural_forms(tag)
    fresh = catalogues.new(tag, template.catalogue, plural_forms=plural, date=datetime.now(UTC))
    fresh = standing.marked(manuscripts.read(project).metadata, fresh, fresh)
    whole = worded(migrating.signed(fresh._replace(path=name)), tag)
    files = volumes.parted(whole._replace(entries=()), whole, by_chapter(whole, template.chapters))
    made = {f.path: catalogues.serialise(f) for f in reversed(files)}  # it makes the edition one
    folder = project.name(project.translations / edition)
    made = {
        f"{folder}/edition.yaml": EDITION.encode(),
        f"{folder}/glossary.csv": _glossary(),
    } | made
    written = [file for file in made if not (project.root / file).exists()]
    for file in written:
        artefacts.write(project.root / file, made[file], file)
    return written


def _glossary() -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(["term", "translation", "forbidden", "note"])
    return text.getvalue().encode()


def worded(catalogue: Catalogue, tag: str) -> Catalogue:
    """A catalogue whose fixed words are filled in where publish knows them and nobody wrote any."""
    words = preparing.own_words(tag)
    if words is None:
        return catalogue
    filled = [
        entry.with_translation(known.translation)
        for entry in catalogue.messages
        if not entry.written and (known := words.by_key.get(entry.key)) and known.translated
    ]
    return catalogue.with_entries(filled) if filled else catalogue


def read(project: Project, editions: Sequence[str], errors: Collected) -> dict[str, Catalogue]:
    """The catalogues of some editions, as far as they can be read."""
    found = dict[str, Catalogue]()
    for edition in editions:
        with errors.each():
            found[edition] = preparing.catalogue(project, edition)
    return found
