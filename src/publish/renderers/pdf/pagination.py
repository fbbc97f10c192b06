"""Pagination: where each page of a document begins, read from WeasyPrint's boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from publish.editions import PageStart
from publish.renderers.pagination import PICTURE, SILENT, counted

OPENING = 24  # signs of a page by which another format makes sure of the place


@dataclass(slots=True)
class _Place:
    """How far the text has been read: the last element with an id, and the signs since."""

    anchor: str = ""
    signs: int = 0
    known: set[str] = field(default_factory=set)

    def reach(self, id: str) -> None:
        """An element begins; its continuation on a later page is no news."""
        if id and id not in self.known:
            self.known.add(id)
            self.anchor, self.signs = id, 0


def starts(document: Any, first: int) -> Iterator[PageStart]:
    """Where the pages of WeasyPrint's document begin, in order; a page without text is left out.

    In: the number of the first page. Running heads, page numbers and notes at the foot are no
    part of the text.
    """
    place = _Place()
    for number, page in enumerate(document.pages, first):
        opening, anchor, before = "", "", 0
        for signs in _signs(page._page_box.children[0], place):  # noqa: SLF001  # the text
            if not opening:
                anchor, before = place.anchor, place.signs
            opening = (opening + signs)[:OPENING] if len(opening) < OPENING else opening
            place.signs += len(signs)
        if opening:
            yield PageStart(str(number), anchor, before, opening)


def _signs(box: Any, place: _Place) -> Iterator[str]:
    """What counts in a box, piece by piece; `place` is told of each element on the way."""
    box = getattr(box, "_box", box)  # what stands for an element with a place of its own
    tag = str(box.element_tag or "")
    if "::" in tag or tag in SILENT:
        return
    if box.element is not None:
        place.reach(box.element.get("id", ""))
    if tag == "img":
        yield PICTURE
    elif signs := counted(getattr(box, "text", "")):
        yield signs
    for child in getattr(box, "children", ()):
        yield from _signs(child, place)
