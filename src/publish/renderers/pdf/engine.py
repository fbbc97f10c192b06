"""The engine: WeasyPrint, met only here, kept quiet, offline and honest.

What it logs becomes problems; what it may read are the edition's own resources; a machine
without Pango gets one line to run instead of a traceback.
"""

from __future__ import annotations

import ctypes.util
import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from io import BytesIO, StringIO
from mimetypes import guess_type
from types import ModuleType
from typing import Any
from urllib.parse import unquote

from publish.problems import Location, Problem, PublishError
from publish.renderers.pdf import characters, floats, hyphens, repairs, streams, structure, tags
from publish.renderers.pdf.nodes import Node

BASE = "publish:/"  # a scheme that no program knows; names of files are left as they are
COLOURS = "sRGB"
LATER = ("fontTools.subset", "fontTools.varLib.instancer")


@dataclass(frozen=True, slots=True)
class Variant:
    """A kind of PDF: WeasyPrint's name for it, the output intent, colour profiles by their names.

    Each profile is what it is made of: its bytes and the letters of its colours.
    """

    name: str
    intent: str
    profiles: Mapping[str, tuple[bytes, str]]
    tagged: bool = True


def srgb() -> tuple[bytes, str]:
    """WeasyPrint's own profile of sRGB; it would itself leave the file open."""
    return resources.files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes(), "rgb"


def archive() -> Variant:
    """PDF/A-3a; the finisher adds PDF/UA-1 (one file may be both, ISO 14289-1, 5)."""
    return Variant("pdf/a-3a", COLOURS, {COLOURS: srgb()})


def write(
    html: str,
    files: Mapping[str, bytes],
    finish: Callable[[Any, Any, Node], None],
    look: Callable[[Any], None] | None = None,
    variant: Variant | None = None,
) -> bytes:
    """Lay a document out and write it as PDF.

    In: the document with its sheet in it; the files that it may refer to, by relative name;
    what to call with WeasyPrint's document, pydyf's PDF and the structure of what was drawn,
    before the bytes are written; what to show the document to when its pages are laid out; the
    kind of PDF, if it is not for screens and archives.
    Errors: PublishError `pango-missing`, or `pdf-layout` for all that WeasyPrint warned of.
    Source: WeasyPrint 70, “API reference” (HTML.render, Document.write_pdf, URL fetchers).
    """
    weasyprint = load()
    variant = variant or archive()
    with _problems(), _no_collection():
        page = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=_fetcher(files))
        document = page.render(
            font_config=None if "@font-face" in html else _fonts(os.getpid()),
            pdf_variant=variant.name,
            output_intent=variant.intent,
            color_profiles=_profiles(variant),
        )
        repairs.check(document)
        if look:
            look(document)
        return _written(document, finish, variant)


def _written(document: Any, finish: Callable[[Any, Any, Node], None], variant: Variant) -> bytes:
    """The file. What is drawn is read and packed page by page, and a page's boxes let go."""
    reader = tags.Reader(document.metadata.lang or "")

    def painted(page: Any, stream: Any) -> None:
        if variant.tagged:
            reader.read(page, stream)
        streams.pack(stream)
        if page is document.pages[-1]:
            characters.settle(document.fonts)

    def finisher(document: Any, pdf: Any) -> None:
        finish(document, pdf, reader.root)
        streams.settle(pdf)

    document.pages[:] = [_watched(page, painted) for page in document.pages]
    with _own_tags():
        data: bytes = document.write_pdf(
            finisher=finisher, pdf_variant=variant.name, output_intent=variant.intent
        )
    return data


@contextmanager
def _own_tags() -> Iterator[None]:
    """Spare WeasyPrint the making of tags that ours would replace; in this file only."""
    names = vars(import_module("weasyprint.pdf"))
    theirs = names["add_tags"]
    names["add_tags"] = structure.declare
    try:
        yield
    finally:
        names["add_tags"] = theirs


def _watched(page: Any, painted: Callable[[Any, Any], None]) -> Any:
    """The page again, as one that tells when it was painted and then has no boxes any more."""
    from weasyprint import Page

    class Watched(Page):  # type: ignore[misc]  # WeasyPrint is untyped
        def paint(self, stream: Any, scale: float = 1) -> None:
            super().paint(stream, scale)
            painted(self, stream)
            self._page_box = None

    watched = copy(page)
    watched.__class__ = Watched
    return watched


@cache
def _fonts(_process: int) -> Any:
    """The fonts that are open, for all documents of a process, which use the same few.

    A process forked from it opens its own: a thread in which Pango may look fonts up would be
    left behind. So does a document whose sheet brings fonts, which others must not see.
    """
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _profiles(variant: Variant) -> dict[str, Any]:
    from weasyprint.css import ColorProfile

    return {
        name: ColorProfile(BytesIO(data), name, "relative-colorimetric", letters)
        for name, (data, letters) in variant.profiles.items()
    }


def load() -> ModuleType:
    """WeasyPrint; PublishError `pango-missing` if its libraries are not on this machine."""
    try:
        with _quick_libraries(), _later(*LATER), redirect_stdout(StringIO()):
            weasyprint = import_module("weasyprint")  # it prints before it raises
            _adapt()
    except OSError as error:
        raise PublishError(
            Problem(
                "pango-missing",
                f"the libraries that set type are not installed: {str(error).splitlines()[0]}",
                Location("PDF"),
                hint="sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
                if sys.platform != "darwin"
                else "brew install pango",
            )
        ) from error
    return weasyprint


def _adapt() -> None:
    """Mend WeasyPrint and hasten it."""
    ours = "publish.renderers.pdf"  # modules that need WeasyPrint, and Pango with it
    floats.allow(import_module("weasyprint.layout.block"))
    repairs.mend(import_module("weasyprint.layout.block"))
    repairs.join_letters(import_module("weasyprint.svg"))
    import_module(f"{ours}.shortcuts").take()
    import_module(f"{ours}.lines").mend(import_module("weasyprint.text.line_break"))
    hyphens.hasten()


@contextmanager
def _quick_libraries() -> Iterator[None]:
    """Spare the import of WeasyPrint 270 of its 580 ms.

    cffi asks `ctypes.util.find_library` about each name that cannot be opened as it stands,
    which starts ldconfig and gcc. WeasyPrint tries the right name for Linux next, so that
    on Linux the question can go unanswered.
    """
    original = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = original


class _Later(ModuleType):
    """Stands for a module until one of its functions is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*values: Any, **options: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*values, **options)

        return call


@contextmanager
def _later(*names: str) -> Iterator[None]:
    """Spare an import 100 ms for what is hardly ever called.

    WeasyPrint takes fontTools where HarfBuzz cannot cut a font down, and for variable fonts.
    """
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update((name, _Later(name)) for name in absent)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection during layout: it makes few cycles and many objects."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Collector(logging.Handler):
    """Keeps what is logged, instead of writing it to stderr."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _problems() -> Iterator[None]:
    """Turn what WeasyPrint and fontTools log during a rendering into one PublishError."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(collector)
        logger.propagate = False
    try:
        yield
    except import_module("weasyprint.urls").URLFetchingError as error:  # not all are only logged
        collector.messages.append(str(error))
    finally:
        for logger, propagate in before:
            logger.removeHandler(collector)
            logger.propagate = propagate
    if collector.messages:
        raise PublishError(*map(_layout_problem, dict.fromkeys(collector.messages)))


def _layout_problem(message: str) -> Problem:
    return Problem(
        "pdf-layout",
        f"the page cannot be set as it is written: {message}",
        Location("styles/print.css"),
        hint="Look in the style's sheets and in the manuscript's HTML for what is named here.",
    )


def _fetcher(files: Mapping[str, bytes]) -> Any:
    """A fetcher of ours that serves the edition's resources and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Resources(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, _headers: object = None) -> Any:
            name = unquote(url)
            if name not in files:
                raise ValueError(f"{url} is not a file of this edition")
            kind = guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, files[name], {"Content-Type": kind})

    return Resources()
