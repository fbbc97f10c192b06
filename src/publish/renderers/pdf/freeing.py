"""Freeing: what a document was laid out with goes when its pages are painted.

Much of it refers to itself, and nobody looks for circles meanwhile: they are cut. A book has many
chapters, of which each would leave 4 MB behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from publish.renderers.pdf import patching

HELD = "exception = relative_exception"
ANEW = "exception = RelativeLengthInMath"


@contextmanager
def let_go(ours: Callable[[Any, Any, Any], Any] | None = None) -> Iterator[None]:
    """While WeasyPrint renders one document: what it is laid out with is freed at the end.

    In: what lays out instead of WeasyPrint.
    """
    names = vars(import_module("weasyprint.document"))
    theirs, held = names["layout_document"], list[Any]()

    def lay_out(html: Any, root: Any, context: Any) -> Any:
        held.append(context)
        return (ours or theirs)(html, root, context)

    names["layout_document"] = lay_out
    try:
        yield
    finally:
        names["layout_document"] = theirs
        for context in held:
            _untangle(context.style_for)
            vars(context).clear()


def _untangle(style_for: Any) -> None:
    """A style and that of the anonymous boxes in its box refer to each other."""
    for style in style_for.get_computed_styles().values():
        if anonymous := vars(style).pop("anonymous_style", None):
            del anonymous.specified


@cache
def lose_errors(css: ModuleType) -> bool:
    """Have `weasyprint.css` keep no error; whether it does so in the way that is known here.

    An error that a function keeps in a variable holds that function, and with it all that called
    it: in the middle of a layout, all pages.
    """
    return patching.patch(css, "_resolve_calc_sum", {HELD: ANEW})
