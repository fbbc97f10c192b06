"""Glossaries: the terms agreed for a language, from the rows of `glossary.csv`.

`exchange.glossaries` reads the file; here is what its rows mean: renderings set apart by ` | `.
"""

from __future__ import annotations

from typing import NamedTuple

from publish.checks.translations.cases import Term
from publish.exchange import glossaries
from publish.exchange.glossaries import COLUMNS
from publish.problems import Location, Problem, PublishError, Severity


class Glossary(NamedTuple):
    """The terms of a file, and what is wrong in it."""

    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]


def read(data: bytes, path: str) -> Glossary:
    """A glossary, and what is wrong: `glossary-table`, `-header`, `-term`, `-duplicate`."""
    terms: dict[str, Term] = {}
    try:
        rows = list(glossaries.rows(data, path))
    except PublishError as error:
        return Glossary((), error.problems)
    problems: list[Problem] = []
    for place, row in rows:
        if problem := _wrong(row, terms, place):
            problems.append(problem)
        else:
            terms[_key(row[0])] = _term(row, place)
    return Glossary(tuple(terms.values()), tuple(problems))


def _term(row: list[str], place: Location) -> Term:
    return Term(row[0].strip(), _several(row[1]), _several(row[2] if row[2:] else ""), place)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split("|") if each.strip())


def _key(term: str) -> str:
    return " ".join(term.casefold().split())


def _wrong(row: list[str], terms: dict[str, Term], place: Location) -> Problem | None:
    """What is wrong in a row."""
    if len(row) > len(COLUMNS) or len(row) < 2:  # noqa: PLR2004  # a term and its rendering
        what = f"this row has {len(row)} cells"
        hint = f"Give it {len(COLUMNS)}; put a cell with a comma between quotation marks."
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
