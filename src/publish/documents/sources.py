"""All documents of a manuscript: chapters, biographies, metadata, figures, fixed words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from publish.documents import Document, figures, trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Blocks
from publish.documents.words import CONTEXT, REFERENCE_CONTEXT, REFERENCES, WORDS
from publish.manuscripts import File, Manuscript
from publish.metadata import Metadata
from publish.problems import Collected, Location, Problem
from publish.project import Project
from publish.records import Record


class Sources(Record, frozen=True):
    """A manuscript read: `pictures` are the bytes of every picture that a chapter shows."""

    metadata: Document
    chapters: tuple[Document, ...]
    bios: Mapping[str, Document]
    figures: Mapping[str, Document]
    words: tuple[Document, Document]
    pictures: Mapping[str, bytes]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order in which a catalogue has them."""
        return (
            self.metadata,
            *self.chapters,
            *self.bios.values(),
            *self.figures.values(),
            *self.words,
        )


Read = Callable[[File], tuple[Document, list[Problem]]]


def of(
    manuscript: Manuscript, project: Project, pandoc: Pandoc, read: Read
) -> tuple[Sources, list[Problem]]:
    """A manuscript's documents, and warnings; all that cannot be read is raised together.

    `read` gives the document of a file.
    """
    errors, warnings = Collected(), list[Problem]()

    def document(file: File) -> Document:
        found, said = read(file)
        warnings.extend(said)
        return found

    chapters, bios, drawn = list[Document](), dict[str, Document](), dict[str, Document]()
    for file in manuscript.chapters:
        with errors.each():
            chapters.append(document(file))
    for name, file in manuscript.bios.items():
        with errors.each():
            bios[name] = document(file)
    pictures = dict(_pictures(chapters, project, errors))
    for name, data in pictures.items():
        if name.lower().endswith(".svg"):
            with errors.each():
                drawn[name] = figures.read(project.name(project.manuscript / name), data)
    errors.stop()
    metadata = _metadata(manuscript, pandoc)
    return Sources(metadata, tuple(chapters), bios, drawn, _words(), pictures), warnings


def _pictures(
    chapters: list[Document], project: Project, errors: Collected
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each picture that a chapter shows."""
    for chapter in chapters:
        yield from chapter.media.items()
        for name in chapter.pictures:
            if name not in chapter.media:
                with errors.each():
                    place = Location(chapter.path, chapter.line_of(name))
                    path = project.inside(project.manuscript, unquote(name), place)
                    yield name, project.bytes(path)


def _metadata(manuscript: Manuscript, pandoc: Pandoc) -> Document:
    """Every sentence of the metadata that a reader sees: a Div a field, under its key."""
    fields = dict(_fields(manuscript.metadata))
    paragraphs = [(key, text) for key, value in fields.items() for text in value.split("\n\n")]
    texts = [" ".join(text.split()) for _, text in paragraphs]
    blocks: dict[str, Blocks] = {key: [] for key in fields}
    for (key, _), read_as, text in zip(paragraphs, pandoc.inlines(texts), texts, strict=True):
        inlines = trees.words(text) if read_as is None else read_as
        blocks[key] += trees.normal([{"t": "Para", "c": inlines}])
    source = manuscript.source
    return Document(
        path=source.path,
        blocks=[trees.div(inner, key) for key, inner in blocks.items()],
        name="metadata",
        lines={key: source.at(key).line or 1 for key in fields},
    )


def _fields(metadata: Metadata) -> Iterator[tuple[str, str]]:
    for key in ("title", "subtitle", "abstract", "rights", "funding"):
        if text := getattr(metadata, key):
            yield key, text.strip()
    for n, keyword in enumerate(metadata.keywords):
        yield f"keywords.{n}", keyword
    for n, contributor in enumerate(metadata.contributors):
        yield f"contributors.{n}.name", contributor.name
        if contributor.affiliation:
            yield f"contributors.{n}.affiliation", contributor.affiliation
    if metadata.publisher.name:
        yield "publisher.name", metadata.publisher.name
    if metadata.series:
        yield "series.title", metadata.series.title


def _words() -> tuple[Document, Document]:
    """The fixed words, and the forms in which a text refers to numbered things."""
    return _fixed(WORDS, CONTEXT), _fixed(REFERENCES, REFERENCE_CONTEXT)


def _fixed(words: Mapping[str, str], context: str) -> Document:
    blocks = [
        trees.div([{"t": "Plain", "c": trees.words(word)}], key) for key, word in words.items()
    ]
    return Document("", blocks, name="fixed word", context=context)
