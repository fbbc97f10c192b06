"""Checking: every problem of manuscript and catalogues, without making anything."""

from __future__ import annotations

import json
from collections.abc import Sequence

from publish.pipeline import naming
from publish.pipeline.editing import Editing
from publish.problems import Collected, Problem
from publish.project import Project


def check(project: Project, editions: Sequence[str]) -> list[Problem]:
    """Problems of the manuscript and of each edition's catalogue, all of them."""
    errors = Collected()
    with Editing(project) as editing, errors.each():
        source = editing.read().manuscript.metadata.language
        for edition in naming.asked(project, editions, source):
            with errors.each():
                editing.edition(edition)
    return [*editing.warnings, *errors.problems]


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
