"""Writing catalogues: the same bytes for what is unchanged, and never half a file."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from publish.catalogues.formatting import format_entry
from publish.problems import Location, Problem, PublishError
from publish.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publish.catalogues.values import Catalogue

_DATES = rb'(?m)^"(?:POT-Creation|PO-Revision)-Date:[^"\n]*"\r?\n'


def serialise(catalogue: Catalogue) -> bytes:
    """The file's bytes, in UTF-8; those it was read from if nothing was changed."""
    text = "".join(_pieces(catalogue))
    return ("\ufeff" + text if catalogue.bom else text).encode()


def _pieces(catalogue: Catalogue) -> Iterator[str]:
    eol = catalogue.eol
    last = format_entry(catalogue.header, catalogue.width, eol)
    last = last.removeprefix(eol) if catalogue.header.raw.comments is None else last
    for entry in catalogue.entries:
        yield last if last.endswith("\n") else last + eol
        last = format_entry(entry, catalogue.width, eol)
    yield last if last.endswith("\n") or not catalogue.tail else last + eol
    yield catalogue.tail


def write(catalogue: Catalogue, path: str | os.PathLike[str]) -> bool:
    """Put the catalogue into a file, at once and whole, and say whether that was needed.

    A file that differs in nothing but dates of the header stays as it is. Raises PublishError
    if the file cannot be written; what was there is there still.
    """
    target = os.path.realpath(path)  # a link stays a link
    data = serialise(catalogue)
    try:
        if _is_there(target, data):
            return False
        replace(target, data, synced=True)
    except OSError as error:
        what = f"the catalogue cannot be written: {error.strerror or error}"
        hint = "Make its folder writable, or free some room; the old file is untouched."
        place = Location(os.fspath(path))
        raise PublishError(Problem("catalogue-unwritable", what, place, hint=hint)) from error
    return True


def _is_there(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            former = file.read()
    except FileNotFoundError:
        return False
    return _undated(former) == _undated(data)


def _undated(data: bytes) -> bytes:
    """The file without the dates of its header, which stand before any message has a word."""
    return re.sub(_DATES, b"", data, count=2)
