"""Pieces: what of each element of the HTML is on a page, read from the boxes that were painted.

What is no content (running heads, page numbers, a table's head once more, decoration) is marked
as artifact on the page, and left out.

Sources: ISO 32000-1, 14.8.2.2 (artifacts); WeasyPrint's issue 2482.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from publish.renderers.pdf import formulas
from publish.renderers.pdf.parts import ObjectReference, Piece

FACTS = ("alt", "class", "colspan", "data-tag", "href", "id", "lang", "role", "rowspan", "scope",
         "type")  # fmt: skip

Key = Callable[[Any], tuple[int, int]]
Kids = list[Piece | ObjectReference | int]


class Reader:
    """Goes through the boxes of one page after the other.

    In: what tells the key of an element; heads of tables that stand on a page before.
    """

    def __init__(self, key: Key, heads: Iterable[Any] = ()) -> None:
        self.key = key
        self.heads = dict.fromkeys(heads, -1)
        self.number = -1
        self.page: Any = None
        self.content: list[Any] = []
        self.marks: dict[Any, int] = {}

    def read(self, page: Any, stream: Any) -> Kids:
        """The pieces of the next page.

        In: WeasyPrint's page, just painted, and the stream that it was painted on.
        """
        self.number, self.page, self.content = self.number + 1, page, stream.stream
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001  # told nowhere else
        kids: Kids = []
        for child in page._page_box.children:  # noqa: SLF001  # its boxes have no public name
            self._box(child, kids, None)
        stream._tags.clear()  # noqa: SLF001  # else the stream would keep the boxes
        return kids

    def _box(self, box: Any, kids: Kids, around: tuple[Any, str] | None) -> None:
        """Add what is in a box to the kids of the element around it."""
        box = getattr(box, "_box", box)  # what stands for an element with a place of its own
        if self._is_artifact(box):
            self._set_aside(box)
            return
        own = around if box.element is None else (box.element, box.element_tag)
        if own != around:
            piece = self._piece(box)
            kids.append(piece)
            kids = piece.kids
        if box in self.marks:
            kids.append(self.marks[box])
        if getattr(box, "link_annotation", None):
            kids.append(box.link_annotation)
        for child in getattr(box, "children", ()):
            self._box(child, kids, own)

    def _piece(self, box: Any) -> Piece:
        element, tag = box.element, box.element_tag.rpartition("}")[2]
        facts = {name: value for name in FACTS if (value := element.get(name)) is not None}
        if tag == "math":
            facts["alt"] = formulas.read(element)
        frame = _frame(box, self.page) if tag == "img" else None
        return Piece(self.key(element), tag, facts, [], frame)

    def _is_artifact(self, box: Any) -> bool:
        """Running heads and page numbers, a table's head once more, pictures that say nothing."""
        from weasyprint.formatting_structure.boxes import MarginBox

        if isinstance(box, MarginBox):
            return True
        if box.element_tag == "thead" and box.element is not None:
            return self.heads.setdefault(box.element, self.number) != self.number
        silent = box.element_tag == "img" and box.element is not None
        return silent and not box.element.get("alt", "").strip()

    def _set_aside(self, box: Any) -> None:
        """Mark as artifact what is drawn for a box and all boxes in it."""
        numbers = {self.marks.get(box)} if box in self.marks else set()
        if hasattr(box, "descendants"):
            inner = box.descendants(placeholders=True)
            numbers |= {self.marks[each] for each in inner if each in self.marks}
        for place, item in enumerate(self.content):
            if isinstance(item, dict) and item.get("MCID") in numbers:
                self.content[place - 1] = b"/Artifact"
                item.clear()
                item["Type"] = "/Pagination"


def _frame(box: Any, page: Any) -> tuple[float, float, float, float]:
    """Where a picture stands, in points from the lower left (WeasyPrint counts in pixels)."""
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, page.height - top - box.height, left + box.width, page.height - top)
    x1, y1, x2, y2 = (round(value * 0.75, 2) for value in corners)
    return x1, y1, x2, y2
