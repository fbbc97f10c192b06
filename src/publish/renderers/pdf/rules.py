"""Rules: the sheets of every document, as WeasyPrint reads them, kept beside compiled code.

WeasyPrint reads three sheets of its own when it is imported, and one of ours is read for each
document. What it makes of them is had in a twentieth of the time from where it was kept: reading
them is a fifth of all that a process needs before it can set a page.
"""

from __future__ import annotations

import marshal
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from importlib import import_module
from io import BytesIO
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

from publish.renderers import compiled
from publish.renderers.pdf.hearing import heard

LAST = "weasyprint.html"  # the module of WeasyPrint's in which it reads its sheets
_NAMES = ("tinycss2", "preprocess_stylesheet")
_EVALUATED = ("split_whitespace", "ascii_lower", "urlparse")  # what selectors call


@contextmanager
def kept() -> Iterator[None]:
    """While WeasyPrint is imported, or a sheet is read: it is taken from where it was kept."""
    changed = _Changed()
    if "weasyprint" in sys.modules:
        changed.begin(sys.modules["weasyprint"])
    else:
        sys.meta_path.insert(0, changed)
    try:
        yield
    finally:
        changed.end()


class _Changed:
    """WeasyPrint as it asks us for what it reads: at once, or before it imports its last module."""

    def __init__(self) -> None:
        self._module: ModuleType | None = None
        self._theirs: dict[str, Any] = {}

    def find_spec(self, name: str, *_: object) -> None:
        if name == LAST:
            self.begin(sys.modules["weasyprint"])

    def begin(self, module: ModuleType) -> None:
        names = vars(module)
        self._module, self._theirs = module, {name: names[name] for name in _NAMES}
        parser, process = self._theirs.values()
        names["tinycss2"] = SimpleNamespace(parse_stylesheet=partial(_Unread, parser))
        names["preprocess_stylesheet"] = partial(_processed, process)

    def end(self) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        if self._module:
            vars(self._module).update(self._theirs)


class _Unread:
    """The rules of a sheet, which are parsed when they are asked for."""

    def __init__(self, parser: Any, text: str) -> None:
        self.text = text
        self._parser = parser

    def __iter__(self) -> Iterator[Any]:
        return iter(self._parser.parse_stylesheet(self.text))


def _processed(process: Any, *given: Any, **more: Any) -> None:
    """What `preprocess_stylesheet` puts into matcher, pages, layers and counters."""
    media, base, sheet, fetcher, matcher, pages, layers, fonts, counters, *others = given
    if matcher.order or fonts:
        process(*given, **more)
        return
    source = "\n".join((media, str(base), *_versions(), sheet.text))
    name = f"sheet-{blake2b(sheet.text.encode(), digest_size=4).hexdigest()}"
    data = compiled.find(name, source)
    if data is not None:
        found = pickle.loads(data)  # noqa: S301  # trusted as compiled code is
    else:
        made: Any = (type(matcher)(), [], [], type(counters)())
        with heard() as messages:
            process(media, base, sheet, fetcher, *made[:3], fonts, made[3], *others, **more)
        found = (vars(made[0]), *made[1:])
        if not messages:
            _keep(name, source, found)
    vars(matcher).update(found[0])
    pages += found[1]
    layers += found[2]
    counters.update(found[3])


def _versions() -> list[str]:
    modules = map(import_module, ("weasyprint", "cssselect2", "tinycss2"))
    return [str(module.VERSION) for module in modules]


def _keep(name: str, source: str, values: Any) -> None:
    buffer = BytesIO()
    with suppress(pickle.PicklingError, AttributeError, TypeError):
        _Pickler(buffer, 5).dump(values)
        compiled.keep(name, source, buffer.getvalue())


class _Pickler(pickle.Pickler):
    """Writes the functions that cssselect2 makes of selectors, too."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, FunctionType) and value.__name__ == "<lambda>":
            return _function, (marshal.dumps(value.__code__),)
        return NotImplemented


def _function(code: bytes) -> FunctionType:
    names = vars(import_module("cssselect2.compiler"))
    return FunctionType(marshal.loads(code), {name: names[name] for name in _EVALUATED})  # noqa: S302  # as above
