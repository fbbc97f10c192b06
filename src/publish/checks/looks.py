"""Checks of a publication's own `styles/`: its texts can be read, its language rules make sense."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from publish import metadata, styles
from publish.metadata import Rules, Source
from publish.problems import Collected, Location, Problem
from publish.project import Project, files
from publish.shelves import BARE, Shelf

RULES = "languages.toml"


def check(project: Project, shelf: Shelf = BARE) -> None:
    """PublishError with all that is wrong: `file-…`, `rules-syntax`, `metadata-…`.

    That rules are right is kept on the shelf.
    """
    errors = Collected()
    for path in files(project.styles):
        if path.suffix in styles.TEXTS:
            with errors.each():
                text = project.text(path)
                if path == project.styles / RULES:
                    errors.problems += _looked_at(text, project.name(path), shelf)
    errors.stop()


def _looked_at(text: str, path: str, shelf: Shelf) -> list[Problem]:
    inputs = [b"rules", text.encode()]
    if shelf.find(inputs) == b"right":
        return []
    found = list(_rules(text, path))
    if not found:
        shelf.keep(inputs, b"right")
    return found


def _rules(text: str, path: str) -> Iterator[Problem]:
    """What is wrong in a publication's rules of languages."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield _syntax(str(error), text, path)
        return
    except RecursionError:
        yield _syntax("brackets within brackets without end (at line 1)", text, path)
        return
    source = Source(path, dict(_lines(text)))
    for tag, table in tables.items():
        yield from metadata.problems(table, Rules, source, tag)


def _syntax(said: str, text: str, path: str) -> Problem:
    what, _, where = said.partition(" (at ")
    found = re.search(r"line (\d{1,9})", where)
    place = Location(path, int(found[1]) if found else text.count("\n") + 1)
    hint = "Write `name = value`; texts stand in quotation marks, lists in [ ]."
    return Problem("rules-syntax", f"this is not valid TOML: {what}", place, hint=hint)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Dotted key and line of each table and of each rule in it; tomllib does not tell."""
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := re.match(r"""\s*\[\s*["']?([\w-]+)""", line):
            table = found[1]
            yield table, number
        elif found := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", line):
            yield f"{table}.{found[1]}".strip("."), number
