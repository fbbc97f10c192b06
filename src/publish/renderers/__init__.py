"""Renderers: an edition and a style made into the bytes of a format.

Each is a pure function of values that can be pickled, so that it may run in another process.
Engines are imported where they work and only when there is work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from publish.problems import PublishError
from publish.shelves import BARE, Shelf
from publish.styles import Style

if TYPE_CHECKING:  # what there is to make is told without an edition
    from publish.editions import Edition, PageStart

__all__ = ["Shelf", "file_name", "render", "render_together"]

Renderer: TypeAlias = "Callable[[Edition, Style], bytes]"


class Rendered(dict[str, bytes | PublishError]):
    """By format: a file, or why it could not be made.

    `pages` are those of the PDF, if one was made, for the EPUB that lists them.
    """

    pages: tuple[PageStart, ...] = ()


# Format → module with a `render`; the slowest first.
FORMATS = {
    "pdf": "publish.renderers.pdf",
    "epub": "publish.renderers.epub",
    "html": "publish.renderers.html",
    "press": "publish.renderers.pdf.press",
    "review.pdf": "publish.renderers.pdf.review",
    "review.html": "publish.renderers.html.review",
}
# What one name stands for: the copies for review.
SEVERAL = {"review": ("review.pdf", "review.html")}
DEFAULTS = ("pdf", "epub", "html")  # what is made if no format is named
_SUFFIXES = {"press": "press.pdf"}  # of the others it is the format's own name

# What renderers import late, when they work: the server that workers are forked from imports it
# beforehand, while the manuscript is still being read.
_ENGINES = (
    "jinja2.sandbox",
    "lxml.etree",
    "uharfbuzz",
    "fontTools.ttLib",
    "publish.renderers.rehearsal",
)
_EPUB = "publish.renderers.epub"
_MORE = {
    "epub": (
        *(f"{_EPUB}.{name}" for name in ("package", "cover", "metadata", "pagelist")),
        "encodings.cp437",  # of names in a zip
    )
}


def engines(formats: set[str]) -> set[str]:
    """The modules that these formats' renderers are, and what they import when they work."""
    more = {module for format in formats for module in _MORE.get(format, ())}
    return {*_ENGINES, *more, *(FORMATS[format] for format in formats)}


def file_name(slug: str, format: str) -> str:
    """The name of an artefact."""
    return f"{slug}.{_SUFFIXES.get(format, format)}"


def render_together(
    formats: Sequence[str],
    edition: Edition,
    style: Style,
    shelf: Shelf | None = None,
    told: Callable[[Sequence[PageStart]], object] | None = None,
) -> Rendered:
    """An edition in some formats, each made though another could not be.

    An EPUB that is made with a PDF lists its pages, so the PDF comes first; `told` is told them
    before its file is written. A PDF may keep parts of itself on a shelf, and take them from there;
    an EPUB its cover.
    """
    from publish.records import replace  # half of what a build imports that has nothing to do

    files = Rendered()
    for format in [known for known in FORMATS if known in formats]:
        try:
            module, own = import_module(FORMATS[format]), _own(style, edition)
            if format == "pdf":
                files[format], pages = module.paginated(edition, own, shelf, told)
                files.pages = pages
                edition = replace(edition, pages=pages)
            elif format == "epub":
                files[format] = module.render(edition, own, shelf or BARE)
            else:
                files[format] = render(format, edition, style)
        except PublishError as error:
            files[format] = error
    return files


def render(format: str, edition: Edition, style: Style) -> bytes:
    """An edition in a format; what a renderer needs is imported here."""
    renderer: Renderer = import_module(FORMATS[format]).render
    return renderer(edition, _own(style, edition))


def _own(style: Style, edition: Edition) -> Style:
    """A style with the colours that an edition has of its own."""
    return style.with_tokens(edition.tokens)
