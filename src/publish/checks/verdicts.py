"""Verdicts: what checks find in the documents of a manuscript, kept while nothing changes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from typing import NamedTuple

from publish.checks import formulas, manuscripts, tables
from publish.checks.links import Chapters
from publish.documents import Document, shapes
from publish.documents.pandoc import Pandoc
from publish.documents.sources import Sources
from publish.problems import Problem, Severity
from publish.shelves import Shelf

_BEGIN = 16  # bytes of a picture, which tell its format


class Verdict(NamedTuple):
    """What was found in a document: in its text, that it has none, in formulas and tables."""

    text: list[Problem]
    nothing: list[Problem]
    badly_set: list[Problem]


def check(
    sources: Sources, keys: AbstractSet[str] | None, pandoc: Pandoc, shelf: Shelf
) -> Iterator[Problem]:
    """Problems of all documents; `keys` are those of the bibliography, None if it is broken."""
    documents = (*sources.chapters, *sources.bios.values(), sources.metadata)
    ids = {PurePosixPath(each.path).name: {*each.ids} for each in sources.chapters}
    common = _common(ids, keys)
    inputs = [_inputs(each, sources.pictures, common) for each in documents]
    found = [shapes.read(shelf.find(each) or b"", Verdict) for each in inputs]
    new = [each for each, known in zip(documents, found, strict=True) if known is None]
    badly_set = [*formulas.check(new, pandoc), *tables.check(new, pandoc)]
    for n, document in enumerate(documents):
        if found[n] is None:
            text = list(manuscripts.check(document, ids, keys, sources.pictures))
            chapter = [document] if n < len(sources.chapters) else []
            nothing = list(manuscripts.empty(chapter))
            own = [each for each in badly_set if each.location.path == document.path]
            found[n] = verdict = Verdict(text, nothing, own)
            if document.origin and not _has_errors(verdict):
                shelf.keep(inputs[n], shapes.written(verdict))
    for part in zip(*filter(None, found), strict=True):
        yield from (problem for each in part for problem in each)


def _has_errors(verdict: Verdict) -> bool:
    """Whether no edition will be made: what is wrong is looked for each time."""
    return any(p.severity is Severity.ERROR for part in verdict for p in part)


def _common(ids: Chapters, keys: AbstractSet[str] | None) -> bytes:
    """What goes into the verdicts of all documents."""
    chapters = [(name, sorted(own)) for name, own in ids.items()]
    return shapes.written([chapters, None if keys is None else sorted(keys)])


def _inputs(document: Document, pictures: Mapping[str, bytes], common: bytes) -> list[bytes]:
    """All that a verdict depends on."""
    shown = [(name, pictures.get(name, b"")[:_BEGIN]) for name in document.pictures]
    return [b"verdict", document.origin.encode(), common, shapes.written(shown)]
