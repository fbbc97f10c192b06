"""Pagination: where each page of a document begins.

What is counted is read from WeasyPrint's boxes page by page, and put together for the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from publish.editions import PageStart
from publish.renderers.pagination import PICTURE, SILENT, counted
from publish.renderers.pdf.parts import Leaf

OPENING = 24  # signs of a page by which another format makes sure of the place


def read(page: Any) -> tuple[list[str | int], str]:
    """How many signs of the text are on a page, the ids of elements among them; how it begins.

    In: WeasyPrint's page. Running heads, page numbers and notes at the foot are no part of it.
    """
    found: list[str | int] = []
    opening = ""
    for each in _signs(page._page_box.children[0]):  # noqa: SLF001  # the text
        if not isinstance(each, _Signs):
            if each not in found:
                found.append(each)
            continue
        opening = (opening + each)[:OPENING] if len(opening) < OPENING else opening
        if found and isinstance(found[-1], int):
            found[-1] += len(each)
        else:
            found.append(len(each))
    return found, opening


class _Signs(str):
    """Signs that count, where ids are told too."""

    __slots__ = ()


def _signs(box: Any) -> Iterator[str]:
    """What counts in a box, piece by piece, and the id of each element on the way."""
    box = getattr(box, "_box", box)  # what stands for an element with a place of its own
    tag = str(box.element_tag or "")
    if "::" in tag or tag in SILENT:
        return
    if box.element is not None and (id := box.element.get("id", "")):
        yield id
    if tag == "img":
        yield _Signs(PICTURE)
    elif signs := counted(getattr(box, "text", "")):
        yield _Signs(signs)
    for child in getattr(box, "children", ()):
        yield from _signs(child)


def starts(leaves: Sequence[Leaf]) -> Iterator[PageStart]:
    """Where pages begin, in order; one without text is left out.

    An element that goes on from the page before is no news.
    """
    known, anchor, signs = set[str](), "", 0
    for number, leaf in enumerate(leaves, 1):
        begun = not leaf.opening
        for each in leaf.signs:
            if isinstance(each, int):
                if not begun:
                    yield PageStart(str(number), anchor, signs, leaf.opening)
                begun, signs = True, signs + each
            elif each not in known:
                known.add(each)
                anchor, signs = each, 0
