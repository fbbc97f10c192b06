"""The walk: every passage of a document that has words, once, in reading order.

Extraction and translation are both this walk. It hands each passage to a function and puts
what comes back in its place; with a function that gives everything back, the tree is as it
was. (The idea is po4a's and mdbook-i18n-helpers': what is shown to a translator and what is
replaced cannot differ if it is the same loop.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from publish.documents import trees
from publish.documents.trees import Blocks, Inlines, Node
from publish.messages.placeholders import fill, first_inlines, hold
from publish.records import Record

_COMMENT = re.compile(r"<!--\s*(translators?|context)\s*:\s*(.*?)\s*-->", re.DOTALL | re.IGNORECASE)
_BOXES = ("☐", "☒")


class Passage(Record, frozen=True):
    """The inlines of a paragraph, a heading, a cell …, with placeholders for what has no words.

    A placeholder is a note that holds its number; `held` has what it stands for. `place`
    says in words where the passage is; `aside` that it is a note's or a table's caption, which
    may stand anywhere in the file; `before` is text since the last passage that is in none.
    """

    inlines: Inlines
    held: tuple[Node, ...]
    place: str
    comment: str = ""
    context: str | None = None
    aside: bool = False
    div: str = ""
    before: str = ""


Each = Callable[[Passage], Inlines | None]


@dataclass(slots=True)
class _Scope:
    """Where the walk is: heading, counts of passages under it, what a comment announced."""

    each: Each
    heading: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    notes: int = 0
    comment: str = ""
    context: str | None = None
    aside: bool = False
    div: str = ""
    passed: list[str] = field(default_factory=list)


def walk(blocks: Blocks, each: Each) -> Blocks:
    """The blocks with each passage replaced by what `each` gives for it; None keeps it."""
    return _blocks(blocks, _Scope(each), "paragraph")


def _blocks(blocks: Blocks, scope: _Scope, kind: str) -> Blocks:
    """Blocks; what a comment announces is for the whole of the block that follows it."""
    result: Blocks = []
    outer = scope.comment, scope.context
    for block in blocks:
        result.append(_block(block, scope, kind))
        if block["t"] == "RawBlock":
            _announce(block["c"][1], scope)
        else:
            scope.comment, scope.context = outer
    scope.comment, scope.context = outer
    return result


def _block(block: Node, scope: _Scope, kind: str) -> Node:
    change = None if untranslatable(block) else _CHANGES.get(block["t"])
    if change is None:
        scope.passed += trees.strings([block])
        return block
    return {"t": block["t"], "c": change(block["c"], scope, kind)}


def _announce(raw: str, scope: _Scope) -> None:
    """A comment for the translators, or a context, for what follows."""
    for name, text in _COMMENT.findall(raw):
        words = " ".join(text.split())
        if name.lower() == "context":
            scope.context = words
        else:
            scope.comment = words


def untranslatable(node: Node) -> bool:
    """Whether a node is marked as one that is not for translation (HTML's `translate`)."""
    classes = (trees.attr_of(node) or ("", ()))[1]
    return trees.attribute(node, "translate") == "no" or "notranslate" in classes


def _header(contents: Any, scope: _Scope, _: str) -> Any:
    level, attr, inlines = contents
    scope.heading, scope.counts = trees.text(inlines), Counter()
    return [level, attr, _passage(inlines, scope, "")]


def _line_block(contents: Any, scope: _Scope, _: str) -> Any:
    """A verse is one message, its lines broken where the author broke them."""
    broken: Inlines = []
    for line in contents:
        broken += [{"t": "LineBreak"}, *line] if broken else line
    return _lines(_passage(broken, scope, "verse"))


def _lines(inlines: Inlines) -> list[Inlines]:
    lines: list[Inlines] = [[]]
    for node in inlines:
        if node["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(node)
    return lines


def _list(contents: Any, scope: _Scope, _: str) -> Any:
    return [_blocks(item, scope, "list item") for item in contents]


def _ordered_list(contents: Any, scope: _Scope, kind: str) -> Any:
    return [contents[0], _list(contents[1], scope, kind)]


def _definitions(contents: Any, scope: _Scope, _: str) -> Any:
    return [
        [_passage(term, scope, "term"), [_blocks(each, scope, "definition") for each in meanings]]
        for term, meanings in contents
    ]


def _quotation(contents: Any, scope: _Scope, _: str) -> Any:
    return _blocks(contents, scope, "quotation")


def _division(contents: Any, scope: _Scope, kind: str) -> Any:
    attr, blocks = contents
    with _set(scope, div=attr[0] or scope.div):
        return [attr, _blocks(blocks, scope, kind)]


def _caption(caption: Any, scope: _Scope, kind: str) -> Any:
    short, blocks = caption
    return [_passage(short, scope, kind) if short else short, _blocks(blocks, scope, kind)]


@contextmanager
def _set(scope: _Scope, **values: Any) -> Iterator[None]:
    """The scope with other values for a while."""
    outer = {name: getattr(scope, name) for name in values}
    for name, value in values.items():
        setattr(scope, name, value)
    yield
    for name, value in outer.items():
        setattr(scope, name, value)


def _figure(contents: Any, scope: _Scope, kind: str) -> Any:
    attr, caption, blocks = contents
    said = trees.text(first_inlines(caption[1]))
    caption = _caption(caption, scope, "caption of the figure")
    spoken = first_inlines(caption[1])

    def picture(image: Node) -> Node:
        same = trees.text(image["c"][1]) == said and not trees.attribute(image, "alt")
        if not same:
            return _alternative(image, scope)
        return image if trees.text(spoken) == said else trees.with_inlines(image, spoken)

    return [
        attr,
        caption,
        [_pictured(block, picture) or _block(block, scope, kind) for block in blocks],
    ]


def _pictured(block: Node, picture: Callable[[Node], Node]) -> Node | None:
    """A block that holds one picture and nothing else; None if it is another."""
    alone = block["t"] in {"Para", "Plain"} and [node["t"] for node in block["c"]] == ["Image"]
    return {"t": block["t"], "c": [picture(block["c"][0])]} if alone else None


def _alternative(image: Node, scope: _Scope) -> Node:
    """A picture with its alternative text, an attribute or its inlines, as a passage."""
    attr, inlines, target = image["c"]
    spoken = trees.words(trees.attribute(image, "alt"))
    if not spoken:
        return trees.with_inlines(image, _passage(inlines, scope, "alternative text"))
    translated = _passage(spoken, scope, "alternative text")
    if translated == spoken:
        return image
    pairs = [[key, trees.text(translated) if key == "alt" else value] for key, value in attr[2]]
    return {"t": "Image", "c": [[attr[0], attr[1], pairs], inlines, target]}


def _table(contents: Any, scope: _Scope, _: str) -> Any:
    attr, caption, columns, head, bodies, foot = contents
    with _set(scope, aside=True):
        caption = _caption(caption, scope, "caption of the table")
    rows = iter(range(1, 1_000_000))
    return [
        attr,
        caption,
        columns,
        [head[0], _rows(head[1], scope, rows)],
        [[b[0], b[1], _rows(b[2], scope, rows), _rows(b[3], scope, rows)] for b in bodies],
        [foot[0], _rows(foot[1], scope, rows)],
    ]


def _rows(rows: Any, scope: _Scope, numbers: Iterator[int]) -> Any:
    result = []
    for attr, cells in rows:
        row = next(numbers)
        changed = [
            [*cell[:4], _blocks(cell[4], scope, f"table, row {row}, column {column}")]
            for column, cell in enumerate(cells, 1)
        ]
        result.append([attr, changed])
    return result


def _passage(inlines: Inlines, scope: _Scope, kind: str) -> Inlines:
    """One passage: handed over, then the notes that it calls, then put together again."""
    before, inner, after = _trimmed(inlines)
    held: list[Node] = []
    marked = hold(inner, held, lambda node: node["t"] in {"Note", "RawInline"})
    changed = scope.each(_described(marked, held, scope, kind)) if has_words(marked) else None
    walked = [_note(node, scope) if node["t"] == "Note" else node for node in held]
    return before + fill(marked if changed is None else changed, walked) + after


def _described(inlines: Inlines, held: list[Node], scope: _Scope, kind: str) -> Passage:
    place = " › ".join(part for part in (scope.heading, _numbered(kind, scope)) if part)
    before = " ".join(scope.passed)
    scope.passed.clear()
    return Passage(
        inlines, tuple(held), place, scope.comment, scope.context, scope.aside, scope.div, before
    )


def _numbered(kind: str, scope: _Scope) -> str:
    if not kind or kind[-1].isdigit():
        return kind
    scope.counts[kind] += 1
    return f"{kind} {scope.counts[kind]}"


def _note(node: Node, scope: _Scope) -> Node:
    scope.notes += 1
    with _set(scope, aside=True, comment="", context=None):
        return {"t": "Note", "c": _blocks(node["c"], scope, f"note {scope.notes}")}


def has_words(inlines: Inlines) -> bool:
    """Whether a translator has anything to do: a letter or a digit outside code, math and notes."""
    return any(
        any(sign.isalnum() for sign in node["c"]) if node["t"] == "Str" else _has_words_inside(node)
        for node in inlines
    )


def _has_words_inside(node: Node) -> bool:
    if node["t"] == "Cite":
        affixes = [c["citationPrefix"] + c["citationSuffix"] for c in node["c"][0]]
        return any(map(has_words, affixes))
    return has_words(trees.inlines_of(node) or [])


def _trimmed(inlines: Inlines) -> tuple[Inlines, Inlines, Inlines]:
    """Spaces and the box of a task list before, what is to be translated, spaces after."""
    before, inner, after = trees.trimmed(inlines)
    if inner and inner[0].get("c") in _BOXES:
        box, (space, inner, _) = inner[0], trees.trimmed(inner[1:])
        before = [*before, box, *space]
    return before, inner, after


_CHANGES: dict[str, Callable[[Any, _Scope, str], Any]] = {
    "Para": _passage,
    "Plain": _passage,
    "Header": _header,
    "LineBlock": _line_block,
    "BulletList": _list,
    "OrderedList": _ordered_list,
    "DefinitionList": _definitions,
    "BlockQuote": _quotation,
    "Div": _division,
    "Figure": _figure,
    "Table": _table,
}
