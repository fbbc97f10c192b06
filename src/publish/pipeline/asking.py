"""Asking: the pandoc of a publication, which can be at work before anybody waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from publish import documents, manuscripts
from publish.documents.pandoc import Pandoc
from publish.manuscripts import Manuscript
from publish.pandoc import Begun, about
from publish.pipeline import programs
from publish.problems import PublishError
from publish.project import Project
from publish.shelves import Shelf

if TYPE_CHECKING:
    from publish.pipeline.editing import Editing


def shelf(project: Project) -> Shelf:
    """Where what was made of a publication is kept, as long as pandoc is the same too."""
    return programs.shelf(project, about())


def pandoc(project: Project, begun: Begun | None = None) -> Pandoc:
    """A pandoc that remembers what it said of messages; maybe one that has begun."""
    memory = project.build / ".cache" / "messages.json"
    return Pandoc(memory=memory, shelf=shelf(project), begun=begun)


@contextmanager
def begun(project: Project, early: Begun) -> Iterator[Callable[[Project], Editing]]:
    """What gives the Editing of a publication, whose pandoc has begun with what comes first.

    In: that pandoc. What is wrong in the manuscript is told by whoever reads it next.
    """

    def lend(project: Project) -> Editing:
        from publish.pipeline.editing import Editing  # half of all imports, while pandoc works

        return Editing(project, running)

    with pandoc(project, early) as running:
        with suppress(PublishError):
            _foresee(manuscripts.read(project), running)
        yield lend


def _foresee(manuscript: Manuscript, pandoc: Pandoc) -> None:
    for file in manuscript.chapters:
        pandoc.foresee(partial(documents.read, file, pandoc))
    from publish.checks import citations  # while pandoc reads

    pandoc.foresee(lambda: list(citations.style(manuscript.style, pandoc)))
    pandoc.foresee(lambda: citations.keys(manuscript.bibliography, pandoc))
