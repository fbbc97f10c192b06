"""Checks of a manuscript: what its text refers to is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import PurePath
from urllib.parse import unquote

from publish.checks import links, markup
from publish.checks.links import Chapters
from publish.documents import Document, trees
from publish.documents.trees import Node
from publish.editions.numbering import REFERENCE
from publish.problems import Location, Problem, Severity

_CALL = re.compile(r"\[\^[^\]\s]+\]")
_ID = re.compile(r"\{#(?:sec|fig|tbl|eq)-[^\s}]*\}")
_KEY = re.compile(r"@([\w][\w:.#$%&+?<>~/-]*)")
_WORDLESS = {"Div", "Para", "Plain", "Space", "SoftBreak", "LineBreak", "RawBlock", "Null"}
# How a file of each format begins; drawings (.svg) are read by `documents.figures`.
_PICTURES = {
    ".gif": b"GIF8",
    ".jpeg": b"\xff\xd8\xff",
    ".jpg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".svg": b"",
    ".webp": b"RIFF",
}


def check(
    document: Document,
    chapters: Chapters,
    keys: AbstractSet[str] | None,
    pictures: Mapping[str, bytes],
) -> Iterator[Problem]:
    """Problems of a document.

    In: all ids of the chapters; the keys of the bibliography, None if it is broken; pictures.
    """
    ids = {*document.ids}.union(*chapters.values())
    known = ids.union(keys or ())
    nodes = document.nodes
    for node in nodes:
        if node["t"] == "Str":
            yield from _string(node["c"], document, known)
        elif node["t"] == "Cite":
            yield from _cite(node, document, ids, keys)
        elif node["t"] == "Image":
            yield from _image(node, document, pictures)
        elif node["t"] == "Link":
            yield from links.check(node, document, ids, chapters)
        elif node["t"] == "Div" and node["c"][0][0] == "refs":
            yield _references(document)
    yield from _headings(nodes, document)
    yield from markup.check(nodes, document)
    yield from _ids_given_twice(document)


def empty(chapters: Iterable[Document]) -> Iterator[Problem]:
    """Those chapters in which there is nothing; whatever has words has been seen to."""
    yield from (_empty(document) for document in chapters if _is_empty(document))


def _ids_given_twice(document: Document) -> Iterator[Problem]:
    """Of two things with one id, links and references could mean either."""
    for id, times in Counter(document.ids).items():
        if times > 1:
            lines = [n for n, line in enumerate(document.text.split("\n"), 1) if f"#{id}" in line]
            place = Location(document.path, lines[1] if len(lines) > 1 else None)
            what = f"the id “{id}” is given {times} times"
            hint = "Give each thing an id of its own, and see which one the links mean."
            yield Problem("id-duplicate", what, place, hint=hint)


def _cite(
    node: Node, document: Document, ids: Container[str], keys: AbstractSet[str] | None
) -> Iterator[Problem]:
    for citation in node["c"][0]:
        key = citation["citationId"]
        if REFERENCE.match(key):
            if key not in ids:
                hint = f"Give a heading, figure or table the id {{#{key}}}, or correct the key."
                what = f"nothing has the id “{key}”"
                yield Problem("reference-unknown", what, _line(document, f"@{key}"), hint=hint)
        elif keys is not None and key not in keys:
            hint = "Add the work to the bibliography, or correct the key."
            if key in ids:
                hint = f"Let the id begin with sec-, fig-, tbl- or eq-: {{#sec-{key}}}, @sec-{key}."
            elif not keys:
                hint = "Name a bibliography in metadata.yaml (`references: references.yaml`)."
            what = f"“{key}” is not in the bibliography"
            yield Problem("citation-unknown", what, _line(document, f"@{key}"), hint=hint)


def _string(words: str, document: Document, known: AbstractSet[str]) -> Iterator[Problem]:
    """What pandoc left as text: a call of no note, an id of nothing, a key that cites nothing."""
    for call in _CALL.findall(words) if "[^" in words else ():
        hint = f"Write the note: `{call}: …` in a paragraph of its own."
        yield Problem("note-missing", f"there is no note {call}", _line(document, call), hint=hint)
    for id in _ID.findall(words) if "{#" in words else ():
        hint = "Put a caption right beside its table; give a formula its id so: [$$…$$]{#eq-…}."
        what = f"{id} would be printed, for nothing takes the id here"
        yield Problem("id-printed", what, _line(document, id), hint=hint)
    for key in _KEY.findall(words) if "@" in words else ():
        if (key := key.rstrip(".:")) in known:  # a full stop is none of the key
            hint = "In Markdown write [@…]; what other formats have for it, says docs/authors.md."
            what = f"@{key} is printed as it stands there, for it was not read as a citation"
            place = Location(document.path, document.line_of(words) or document.line_of(f"@{key}"))
            yield Problem("citation-printed", what, place, Severity.WARNING, hint)


def _references(document: Document) -> Problem:
    """The place that pandoc would put the list of references in."""
    hint = "Take the div out, and the heading above it: the list brings its own."
    what = "the list of references stands at the end of every edition, and not in this div"
    place = _line(document, "#refs")
    return Problem("references-place", what, place, Severity.WARNING, hint)


def _image(node: Node, document: Document, pictures: Mapping[str, bytes]) -> Iterator[Problem]:
    name = node["c"][2][0]
    place = _line(document, name)
    decorative = any(key == "alt" for key, _ in node["c"][0][2])
    if not decorative and not trees.text(node["c"][1]):
        hint = 'Say what it shows: ![Caption](file.svg){alt="…"}; if nothing, write {alt=""}.'
        what = f"the picture {name} has no alternative text"
        yield Problem("figure-alternative", what, place, hint=hint)
    begin = _PICTURES.get(PurePath(unquote(name)).suffix.lower())
    if begin is None:
        hint = f"Save it in one of {', '.join(_PICTURES)}."
        yield Problem("figure-format", f"“{name}” is in no format for pictures", place, hint=hint)
    elif not pictures.get(name, begin).startswith(begin):
        hint = "Open the picture in the program that made it and save it again."
        what = f"“{name}” is not what its name says"
        yield Problem("figure-syntax", what, place, hint=hint)


def _is_empty(document: Document) -> bool:
    return all(node["t"] in _WORDLESS for node in document.nodes)


def _empty(document: Document) -> Problem:
    hint = "Write it, or take the file out of the manuscript's folder."
    place = Location(document.path, 1)
    return Problem("chapter-empty", "there is nothing in this chapter", place, hint=hint)


def _headings(nodes: Sequence[Node], document: Document) -> Iterator[Problem]:
    level = 0
    for node in nodes:
        if node["t"] == "Header":
            text = trees.text(node["c"][2])
            if node["c"][0] > level + 1:
                hint = f"Use {'#' * (level + 1)} for it."
                what = f"“{text}” is a heading of level {node['c'][0]} beneath one of level {level}"
                yield Problem("heading-level", what, _line(document, text), Severity.WARNING, hint)
            level = node["c"][0]


def _line(document: Document, text: str) -> Location:
    return Location(document.path, document.line_of(text))
