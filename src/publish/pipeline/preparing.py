"""Preparing: a manuscript read, checked and taken apart into messages, once for all editions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from publish import catalogues, languages, manuscripts, styles
from publish.catalogues import Catalogue, Key
from publish.catalogues.reviews import Reviews
from publish.catalogues.reviews import read as read_reviews
from publish.checks import citations, looks, verdicts
from publish.documents import sources
from publish.documents.pandoc import Pandoc
from publish.documents.sources import Sources
from publish.languages import Language
from publish.manuscripts import Manuscript
from publish.messages import Message
from publish.messages.readings import Readings
from publish.pipeline import keeping, naming
from publish.pipeline.naming import tag_of
from publish.problems import Collected, Problem, PublishError, Severity
from publish.project import Project
from publish.records import Record
from publish.shelves import BARE, Shelf

__all__ = ["Prepared", "catalogue", "language", "own_words", "prepare", "reviews", "rules",
           "tag_of"]  # fmt: skip

WORDS = Path(__file__).parents[1] / "defaults" / "words"


class Prepared(Record, frozen=True, dict=True):
    """A manuscript ready for translation; `warnings` are what may be wrong with it."""

    project: Project
    manuscript: Manuscript
    sources: Sources
    readings: Readings
    warnings: tuple[Problem, ...]

    @cached_property
    def messages(self) -> Sequence[Sequence[Message]]:
        """The messages of each document, when they are first asked for: the source needs none.

        Pandoc has to be there still.
        """
        return self.readings.messages(self.sources.documents)

    @property
    def every_message(self) -> list[Message]:
        """All messages, in the order of the documents."""
        return [message for one in self.messages for message in one]

    @property
    def passages(self) -> list[list[Message]]:
        """Each message once; a copy for review numbers them in this order, from 1."""
        seen: set[Key] = set()
        parts = []
        for part in self.messages:
            new = {m.key: m for m in reversed(part) if m.key not in seen}
            seen |= new.keys()
            parts.append(list(reversed(new.values())))
        return parts


def prepare(project: Project, pandoc: Pandoc, shelf: Shelf = BARE) -> Prepared:
    """The manuscript of a publication; all errors in it are raised together.

    What is found out about each file of it is kept on the shelf.
    """
    manuscript = manuscripts.read(project)
    errors = Collected()
    errors.problems += naming.check(project.editions(), manuscript.metadata.language)
    errors.problems += naming.unwritten(project, manuscript.metadata.language)
    with errors.each():
        looks.check(project, shelf)
    errors.problems += citations.style(manuscript.style, pandoc)
    keys = None
    with errors.each():
        keys = citations.keys(manuscript.bibliography, pandoc)
    readings = Readings(pandoc, shelf)
    try:
        found, said = sources.of(manuscript, project, pandoc, readings.document)
    except PublishError as error:
        raise PublishError(*errors.problems, *error.problems) from error
    warnings = _warnings([*map(_judged, said), *verdicts.check(found, keys, pandoc, shelf)], errors)
    return Prepared(project, manuscript, found, readings, tuple(warnings))


def _warnings(said: list[Problem], errors: Collected) -> list[Problem]:
    """The warnings of what was said; all errors there are until here are raised."""
    errors.problems += [problem for problem in said if problem.severity is Severity.ERROR]
    errors.stop()
    return [problem for problem in said if problem.severity is Severity.WARNING]


def _judged(warning: Problem) -> Problem:
    """What pandoc only warns of, an error where an author's words would be lost."""
    if found := re.match(r"Duplicate note reference '(.*?)'", warning.message):
        what = f"the note [^{found[1]}] is written twice, and one of the two would be lost"
        hint = "Give one of them another name, or take it away."
        place = warning.location
        return Problem("note-duplicate", what, place, hint=hint)
    return warning


def catalogue(project: Project, edition: str) -> Catalogue:
    """The catalogue of an edition; PublishError with all that is wrong in it."""
    return keeping.read(project, edition)


def reviews(project: Project, edition: str) -> Reviews:
    """The records of reviews of an edition; PublishError with all that is wrong in them."""
    path = project.reviews(edition)
    return read_reviews(project.text(path), project.name(path)) if path.exists() else Reviews()


def language(project: Project, tag: str) -> Language:
    """A language under the rules of publish and those of the publication."""
    return languages.read(tag, *rules(project))


def rules(project: Project) -> tuple[Path, ...]:
    """The files of language rules, the publication's own last."""
    own = project.styles / "languages.toml"
    defaults = styles.DEFAULTS / "languages.toml"
    return (defaults, own) if own.is_file() else (defaults,)


def own_words(tag: str) -> Catalogue | None:
    """Publish's own catalogue of the fixed words in a language, if it has one."""
    for name in (tag, tag.partition("-")[0]):
        path = WORDS / f"{name}.po"
        if path.is_file():
            return catalogues.parse(path.read_bytes(), f"publish/words/{path.name}")
    return None
