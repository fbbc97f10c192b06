"""Tags: the structure tree of a PDF, read from the pages that were laid out.

WeasyPrint writes a tree of its own, one element a box and page: a paragraph that runs over a
page is two, notes stand at the foot of pages without their calls, languages are lost. So its
tree is put aside and this one takes its place (`structure` writes it): one node for each
element of the HTML, in reading order, whatever pages it is on.

Sources: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1); WeasyPrint's issues 1836, 2482.
"""

from __future__ import annotations

from typing import Any

from publish.renderers.pdf import nodes
from publish.renderers.pdf.nodes import Node
from publish.renderers.pdf.parts import Mark


class Reader:
    """Goes through boxes, page after page; keeps the node of each element it has met."""

    def __init__(self, language: str) -> None:
        self.root = Node("Document", language=language)
        self.nodes: dict[tuple[Any, str], Node] = {}
        self.calls: dict[str, Node] = {}  # by the id of the note that is called
        self.number = -1
        self.page: Any = None
        self.content: list[Any] = []
        self.marks: dict[Any, int] = {}

    def read(self, page: Any, stream: Any) -> None:
        """Add the next page to the tree.

        In: WeasyPrint's page, just painted, and the stream that it was painted on. Out, in
        `root`: the content of each box hangs in it, or is no content (running heads, page
        numbers, repeated heads of tables, decoration) and is marked in the stream as artifact.
        """
        self.number, self.page, self.content = self.number + 1, page, stream.stream
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001
        for child in page._page_box.children:  # noqa: SLF001
            self._box(child, self.root)
        stream._tags.clear()  # noqa: SLF001  # else the stream would keep the boxes

    def _box(self, box: Any, parent: Node) -> None:
        box = getattr(box, "_box", box)  # what stands for an element with a place of its own
        if self._is_artifact(box):
            self._set_aside(box)
            return
        node = self._node(box, parent)
        if box in self.marks:
            self._text_holder(node).kids.append(Mark(self.number, self.marks[box]))
        if getattr(box, "link_annotation", None):
            self._link(node).kids.append(box.link_annotation)
        for child in getattr(box, "children", ()):
            self._box(child, node)

    def _is_artifact(self, box: Any) -> bool:
        """Running heads and page numbers, a table's head once more, pictures that say nothing."""
        from weasyprint.formatting_structure.boxes import MarginBox

        if isinstance(box, MarginBox):
            return True
        if box.element is None:
            return False
        known = self.nodes.get((box.element, "thead"))
        if box.element_tag == "thead" and known is not None:
            return known.page != self.number
        return bool(box.element_tag == "img" and not box.element.get("alt", "").strip())

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

    def _node(self, box: Any, parent: Node) -> Node:
        """The node of a box's element, made at its first box, or `parent` if it has none."""
        if box.element is None:
            return parent
        tag, _, pseudo = box.element_tag.partition("::")
        key = (box.element, "marker" if pseudo == "marker" else tag)
        if key not in self.nodes:
            self.nodes[key] = self._new(box, parent, "Lbl" if pseudo == "marker" else "")
        return self.nodes[key]

    def _new(self, box: Any, parent: Node, role: str) -> Node:
        element, language = box.element, ""
        if not role:
            role, language = nodes.role(element, parent), nodes.language(element, parent)
            if language and not role:
                role = "Span"
        if not role:
            return parent
        node = self._place(role, element, parent)
        node.language = language
        if role == "Figure":
            node.box = _frame(box, self.page)
        return node

    def _place(self, role: str, element: Any, parent: Node) -> Node:
        """Hang a new node where the rules of lists, notes and links want it."""
        if role == "Note":
            return self._note(element, parent)
        if role == "Link" and element.get("class") == "note-number":
            note = nodes.ancestor(parent, "Note") or parent
            label = Node("Lbl", note, page=self.number)
            note.kids.insert(0, label)
            return label.add("Link", self.number, element)
        node = self._holder(parent, role).add(role, self.number, element)
        if role == "Link" and element.get("role") == "doc-noteref":
            self.calls[element.get("href")[1:]] = nodes.ancestor(node, "Reference") or node
        return node

    def _note(self, element: Any, parent: Node) -> Node:
        """A note follows the paragraph of its call, though it stands at the foot of the page."""
        call = self.calls.get(element.get("id"))
        if call is None or call.parent is None:
            return parent.add("Note", self.number, element)
        place = next((each for each in nodes.line(call) if each.role in nodes.PARAGRAPHS), call)
        around = place.parent or self.root
        index = around.kids.index(place) + 1
        while index < len(around.kids) and nodes.is_note(around.kids[index]):
            index += 1
        node = Node("Note", around, element, self.number)
        around.kids.insert(index, node)
        return node

    def _holder(self, parent: Node, role: str) -> Node:
        """The node that may hold a child of that role: list bodies, implied paragraphs."""
        if parent.role == "L" and role in ("Lbl", "LBody"):
            return nodes.last_item(parent, role, self.number)
        if parent.role == "LI" and role not in ("Lbl", "LBody"):
            return nodes.last_implied(parent, "LBody", self.number)
        if parent.role in nodes.GROUPS and role in nodes.INLINE:
            return nodes.last_implied(parent, "P", self.number)
        return parent

    def _text_holder(self, node: Node) -> Node:
        return self._holder(node, "Span")

    def _link(self, node: Node) -> Node:
        return nodes.ancestor(node, "Link") or self._holder(node, "Link").add("Link", self.number)


def _frame(box: Any, page: Any) -> tuple[float, float, float, float]:
    """Where a picture stands, in points from the lower left (WeasyPrint counts in pixels)."""
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, page.height - top - box.height, left + box.width, page.height - top)
    x1, y1, x2, y2 = (round(value * 0.75, 2) for value in corners)
    return x1, y1, x2, y2
