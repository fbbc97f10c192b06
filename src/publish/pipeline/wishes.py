"""Wishes: what a build is asked for, and what of it is there already.

Nothing heavy is imported here: an answer of “nothing to do” comes at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from publish import manuscripts
from publish.artefacts import State
from publish.pipeline import naming
from publish.pipeline.building import Job, Wish, jobs
from publish.problems import Location, Problem, PublishError
from publish.project import Project
from publish.renderers import FORMATS


def of(
    project: Project, editions: Sequence[str], formats: Sequence[str], *, release: bool, count: int
) -> tuple[Wish, list[Job]]:
    """A wish from the command line's options, and its artefacts.

    PublishError `edition-unknown`, `format-unknown`, and what is wrong in the manuscript's files.
    """
    manuscript = manuscripts.read(project)
    source = manuscript.metadata.language
    names = tuple(naming.asked(project, editions, source))
    wish = Wish(names, _formats(formats), release, count)
    return wish, jobs(project, wish, source, manuscript.slug)


def stale(project: Project, all_jobs: Sequence[Job]) -> tuple[State, list[Job]]:
    """Those of the artefacts that must be made, and the state that says so."""
    state = State(project.build)
    return state, [job for job in all_jobs if not state.fresh(job.name, job.inputs)]


def _formats(asked: Sequence[str]) -> tuple[str, ...]:
    unknown = [name for name in dict.fromkeys(asked) if name not in FORMATS]
    if unknown:
        raise PublishError(*map(_unknown, unknown))
    return tuple(dict.fromkeys(asked)) or tuple(FORMATS)


def _unknown(format: str) -> Problem:
    near = get_close_matches(format.lower(), FORMATS, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(FORMATS)}."
    if "," in format:
        hint = f"Give the option once for each: -f {' -f '.join(format.split(','))}."
    what, place = f"there is no format “{format}”", Location("--format")
    return Problem("format-unknown", what, place, hint=hint)
