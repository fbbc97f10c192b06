"""The engine: WeasyPrint, met only here, kept quiet, offline and honest.

What it logs becomes problems; what it may read are the edition's own resources; a machine
without Pango gets one line to run instead of a traceback.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from email.message import EmailMessage, Message
from functools import partial
from importlib import import_module
from io import StringIO
from mimetypes import guess_type
from traceback import walk_tb
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from publish.problems import Location, Problem, PublishError
from publish.renderers.pdf import (
    declarations,
    floats,
    freeing,
    hyphens,
    repairs,
    rules,
    streams,
    structure,
)
from publish.renderers.pdf.hearing import heard

BASE = "publish:/"  # a scheme that no program knows; names of files are left as they are
_ENGINE = {"cffi", "cssselect2", "pydyf", "tinycss2", "tinyhtml5", "weasyprint"}
LATER = ("fontTools.subset", "fontTools.varLib.instancer")


def load() -> ModuleType:
    """WeasyPrint; PublishError `pango-missing` if its libraries are not on this machine."""
    try:
        libraries, sheets = _quick_libraries(), rules.kept()
        with libraries, sheets, declarations.kept(), _later(*LATER), redirect_stdout(StringIO()):
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
    declarations.complete(import_module("weasyprint.text.ffi"))
    freeing.lose_errors(import_module("weasyprint.css"))
    import_module(f"{ours}.again").spare(import_module("weasyprint.layout.block"))
    floats.allow(import_module("weasyprint.layout.block"))
    repairs.mend(import_module("weasyprint.layout.block"))
    repairs.join_letters(import_module("weasyprint.svg"))
    import_module(f"{ours}.shortcuts").take()
    import_module(f"{ours}.likeness").take()
    import_module(f"{ours}.backgrounds").take()
    import_module(f"{ours}.lengths").take()
    import_module(f"{ours}.painting").remember_names()
    import_module(f"{ours}.glyphs").keep()
    import_module(f"{ours}.lines").mend(import_module("weasyprint.text.line_break"))
    import_module(f"{ours}.breaking").read(import_module("weasyprint.layout.inline"))
    import_module(f"{ours}.narrow").hasten(import_module("weasyprint.layout.preferred"))
    import_module(f"{ours}.binding")  # it would be imported by each process that makes a PDF
    hyphens.hasten()
    streams.hasten()


@contextmanager
def _quick_libraries() -> Iterator[None]:
    """Spare the import of WeasyPrint 270 of its 580 ms.

    cffi asks `ctypes.util.find_library` about each name that cannot be opened as it stands,
    which starts ldconfig and gcc. WeasyPrint tries the right name for Linux next, so that
    on Linux the question can go unanswered.
    """
    original = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005  # the signature is ctypes’
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
def problems() -> Iterator[None]:
    """Turn what WeasyPrint and fontTools log during a rendering into one PublishError."""
    with heard() as messages:
        try:
            yield
        except import_module("weasyprint.urls").URLFetchingError as error:  # not all are logged
            messages.append(str(error))
        except Exception as error:
            if isinstance(error, MemoryError) or not _broke_down(error):
                raise
            messages.append(f"{type(error).__name__}: {str(error)[:200]}")
    if messages:
        raise PublishError(*map(_layout_problem, dict.fromkeys(messages)))


def _broke_down(error: Exception) -> bool:
    """Whether the engine, and not our own code, met a value with which it cannot go on."""
    *_, (frame, _) = walk_tb(error.__traceback__)
    return frame.f_globals.get("__name__", "").partition(".")[0] in _ENGINE


def _layout_problem(message: str) -> Problem:
    return Problem(
        "pdf-layout",
        f"the page cannot be set as it is written: {message}",
        Location("styles/print.css"),
        hint="Look in the style's sheets and in the manuscript's HTML for what is named here.",
    )


def page(text: str, files: Mapping[str, bytes]) -> Any:
    """WeasyPrint's document of a text, which may refer to some files by their names.

    What is XML as well, as ours is, is read as XML: in a thirtieth of the time, of a twentieth of
    all that an article takes.
    """
    weasyprint = load()
    names = vars(weasyprint)
    theirs = names["tinyhtml5"]
    names["tinyhtml5"] = SimpleNamespace(parse=partial(_parsed, theirs))
    try:
        return weasyprint.HTML(string=text, base_url=BASE, url_fetcher=fetcher(files))
    finally:
        names["tinyhtml5"] = theirs


def _parsed(html: Any, source: Any, **options: Any) -> Any:
    text = source.read()
    try:
        return ET.fromstring(text)  # noqa: S314  # we wrote it; it has no entities
    except ET.ParseError:
        return html.parse(text, **options)


def fetcher(files: Mapping[str, bytes]) -> Any:
    """A fetcher of ours that serves the edition's resources and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Resources(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, _headers: object = None) -> Any:
            name = unquote(url)
            if name not in files:
                raise ValueError(f"{url} is not a file of this edition")
            headers = EmailMessage(Message().policy)  # its usual policy takes 20 ms to import
            headers["Content-Type"] = guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, files[name], headers)

    return Resources()


@contextmanager
def own_tags() -> Iterator[None]:
    """Spare WeasyPrint the making of tags that ours would replace; in this file only."""
    names = vars(import_module("weasyprint.pdf"))
    theirs = names["add_tags"]
    names["add_tags"] = structure.declare
    try:
        yield
    finally:
        names["add_tags"] = theirs
