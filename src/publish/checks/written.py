"""Written: what an edition would make of some nodes of a document, for checks to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.documents import Document
from publish.documents.pandoc import Pandoc
from publish.documents.serving import PandocError
from publish.documents.trees import Node


def written(
    documents: Iterable[Document], kind: str, pandoc: Pandoc
) -> Iterator[tuple[Document, Node, str]]:
    """Each node of a kind (`Math` or a block's), where it stands, and its HTML, asked at once."""
    found = [
        (document, node) for document in documents for node in document.nodes if node["t"] == kind
    ]
    blocks = [{"t": "Plain", "c": [node]} if kind == "Math" else node for _, node in found]
    try:
        html = pandoc.html([[block] for block in blocks])
    except PandocError:
        return  # who makes the edition tells of it
    for (document, node), each in zip(found, html, strict=True):
        yield document, node, each
