"""What a translation must keep: its message's notes, citations, links, pictures, code, attributes.

A catalogue is a stranger's input. A translation is let in only if it is one passage and has
the very things of its source, none lost and none invented; their order may differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from publish.documents import trees
from publish.documents.trees import Inlines, Node
from publish.messages.placeholders import number_of
from publish.messages.walk import untranslatable

# A note call that is only text, and what is put into a fixed word (“Figure {number}”).
_MARKS = re.compile(r"\[\^[^\]]*\]?|\{\w+\}")


class Thing(NamedTuple):
    """Something in a message that is no translator's to change: its kind and its name."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Fault(NamedTuple):
    """Why a translation is refused: a problem's code, what is wrong, what to do."""

    code: str
    message: str
    hint: str


def faults(source: Inlines, translation: Inlines | None) -> Iterator[Fault]:
    """What speaks against a translation; `translation` is None if it was not one passage."""
    if translation is None or not trees.trimmed(translation)[1]:
        yield Fault(
            "translation-structure",
            "the translation is not one paragraph of text",
            "Write one paragraph, without blank lines, code fences or blocks of HTML.",
        )
        return
    wanted, given = _things(source), _things(translation)
    unread = _unread(wanted, translation) - _unread(wanted, source)
    for thing in sorted(unread):
        hint = f"Put a space before {thing.name}, or write [{thing.name}]."
        what = f"{thing.name} is printed as it stands there, for it is no citation behind a letter"
        yield Fault("translation-citation", what, hint)
    for thing in wanted - given:
        if thing in unread:
            continue
        hint = "Put it where it belongs in the translation, exactly as it stands in the source."
        yield Fault("translation-lost", f"the translation has no {thing}", hint)
    for thing in given - wanted:
        hint = "Take it out; a translation cannot bring in what its source does not have."
        yield Fault("translation-invented", f"the source has no {thing}", hint)


def _things(inlines: Inlines) -> Counter[Thing]:
    things = Counter(thing for node in _nodes(inlines) for thing in _of(node))
    for thing in things:
        if thing.kind == "citation":
            things[thing] = 1  # a language may have to name a work twice, or once for two
    return things


def _unread(wanted: Iterable[Thing], inlines: Inlines) -> set[Thing]:
    """Those of the citations whose keys stand in the words, and were not read as citations."""
    cited = [thing for thing in wanted if thing.kind == "citation"]
    words = [n["c"] for n in trees.every(inlines) if n["t"] == "Str" and "@" in n["c"]] * any(cited)
    return {thing for thing in cited if any(_stands(thing.name, each) for each in words)}


def _stands(name: str, words: str) -> bool:
    return re.search(rf"{re.escape(name)}(?![\dA-Za-z_-])", words) is not None


def _nodes(inlines: Inlines) -> Iterator[Node]:
    """Inlines in reading order but for mere words; what is inside a placeholder is not text."""
    for node in inlines:
        if node["t"] == "Space" or (node["t"] == "Str" and not _marked(node["c"])):
            continue
        yield node
        if node["t"] == "Cite":
            for citation in node["c"][0]:
                yield from _nodes(citation["citationPrefix"] + citation["citationSuffix"])
        elif node["t"] != "Note":
            yield from _nodes(trees.inlines_of(node) or [])


def _of(node: Node) -> Iterator[Thing]:
    """The things that a node is; most nodes are none."""
    kind, contents = node["t"], node.get("c", "")
    if kind == "Str":
        yield from _unmarked(contents)
        return
    if kind == "Note":
        number = number_of(node)
        yield Thing("note call" if number else "note", f"[^{number}]" if number else "of its own")
    elif kind == "Cite":
        yield from (Thing("citation", f"@{c['citationId']}") for c in contents[0])
    elif kind in {"Link", "Image"}:
        yield Thing("link to" if kind == "Link" else "picture", contents[2][0])
    elif kind in {"Code", "Math", "RawInline"}:
        yield Thing({"Code": "code", "Math": "formula"}.get(kind, "raw code"), contents[1])
    if kind != "Space":
        yield from _attributes(node)


def _attributes(node: Node) -> Iterator[Thing]:
    """Attributes but for some: a language mark is a matter of the language it is read in."""
    id, classes, pairs = trees.attr_of(node) or ("", (), ())
    if id:
        yield Thing("id", f"#{id}")
    yield from (Thing("class", f".{name}") for name in classes)
    for key, value in pairs:
        if key not in {"lang", "dir", "alt"}:
            yield Thing("attribute", f'{key}="{value}"')
    if node["t"] == "Span" and untranslatable(node):
        yield Thing("untranslatable text", trees.text(node["c"][1]))


def _unmarked(words: str) -> Iterator[Thing]:
    """A note call that is only text (its number is none, or it was escaped); a `{name}`."""
    for mark in _MARKS.findall(words):
        yield Thing("note call" if mark[0] == "[" else "place for", mark)


def _marked(words: str) -> bool:
    return "[" in words or "{" in words
