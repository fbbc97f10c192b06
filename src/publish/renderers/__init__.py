"""Renderers: an edition and a style made into the bytes of a format.

Each is a pure function of values that can be pickled, so that it may run in another process.
Engines are imported where they work and only when there is work.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from publish.editions import Edition
from publish.styles import Style

Renderer = Callable[[Edition, Style], bytes]

# Format (also the artefact's suffix) → module with a `render`; the slowest first.
FORMATS = {
    "pdf": "publish.renderers.pdf",
    "epub": "publish.renderers.epub",
    "html": "publish.renderers.html",
}

# What renderers import late, when they work: the server that workers are forked from imports it
# beforehand, while the manuscript is still being read.
_ENGINES = (
    "jinja2.sandbox",
    "lxml.etree",
    "uharfbuzz",
    "fontTools.ttLib",
    "publish.renderers.rehearsal",
)
ENGINES = {
    "pdf": _ENGINES,
    "epub": (*_ENGINES, "publish.renderers.epub.package", "publish.renderers.epub.cover"),
    "html": _ENGINES,
}


def render(format: str, edition: Edition, style: Style) -> bytes:
    """An edition in a format; what a renderer needs is imported here."""
    renderer: Renderer = import_module(FORMATS[format]).render
    return renderer(edition, style.with_tokens(edition.tokens))
