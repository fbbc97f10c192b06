"""EPUB: an edition as an EPUB 3.3 publication, written with EbookLib.

The story: the chapters become texts, one file each, with the references in a file of their own
(`texts`, `contents`); templates make the pages around them, and all are finished alike
(`documents`); the sheet, the typefaces and the cover are made (`sheets`, `cover`); what the
book is and has is told (`metadata`, `accessibility`); all of it goes into one zip (`package`).
"""

from __future__ import annotations

from publish.editions import Edition, identifiers
from publish.shelves import BARE, Shelf
from publish.styles import Style


def render(edition: Edition, style: Style, shelf: Shelf = BARE) -> bytes:
    """The edition as a file `.epub`, the same bytes on every day and in every folder.

    In: an edition whose HTML is well-formed XML; a style with `tokens.css`, `epub.css` and
    the templates `epub-*.xhtml`; where its cover is kept. Out: the bytes of the EPUB. Errors:
    PublishError `font-missing`, `font-glyph-missing`. Source: EPUB 3.3, EPUB Accessibility 1.1
    (W3C).
    """
    # EbookLib and Pillow take their time to import; who builds no EPUB need not wait.
    from publish.renderers.epub import (
        accessibility,
        contents,
        cover,
        documents,
        metadata,
        package,
        pagelist,
        sheets,
        texts,
    )

    chapters = texts.read(edition)
    pages = documents.write(edition, style, chapters)
    pagelist.write(edition, pages)
    tokens = sheets.tokens(style.files["tokens.css"], edition.language.tag)
    facts = accessibility.facts(edition, pages, tokens)
    pages = (*pages, accessibility.statement(edition, style, facts))
    faces = sheets.embedded(edition, "".join(page.words for page in pages))
    return package.write(
        package.Package(
            language=edition.language,
            date=edition.date,
            identifier=identifiers.urn(edition),
            title=edition.title.plain,
            entries=metadata.entries(edition, facts),
            pages=pages,
            contents=contents.entries(edition, chapters),
            files={
                "style.css": sheets.write(edition, style, faces).encode(),
                "cover.png": cover.draw(edition, style, shelf),
                **{font.file: font.content for font in faces},
                **texts.figures(edition, chapters),
                **({edition.logo: edition.resources[edition.logo]} if edition.logo else {}),
            },
        )
    )
