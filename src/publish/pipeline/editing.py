"""Editing: editions made one after another from one reading of the manuscript."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from publish import documents, imprints
from publish.catalogues import Catalogue
from publish.documents.pandoc import Pandoc
from publish.documents.serving import PandocError
from publish.documents.trees import Blocks
from publish.editions import Alternate, Edition
from publish.editions.making import Order, make
from publish.editions.orders import language
from publish.editions.translations import SOURCE, Translation, fits, sound
from publish.editions.translations import read as read_translation
from publish.garbage import uncollected
from publish.imprints import Imprint
from publish.languages import Language
from publish.messages import Message
from publish.metadata import load
from publish.pipeline import asking, attaching, preparing
from publish.pipeline.preparing import Prepared, own_words, prepare, rules, tag_of
from publish.pipeline.standing import standing
from publish.pipeline.thresholds import releasable
from publish.problems import Location, Problem, PublishError
from publish.project import Project
from publish.records import replace
from publish.shelves import Shelf

if TYPE_CHECKING:
    from publish.checks.translations import Pair


class Editing:
    """A running pandoc, which may be at work, and a manuscript read with it; a context manager."""

    def __init__(self, project: Project, pandoc: Pandoc | None = None) -> None:
        self.project = project
        self.warnings: list[Problem] = []
        self.shelf: Shelf = asking.shelf(project)
        self.pandoc = pandoc or asking.pandoc(project)
        self._prepared: Prepared | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pandoc.__exit__(kind, error, trace)

    def again(self, *, changed: bool) -> None:
        """Begin another build; what was read is kept, unless the files have changed since.

        So is the pandoc that runs, unless it has ended or has answered for long enough.
        """
        if changed:
            self._prepared = None
        self.warnings = list(self._prepared.warnings) if self._prepared else []
        if not self.pandoc.is_lasting:
            self.__exit__(None, None, None)
            self.pandoc = asking.pandoc(self.project)

    def read(self) -> Prepared:
        """The manuscript, read when it is first asked for; all errors in it are raised together."""
        if self._prepared is None:
            with uncollected():
                self._prepared = prepare(self.project, self.pandoc, self.shelf)
            self.warnings.extend(self._prepared.warnings)
        return self._prepared

    def finish(self) -> None:
        """Take the manuscript apart into messages even if no edition asked for them.

        What is found out of a file is kept only with its messages, for the next build.
        """
        with uncollected():
            list(self.read().messages)

    def edition(self, name: str, *, release: bool = False) -> Edition:
        """An edition ready to be rendered; PublishError as `order`."""
        with uncollected():
            try:
                order = self.order(name, release=release)
                edition = make(order, self.pandoc, self.shelf)
            except PandocError as error:
                raise PublishError(self._stopped(name, str(error))) from error
        return replace(edition, attachments=attaching.of(self.project, self.read(), name))

    def _stopped(self, name: str, said: str) -> Problem:
        """What pandoc could not do, most often with works that an edition cites in its own way."""
        path = self.project.references(name)
        place = Location(self.project.name(path) if path.exists() else f"edition {name}")
        what = f"pandoc cannot set the citations or write the text: {' '.join(said.split())[:300]}"
        hint = "Mend what is named; if nothing is, report it with the manuscript."
        return Problem("pandoc-failed", what, place, hint=hint)

    def order(self, name: str, *, release: bool = False, lenient: bool = False) -> Order:
        """What an edition is made from; a lenient one leaves out translations that are wrong.

        PublishError: everything wrong in its catalogue; for a release, `edition-incomplete`,
        `edition-unreviewed`.
        """
        prepared = self.read()
        metadata = prepared.manuscript.metadata
        source = self._language(metadata.language)
        imprint = imprints.read(self.project, name, prepared.manuscript)
        translation: Translation = SOURCE
        messages: Sequence[Sequence[Message]] = ()
        references, lagging = b"", False
        if tag_of(name) != metadata.language:
            translation = self._translation(name, source, lenient=lenient)
            imprint, lagging = standing(self.project, name, metadata, imprint, translation)
            references, messages = self._references(name), prepared.messages
            if release:
                wanted = imprint.values.release
                releasable(self.project, name, translation, prepared.every_message, wanted)
        return Order(
            id=name,
            language=_typefaces(self._language(tag_of(name)), imprint),
            source_language=source,
            manuscript=prepared.manuscript,
            sources=prepared.sources,
            messages=messages,
            translation=translation,
            imprint=imprint,
            bios=self._bios(imprint),
            references=references,
            alternates=self._alternates(metadata.language),
            rules=rules(self.project),
            lagging=lagging,
        )

    def pairs(self, name: str) -> tuple[Catalogue, list[Pair]]:
        """An edition's catalogue, and each approved translation in it beside its message."""
        from publish.checks.translations import Pair  # 50 ms that no build needs

        found = preparing.catalogue(self.project, name)
        messages = {message.key: message for message in self.read().every_message}
        entries = [e for e in found.messages if e.key in messages and e.translated and fits(e)]
        parsed = self.pandoc.inlines([entry.translation for entry in entries])
        return found, [
            Pair(messages[entry.key], entry, entry.path, inlines)
            for entry, inlines in zip(entries, parsed, strict=True)
        ]

    def _translation(self, name: str, source: Language, *, lenient: bool) -> Translation:
        found = [preparing.catalogue(self.project, name)]
        if words := own_words(tag_of(name)):
            found.append(words)
        messages = self.read().messages
        translation, problems = read_translation(messages, found, self.pandoc, source, self.shelf)
        if problems and lenient:
            return sound(translation, self.read().every_message)
        if problems:
            raise PublishError(*problems)
        return translation

    def _references(self, name: str) -> bytes:
        """Titles and names of cited works as an edition has them, if it has its own."""
        path = self.project.references(name)
        if not path.exists():
            return b""
        text = self.project.text(path)
        load(text, self.project.name(path))  # for an error with its line
        return text.encode()

    def _bios(self, imprint: Imprint) -> dict[str, Blocks]:
        """What an edition tells of those who worked on it, in its own language."""
        found = {}
        for name, file in imprint.bios.items():
            document, warnings = documents.read(file, self.pandoc)
            self.warnings.extend(warnings)
            found[name] = document.blocks
        return found

    def _alternates(self, source: str) -> tuple[Alternate, ...]:
        names = [source, *self.project.editions()]
        houses = {name: imprints.partner(self.project, name) for name in names}
        return tuple(
            Alternate(n, tag_of(n), self._language(tag_of(n)).name, houses[n]) for n in names
        )

    def _language(self, tag: str) -> Language:
        return language(tag, rules(self.project), self.shelf)


def _typefaces(language: Language, imprint: Imprint) -> Language:
    """A language with the typefaces that an edition prefers."""
    own = imprint.values.tokens.fonts
    return replace(language, fonts=tuple(dict.fromkeys((*own, *language.fonts))))
