"""Preparing: a manuscript read, checked and taken apart into messages, once for all editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from publish import catalogues, languages, manuscripts, messages, styles
from publish.catalogues import Catalogue
from publish.checks import manuscripts as manuscript_checks
from publish.documents import sources
from publish.documents.pandoc import Pandoc
from publish.documents.sources import Sources
from publish.languages import Language
from publish.manuscripts import Manuscript
from publish.messages import Message
from publish.metadata import load
from publish.problems import Problem, PublishError, Severity
from publish.project import Project

WORDS = Path(__file__).parents[1] / "defaults" / "words"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A manuscript ready for translation; `warnings` are what may be wrong with it."""

    project: Project
    manuscript: Manuscript
    sources: Sources
    messages: Sequence[Sequence[Message]]
    warnings: tuple[Problem, ...]

    @property
    def every_message(self) -> list[Message]:
        """All messages, in the order of the documents."""
        return [message for one in self.messages for message in one]


def prepare(project: Project, pandoc: Pandoc) -> Prepared:
    """The manuscript of a publication; all errors in it are raised together."""
    manuscript = manuscripts.read(project)
    found, warnings = sources.of(manuscript, project, pandoc)
    checked = list(manuscript_checks.check(found, _keys(manuscript, pandoc)))
    errors = [problem for problem in checked if problem.severity is Severity.ERROR]
    if errors:
        raise PublishError(*errors)
    texts = messages.extract(found.documents, pandoc)
    return Prepared(project, manuscript, found, texts, (*warnings, *checked))


def _keys(manuscript: Manuscript, pandoc: Pandoc) -> set[str]:
    bibliography = manuscript.bibliography
    if bibliography is None:
        return set()
    if bibliography.format == "yaml":
        load(bibliography.data.decode(), bibliography.path)  # for an error with its line
    return pandoc.keys(bibliography.data, bibliography.format)


def language(project: Project, tag: str) -> Language:
    """A language under the rules of publish and those of the publication."""
    return languages.read(tag, *rules(project))


def rules(project: Project) -> tuple[Path, ...]:
    """The files of language rules, the publication's own last."""
    own = project.styles / "languages.toml"
    defaults = styles.DEFAULTS / "languages.toml"
    return (defaults, own) if own.is_file() else (defaults,)


def tag_of(edition: str) -> str:
    """The language tag of an edition's name: `ko` for `ko+kips`."""
    return edition.partition("+")[0]


def own_words(tag: str) -> Catalogue | None:
    """publish's own catalogue of the fixed words in a language, if it has one."""
    for name in (tag, tag.partition("-")[0]):
        path = WORDS / f"{name}.po"
        if path.is_file():
            return catalogues.parse(path.read_bytes(), f"publish/words/{path.name}")
    return None
