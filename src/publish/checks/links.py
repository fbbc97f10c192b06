"""Checks of links: what they lead to is in the publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from urllib.parse import unquote

from publish.documents import Document
from publish.documents.trees import Node
from publish.problems import Location, Problem, Severity

# The ids of each chapter by the name of its file, as authors link to them (`editions.links`).
Chapters = Mapping[str, AbstractSet[str]]

_ELSEWHERE = re.compile(r"\s*([A-Za-z][\w.+-]*:|//)")
_OURS = re.compile("references|refs|ref-.+")  # the list of references, and the works in it


def check(
    node: Node, document: Document, ids: AbstractSet[str], chapters: Chapters
) -> Iterator[Problem]:
    """Problem `reference-unknown` of a link to an id, `link-file` of one to no chapter."""
    target = node["c"][2][0]
    path, _, id = target.partition("#")
    name = PurePosixPath(unquote(path)).name
    if _ELSEWHERE.match(target):
        return
    if path and name not in chapters:
        hint = "Link to a chapter by its file, or to a whole address (https://…)."
        what = f"a link leads to “{path}”, which is no chapter and comes into no edition"
        yield Problem("link-file", what, _place(target, document), Severity.WARNING, hint)
    elif id and not _is_there(id, chapters[name] if path else ids):
        hint = f"Give what is meant the id {{#{id}}}, or correct the link."
        what = f"a link leads to “{target}”, but nothing has the id “{id}”"
        yield Problem("reference-unknown", what, _place(target, document), hint=hint)


def _is_there(id: str, ids: AbstractSet[str]) -> bool:
    return id in ids or unquote(id) in ids or bool(_OURS.fullmatch(id))


def _place(target: str, document: Document) -> Location:
    """The line of a link: in Markdown its address stands in brackets."""
    line = document.line_of(f"({target}") or document.line_of(target)
    return Location(document.path, line or document.line_of(unquote(target)))
