"""Nodes: the structure tree of a document while it is read, and the roles that elements play.

Sources: ISO 32000-1, 14.8.4 (standard structure types); ISO 14289-1 (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from publish.renderers.pdf import formulas
from publish.renderers.pdf.parts import Element, Mark, Touch

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


@dataclass(slots=True, eq=False)
class Node:
    """A structure element while pages are read."""

    role: str
    parent: Node | None = None
    element: Any = None
    page: int = 0
    kids: list[Node | Mark | Touch] = field(default_factory=list)
    language: str = ""
    implied: bool = False
    box: tuple[float, float, float, float] | None = None

    def add(self, role: str, page: int, element: Any = None) -> Node:
        """A new last child; implied by what it will hold if it stands for no element."""
        node = Node(role, self, element, page, implied=element is None)
        self.kids.append(node)
        return node


def role(element: Any, parent: Node) -> str:
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


def language(element: Any, parent: Node) -> str:
    """The element's language if it is another than that around it."""
    own: str = element.get("lang", "")
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


def is_note(kid: Node | Mark | Touch) -> bool:
    """Whether a child is a note."""
    return isinstance(kid, Node) and kid.role == "Note"


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


def settled(node: Node) -> Element:
    """A node and those below it as values that need no HTML any more."""
    kids = [settled(kid) if isinstance(kid, Node) else kid for kid in node.kids]
    return Element(node.role, node.language, _facts(node), node.box, kids)


def _facts(node: Node) -> dict[str, str]:
    """What is to be known of a node's element when the structure is written."""
    source = node.element
    if source is None:
        return {}
    facts = {key: source.get(key) for key in FACTS if source.get(key)}
    if node.role == "L":
        facts["name"] = name(source)
    if node.role == "TH":
        facts["scope"] = _scope(node)
    if node.role == "Formula":
        facts["alt"] = formulas.read(source)
    return facts


def _scope(cell: Node) -> str:
    """Whether a header cell is that of its row or that of its column."""
    group = cell.parent.parent if cell.parent else None
    row = cell.element.get("scope") == "row" or (group and group.role != "THead")
    return "row" if row and cell.element.get("scope") != "col" else "col"
