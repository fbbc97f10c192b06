"""Tags: the structure tree of a PDF, read from the pages that were laid out.

WeasyPrint writes a tree of its own, one element a box and page: a paragraph that runs over a
page is two, notes stand at the foot of pages without their calls, languages are lost. So its
tree is put aside and this one takes its place (`structure` writes it): one node for each
element of the HTML, in reading order, whatever pages it is on.

Sources: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1); WeasyPrint's issues 1836, 2482.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ROLES = {
    "article": "Art",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "code": "Code",
    "dd": "LBody",
    "div": "Div",
    "dl": "L",
    "dt": "Lbl",
    "figcaption": "Caption",
    "figure": "Div",
    "img": "Figure",
    "li": "LI",
    "main": "Part",
    "math": "Formula",
    "nav": "Div",
    "ol": "L",
    "p": "P",
    "pre": "P",
    "q": "Quote",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
GROUPS = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote"))  # hold no bare text
PARAGRAPHS = frozenset(("P", *(f"H{level}" for level in range(1, 7))))
INLINE = frozenset(("Span", "Link", "Reference", "Quote", "Code", "Formula"))


@dataclass(slots=True, eq=False)
class Mark:
    """A piece of a page's content: the page's number and the piece's own on that page."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Annotation:
    """A link's area on a page."""

    page: int
    dictionary: Any


@dataclass(slots=True, eq=False)
class Node:
    """A structure element before it is written."""

    role: str
    parent: Node | None = None
    element: Any = None
    page: int = 0
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    language: str = ""
    implied: bool = False
    box: tuple[float, float, float, float] | None = None

    def add(self, role: str, page: int, element: Any = None) -> Node:
        """A new last child; implied by what it will hold if it stands for no element."""
        node = Node(role, self, element, page, implied=element is None)
        self.kids.append(node)
        return node


def recording(page: Any) -> Any:
    """The page again, as one that keeps which piece of its content came from which box.

    WeasyPrint hands these marks to its own tree, which forgets them.
    """
    from weasyprint import Page

    class Recording(Page):  # type: ignore[misc]  # WeasyPrint is untyped
        def paint(self, stream: Any, scale: float = 1) -> None:
            super().paint(stream, scale)
            self.content = stream.stream
            tags = stream._tags  # noqa: SLF001
            self.marks = {box: mark["mcid"] for box, mark in tags.items()}

    return Recording(page._page_box)  # noqa: SLF001


def read(document: Any) -> Node:
    """The structure of a document that was laid out and painted.

    In: WeasyPrint's document, its pages from `recording`. Out: the root; the content of each
    box hangs in it, or is no content (running heads, page numbers, repeated heads of tables,
    decoration) and is marked in the page as an artifact.
    """
    reader = _Reader(document.metadata.lang or "")
    for number, page in enumerate(document.pages):
        reader.read(number, page)
    return reader.root


class _Reader:
    """Goes through boxes, page after page; keeps the node of each element it has met."""

    def __init__(self, language: str) -> None:
        self.root = Node("Document", language=language)
        self.nodes: dict[tuple[Any, str], Node] = {}
        self.calls: dict[str, Node] = {}  # by the id of the note that is called
        self.number = 0
        self.page: Any = None

    def read(self, number: int, page: Any) -> None:
        self.number, self.page = number, page
        for child in page._page_box.children:  # noqa: SLF001
            self._box(child, self.root)

    def _box(self, box: Any, parent: Node) -> None:
        box = getattr(box, "_box", box)  # what stands for an element with a place of its own
        if self._is_artifact(box):
            self._set_aside(box)
            return
        node = self._node(box, parent)
        if box in self.page.marks:
            self._text_holder(node).kids.append(Mark(self.number, self.page.marks[box]))
        if getattr(box, "link_annotation", None):
            self._link(node).kids.append(Annotation(self.number, box.link_annotation))
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
        numbers = {self.page.marks.get(box)} if box in self.page.marks else set()
        if hasattr(box, "descendants"):
            inner = box.descendants(placeholders=True)
            numbers |= {self.page.marks[each] for each in inner if each in self.page.marks}
        content = self.page.content
        for place, item in enumerate(content):
            if isinstance(item, dict) and item.get("MCID") in numbers:
                content[place - 1] = b"/Artifact"
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
            role, language = _role(element, parent), _language(element, parent)
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
            note = _ancestor(parent, "Note") or parent
            label = Node("Lbl", note, page=self.number)
            note.kids.insert(0, label)
            return label.add("Link", self.number, element)
        node = self._holder(parent, role).add(role, self.number, element)
        if role == "Link" and element.get("role") == "doc-noteref":
            self.calls[element.get("href")[1:]] = _ancestor(node, "Reference") or node
        return node

    def _note(self, element: Any, parent: Node) -> Node:
        """A note follows the paragraph of its call, though it stands at the foot of the page."""
        call = self.calls.get(element.get("id"))
        if call is None or call.parent is None:
            return parent.add("Note", self.number, element)
        place = next((each for each in _line(call) if each.role in PARAGRAPHS), call)
        around = place.parent or self.root
        index = around.kids.index(place) + 1
        while index < len(around.kids) and _is_note(around.kids[index]):
            index += 1
        node = Node("Note", around, element, self.number)
        around.kids.insert(index, node)
        return node

    def _holder(self, parent: Node, role: str) -> Node:
        """The node that may hold a child of that role: list bodies, implied paragraphs."""
        if parent.role == "L" and role in ("Lbl", "LBody"):
            return _last_item(parent, role, self.number)
        if parent.role == "LI" and role not in ("Lbl", "LBody"):
            return _last_implied(parent, "LBody", self.number)
        if parent.role in GROUPS and role in INLINE:
            return _last_implied(parent, "P", self.number)
        return parent

    def _text_holder(self, node: Node) -> Node:
        return self._holder(node, "Span")

    def _link(self, node: Node) -> Node:
        return _ancestor(node, "Link") or self._holder(node, "Link").add("Link", self.number)


def _role(element: Any, parent: Node) -> str:
    """The structure type of an element, or '' if it has none of its own."""
    tag = name(element)
    contents = element.get("class") == "contents" or parent.role == "TOCI"
    cases = (
        (tag == "a", "Link" if element.get("href") else ""),
        (element.get("role") == "doc-footnote", "Note"),
        (element.get("class") == "noteref", "Reference"),
        (tag == "ol" and contents, "TOC"),
        (parent.role == "TOC", "TOCI"),
        (parent.role == "L" and tag == "div", "LI"),  # HTML: a div around a term and its meaning
    )
    return next((role for holds, role in cases if holds), ROLES.get(tag, ""))


def name(element: Any) -> str:
    """What an element is; in notes, blocks are spans that remember it (see `markup`)."""
    return str(element.get("data-tag") or element.tag.rpartition("}")[2])


def _language(element: Any, parent: Node) -> str:
    """The element's language if it is another than that around it."""
    own: str = element.get("lang", "")
    around = next((each.language for each in _line(parent) if each.language), "")
    return own if own != around else ""


def _line(node: Node | None) -> Iterator[Node]:
    """A node and those above it, from below."""
    while node is not None:
        yield node
        node = node.parent


def _ancestor(node: Node, role: str) -> Node | None:
    """The node itself or the nearest one above it that has a role."""
    return next((each for each in _line(node) if each.role == role), None)


def _is_note(kid: Node | Mark | Annotation) -> bool:
    return isinstance(kid, Node) and kid.role == "Note"


def _last_item(parent: Node, role: str, page: int) -> Node:
    """For a term and its definitions, which are one item of a list: a term begins an item."""
    last = parent.kids[-1] if parent.kids else None
    if isinstance(last, Node) and last.implied and role == "LBody":
        return last
    return parent.add("LI", page)


def _last_implied(parent: Node, role: str, page: int) -> Node:
    """The last child, if it was implied by what it holds, or a new one."""
    last = parent.kids[-1] if parent.kids else None
    if isinstance(last, Node) and last.implied and last.role == role:
        return last
    return parent.add(role, page)


def _frame(box: Any, page: Any) -> tuple[float, float, float, float]:
    """Where a picture stands, in points from the lower left (WeasyPrint counts in pixels)."""
    left, top = box.content_box_x(), box.content_box_y()
    corners = (left, page.height - top - box.height, left + box.width, page.height - top)
    x1, y1, x2, y2 = (round(value * 0.75, 2) for value in corners)
    return x1, y1, x2, y2
