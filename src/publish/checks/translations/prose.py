"""Prose: what a reader reads of a message in its own language, and nothing else.

Code, formulas, citation keys, addresses, pictures' files, note calls and passages in another
language are each one sign, `THING`; quotation marks that the edition will set are `OPEN` and
`CLOSE`. So a check can use plain patterns and cannot mistake markup for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publish.documents import trees
from publish.documents.trees import Inlines, Node

THING, OPEN, CLOSE = "\ufffc", "\ue000", "\ue001"
SPACES = " \u00a0\u202f\u2009"

_PLACE = re.compile(r"\{\w+\}")
_TITLES = {"Emph", "Strong", "Quoted", "SmallCaps", "Underline"}


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of a message; `pieces` are where an unbroken run of them begins, and the run.

    `titles` are the texts that are emphasised or between quotation marks.
    """

    text: str
    pieces: tuple[tuple[int, str], ...]
    titles: tuple[str, ...]


def read(inlines: Inlines, tag: str) -> Prose:
    """The prose of inlines in the language of a tag."""
    pieces: list[tuple[int, str]] = []
    parts: list[str] = []
    at, joined = 0, False
    for part, words in _parts(inlines, tag):
        if words and joined:
            start, before = pieces[-1]
            pieces[-1] = (start, before + part)
        elif words:
            pieces.append((at, part))
        joined = words
        parts.append(part)
        at += len(part)
    return Prose("".join(parts), tuple(pieces), tuple(_titles(inlines)))


def nodes(inlines: Inlines) -> Iterator[Node]:
    """Every inline, in reading order; not what stands with a citation, nor what is in notes."""
    for node in inlines:
        yield node
        yield from nodes(trees.inlines_of(node) or [])


def foreign(node: Node, tag: str) -> bool:
    """Whether a node is marked as being in another language, or in another script."""
    said = trees.attribute(node, "lang")
    if trees.attribute(node, "translate") == "no":
        return True
    return bool(said) and said != tag and _parent(said) != tag.partition("-")[0]


def _parent(tag: str) -> str:
    """The language of a tag; the whole tag if it names a script (`ko-Latn` is not read as ko)."""
    language, *subtags = tag.split("-")
    return tag if any(len(subtag) == 4 for subtag in subtags) else language  # noqa: PLR2004  # RFC 5646


def _parts(inlines: Inlines, tag: str) -> Iterator[tuple[str, bool]]:
    """Pieces of text, and whether each is words; a piece ends where markup begins or ends."""
    for node in inlines:
        kind = node["t"]
        if kind == "Str":
            yield from _string(node["c"])
        elif kind in trees.BREAKS:
            yield "\n" if kind == "LineBreak" else " ", kind != "LineBreak"
        elif kind == "Quoted":
            yield OPEN, False
            yield from _parts(node["c"][1], tag)
            yield CLOSE, False
        elif kind == "Cite":
            yield from _cited(node, tag)
        else:
            yield from _marked(node, tag)


def _marked(node: Node, tag: str) -> Iterator[tuple[str, bool]]:
    inner = trees.inlines_of(node)
    if inner is None or foreign(node, tag) or _address(node):
        yield THING, False
    else:
        yield "", False
        yield from _parts(inner, tag)
        yield "", False


def _cited(node: Node, tag: str) -> Iterator[tuple[str, bool]]:
    """A citation: what stands before and behind its key is a translator's."""
    for citation in node["c"][0]:
        yield from _parts(citation["citationPrefix"], tag)
        yield THING, False
        yield from _parts(citation["citationSuffix"], tag)
    yield THING, False


def _address(node: Node) -> bool:
    """Whether a link shows its own address."""
    return node["t"] == "Link" and trees.text(node["c"][1]) in node["c"][2][0]


def _string(text: str) -> Iterator[tuple[str, bool]]:
    if "://" in text or "@" in text or (text.startswith(("www.", "10.1")) and "/" in text):
        yield THING, False
        return
    if "{" not in text:
        yield text, True
        return
    end = 0
    for place in _PLACE.finditer(text):
        yield text[end : place.start()], True
        yield THING, False
        end = place.end()
    yield text[end:], True


def _titles(inlines: Inlines) -> Iterator[str]:
    for node in inlines:
        if node["t"] in _TITLES:
            yield trees.text(trees.inlines_of(node) or [])
        yield from _titles(trees.inlines_of(node) or [])
