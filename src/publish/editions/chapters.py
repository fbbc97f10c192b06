"""Chapters: an edition's text, resolved, finished and written as HTML; each kept by itself.

What becomes of a chapter depends on its file, on what the edition says for its messages, and on
the other chapters: on numbers, ids and titles that links refer to, which are in its outline
(`outlines`) when all outlines have been resolved together; and on the citations of all. If none
of it has changed, the chapter is what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from publish.documents import Document, shapes, trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Blocks, Inlines, Node
from publish.editions import (
    Chapter,
    Heading,
    Text,
    citations,
    directions,
    links,
    markup,
    notes,
    spaces,
)
from publish.editions.numbering import Numbers, referring
from publish.editions.orders import Order, Parts, knowing, punctuated, translated, words
from publish.editions.outlines import outline
from publish.editions.pictures import safe_name
from publish.shelves import Shelf

_FINISHED = {"RawBlock", "OrderedList", *directions.DIRECTED}
_BRACKETS = {"OneParen": "one-paren", "TwoParens": "two-parens"}  # of the numbers of lists


class Finished(NamedTuple):
    """A chapter's HTML, and its headings: level, id, number, the words as HTML and plain."""

    html: str
    headings: list[tuple[int, str, str, str, str]]


def made(order: Order, parts: Parts, title: Text, pandoc: Pandoc, shelf: Shelf) -> list[Chapter]:
    """The chapters of an order, those that are as before from the shelf.

    In: the fixed words in `parts`; what a chapter without a heading is called.
    """
    making = _Making(order, parts, pandoc, shelf)
    finished = making.finished()
    return [
        _chapter(document, each, title)
        for document, each in zip(order.sources.chapters, finished, strict=True)
    ]


def resolved(order: Order, parts: Parts, pandoc: Pandoc) -> list[Blocks]:
    """The chapters numbered, cited and with real quotation marks; `parts` has all of them."""
    sources = order.sources
    own, _ = (words(parts, document) for document in sources.words)
    chapters = [parts[c.path, c.context] for c in sources.chapters]
    referred = _referred(order, parts, chapters)
    return [punctuated(blocks, order) for blocks in _cited(order, own, referred, pandoc)]


def _referred(order: Order, parts: Parts, chapters: Sequence[Blocks]) -> list[Blocks]:
    """Chapters, or their outlines, with ids of their own, numbers and references to them."""
    own, references = (words(parts, document) for document in order.sources.words)
    documents = [
        Document(source.path, blocks, name=source.name)
        for source, blocks in zip(order.sources.chapters, chapters, strict=True)
    ]
    numbers = Numbers(own, by_chapter=order.manuscript.metadata.kind == "book")
    numbered = [numbers.number(blocks) for blocks in links.unique(documents)]
    return [trees.rewritten(b, referring(references, numbers), {"Cite"}) for b in numbered]


def _cited(
    order: Order, own: Mapping[str, str], chapters: Sequence[Blocks], pandoc: Pandoc
) -> list[Blocks]:
    return citations.resolved(
        chapters, order.manuscript, order.references, order.language, own, pandoc
    )


class _Making:
    """The making of an edition's chapters."""

    def __init__(self, order: Order, parts: Parts, pandoc: Pandoc, shelf: Shelf) -> None:
        self.order, self.pandoc, self.shelf = order, pandoc, shelf
        self.parts = parts
        self.words, _ = (words(parts, document) for document in order.sources.words)
        count = len(order.sources.chapters)
        self.messages = order.messages[1 : 1 + count] or [()] * count
        self.trees: dict[int, Blocks] = {}

    def finished(self) -> list[Finished]:
        """Every chapter, in order."""
        inputs = self._inputs()
        found = [_found(each, self.shelf) for each in inputs]
        missing = [n for n, each in enumerate(found) if each is None]
        for n, each in zip(missing, self._written(missing), strict=True):
            found[n] = each
            self.shelf.keep(inputs[n], shapes.written(each))
        return [each for each in found if each is not None]

    def _told(self, n: int) -> list[bytes]:
        """What makes the tree of a chapter in the words of the edition."""
        document = self.order.sources.chapters[n]
        return [document.origin.encode(), self.order.translation.told(self.messages[n])]

    def _tree(self, n: int) -> Blocks:
        """A chapter in the words of the edition."""
        if n not in self.trees:
            document = self.order.sources.chapters[n]
            (self.trees[n],) = translated(self.order, [document]).values()
        return self.trees[n]

    def _outline(self, n: int, told: Sequence[bytes]) -> Blocks:
        inputs = [b"outline", *told]
        kept = shapes.plain(self.shelf.find(inputs) or b"", list[shapes.Block])
        if kept is None:
            kept = outline(self._tree(n))
            self.shelf.keep(inputs, shapes.written(kept))
        return kept  # type: ignore[no-any-return]  # a list for a list

    def _inputs(self) -> list[list[bytes]]:
        """All that each chapter depends on."""
        told = [self._told(n) for n in range(len(self.messages))]
        self.outlines = [self._outline(n, each) for n, each in enumerate(told)]
        settled = _referred(self.order, self.parts, self.outlines)
        self.calls = [[n for n in trees.every(each) if n["t"] == "Cite"] for each in settled]
        common, works = self._common(), self._works()
        last = len(settled) - 1
        return [
            [
                *(b"chapter", *told[n], shapes.written(each), common),
                *(works if self.calls[n] or n == last else ()),
            ]
            for n, each in enumerate(settled)
        ]

    def _common(self) -> bytes:
        """What goes into every chapter of an edition."""
        order = self.order
        rules = [path.read_text("utf-8") for path in order.rules]
        names = [each.name for each in order.sources.chapters]
        cited = order.manuscript.bibliography is not None
        return repr((order.language, rules, names, cited, sorted(self.words.items()))).encode()

    def _works(self) -> list[bytes]:
        """What citations and the list of references depend on."""
        manuscript = self.order.manuscript
        if not (found := manuscript.bibliography):
            return []
        style = [found.format, manuscript.csl, manuscript.metadata.reference_language]
        return [shapes.written([self.calls, style]), found.data, self.order.references]

    def _written(self, missing: Sequence[int]) -> list[Finished]:
        """Chapters that are not there yet, beside the outlines of the others."""
        if not missing:
            return []
        mixed = [self._tree(n) if n in missing else each for n, each in enumerate(self.outlines)]
        chapters = _referred(self.order, self.parts, mixed)
        if not any(self.calls[n] or n == len(mixed) - 1 for n in missing):
            chapters = [each if n in missing else [] for n, each in enumerate(chapters)]
        chapters = _cited(self.order, self.words, chapters, self.pandoc)
        return _in_html([self._finish(n, chapters[n]) for n in missing], self.pandoc)

    def _finish(self, n: int, blocks: Blocks) -> Blocks:
        name = self.order.sources.chapters[n].name
        blocks = notes.gathered(punctuated(blocks, self.order, self.shelf), name, self.words)
        return _finished(blocks, self.order, self.shelf)


def _found(inputs: Sequence[bytes], shelf: Shelf) -> Finished | None:
    """A chapter that was kept; whoever put it there, nothing in it acts."""
    found = shapes.read(shelf.find(inputs) or b"", Finished)
    html = [found.html, *(heading[3] for heading in found.headings)] if found else []
    return found if all(map(markup.is_clean, html)) else None


def _in_html(chapters: Sequence[Blocks], pandoc: Pandoc) -> list[Finished]:
    """Finished trees of chapters, written by pandoc in one go."""
    headings = [list(_headings(blocks)) for blocks in chapters]
    titles: list[Blocks] = [
        [{"t": "Plain", "c": head.inlines}] for heads in headings for head in heads
    ]
    written = map(markup.clean, pandoc.html([*chapters, *titles]))
    html = [_sections(next(written)) for _ in chapters]
    return [
        Finished(each, [(*h[:3], next(written).strip(), h.plain) for h in heads])
        for each, heads in zip(html, headings, strict=True)
    ]


def _finished(blocks: Blocks, order: Order, shelf: Shelf) -> Blocks:
    """Headings one level down (the title is the first), pictures by safe names, no comments.

    What runs against the direction of the text says so.
    """
    known = knowing(order, shelf)

    def direction_of(tag: str) -> str:
        own = known(tag)
        return own.direction if own else ""

    directed = directions.directing(order.language.direction, direction_of)

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Header":
            return {"t": "Header", "c": [node["c"][0] + 1, *node["c"][1:]]}
        if node["t"] == "Image":
            attr, inlines, (name, title) = node["c"]
            return {"t": "Image", "c": [attr, inlines, [safe_name(name), title]]}
        if node["t"] == "OrderedList":
            return _bracketed(node)
        comment = node["t"] == "RawBlock" and node["c"][1].startswith("<!--")
        return [] if comment else directed(node)

    return trees.rewritten(blocks, change, _FINISHED)  # type: ignore[no-any-return]  # a list for a list


def _bracketed(node: Node) -> Node | None:
    """A list in a box that says what is about its numbers, which HTML has no attribute for."""
    style, delimiter = (each["t"] for each in node["c"][0][1:])
    if delimiter not in _BRACKETS or style == "Example":
        return None
    kind = re.sub("(?<=[a-z])(?=[A-Z])", "-", style.replace("DefaultStyle", "Decimal")).lower()
    return trees.div([node], classes=[f"{_BRACKETS[delimiter]}-{kind}"])


class _Head(NamedTuple):
    """A heading as it stands in the tree."""

    level: int
    id: str
    number: str
    inlines: Inlines

    @property
    def plain(self) -> str:
        return spaces.plain(trees.text(self.inlines))


def _headings(blocks: Blocks) -> Iterator[_Head]:
    for node in trees.every(blocks):
        if node["t"] == "Header":
            level, attr, inlines = node["c"]
            numbered = inlines and inlines[0]["t"] == "Span" and "number" in inlines[0]["c"][0][1]
            number = trees.text(inlines[:1]) if numbered else ""
            yield _Head(level - 1, attr[0], number, _silent(inlines[2:] if numbered else inlines))


def _silent(inlines: Inlines) -> Inlines:
    """A heading as the contents have it: without note calls, and nothing linked or named twice."""

    def change(node: Node) -> list[Node] | None:
        if node["t"] == "RawInline":
            return []
        if node["t"] == "Link" or (node["t"] == "Span" and node["c"][0][0]):
            return node["c"][1]  # type: ignore[no-any-return]  # JSON
        return None

    kinds = {"RawInline", "Link", "Span"}
    return trees.rewritten(inlines, change, kinds)  # type: ignore[no-any-return]  # a list for a list


def _chapter(document: Document, finished: Finished, title: Text) -> Chapter:
    headings = tuple(
        Heading(level, id, number, Text(html, plain))
        for level, id, number, html, plain in finished.headings
    )
    own = headings[0].text if headings else title
    return Chapter(document.name, own, finished.html, headings)


def _sections(html: str) -> str:
    """Sections by the levels of the manuscript, of which pandoc was given one more."""
    return re.sub(
        r'(<section id="[^"]*" class="[^"]*\blevel)(\d)',
        lambda found: f"{found[1]}{int(found[2]) - 1}",
        html,
    )
