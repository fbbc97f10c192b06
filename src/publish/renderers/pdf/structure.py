"""Structure: writes a tree of nodes into a PDF, in place of the one that WeasyPrint would.

Sources: ISO 32000-1, 14.7 (structure elements, content items, the parent tree) and 14.8.5
(standard attributes); ISO 14289-1, 7 (what PDF/UA asks of lists, tables, notes and links).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pydyf  # type: ignore[import-untyped]

from publish.renderers.pdf import formulas
from publish.renderers.pdf.nodes import Annotation, Mark, Node, name

PRINT = 4  # the flag of an annotation that is printed (ISO 32000-1, table 165)
EMPTY_TOO = frozenset(("TD", "TH"))  # an empty cell still holds its column's place
NUMBERING = {"ul": "/Disc", "ol": "/Decimal"}
TYPES = {"a": "/LowerAlpha", "A": "/UpperAlpha", "i": "/LowerRoman", "I": "/UpperRoman"}


def declare(pdf: Any, _document: Any, _version: Any, _streams: Any) -> None:
    """Say that a file is tagged; stands in the place of WeasyPrint's `add_tags`.

    That makes, beyond this, a tree of its own, of which nothing would be left.
    """
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def write(root: Node, pdf: Any) -> None:
    """Write a tree.

    In: the document's node, and pydyf's PDF, complete but not yet written; it is changed in
    place. Its pages' content is marked already (see `tags`).
    """
    _Writer(pdf).write(root)


class _Writer:
    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages: tuple[bytes, ...] = pdf.page_references
        self.owners: dict[int, dict[int, bytes]] = defaultdict(dict)  # page → mark → element
        self.links: list[bytes] = []
        self.names: dict[str, bytes] = {}

    def write(self, root: Node) -> None:
        tree = self._add({"Type": "/StructTreeRoot"})
        document = self._element(root, tree.reference)
        tree["K"] = pydyf.Array([document.reference])
        tree["ParentTree"] = self._add({"Nums": self._parents()}).reference
        tree["ParentTreeNextKey"] = len(self.pages) + len(self.links)
        if self.names:
            tree["IDTree"] = self._add({"Names": self._identifiers()}).reference
        self.pdf.catalog["StructTreeRoot"] = tree.reference

    def _add(self, values: dict[str, Any]) -> Any:
        added = pydyf.Dictionary(values)
        self.pdf.add_object(added)
        return added

    def _element(self, node: Node, parent: bytes) -> Any:
        element = self._add({"Type": "/StructElem", "S": f"/{node.role}", "P": parent})
        if node.language and node.parent is not None:
            element["Lang"] = pydyf.String(node.language)
        self._describe(node, element)
        kids = (self._kid(kid, element) for kid in node.kids if _has_content(kid))
        element["K"] = pydyf.Array(list(kids))
        return element

    def _kid(self, kid: Node | Mark | Annotation, element: Any) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, element.reference).reference
        if isinstance(kid, Annotation):
            return self._link(kid, element)
        self.owners[kid.page][kid.number] = element.reference
        page = self.pages[kid.page]
        if element.setdefault("Pg", page) == page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})

    def _link(self, kid: Annotation, element: Any) -> Any:
        """An annotation as content, which knows the element it belongs to, and is printed."""
        kid.dictionary["StructParent"] = len(self.pages) + len(self.links)
        kid.dictionary["F"] = PRINT
        self.links.append(element.reference)
        reference = {"Type": "/OBJR", "Obj": kid.dictionary.reference, "Pg": self.pages[kid.page]}
        return pydyf.Dictionary(reference)

    def _describe(self, node: Node, element: Any) -> None:
        """Attributes and texts that a role asks for."""
        source = node.element
        if node.role in ("TH", "TD"):
            element["A"] = _cell(node)
        elif node.role == "L" and name(source) in NUMBERING:
            style = TYPES.get(source.get("type"), NUMBERING[name(source)])
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": style})
        elif node.role == "Figure" and node.box:
            element["Alt"] = pydyf.String(source.get("alt"))
            element["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(node.box)})
        elif node.role == "Formula":
            element["Alt"] = pydyf.String(formulas.read(source))
        elif node.role == "Note":
            element["ID"] = pydyf.String(source.get("id"))
            self.names[source.get("id")] = element.reference

    def _parents(self) -> Any:
        """The parent tree: from a page's marks, and from an annotation, to their elements."""
        numbers = pydyf.Array()
        for page in range(len(self.pages)):
            owners = self.owners[page]
            length = max(owners, default=-1) + 1
            row = [owners.get(number, b"null") for number in range(length)]
            numbers.extend((page, pydyf.Array(row)))
        for key, link in enumerate(self.links, len(self.pages)):
            numbers.extend((key, link))
        return numbers

    def _identifiers(self) -> Any:
        pairs = ((pydyf.String(name), self.names[name]) for name in sorted(self.names))
        return pydyf.Array([part for pair in pairs for part in pair])


def _cell(node: Node) -> Any:
    """Scope for header cells, and how many rows and columns a cell spans."""
    attributes = pydyf.Dictionary({"O": "/Table"})
    if node.role == "TH":
        group = node.parent.parent if node.parent else None
        row = node.element.get("scope") == "row" or (group and group.role != "THead")
        attributes["Scope"] = "/Row" if row and node.element.get("scope") != "col" else "/Column"
    for span in ("ColSpan", "RowSpan"):
        if (cells := node.element.get(span.lower(), "1")) != "1":
            attributes[span] = int(cells)
    return attributes


def _has_content(kid: Node | Mark | Annotation) -> bool:
    if not isinstance(kid, Node) or kid.role in EMPTY_TOO:
        return True
    return any(map(_has_content, kid.kids))
