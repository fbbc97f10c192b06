"""PDF: an edition as tagged pages for print and screen, PDF/A-3a and PDF/UA-1 at once.

The trunk's HTML is made into one printable document (`markup`), laid out by WeasyPrint
(`setting`), and given its structure, languages and metadata (`tags`, `metadata`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from publish import fonts, styles
from publish.editions import Edition, PageStart
from publish.problems import Location, Problem, PublishError
from publish.renderers.pdf import (
    attachments,
    engine,
    markup,
    metadata,
    pagination,
    parts,
    setting,
    sheets,
    structure,
    variants,
)
from publish.renderers.pdf.setting import Painted
from publish.renderers.pdf.structure import Tree
from publish.renderers.pdf.variants import Variant
from publish.shelves import Passing, Shelf
from publish.styles import Style

# What a sheet may ask for that only the whole knows: pages of other chapters, how many there are.
_WHOLE = re.compile(r"target-(counters?|text)\(|counters?\(\s*pages\b")


def render(edition: Edition, style: Style, shelf: Shelf | None = None) -> bytes:
    """An edition as PDF.

    In: of the style, `tokens.css`, `print.css` and `templates/print.html` are used; where parts
    of books are kept. Out: the file; the same bytes for the same edition, style and fonts, kept
    or not. Errors: PublishError `font-missing`, `font-glyph-missing`, `pango-missing`,
    `pdf-layout`.
    """
    return paginated(edition, style, shelf)[0]


def paginated(
    edition: Edition,
    style: Style,
    shelf: Shelf | None = None,
    told: Callable[[Sequence[PageStart]], object] | None = None,
) -> tuple[bytes, tuple[PageStart, ...]]:
    """The same PDF, and where its pages begin, which is `told` before the file is written."""
    variant, finish = variants.archive(), finisher(edition, markup.families(edition))
    pages = painted(edition, style, variant, shelf)
    starts = tuple(pagination.starts(parts.leaves([each.part for each in pages])))
    if told:
        told(starts)
    return setting.bound(pages, finish, variant), starts


def painted(
    edition: Edition,
    style: Style,
    variant: Variant,
    shelf: Shelf | None = None,
    *names: str,
) -> list[Painted]:
    """An edition's pages: an article's in one part, a book's chapter by chapter.

    In: the style's sheets, if not `print.css` alone. Errors: PublishError `font-missing`,
    `font-glyph-missing`, `pdf-layout`.
    """
    families = markup.families(edition)
    fonts.faces(edition.language.fonts)  # else the text would be set in a stand-in
    root = markup.document(edition, style, families)
    figures = markup.figures(edition.resources, families)
    drawn = (*families, *fonts.MONOSPACE)
    fonts.require(markup.words(root, figures), drawn, f"edition {edition.id}")
    own = markup.sheets(edition, style, families, *(names or ("print.css",)))
    contents = markup.has_contents(edition)
    apart = edition.kind == "book" and not _WHOLE.search("".join(own))
    if shelf is None and contents and not apart:
        shelf = Passing()  # else the whole would be laid out twice

    def lay_out(html: str, first: int) -> Painted:
        return setting.part(html, own, figures, variant, first, shelf)

    if apart:
        return _apart(markup.apart(root), lay_out)
    html = markup.text(root)
    return [_numbered(html, lay_out) if contents else lay_out(html, 1)]


def _numbered(html: str, lay_out: Callable[[str, int], Painted]) -> Painted:
    """All in one part; what its contents say is known when it has been laid out once.

    Their numbers stand beside them: they move nothing.
    """
    return lay_out(markup.numbered(html, _pages([lay_out(html, 1)])), 1)


def _apart(documents: Sequence[str], lay_out: Callable[[str, int], Painted]) -> list[Painted]:
    """The parts of a book: the first, which has the contents, last, when all pages are known."""
    front, *rest = documents
    draft = lay_out(front, 1)
    first, found = len(draft.part.leaves) + 1, list[Painted]()
    for html in rest:
        found.append(lay_out(html, first))
        first += len(found[-1].part.leaves)
    pages = _pages([draft, *found])
    return [lay_out(markup.numbered(front, pages), 1), *found]


def _pages(each: Sequence[Painted]) -> dict[str, int]:
    """The number of the page on which each anchor is."""
    pages = parts.anchors([painted.part for painted in each])
    return {name: page + 1 for name, page in pages.items()}


def finisher(edition: Edition, families: tuple[str, ...]) -> setting.Finish:
    """What WeasyPrint leaves to do, on its hook before the bytes are written."""
    return partial(_finish, edition, families)


def _finish(
    edition: Edition, families: tuple[str, ...], document: Any, pdf: Any, tree: Tree
) -> None:
    check_faces(document, families)
    structure.write(tree, pdf)
    metadata.complete(edition, pdf)
    attachments.add(edition.attachments, edition.date, pdf)


def check_faces(document: Any, families: tuple[str, ...]) -> None:
    """Only real faces of the families asked for: no stand-in, no slant made by a program."""
    real = {(face.family, face.style) for face in fonts.faces((*families, *fonts.MONOSPACE))}
    used = {(font.family, "italic" if font.style else "normal") for font in document.fonts.values()}
    if used - real:
        raise PublishError(*(_stand_in(*face) for face in sorted(used - real)))


def _stand_in(family: str, style: str) -> Problem:
    return Problem(
        "font-missing",
        f"a {style} face of {family} was put in, which the style does not name or nobody drew",
        Location("styles/languages.toml"),
        hint="Name families under `fonts` that have every character and style that is used.",
    )


# Workers are forked from a process that has imported this module and no more: what is paid
# for here is paid once. A machine without Pango hears of it when it renders.
with suppress(PublishError):
    engine.load()
    sheets.prepare(styles.read().sheet("print.css"))
