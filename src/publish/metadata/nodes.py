"""Nodes: a YAML text as libyaml reads it, with the line of everything, and as plain values.

A YAML file is a stranger's input too: aliases (with which nine lines can stand for a gigabyte),
depth without end and second documents are refused before a node is made of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from publish.problems import Location, Problem, PublishError
from publish.project import NO_TEXT

_DEEPEST = 20  # metadata needs three levels, a bibliography five
_NULLS = {"null", "Null", "NULL", "~"}


class _Fault(NamedTuple):
    """What libyaml's words mean to an author."""

    what: str
    hint: str


_QUOTE = 'Put the text in quotation marks: title: "One: Two".'
_ALIGN = "Indent it like its neighbours; see that every quotation mark above it is closed."
_FAULTS = {
    "found a tab character that violates indentation": _Fault(
        "a tab", "Indent with spaces, as the other lines."
    ),
    "found character that cannot start any token": _Fault(
        "text cannot begin with this sign",
        "Indent with spaces, not tabs; put text that begins with @, % or ` in quotation marks.",
    ),
    "mapping values are not allowed in this context": _Fault(
        "a colon inside a text, or a key indented too far", _QUOTE
    ),
    "could not find expected ':'": _Fault(
        "a line that is neither a key with its colon nor part of a text",
        "Write `key: value`; indent the lines of a longer text.",
    ),
    "did not find expected key": _Fault("the line does not fit those above it", _ALIGN),
    "did not find expected '-' indicator": _Fault(
        "the line does not fit the list above it", _ALIGN
    ),
    "did not find expected node content": _Fault(
        "a list or mapping breaks off", "Close the bracket that is open here."
    ),
    "did not find expected ',' or ']'": _Fault("a [ that is not closed", "Close it with ]."),
    "did not find expected ',' or '}'": _Fault("a { that is not closed", "Close it with }."),
    "found unexpected end of stream": _Fault(
        "a quotation mark that is not closed", "Close it at the end of the text."
    ),
    "but found another document": _Fault(
        "a second document begins", "Delete the line `---`: one document a file."
    ),
}


@dataclass(frozen=True)
class Source:
    """A YAML file that was read: its path, and the line of each key by its dotted name."""

    path: str
    lines: Mapping[str, int]

    def at(self, key: str = "") -> Location:
        """Where a key stands, or the nearest mapping above it."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return Location(self.path, self.lines.get(key, 1))


def compose(text: str, path: str) -> yaml.Node:
    """A YAML text as a node, an empty one as an empty mapping; PublishError `metadata-yaml`."""
    with _problems(text, path):
        _guard(text, path)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    node = node or yaml.MappingNode("tag:yaml.org,2002:map", [])
    _check_keys(node, path)
    return node


def source(node: yaml.Node, path: str) -> Source:
    """Where each key of a node stands."""
    return Source(path, dict(_lines(node)))


def values(node: yaml.Node) -> Any:
    """Plain values of a node. An empty scalar in a mapping is a key that was left out."""
    if isinstance(node, yaml.MappingNode):
        pairs = ((key.value, values(value)) for key, value in node.value)
        return {key: value for key, value in pairs if value != ""}
    if isinstance(node, yaml.SequenceNode):
        return [values(item) for item in node.value]
    if isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS:
        return ""
    return node.value if node.value.strip() else ""


def duplicates(node: yaml.Node, path: str) -> Iterator[Problem]:
    """A key given twice in one mapping: YAML 1.2 forbids it, and one value would be lost."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                what, place = f"“{key.value}” is given twice", _place(key.start_mark, path)
                yield Problem("metadata-key", what, place, hint="Keep one of the two.")
            seen.add(key.value)
            yield from duplicates(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from duplicates(item, path)


@contextmanager
def _problems(text: str, path: str) -> Iterator[None]:
    """Turn libyaml's complaints into ours."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        said = error.problem or error.context or ""
        fault = _FAULTS.get(said, _Fault(said, _QUOTE))
        opened = "not closed" in fault.what  # where it was opened is the place to look at
        mark = error.context_mark if opened else error.problem_mark
        last = text.rstrip().count("\n") + 1
        line = mark.line + 1 if mark else 1
        place = Location(path, min(line, last))  # not behind the end
        raise PublishError(_broken(fault.what, place, fault.hint)) from error
    except yaml.YAMLError as error:  # the reader's; it knows no lines
        hint = "Save the file as text in UTF-8."
        what = " ".join(str(error).split())
        raise PublishError(_broken(what, Location(path), hint)) from error


def _guard(text: str, path: str) -> None:
    """Refuse what would be much larger or deeper as a node than it is as text."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.ScalarEvent) and (found := NO_TEXT.search(event.value)):
            place = _place(event.start_mark, path)
            raise PublishError(_no_character(found[0], place))
        if isinstance(event, yaml.AliasEvent):
            hint = "Write the value out once more: anchors (&) and aliases (*) are not read here."
            raise PublishError(_broken("an alias", _place(event.start_mark, path), hint))
        if depth > _DEEPEST:
            hint = "Values are texts, lists and a few more keys."
            place = _place(event.start_mark, path)
            raise PublishError(_broken("lists within lists without end", place, hint))


def _no_character(found: str, place: Location) -> Problem:
    """What a text cannot hold, written with an escape of YAML's."""
    what = f"U+{ord(found):04X} is no character of a text"
    hint = "Delete it: it is written with a backslash, between double quotation marks."
    return Problem("file-character", what, place, hint=hint)


def _check_keys(node: yaml.Node, path: str) -> None:
    """Refuse keys that are not words."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else []:
        if not isinstance(key, yaml.ScalarNode):
            place = _place(key.start_mark, path)
            hint = "A key is a word, before a colon; text with brackets wants quotation marks."
            raise PublishError(_broken("a list or mapping as a key", place, hint))
        _check_keys(value, path)
    for item in node.value if isinstance(node, yaml.SequenceNode) else []:
        _check_keys(item, path)


def _broken(what: str, place: Location, hint: str) -> Problem:
    return Problem("metadata-yaml", f"this YAML cannot be read: {what}", place, hint=hint)


def _place(mark: Any, path: str) -> Location:
    return Location(path, mark.line + 1 if mark else None)


def _lines(node: yaml.Node, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Dotted key and line of everything in a node, e.g. `contributors.0.role`."""
    if isinstance(node, yaml.MappingNode):
        items = [(key.value, key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        items = [(str(n), item, item) for n, item in enumerate(node.value)]
    else:
        return
    for name, start, value in items:
        yield prefix + name, start.start_mark.line + 1
        yield from _lines(value, f"{prefix}{name}.")
