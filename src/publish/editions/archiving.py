"""Archiving: an edition's full text in the form that archives keep, JATS, written by pandoc.

It comes from the same tree as the HTML, with the same words, numbers and citations; only the
notes are gathered by the writer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from publish.documents import trees
from publish.documents.pandoc import Bibliography, Pandoc
from publish.documents.trees import Blocks, Node
from publish.editions.chapters import resolved
from publish.editions.orders import Order, translated
from publish.editions.pictures import safe_name
from publish.records import Record

_NONE = Bibliography("", b"")
VERSE = "verse-line"


class Archive(Record, frozen=True):
    """An edition's text as pandoc writes it in JATS: an `article` of `body` and `back`.

    `whole` has each reference as it is set, `parted` in its parts; `works` are the works of
    the bibliography as the edition names them, in CSL-JSON by their keys.
    """

    whole: str
    parted: str
    works: Mapping[str, Mapping[str, Any]]


def archive(order: Order, pandoc: Pandoc) -> Archive:
    """The text of an order."""
    chapters = resolved(order, translated(order), pandoc)
    opened = [block for blocks in chapters for block in _opened(blocks)]
    blocks = trees.rewritten([_flat(block) for block in opened], _change)
    found = order.manuscript.bibliography
    works = Bibliography(found.format, found.data, order.references) if found else _NONE
    whole, parted, known = pandoc.archive(blocks, works)
    return Archive(whole, parted, {work["id"]: work for work in known})


def _opened(blocks: Blocks) -> Iterator[Node]:
    """Blocks without the Divs round headings: a section of JATS ends where the next begins."""
    for block in blocks:
        inner = block["c"][1] if block["t"] == "Div" else []
        if any(node["t"] == "Header" for node in trees.every(inner)):
            yield from _opened(inner)
        else:
            yield block


def _flat(block: Node) -> Node:
    """A block in which no heading begins a section: in a quotation or a list it is a bold line."""

    def change(node: Node) -> Node | None:
        if node["t"] != "Header":
            return None
        _, (id, *_), words = node["c"]
        return {"t": "Para", "c": [trees.span([{"t": "Strong", "c": words}], id)]}

    if block["t"] == "Header":
        return block
    return trees.rewritten([block], change)[0]  # type: ignore[no-any-return]  # a list for a list


def _change(node: Node) -> Node | list[Node] | None:
    """Pictures by their safe names; verse, whose lines pandoc would run together, marked.

    What is raw goes: of HTML there would be nothing left, and an author's own JATS may be broken.
    """
    if node["t"] in {"RawInline", "RawBlock"}:
        return []
    if node["t"] == "Math" and "]]>" in node["c"][1]:  # which pandoc writes into CDATA as it is
        return {"t": "Math", "c": [node["c"][0], node["c"][1].replace("]]>", "]] >")]}
    if node["t"] == "Image":
        attr, inlines, (name, title) = node["c"]
        return {"t": "Image", "c": [attr, inlines, [safe_name(name), title]]}
    if node["t"] == "LineBlock":
        return {"t": "Para", "c": [trees.span(line, classes=[VERSE]) for line in node["c"]]}
    return None
