"""SARIF: problems in the form that code hosts and editors show at their lines.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from publish.problems import Problem

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "PUBLICATION"


def write(problems: Sequence[Problem]) -> str:
    """Problems as SARIF 2.1.0; places are relative to the publication's folder."""
    rules = sorted({problem.code for problem in problems})
    driver = {"name": "publish", "rules": [{"id": rule} for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The publication's folder"}}},
        "results": [_result(problem, rules) for problem in problems],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(problem: Problem, rules: Sequence[str]) -> dict[str, Any]:
    """A result; its level is `error` or `warning`, SARIF's words as well as ours (3.27.10)."""
    text = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(problem.location.path), "uriBaseId": ROOT}
    }
    if problem.location.line:
        place["region"] = {"startLine": problem.location.line}
    return {
        "ruleId": problem.code,
        "ruleIndex": rules.index(problem.code),
        "level": str(problem.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
