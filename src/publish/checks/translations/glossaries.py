"""Glossaries: the terms agreed for a language, read from `glossary.csv`.

`term,translation,forbidden,note`: several renderings are set apart by ` | `.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from publish.checks.translations.cases import Term
from publish.problems import Location, Problem, Severity

HEADER = ["term", "translation", "forbidden", "note"]


class Glossary(NamedTuple):
    """The terms of a file, and what is wrong in it."""

    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]


def read(text: str, path: str) -> Glossary:
    """A glossary, and `glossary-header`, `glossary-term`, `glossary-duplicate`."""
    rows = _rows(text)
    line, header = next(rows, (1, []))
    if [name.strip().lower() for name in header] != HEADER:
        what = f"the first line is “{','.join(header)[:60]}”"
        hint = f"Make it: {','.join(HEADER)}"
        return Glossary((), (Problem("glossary-header", what, Location(path, line), hint=hint),))
    terms: dict[str, Term] = {}
    problems: list[Problem] = []
    for line, row in rows:
        place = Location(path, line)
        if problem := _wrong(row, terms, place):
            problems.append(problem)
        elif "".join(row).strip():
            terms[_key(row[0])] = _term(row, place)
    return Glossary(tuple(terms.values()), tuple(problems))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file, and the line in which each begins."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    line = 1
    for row in reader:
        yield line, row
        line = reader.line_num + 1


def _term(row: list[str], place: Location) -> Term:
    return Term(row[0].strip(), _several(row[1]), _several(row[2] if row[2:] else ""), place)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split("|") if each.strip())


def _key(term: str) -> str:
    return " ".join(term.casefold().split())


def _wrong(row: list[str], terms: dict[str, Term], place: Location) -> Problem | None:
    """What is wrong in a row, if it is not empty."""
    if not "".join(row).strip():
        return None
    if len(row) > len(HEADER) or len(row) < 2:  # noqa: PLR2004  # a term and its rendering
        what = f"this row has {len(row)} cells"
        hint = f"Give it {len(HEADER)}; put a cell with a comma between quotation marks."
        return Problem("glossary-term", what, place, hint=hint)
    if not row[0].strip() or not _several(row[1]):
        what = (
            "there is no term in this row" if not row[0].strip() else f"“{row[0]}” has no rendering"
        )
        return Problem("glossary-term", what, place, hint="Write it, or delete the row.")
    if first := terms.get(_key(row[0])):
        what = f"“{row[0]}” again; it was in line {first.location.line} already"
        hint = "Write all renderings in one row, with | between them."
        return Problem("glossary-duplicate", what, place, Severity.WARNING, hint)
    both = set(_several(row[1])) & set(_several(row[2] if row[2:] else ""))
    if both:
        what = f"“{both.pop()}” is both agreed and forbidden"
        return Problem("glossary-term", what, place, hint="Take it out of one of the two.")
    return None
