"""Waivers: a false alarm taken back in the catalogue, one message and one code at a time.

A translator's comment: `# publish: allow translation-number: rounded, as German does it`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from publish.catalogues import Entry
from publish.problems import Location, Problem, Severity

_MARK = re.compile(r"\s*publish:\s*(.*)", re.IGNORECASE)
_ALLOW = re.compile(r"allow\s+([\w-]+)\s*(?::\s*(.*?)\s*)?")
_HINT = "Write: # publish: allow CODE: why"


class Waiver(NamedTuple):
    """A code that is not to be reported at a place, and why."""

    code: str
    reason: str
    location: Location


def read(entry: Entry, path: str) -> Iterator[Waiver]:
    """The waivers in an entry's comments; one that makes no sense has an empty code."""
    for comment in entry.comments:
        if found := _MARK.fullmatch(comment):
            allowed = _ALLOW.fullmatch(found[1])
            code, reason = (allowed[1], allowed[2] or "") if allowed else ("", found[1])
            yield Waiver(code, reason, Location(path, entry.line or None))


def applied(
    problems: Iterable[Problem], waivers: Sequence[Waiver], codes: Collection[str]
) -> Iterator[Problem]:
    """Problems without those that are waived; and `waiver-…` for each waiver that is not right."""
    waived = {(w.location, w.code) for w in waivers if w.code in codes}
    used: set[tuple[Location, str]] = set()
    for problem in problems:
        place = (problem.location, problem.code)
        if place in waived:
            used.add(place)
        else:
            yield problem
    for waiver in waivers:
        yield from _judged(waiver, codes, used)


def _judged(
    waiver: Waiver, codes: Collection[str], used: set[tuple[Location, str]]
) -> Iterator[Problem]:
    if waiver.code not in codes:
        name = waiver.code or waiver.reason
        what = f"“{name}” is nothing that can be allowed"
        yield _problem(
            "waiver-unknown", what, waiver, f"{_HINT}. Codes: {', '.join(sorted(codes))}."
        )
    elif (waiver.location, waiver.code) not in used:
        what = f"{waiver.code} is allowed here, but no longer found"
        yield _problem("waiver-unneeded", what, waiver, "Delete the line.")
    elif not waiver.reason:
        what = f"{waiver.code} is allowed here without a reason"
        yield _problem("waiver-reason", what, waiver, _HINT)


def _problem(code: str, what: str, waiver: Waiver, hint: str) -> Problem:
    return Problem(code, what, waiver.location, Severity.WARNING, hint)
