"""Structure: writes a tree of elements into a PDF, in place of the one that WeasyPrint would.

Sources: ISO 32000-1, 14.7 (structure elements, content items, the parent tree) and 14.8.5
(standard attributes); ISO 14289-1, 7 (what PDF/UA asks of lists, tables, notes and links).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pydyf

from publish.records import Record
from publish.renderers.pdf import nodes
from publish.renderers.pdf.nodes import Area, Mark, Node

PRINT = 4  # the flag of an annotation that is printed (ISO 32000-1, table 165)
EMPTY_TOO = frozenset(("TD", "TH"))  # an empty cell still holds its column's place
SCOPES = {"row": "/Row", "col": "/Column"}
_SPAN = re.compile("[1-9][0-9]{0,8}")
NUMBERING = {"ul": "/Disc", "ol": "/Decimal"}
TYPES = {"a": "/LowerAlpha", "A": "/UpperAlpha", "i": "/LowerRoman", "I": "/UpperRoman"}


def declare(pdf: Any, _document: Any, _version: Any, _streams: Any) -> None:
    """Say that a file is tagged; stands in the place of WeasyPrint's `add_tags`.

    That makes, beyond this, a tree of its own, of which nothing would be left.
    """
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class Tree(Record, frozen=True):
    """A document's structure, and the annotations of each page, of which `Area` tells one."""

    root: Node
    areas: Sequence[Sequence[Any]]


def write(tree: Tree, pdf: Any) -> None:
    """Write a tree.

    In: the document's structure, and pydyf's PDF, complete but not yet written; it is changed in
    place. Its pages' content is marked already (see `tags`).
    """
    _Writer(pdf, tree.areas).write(tree.root)


class _Writer:
    def __init__(self, pdf: Any, areas: Sequence[Sequence[Any]]) -> None:
        self.pdf = pdf
        self.areas = areas
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

    def _element(self, source: Node, parent: bytes) -> Any:
        element = self._add({"Type": "/StructElem", "S": f"/{source.role}", "P": parent})
        if source.language and source.role != "Document":  # whose is in the catalogue
            element["Lang"] = pydyf.String(source.language)
        self._describe(source, element)
        kids = (self._kid(kid, element) for kid in source.kids if self._has_content(kid))
        element["K"] = pydyf.Array(list(kids))
        return element

    def _kid(self, kid: Node | Mark | Area, element: Any) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, element.reference).reference
        if isinstance(kid, Area):
            return self._link(kid, element)
        self.owners[kid.page][kid.number] = element.reference
        page = self.pages[kid.page]
        if element.setdefault("Pg", page) == page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})

    def _link(self, kid: Area, element: Any) -> Any:
        """An annotation as content, which knows the element it belongs to, and is printed."""
        area = self.areas[kid.page][kid.link]
        area["StructParent"] = len(self.pages) + len(self.links)
        area["F"] = PRINT
        self.links.append(element.reference)
        reference = {"Type": "/OBJR", "Obj": area.reference, "Pg": self.pages[kid.page]}
        return pydyf.Dictionary(reference)

    def _has_content(self, kid: Node | Mark | Area) -> bool:
        if isinstance(kid, Area):  # one that leads nowhere has no area: WeasyPrint tells of it
            return self.areas[kid.page][kid.link] is not None
        if isinstance(kid, Mark) or kid.role in EMPTY_TOO:
            return True
        return any(map(self._has_content, kid.kids))

    def _describe(self, source: Node, element: Any) -> None:
        """Attributes and texts that a role asks for."""
        facts = nodes.facts(source)
        if source.role in ("TH", "TD"):
            element["A"] = _cell(source.role, facts)
        elif source.role == "L" and facts.get("name") in NUMBERING:
            style = TYPES.get(facts.get("type", ""), NUMBERING[facts["name"]])
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": style})
        elif source.role == "Figure" and source.piece and source.piece.box:
            box = pydyf.Array(source.piece.box)
            element["Alt"] = pydyf.String(facts.get("alt"))
            element["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": box})
        elif source.role == "Formula":
            element["Alt"] = pydyf.String(facts.get("alt"))
        elif source.role == "Note":
            element["ID"] = pydyf.String(facts["id"])
            self.names[facts["id"]] = element.reference

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


def _cell(role: str, facts: Mapping[str, str]) -> Any:
    """Scope for header cells, and how many rows and columns a cell spans."""
    attributes = pydyf.Dictionary({"O": "/Table"})
    if role == "TH":
        attributes["Scope"] = SCOPES[facts["scope"]]
    for span in ("ColSpan", "RowSpan"):
        cells = facts.get(span.lower(), "1")
        if _SPAN.fullmatch(cells) and cells != "1":  # raw HTML may have anything there
            attributes[span] = int(cells)
    return attributes
