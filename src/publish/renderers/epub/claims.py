"""Claims: what the EPUB of an edition says of its accessibility, for those who say it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from publish.editions import Edition
from publish.renderers.epub import accessibility, documents, sheets, texts
from publish.styles import Style


def of(edition: Edition, style: Style) -> Mapping[str, tuple[str, ...]]:
    """The values by the names of schema.org's properties, as they stand in the package document."""
    chapters = texts.read(edition)
    pages = documents.write(edition, style, chapters)
    tokens = sheets.tokens(style.files["tokens.css"], edition.language.tag)
    facts = accessibility.facts(edition, pages, tokens)
    found: dict[str, tuple[str, ...]] = {}
    for entry in accessibility.entries(edition, facts):
        name = entry.name.removeprefix("schema:")
        found[name] = (*found.get(name, ()), entry.value)
    return found
