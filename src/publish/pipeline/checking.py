"""Checking: every problem of manuscript and catalogues, without making anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from publish.pipeline.editing import Editing
from publish.problems import Problem, PublishError
from publish.project import Project


def check(project: Project, editions: Sequence[str]) -> Iterator[Problem]:
    """Problems of the manuscript, then of each edition's catalogue."""
    with Editing(project) as editing:
        try:
            yield from editing.prepared.warnings
        except PublishError as error:
            yield from error.problems
            return
        for edition in editions or project.editions():
            try:
                editing.edition(edition)
            except PublishError as error:
                yield from error.problems


def as_json(problems: Sequence[Problem]) -> str:
    """Problems for a machine: a list of objects, one a problem."""
    return json.dumps(
        [
            {
                "code": problem.code,
                "severity": problem.severity,
                "path": problem.location.path,
                "line": problem.location.line,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )
