"""Declarations: the C functions that WeasyPrint and we call, read by cffi once and for all.

WeasyPrint has cffi read some 450 lines of C at each start, which takes a tenth of the time that
its import takes, and a few more lines of it for each name of a type. What cffi makes of them can
be kept as a module of its own (its “out-of-line ABI mode”), and knows types without reading.

Source: cffi, “Preparing and Distributing modules”.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from publish.renderers import compiled

OURS = """
    PangoLayout * pango_layout_copy (PangoLayout *src);
    void pango_layout_line_index_to_x (
        PangoLayoutLine *line, int index, gboolean trailing, int *x_pos);
    PangoFontDescription * pango_font_description_from_string (const char *text);
    FcConfig * FcConfigCreate (void);
    FcBool FcConfigBuildFonts (FcConfig *config);
    FcBool FcConfigSetCurrent (FcConfig *config);
    void FcPatternReference (FcPattern *p);
    FcBool FcFontSetAdd (FcFontSet *s, FcPattern *font);
"""

_THEIRS = ("weasyprint", __package__)  # modules that have what is declared


@contextmanager
def kept() -> Iterator[None]:
    """While WeasyPrint is imported: what it declares is taken from where it was kept."""
    cffi: Any = import_module("cffi")
    theirs = cffi.FFI
    cffi.FFI = _Declared
    try:
        yield
        _hold(sys.modules.get("weasyprint.text.ffi"))
        for module in [each for name, each in sys.modules.items() if name.startswith(_THEIRS)]:
            if isinstance(declared := vars(module).get("ffi"), _Declared):
                setattr(module, "ffi", declared.functions)  # noqa: B010  # nothing of ours between
    finally:
        cffi.FFI = theirs


def _hold(module: ModuleType | None) -> None:
    """Keep libraries open to the very end: what is freed last still calls them.

    Cffi closes a library that is declared in this way when nothing refers to it.
    """
    libraries = [each for each in vars(module or sys).values() if type(each).__name__ == "Lib"]
    for each in libraries:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(each))


def complete(module: Any) -> None:
    """Declare what is ours to WeasyPrint's module of libraries, if another than us imported it."""
    if not hasattr(module.pango, "pango_layout_copy"):
        module.ffi.cdef(OURS)


class _Declared:
    """Stands for cffi's reader of declarations until they are read."""

    functions: Any = None

    def cdef(self, text: str) -> None:
        self.functions = _functions(text + OURS)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.functions, name)


def _functions(text: str) -> Any:
    version = import_module("cffi").__version__
    source = f"{version}\n{text}"
    code = compiled.find("declarations", source)
    if code is None:
        code = _made(text)
        compiled.keep("declarations", source, code)
    names: dict[str, Any] = {}
    exec(compile(code, "declarations", "exec"), names)  # noqa: S102  # cffi's module, kept by us
    return names["ffi"]


def _made(text: str) -> bytes:
    """Cffi's module of these declarations."""
    builder = import_module("cffi.api").FFI()
    builder.cdef(text)
    builder.set_source("declarations", None)
    with TemporaryDirectory() as folder:
        path = Path(folder, "declarations.py")
        builder.emit_python_code(str(path))
        return path.read_bytes()
