"""Cases: a message and its translation, side by side, as every family of checks looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publish.catalogues import Entry
from publish.checks.translations import prose
from publish.checks.translations.prose import Prose
from publish.documents.trees import Inlines
from publish.languages import Language
from publish.messages import Message
from publish.problems import Location, Problem, Severity

_NOWHERE = Location("glossary.csv")


@dataclass(frozen=True, slots=True)
class Pair:
    """A message, its entry in the catalogue at `path`, and the translation as pandoc read it.

    `inlines` is None where there is no translation, or none that is one paragraph.
    """

    message: Message
    entry: Entry
    path: str
    inlines: Inlines | None


@dataclass(frozen=True, slots=True)
class Term:
    """What was agreed for a term: renderings of which any will do, renderings that will not."""

    term: str
    translations: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    location: Location = _NOWHERE


@dataclass(frozen=True, slots=True)
class Case:
    """A pair, and the prose of both its sides."""

    pair: Pair
    source: Prose
    translation: Prose

    @property
    def entry(self) -> Entry:
        """The catalogue's entry."""
        return self.pair.entry

    def warning(self, code: str, message: str, hint: str = "") -> Problem:
        """A problem of this translation that does not stop a release."""
        return self._problem(code, message, Severity.WARNING, hint)

    def error(self, code: str, message: str, hint: str = "") -> Problem:
        """A problem of this translation that does."""
        return self._problem(code, message, Severity.ERROR, hint)

    def _problem(self, code: str, message: str, severity: Severity, hint: str) -> Problem:
        place = Location(self.pair.path, self.entry.line or None)
        return Problem(code, message, place, severity, hint)


@dataclass(frozen=True, slots=True)
class Setting:
    """From which language into which, and with what agreed terms."""

    language: Language
    source_language: Language
    glossary: Sequence[Term] = ()


Family = Callable[[Sequence[Case], Setting], Iterator[Problem]]


def case(pair: Pair, language: Language, source_language: Language) -> Case:
    """A pair made ready to be looked at."""
    return Case(
        pair,
        prose.read(pair.message.inlines, source_language.tag),
        prose.read(pair.inlines or [], language.tag),
    )


def excerpt(text: str, start: int, end: int, around: int = 16) -> str:
    """The words at a place, with a little of what stands around them, in one line."""
    before = "…" if start > around else ""
    after = "…" if end + around < len(text) else ""
    words = text[max(0, start - around) : end + around]
    shown = words.translate({0xFFFC: "▫", 0xE000: '"', 0xE001: '"', 0x0A: " "})
    return f"“{before}{shown.strip(' ')}{after}”"
