"""Orders: what an edition is made from, and its documents in the edition's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from publish import languages, messages
from publish.documents import Document, shapes, trees
from publish.documents.sources import Sources
from publish.documents.trees import Blocks, Node
from publish.editions import Alternate, classes, quotes, spaces
from publish.editions.translations import Translation
from publish.imprints import Imprint
from publish.languages import Language
from publish.manuscripts import Manuscript
from publish.messages import Message
from publish.messages.walk import untranslatable
from publish.problems import PublishError
from publish.records import Record
from publish.shelves import BARE, Shelf

Parts = Mapping[tuple[str, str | None], Blocks]


class Order(Record, frozen=True):
    """What is to be made: a manuscript read, a translation of it, and whose edition it is.

    The source's own edition says what is written: it has no messages.
    """

    id: str
    language: Language
    source_language: Language
    manuscript: Manuscript
    sources: Sources
    messages: Sequence[Sequence[Message]]
    translation: Translation
    imprint: Imprint
    bios: Mapping[str, Blocks]
    references: bytes
    alternates: tuple[Alternate, ...]
    rules: tuple[Path, ...]
    lagging: bool = False


def translated(order: Order, wanted: Iterable[Document] | None = None) -> Parts:
    """Documents in the words of the edition, by path and context: those wanted, or every one.

    Their classes are none of publish's own.
    """
    keys = None if wanted is None else {(each.path, each.context) for each in wanted}
    if not order.messages:
        found = order.sources.documents if wanted is None else wanted
        return {(each.path, each.context): apart(each.blocks) for each in found}
    pairs = [
        (document, own)
        for document, own in zip(order.sources.documents, order.messages, strict=True)
        if keys is None or (document.path, document.context) in keys
    ]
    order.translation.read(message for _, own in pairs for message in own)
    return {
        (document.path, document.context): apart(
            _in_its_language(
                messages.translate(document, own, order.translation.of), order.translation
            )
        )
        for document, own in pairs
    }


def _in_its_language(blocks: Blocks, translation: Translation) -> Blocks:
    """What is not to be translated is marked as what it is: words of the source's language."""
    marks = [[key, value] for key, value in translation.marks.items()]

    def change(node: Node) -> Node | None:
        (id, names, pairs), inner = node["c"]
        if not untranslatable(node) or trees.attribute(node, "lang"):
            return None
        return {"t": node["t"], "c": [[id, names, [*pairs, *marks]], inner]}

    return trees.rewritten(blocks, change, {"Div", "Span"}) if marks else blocks


def untranslated(parts: Parts, document: Document) -> set[str]:
    """The keys of those fixed words that stand in English for want of a translation."""
    blocks = parts[document.path, document.context]
    return {
        block["c"][0][0]
        for block in blocks
        for node in trees.every(block["c"][1])
        if "untranslated" in (trees.attr_of(node) or ("", ()))[1]
    }


def apart(blocks: Blocks) -> Blocks:
    """Blocks of a manuscript that cannot be taken for parts of publish's own pages."""
    return trees.rewritten(blocks, classes.apart, classes.KINDS)  # type: ignore[no-any-return]  # a list for a list


def words(parts: Parts, document: Document) -> dict[str, str]:
    """Fixed words by their keys."""
    blocks = parts[document.path, document.context]
    return {block["c"][0][0]: plain_text(block["c"][1]) for block in blocks}


def language(tag: str, rules: Sequence[Path], shelf: Shelf) -> Language:
    """A language as `languages.read`: CLDR's data of one take longer to read than a chapter."""
    inputs = [b"language", tag.encode(), *(path.read_bytes() for path in rules)]
    found = shapes.read(shelf.find(inputs) or b"", Language)
    if found is None:
        found = languages.read(tag, *rules)
        shelf.keep(inputs, shapes.written(found))
    return found


def knowing(order: Order, shelf: Shelf = BARE) -> Callable[[str], Language | None]:
    """What gives the language of a tag; None for an old one, or one that CLDR does not know."""

    @cache
    def known(tag: str) -> Language | None:
        with suppress(PublishError):
            return language(tag, order.rules, shelf)
        return None

    return known


def punctuated(blocks: Blocks, order: Order, shelf: Shelf = BARE) -> Blocks:
    """Real quotation marks, and no-break spaces, as each language sets them."""
    known = knowing(order, shelf)

    def marks_of(tag: str) -> quotes.Marks | None:
        own = known(tag)
        return own.quotes if own else None

    def rules_of(tag: str) -> spaces.Rules | None:
        own = known(tag)
        return spaces.rules(own.no_break) if own else None

    marked = quotes.Quotes(order.language.quotes, marks_of).written(blocks)
    writing = spaces.Spaces(spaces.rules(order.language.no_break), rules_of)
    return writing.written(marked)  # type: ignore[no-any-return]  # a list for a list


def plain_text(blocks: Blocks) -> str:
    """The words of some paragraphs."""
    paragraphs = [trees.text(block["c"]) for block in blocks if block["t"] in {"Plain", "Para"}]
    return "\n\n".join(paragraphs)
