"""Making an edition: translated, numbered, cited, quoted, its notes gathered, written as HTML.

Translation comes first, so that everything after it follows the edition's own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote
from zlib import crc32

from publish import languages, messages
from publish.documents import Document, figures, trees
from publish.documents.pandoc import Pandoc
from publish.documents.sources import Sources
from publish.documents.trees import Blocks, Inlines, Node
from publish.editions import (
    Alternate,
    Chapter,
    Edition,
    Heading,
    Original,
    Press,
    Text,
    citations,
    citing,
    directions,
    frontmatter,
    links,
    markup,
    notes,
    quotes,
    spaces,
)
from publish.editions.keywords import collated
from publish.editions.numbering import Numbers, referring
from publish.editions.translations import Translation, words_in
from publish.imprints import Imprint
from publish.languages import Language
from publish.manuscripts import Manuscript
from publish.messages import Message
from publish.problems import PublishError

_FINISHED = {"RawBlock", *directions.DIRECTED}
Parts = Mapping[tuple[str, str | None], Blocks]


@dataclass(frozen=True)
class Order:
    """What is to be made: a manuscript read, a translation of it, and whose edition it is."""

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


def make(order: Order, pandoc: Pandoc) -> Edition:
    """The edition of an order; its HTML is written by pandoc in one go."""
    parts = translated(order)
    words = _words(parts, order.sources.words[0])
    chapters = [
        _finished(notes.gathered(blocks, source.name, words), order)
        for source, blocks in zip(
            order.sources.chapters, resolved(order, parts, pandoc), strict=True
        )
    ]
    fields = _fields(order, parts)
    fragments = fields | {f"chapter {n}": blocks for n, blocks in enumerate(chapters)}
    headings = [list(_headings(blocks)) for blocks in chapters]
    for n, heads in enumerate(headings):
        fragments |= {f"heading {n}.{i}": [_plain(h.inlines)] for i, h in enumerate(heads)}
    written = map(markup.clean, pandoc.html(list(fragments.values())))
    html = dict(zip(fragments, written, strict=True))
    texts = {
        key: Text(html[key].strip(), spaces.plain(_plain_text(blocks)))
        for key, blocks in fields.items()
    }
    edition = Edition(
        id=order.id,
        slug=order.manuscript.slug,
        kind=order.manuscript.metadata.kind,
        language=order.language,
        source_language=order.source_language,
        chapters=tuple(
            _chapter(document, n, headings[n], html, texts["title"])
            for n, document in enumerate(order.sources.chapters)
        ),
        words=words,
        alternates=order.alternates,
        resources=_resources(order, parts),
        logo=_logo_name(order),
        original=_original(order),
        untranslated=_share(order),
        lag_note=_lag_note(order, words),
        press=_press(order.manuscript),
        **frontmatter.fields(
            order.manuscript.metadata,
            order.imprint.values,
            texts,
            words,
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


def _lag_note(order: Order, words: Mapping[str, str]) -> str:
    """That the source has changed since it was translated, if it has."""
    if not order.lagging:
        return ""
    metadata, values = order.manuscript.metadata, order.imprint.values
    return frontmatter.lag_note(metadata, values, words, order.language, order.source_language)


def _citation(edition: Edition, style: str, pandoc: Pandoc) -> Text:
    """How the edition is cited, in its own language."""
    inlines = citations.entry(citing.record(edition), style, edition.language, pandoc)
    (html,) = pandoc.html([[_plain(inlines)]])
    return Text(markup.clean(html).strip(), trees.text(inlines))


def translated(order: Order) -> Parts:
    """Every document in the words of the edition, by path and context."""
    pairs = zip(order.sources.documents, order.messages, strict=True)
    return {
        (document.path, document.context): messages.translate(document, own, order.translation.of)
        for document, own in pairs
    }


def _words(parts: Parts, document: Document) -> dict[str, str]:
    """Fixed words by their keys."""
    blocks = parts[document.path, document.context]
    return {block["c"][0][0]: _plain_text(block["c"][1]) for block in blocks}


def _fields(order: Order, parts: Parts) -> dict[str, Blocks]:
    """The metadata's fields and the biographies, by the metadata's keys."""
    sources = order.sources
    fields = {b["c"][0][0]: b["c"][1] for b in parts[sources.metadata.path, None]}
    fields = {key: _unwrapped(key, blocks) for key, blocks in fields.items()}
    bios = {name: parts[document.path, None] for name, document in sources.bios.items()}
    every = fields | bios | dict(order.bios)
    return {key: _punctuated(blocks, order) for key, blocks in every.items()}


def _unwrapped(key: str, blocks: Blocks) -> Blocks:
    """A field of one line without its paragraph; the abstract keeps its paragraphs."""
    return blocks if key == "abstract" else [_plain(block["c"]) for block in blocks]


def resolved(order: Order, parts: Parts, pandoc: Pandoc) -> list[Blocks]:
    """The chapters numbered, cited and with real quotation marks."""
    sources = order.sources
    words, references = (_words(parts, document) for document in sources.words)
    chapters = [replace(c, blocks=parts[c.path, c.context]) for c in sources.chapters]
    by_chapter = order.manuscript.metadata.kind == "book"
    numbers = Numbers(words, by_chapter=by_chapter)
    numbered = [numbers.number(blocks) for blocks in links.unique(chapters)]
    referred = [trees.rewritten(b, referring(references, numbers), {"Cite"}) for b in numbered]
    cited = citations.resolved(
        referred, order.manuscript, order.references, order.language, words, pandoc
    )
    return [_punctuated(blocks, order) for blocks in cited]


def _punctuated(blocks: Blocks, order: Order) -> Blocks:
    """Real quotation marks, and no-break spaces, as each language sets them."""

    @cache
    def known(tag: str) -> Language | None:
        with suppress(PublishError):  # an old language, or one that CLDR does not know
            return languages.read(tag, *order.rules)
        return None

    def marks_of(tag: str) -> quotes.Marks | None:
        own = known(tag)
        return own.quotes if own else None

    def rules_of(tag: str) -> spaces.Rules | None:
        own = known(tag)
        return spaces.rules(own.no_break) if own else None

    marked = quotes.Quotes(order.language.quotes, marks_of).written(blocks)
    writing = spaces.Spaces(spaces.rules(order.language.no_break), rules_of)
    return writing.written(marked)  # type: ignore[no-any-return]  # a list for a list


def _finished(blocks: Blocks, order: Order) -> Blocks:
    """Headings one level down (the title is the first), pictures by safe names, no comments.

    What runs against the direction of the text says so.
    """
    directed = directions.directing(order.language.direction, languages.direction)

    def change(node: Node) -> Node | list[Node] | None:
        if node["t"] == "Header":
            return {"t": "Header", "c": [node["c"][0] + 1, *node["c"][1:]]}
        if node["t"] == "Image":
            attr, inlines, (name, title) = node["c"]
            return {"t": "Image", "c": [attr, inlines, [safe_name(name), title]]}
        comment = node["t"] == "RawBlock" and node["c"][1].startswith("<!--")
        return [] if comment else directed(node)

    return trees.rewritten(blocks, change, _FINISHED)  # type: ignore[no-any-return]  # a list for a list


def safe_name(name: str) -> str:
    """A picture's name that needs no escape in a URL or in a zip."""
    stem, dot, suffix = unquote(name).rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9_/-]+", "-", stem)
    mark = f"-{crc32(name.encode()):08x}" if plain != stem else ""
    return f"{plain}{mark}{dot}{suffix.lower()}"


def _resources(order: Order, parts: Parts) -> dict[str, bytes]:
    """The pictures by their safe names, words in drawings translated."""
    drawn = order.sources.figures
    tag = order.language.tag
    name, logo = order.imprint.logo
    own = {_logo_name(order): figures.harmless(name, logo)} if logo else {}
    return own | {
        safe_name(name): figures.written(name, data, parts[drawn[name].path, None], tag)
        if name in drawn
        else data
        for name, data in order.sources.pictures.items()
    }


def _logo_name(order: Order) -> str:
    """The key of the logo among the pictures, which no picture of a manuscript has."""
    name, logo = order.imprint.logo
    return f"pub-logo{Path(name).suffix.lower()}" if logo else ""


def _original(order: Order) -> Original | None:
    if order.language.tag == order.source_language.tag:
        return None
    return frontmatter.original(order.manuscript.metadata, order.sources.metadata.blocks)


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading as it stands in the tree."""

    level: int
    id: str
    number: str
    inlines: Inlines


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


def _chapter(
    document: Document, n: int, heads: Sequence[_Head], html: Mapping[str, str], title: Text
) -> Chapter:
    headings = tuple(
        Heading(
            h.level,
            h.id,
            h.number,
            Text(html[f"heading {n}.{i}"].strip(), spaces.plain(trees.text(h.inlines))),
        )
        for i, h in enumerate(heads)
    )
    own = headings[0].text if headings else title
    return Chapter(document.name, own, _sections(html[f"chapter {n}"]), headings)


def _sections(html: str) -> str:
    """Sections by the levels of the manuscript, of which pandoc was given one more."""
    return re.sub(
        r'(<section id="[^"]*" class="[^"]*\blevel)(\d)',
        lambda found: f"{found[1]}{int(found[2]) - 1}",
        html,
    )


def _plain(inlines: Inlines) -> Node:
    return {"t": "Plain", "c": inlines}


def _plain_text(blocks: Blocks) -> str:
    paragraphs = [trees.text(block["c"]) for block in blocks if block["t"] in {"Plain", "Para"}]
    return "\n\n".join(paragraphs)


def _share(order: Order) -> float:
    """The share of words that stand in the source language."""
    every = {message.key: message for one in order.messages for message in one}
    missing = [every[key] for key in order.translation.untranslated]
    return words_in(missing) / max(1, words_in(every.values()))
