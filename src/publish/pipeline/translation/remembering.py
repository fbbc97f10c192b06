"""Remembering: what is not translated filled from what was translated elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publish import manuscripts
from publish.catalogues import Catalogue
from publish.documents.pandoc import Pandoc
from publish.problems import Location, Problem, PublishError
from publish.project import Project

if TYPE_CHECKING:
    from publish.exchange.memories import Remembered
    from publish.exchange.remembering import Filled


def fill(
    project: Project, catalogues: Mapping[str, Catalogue], memory: Sequence[Path], *, approve: bool
) -> Iterator[tuple[str, tuple[Catalogue, list[Filled]]]]:
    """The catalogues (by language) with what is remembered of their messages.

    Files are read as `memories` does. PublishError `memory-language` if one has nothing in any
    of the languages.
    """
    from publish.exchange import remembering

    known = _known(project, list(catalogues), memory)
    with Pandoc() as pandoc:
        for tag, catalogue in catalogues.items():
            yield tag, remembering.fill(catalogue, known[tag], pandoc, approve=approve)


def _known(
    project: Project, tags: Sequence[str], memory: Sequence[Path]
) -> dict[str, list[Remembered]]:
    from publish.exchange import memories
    from publish.pipeline.translation import exchanging

    source = manuscripts.read(project).metadata.language
    known: dict[str, list[Remembered]] = {tag: [] for tag in tags}
    problems = []
    for path in memory:
        data = exchanging.contents(path)
        found = {tag: memories.read(data, path.name, source, tag) for tag in tags}
        if not any(found.values()):
            problems.append(_foreign(path, tags))
        for tag, remembered in found.items():
            known[tag] += remembered
    if problems:
        raise PublishError(*problems)
    return known


def _foreign(path: Path, tags: Sequence[str]) -> Problem:
    what = f"this remembers nothing from the manuscript's language to {', '.join(tags)}"
    hint = "Look at the languages it names (xml:lang, or Language in a catalogue's header)."
    return Problem("memory-language", what, Location(path.as_posix()), hint=hint)
