"""Nodes: the structure tree of a document while it is read, and the roles that elements play.

Sources: ISO 32000-1, 14.8.4 (standard structure types); ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from publish.renderers.pdf.parts import Piece

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

FACTS = ("alt", "id", "type", "colspan", "rowspan")  # what a structure element's attributes say


class Mark(NamedTuple):
    """A piece of a page's content: the page, counted from 0, and the piece's number on it."""

    page: int
    number: int


class Area(NamedTuple):
    """A link's area: the page, and which of the page's links it is."""

    page: int
    link: int


@dataclass(slots=True, eq=False)
class Node:
    """A structure element: its type (ISO 32000-1, 14.8.4), its language if that changes here."""

    role: str
    parent: Node | None = None
    piece: Piece | None = None
    page: int = 0
    kids: list[Node | Mark | Area] = field(default_factory=list)
    language: str = ""
    implied: bool = False

    def add(self, role: str, page: int, piece: Piece | None = None) -> Node:
        """A new last child; implied by what it will hold if it stands for no element."""
        node = Node(role, self, piece, page, implied=piece is None)
        self.kids.append(node)
        return node


def role(piece: Piece, parent: Node) -> str:
    """The structure type of an element, or '' if it has none of its own."""
    tag, facts = name(piece), piece.facts
    contents = facts.get("class") == "contents" or parent.role == "TOCI"
    cases = (
        (tag == "a", "Link" if facts.get("href") else ""),
        (facts.get("role") == "doc-footnote", "Note"),
        (facts.get("class") == "noteref", "Reference"),
        (tag == "ol" and contents, "TOC"),
        (parent.role == "TOC", "TOCI"),
        (parent.role == "L" and tag == "div", "LI"),  # HTML: a div around a term and its meaning
    )
    return next((role for holds, role in cases if holds), ROLES.get(tag, ""))


def name(piece: Piece) -> str:
    """What an element is; in notes, blocks are spans that remember it (see `markup`)."""
    return piece.facts.get("data-tag") or piece.tag.partition("::")[0]


def language(piece: Piece, parent: Node) -> str:
    """The element's language if it is another than that around it."""
    own = piece.facts.get("lang", "")
    around = next((each.language for each in line(parent) if each.language), "")
    return own if own != around else ""


def line(node: Node | None) -> Iterator[Node]:
    """A node and those above it, from below."""
    while node is not None:
        yield node
        node = node.parent


def ancestor(node: Node, role: str) -> Node | None:
    """The node itself or the nearest one above it that has a role."""
    return next((each for each in line(node) if each.role == role), None)


def is_note(kid: Node | Mark | Area) -> bool:
    """Whether a child is a note."""
    return isinstance(kid, Node) and kid.role == "Note"


def last(parent: Node, role: str) -> Node | None:
    """The last child, if it is a node of that role."""
    found = parent.kids[-1] if parent.kids else None
    return found if isinstance(found, Node) and found.role == role else None


def last_item(parent: Node, role: str, page: int) -> Node:
    """For a term and its definitions, which are one item of a list: a term begins an item."""
    last = parent.kids[-1] if parent.kids else None
    if isinstance(last, Node) and last.implied and role == "LBody":
        return last
    return parent.add("LI", page)


def last_implied(parent: Node, role: str, page: int) -> Node:
    """The last child, if it was implied by what it holds, or a new one."""
    last = parent.kids[-1] if parent.kids else None
    if isinstance(last, Node) and last.implied and last.role == role:
        return last
    return parent.add(role, page)


def facts(node: Node) -> dict[str, str]:
    """What is to be known of a node's element when the structure is written."""
    source = node.piece
    if source is None:
        return {}
    found = {key: source.facts[key] for key in FACTS if source.facts.get(key)}
    if node.role == "L":
        found["name"] = name(source)
    if node.role == "TH":
        found["scope"] = _scope(node, source.facts.get("scope"))
    return found


def _scope(cell: Node, said: str | None) -> str:
    """Whether a header cell is that of its row or that of its column."""
    group = cell.parent.parent if cell.parent else None
    row = said == "row" or (group and group.role != "THead")
    return "row" if row and said != "col" else "col"
