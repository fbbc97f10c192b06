"""Tags: the structure tree of a PDF, put together from the pieces on its pages.

WeasyPrint writes a tree of its own, one element a box and page: a paragraph that runs over a
page is two, notes stand at the foot of pages without their calls, languages are lost. So its
tree is put aside and this one takes its place (`structure` writes it): one node for each
element of the HTML, in reading order, whatever pages it is on.

Sources: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1); WeasyPrint's issues 1836, 2482.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publish.renderers.pdf import nodes
from publish.renderers.pdf.nodes import Area, Mark, Node
from publish.renderers.pdf.parts import ObjectReference, Part, Piece


def tree(parts: Sequence[Part]) -> Node:
    """The structure of a document in parts."""
    language = parts[0].about.get("lang")
    reader = _Reader(language if isinstance(language, str) else "")
    for part in parts:
        reader.begin()
        for leaf in part.leaves:
            reader.read(leaf.pieces)
    return reader.root


class _Reader:
    """Goes through pieces, page after page; keeps the node of each element it has met."""

    def __init__(self, language: str) -> None:
        self.root = Node("Document", language=language)
        self.nodes: dict[tuple[tuple[int, int], str], Node] = {}
        self.calls: dict[str, Node] = {}  # by the id of the note that is called
        self.number = -1

    def begin(self) -> None:
        """A part begins, whose elements are others than those of the part before."""
        self.nodes = {}

    def read(self, kids: Iterable[Piece | ObjectReference | int]) -> None:
        """Add the next page."""
        self.number += 1
        self._add(kids, self.root)

    def _add(self, kids: Iterable[Piece | ObjectReference | int], node: Node) -> None:
        for kid in kids:
            if isinstance(kid, Piece):
                self._add(kid.kids, self._node(kid, node))
            elif isinstance(kid, ObjectReference):
                self._link(node).kids.append(Area(self.number, kid.link))
            else:
                self._holder(node, "Span").kids.append(Mark(self.number, kid))

    def _node(self, piece: Piece, parent: Node) -> Node:
        """The node of a piece's element, made at its first piece, or `parent` if it has none."""
        tag, _, pseudo = piece.tag.partition("::")
        key = (piece.key, "marker" if pseudo == "marker" else tag)
        if key not in self.nodes:
            self.nodes[key] = self._new(piece, parent, "Lbl" if pseudo == "marker" else "")
        return self.nodes[key]

    def _new(self, piece: Piece, parent: Node, role: str) -> Node:
        language = ""
        if not role:
            role, language = nodes.role(piece, parent), nodes.language(piece, parent)
            if language and not role:
                role = "Span"
        if not role:
            return parent
        if role == "Part" and (text := nodes.last(parent, role)):  # a book has it in many parts
            return text
        node = self._place(role, piece, parent)
        node.language = language
        return node

    def _place(self, role: str, piece: Piece, parent: Node) -> Node:
        """Hang a new node where the rules of lists, notes and links want it."""
        if role == "Note":
            return self._note(piece, parent)
        if role == "Link" and piece.facts.get("class") == "note-number":
            note = nodes.ancestor(parent, "Note") or parent
            label = Node("Lbl", note, page=self.number)
            note.kids.insert(0, label)
            return label.add("Link", self.number, piece)
        node = self._holder(parent, role).add(role, self.number, piece)
        if role == "Link" and piece.facts.get("role") == "doc-noteref":
            self.calls[piece.facts["href"][1:]] = nodes.ancestor(node, "Reference") or node
        return node

    def _note(self, piece: Piece, parent: Node) -> Node:
        """A note follows the paragraph of its call, though it stands at the foot of the page."""
        call = self.calls.get(piece.facts.get("id", ""))
        if call is None or call.parent is None:
            return parent.add("Note", self.number, piece)
        place = next((each for each in nodes.line(call) if each.role in nodes.PARAGRAPHS), call)
        around = place.parent or self.root
        index = around.kids.index(place) + 1
        while index < len(around.kids) and nodes.is_note(around.kids[index]):
            index += 1
        node = Node("Note", around, piece, self.number)
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

    def _link(self, node: Node) -> Node:
        return nodes.ancestor(node, "Link") or self._holder(node, "Link").add("Link", self.number)
