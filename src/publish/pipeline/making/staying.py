"""Staying: what one build leaves for the next in a process that stays.

A running pandoc, which answers twice as soon once it is warm, and the manuscript as it was read,
as long as none of its files has changed: whoever edits a catalogue does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from publish.pipeline.editing import Editing
from publish.pipeline.making import inputs
from publish.problems import PublishError
from publish.project import Project

# What gives a build its Editing.
Lend = Callable[[Project], AbstractContextManager[Editing]]


@contextmanager
def kept() -> Iterator[Lend]:
    """An Editing that stays for several builds of one publication: what lends it to each."""
    desk = _Desk()
    try:
        yield desk.lent
    finally:
        desk.clear()


class _Desk:
    """Where the Editing lies between builds, with a digest of the files that it has read."""

    def __init__(self) -> None:
        self._editing: Editing | None = None
        self._files = ""

    @contextmanager
    def lent(self, project: Project) -> Iterator[Editing]:
        """The Editing for a build; after an error it is not used again."""
        files = _digest(project)
        editing, self._editing = self._editing or Editing(project), None
        editing.again(changed=not files or files != self._files)
        with _ended_if_it_fails(editing):
            yield editing
            editing.pandoc.save()
            self._files = files if files == _digest(project) else ""  # or it changed meanwhile
        self._editing = editing

    def clear(self) -> None:
        """End the pandoc, if one runs."""
        if self._editing:
            self._editing.__exit__(None, None, None)
        self._editing = None


@contextmanager
def _ended_if_it_fails(editing: Editing) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        editing.__exit__(type(error), error, error.__traceback__)
        raise


def _digest(project: Project) -> str:
    """A digest of all files that a reading of the manuscript depends on; '' if it is not known."""
    try:
        manuscript = inputs.manuscript(project).digest
    except PublishError:
        return ""
    looks = inputs.style(project, [""])[""]
    return f"{manuscript} {looks} {' '.join(project.editions())}"
