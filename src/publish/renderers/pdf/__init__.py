"""PDF: an edition as tagged pages for print and screen, PDF/A-3a and PDF/UA-1 at once.

The trunk's HTML is made into one printable document (`markup`), laid out by WeasyPrint
(`engine`), and given its structure, languages and metadata (`tags`, `metadata`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from publish import fonts
from publish.editions import Edition, PageStart
from publish.problems import Location, Problem, PublishError
from publish.renderers.pdf import attachments, engine, markup, metadata, pagination, structure
from publish.renderers.pdf.nodes import Node
from publish.styles import Style


def render(edition: Edition, style: Style) -> bytes:
    """An edition as PDF.

    In: of the style, `tokens.css`, `print.css` and `templates/print.html` are used. Out: the
    file; the same bytes for the same edition, style and fonts. Errors: PublishError
    `font-missing`, `font-glyph-missing`, `pango-missing`, `pdf-layout`.
    """
    return _written(edition, style)


def paginated(edition: Edition, style: Style) -> tuple[bytes, tuple[PageStart, ...]]:
    """The same PDF, and where its pages begin."""
    starts: list[PageStart] = []
    data = _written(edition, style, lambda document: starts.extend(pagination.starts(document)))
    return data, tuple(starts)


def _written(edition: Edition, style: Style, look: Callable[[Any], None] | None = None) -> bytes:
    html, figures = compose(edition, style)
    return engine.write(html, figures, finisher(edition, markup.families(edition)), look)


def compose(edition: Edition, style: Style, *sheets: str) -> tuple[str, dict[str, bytes]]:
    """An edition as one HTML document for paper, and the files that it refers to.

    In: the style's sheets, if not `print.css` alone. Errors: PublishError `font-missing`,
    `font-glyph-missing`.
    """
    fonts.faces(edition.language.fonts)  # else the text would be set in a stand-in
    families = markup.families(edition)
    html = markup.page(edition, style, families, sheets or ("print.css",))
    figures = markup.figures(edition.resources, families)
    words = markup.words(html, figures)
    fonts.require(words, (*families, *fonts.MONOSPACE), f"edition {edition.id}")
    return html, figures


def finisher(edition: Edition, families: tuple[str, ...]) -> Callable[[Any, Any, Node], None]:
    """What WeasyPrint leaves to do, on its hook before the bytes are written."""
    return partial(_finish, edition, families)


def _finish(
    edition: Edition, families: tuple[str, ...], document: Any, pdf: Any, root: Node
) -> None:
    check_faces(document, families)
    structure.write(root, pdf)
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
