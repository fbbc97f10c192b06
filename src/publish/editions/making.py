"""Making an edition: translated, numbered, cited, quoted, its notes gathered, written as HTML.

Translation comes first, so that everything after it follows the edition's own language.
"""

from __future__ import annotations

from collections.abc import Mapping

from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Blocks, Inlines, Node
from publish.documents.words import NOTES, WORDS
from publish.editions import (
    Edition,
    Original,
    Press,
    Text,
    chapters,
    citations,
    citing,
    frontmatter,
    markup,
    pictures,
    spaces,
)
from publish.editions.keywords import collated
from publish.editions.orders import (
    Order,
    Parts,
    apart,
    language,
    plain_text,
    punctuated,
    translated,
    untranslated,
    words,
)
from publish.editions.translations import words_in
from publish.languages import Language
from publish.manuscripts import Manuscript
from publish.records import replace
from publish.shelves import BARE, Shelf

__all__ = ["Order", "make"]


def make(order: Order, pandoc: Pandoc, shelf: Shelf = BARE) -> Edition:
    """The edition of an order; its chapters are kept on the shelf, and taken from there."""
    sources = order.sources
    others = (sources.metadata, *sources.bios.values(), *sources.figures.values(), *sources.words)
    parts = translated(order, others)
    own, spoken = _said(order, parts, shelf)
    texts = _texts(_fields(order, parts, shelf), pandoc)
    edition = Edition(
        id=order.id,
        slug=order.manuscript.slug,
        kind=order.manuscript.metadata.kind,
        language=order.language,
        source_language=order.source_language,
        chapters=tuple(chapters.made(order, parts, texts["title"], pandoc, shelf)),
        words=own,
        alternates=order.alternates,
        resources=pictures.resources(order, parts),
        logo=pictures.logo_name(order),
        original=_original(order),
        untranslated=_share(order),
        translation_note=_translation_note(order, own, spoken),
        lag_note=_lag_note(order, own, spoken),
        notes_language=spoken,
        press=_press(order.manuscript),
        **frontmatter.fields(
            order.manuscript.metadata,
            order.imprint.values,
            texts,
            own,
            order.language,
            order.source_language,
        ),
    )
    if order.manuscript.metadata.keyword_order == "language" and len(edition.keywords) > 1:
        edition = replace(edition, keywords=collated(edition.keywords, order.language, pandoc))
    return replace(edition, citation=_citation(edition, order.manuscript.csl, pandoc))


def _press(manuscript: Manuscript) -> Press:
    data = manuscript.profile.data if manuscript.profile else b""
    return Press(data, manuscript.metadata.press.condition)


def _said(order: Order, parts: Parts, shelf: Shelf) -> tuple[dict[str, str], Language]:
    """The fixed words, and the language of its notes: half a sentence of a draft would be none."""
    document = order.sources.words[0]
    own = words(parts, document)
    if untranslated(parts, document).isdisjoint(NOTES):
        return own, order.language
    return own | {key: WORDS[key] for key in NOTES}, language("en", order.rules, shelf)


def _translation_note(order: Order, words: Mapping[str, str], spoken: Language) -> str:
    """From what it was translated, if it was."""
    if order.language.tag == order.source_language.tag:
        return ""
    metadata, values = order.manuscript.metadata, order.imprint.values
    return frontmatter.translation_note(metadata, values, words, spoken, order.source_language)


def _lag_note(order: Order, words: Mapping[str, str], spoken: Language) -> str:
    """That the source has changed since it was translated, if it has."""
    if not order.lagging:
        return ""
    metadata, values = order.manuscript.metadata, order.imprint.values
    return frontmatter.lag_note(metadata, values, words, spoken, order.source_language)


def _citation(edition: Edition, style: str, pandoc: Pandoc) -> Text:
    """How the edition is cited, in its own language."""
    inlines = citations.entry(citing.record(edition), style, edition.language, pandoc)
    (html,) = pandoc.html([[_plain(inlines)]])
    return Text(markup.clean(html).strip(), trees.text(inlines))


def _fields(order: Order, parts: Parts, shelf: Shelf) -> dict[str, Blocks]:
    """The metadata's fields and the biographies, by the metadata's keys."""
    sources = order.sources
    fields = {b["c"][0][0]: b["c"][1] for b in parts[sources.metadata.path, None]}
    fields = {key: _unwrapped(key, blocks) for key, blocks in fields.items()}
    bios = {name: parts[document.path, None] for name, document in sources.bios.items()}
    every = fields | bios | {name: apart(blocks) for name, blocks in order.bios.items()}
    return {key: punctuated(blocks, order, shelf) for key, blocks in every.items()}


def _unwrapped(key: str, blocks: Blocks) -> Blocks:
    """A field of one line without its paragraph; the abstract keeps its paragraphs."""
    return blocks if key == "abstract" else [_plain(block["c"]) for block in blocks]


def _texts(fields: Mapping[str, Blocks], pandoc: Pandoc) -> dict[str, Text]:
    """Fields as HTML and as plain words."""
    written = zip(fields.items(), pandoc.html(list(fields.values())), strict=True)
    return {
        key: Text(markup.clean(html).strip(), spaces.plain(plain_text(blocks)))
        for (key, blocks), html in written
    }


def _original(order: Order) -> Original | None:
    if order.language.tag == order.source_language.tag:
        return None
    return frontmatter.original(order.manuscript.metadata, order.sources.metadata.blocks)


def _plain(inlines: Inlines) -> Node:
    return {"t": "Plain", "c": inlines}


def _share(order: Order) -> float:
    """The share of words that stand in the source language."""
    if not order.translation.untranslated:
        return 0.0
    every = {message.key: message for one in order.messages for message in one}
    missing = [every[key] for key in order.translation.untranslated]
    return words_in(missing) / max(1, words_in(every.values()))
