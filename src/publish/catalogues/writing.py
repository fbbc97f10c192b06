"""Writing catalogues: the same bytes for what is unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.catalogues.formatting import format_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publish.catalogues.values import Catalogue


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
