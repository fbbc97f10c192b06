"""Straight quotation marks that somebody typed, as pandoc reads them: in pairs, a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from publish.documents import trees
from publish.documents.trees import Inlines, Node

SPACES = re.compile(r"[ \t\r\n]+")

_KINDS = {'"': "DoubleQuote", "'": "SingleQuote"}
_DEEPEST = 30
_PIECES = re.compile(r"[\"']|[^\"']+")
_FOLDED = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚‹›", "'"))


def folded(text: str) -> str:
    """All quotation marks straight: word processors bend them, and unasked."""
    return text.translate(_FOLDED)


class _Token(NamedTuple):
    node: Node
    mark: str = ""
    opens: bool = False
    closes: bool = False


def paired(inlines: Inlines) -> Inlines:
    """Inlines in which marks in pairs are quotations, other marks apostrophes or themselves.

    The rules are those of pandoc's reader (Text.Pandoc.Parsing.Smart): a mark opens before
    what is no space, a single one not after a letter; a single one closes not before a letter.
    """
    stack: list[tuple[str, Inlines]] = [("", [])]
    for token in _tokens(inlines):
        open_marks = [mark for mark, _ in stack]
        if token.mark and token.closes and token.mark in open_marks:
            _close(stack, token.mark)
        elif token.mark and token.opens and len(stack) < _DEEPEST:
            stack.append((token.mark, []))
        else:
            stack[-1][1].append(_single(token) if token.mark else token.node)
    while len(stack) > 1:
        _flatten(stack)
    return trees.joined(stack[0][1])  # type: ignore[no-any-return]  # a list for a list


def _tokens(inlines: Inlines) -> Iterator[_Token]:
    pieces: list[Node] = []
    for node in inlines:
        texts = _PIECES.findall(node["c"]) if node["t"] == "Str" else []
        pieces += [{"t": "Typed", "c": t} for t in texts] or [node]
    for number, node in enumerate(pieces):
        if node["t"] == "Typed" and node["c"] in _KINDS:
            before = pieces[number - 1] if number else trees.SPACE
            after = pieces[number + 1] if number + 1 < len(pieces) else trees.SPACE
            yield _mark(node["c"], before, after)
        else:
            yield _Token(trees.string(node["c"]) if node["t"] == "Typed" else node)


def _mark(mark: str, before: Node, after: Node) -> _Token:
    lettered = mark == "'"
    follows = before["t"] == "Typed" and before["c"][-1:].isalnum()
    leads = after["t"] == "Typed" and after["c"][:1].isalnum()
    opens = after["t"] not in trees.BREAKS and not (lettered and follows)
    closes = before["t"] not in trees.BREAKS and not (lettered and leads)
    return _Token(trees.string(mark), mark, opens, closes)


def _single(token: _Token) -> Node:
    return trees.string("’") if token.mark == "'" else token.node


def _close(stack: list[tuple[str, Inlines]], mark: str) -> None:
    while stack[-1][0] != mark:
        _flatten(stack)
    _, inner = stack.pop()
    stack[-1][1].append({"t": "Quoted", "c": [{"t": _KINDS[mark]}, trees.joined(inner)]})


def _flatten(stack: list[tuple[str, Inlines]]) -> None:
    """A mark that nothing closes is a sign like others."""
    mark, inner = stack.pop()
    stack[-1][1].extend([trees.string("‘" if mark == "'" else mark), *inner])
