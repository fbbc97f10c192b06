"""Patching: functions of the engines with some of their text changed, where it is the text known.

`inspect.getsource` gives the same text and reads it sign by sign, which for the functions that
are changed here takes a tenth of the time of WeasyPrint's import.
"""

from __future__ import annotations

import linecache
import sys
from collections.abc import Mapping
from itertools import takewhile
from types import ModuleType
from typing import Any


def patch(module: ModuleType, name: str, changes: Mapping[str, str]) -> bool:
    """Put other texts into a module's function; False, and nothing, if not each is there once."""
    text = source(vars(module)[name])
    if any(text.count(old) != 1 for old in changes):
        return False
    for old, new in changes.items():
        text = text.replace(old, new)
    code = compile(text, str(module.__file__), "exec")
    exec(code, vars(module))  # noqa: S102  # the engine's own text, a few words of it changed
    return True


def source(function: Any) -> str:
    """The text of a function or method without decorators: its first line, and all further in."""
    code = function.__code__
    first, *rest = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :] or [""]
    depth = len(first) - len(first.lstrip())

    def within(line: str) -> bool:
        return (
            len(line) - len(line.lstrip()) > depth
            or not line.strip()
            or line[depth : depth + 1] == ")"
        )

    return "".join((first, *takewhile(within, rest)))


def replace(name: str, function: Any, other: Any) -> None:
    """Put a function in the place of another, wherever WeasyPrint's modules know that one."""
    modules = [module for path, module in sys.modules.items() if path.startswith("weasyprint.")]
    for module in modules:
        if vars(module).get(name) is function:
            setattr(module, name, other)
