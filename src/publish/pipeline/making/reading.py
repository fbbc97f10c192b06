"""Reading: the editions that a build is to render, made one after the other; here or elsewhere."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publish.editions import Edition
from publish.pipeline.editing import Editing
from publish.pipeline.making.wishes import Job, Wish
from publish.problems import Collected, Problem
from publish.project import Project


class Read(NamedTuple):
    """What another process has read: editions with what is to be made of each, what is wrong."""

    editions: list[tuple[Edition, list[Job]]]
    problems: list[Problem]
    warnings: list[Problem]


def elsewhere(project: Project, wish: Wish, stale: Sequence[Job]) -> Read:
    """All editions of a build at once, for a process that does nothing but this."""
    gc.enable()  # a process that renders does without, and this one has never rendered
    errors = Collected()
    with Editing(project) as editing:
        found = list(editions(editing, wish, stale, errors))
    return Read(found, errors.problems, editing.warnings)


def editions(
    editing: Editing, wish: Wish, stale: Sequence[Job], errors: Collected
) -> Iterator[tuple[Edition, list[Job]]]:
    """Each edition as soon as it is made, with what is to be made of it; none of a bad manuscript.

    The source first: it is ready soonest. Of the others a long one should not be the last.
    """
    with errors.each():
        editing.read()
    if errors.problems:
        return
    for name, is_copy in _longest_first(editing.project, stale):
        jobs = [job for job in stale if (job.edition, job.is_copy) == (name, is_copy)]
        with errors.each():
            yield _edition(editing, name, wish, is_copy=is_copy), jobs
    with errors.each():
        editing.finish()


def _longest_first(project: Project, stale: Sequence[Job]) -> list[tuple[str, bool]]:
    """Editions and whether they are copies: what needs no translation, then by their length."""
    found = dict.fromkeys((job.edition, job.is_copy) for job in stale)

    def order(each: tuple[str, bool]) -> tuple[bool, int]:
        paths = [path for path in project.catalogues(each[0]) if path.is_file()]
        return bool(paths), -sum(len(path.read_bytes().decode(errors="replace")) for path in paths)

    return sorted(found, key=order)


def _edition(editing: Editing, name: str, wish: Wish, *, is_copy: bool) -> Edition:
    """An edition, or its copy for review."""
    if not is_copy:
        return editing.edition(name, release=wish.release)
    from publish.pipeline.making import (
        copying,  # the checks of translations, which no other build needs
    )

    return copying.edition(editing, name)
