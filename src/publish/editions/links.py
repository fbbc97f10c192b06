"""Links between chapters, and ids that are unique in the whole publication.

An author links to a chapter by its file (`[there](02-history.md)`, `(02-history.md#war)`);
an edition has ids only, so that a page, a book file or a PDF can each make their own links.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from publish.documents import Document, trees
from publish.documents.trees import Blocks, Node
from publish.editions.numbering import REFERENCE

_OURS = ("references", "refs")
# Those of templates and renderers, and of notes and their calls (`notes`).
_OUR_KINDS = re.compile(r"pub-.*|fn(ref)?-.*-\d+", re.DOTALL)


def unique(chapters: Sequence[Document]) -> list[Blocks]:
    """Each chapter's blocks; an id that is taken, or kept for us, gets the chapter's name in it."""
    taken = {*_OURS, *(f"notes-{chapter.name}" for chapter in chapters)}
    renamed: list[dict[str, str]] = []
    for chapter in chapters:
        ids = list(chapter.ids)
        ours = (id for id in ids if id in taken or _OUR_KINDS.fullmatch(id))
        renamed.append({id: _free(id, chapter.name, taken) for id in ours})
        taken.update(renamed[-1].get(id, id) for id in ids)
    files = {
        PurePosixPath(chapter.path).name: (_anchor(chapter, names), names)
        for chapter, names in zip(chapters, renamed, strict=True)
    }
    return [
        trees.rewritten(chapter.blocks, _changing(names, files), {*trees.ATTRIBUTED, "Cite"})
        for chapter, names in zip(chapters, renamed, strict=True)
    ]


Files = Mapping[str, tuple[str, Mapping[str, str]]]


def _changing(names: Mapping[str, str], files: Files) -> Any:
    def change(node: Node) -> Node | None:
        attr = trees.attr_of(node)
        if attr and attr[0] in names:
            attr[0] = names[attr[0]]
        if node["t"] == "Link":
            node["c"][2][0] = _target(node["c"][2][0], names, files)
        for citation in node["c"][0] if node["t"] == "Cite" else ():
            citation["citationId"] = names.get(citation["citationId"], citation["citationId"])
        return node

    return change


def _target(target: str, names: Mapping[str, str], files: Files) -> str:
    path, _, id = target.partition("#")
    if not path:
        return f"#{names.get(id, id)}" if id else target
    name = PurePosixPath(unquote(path)).name
    if name not in files or "://" in path:
        return target
    anchor, theirs = files[name]
    return f"#{theirs.get(id, id) if id else anchor}"


def _free(id: str, chapter: str, taken: set[str]) -> str:
    """An id with the chapter's name in it; one that can be referred to stays of its kind."""
    kind = REFERENCE.match(id)
    start, rest = (kind[0], id[kind.end() :]) if kind else ("", id)
    name = chapter
    while f"{start}{name}-{rest}" in taken:
        name += "-"
    return f"{start}{name}-{rest}"


def _anchor(chapter: Document, names: Mapping[str, str]) -> str:
    """The id by which a chapter is linked to: that of its first heading."""
    headings = (b["c"][1][0] for b in chapter.nodes if b["t"] == "Header")
    id = next(headings, chapter.name)
    return names.get(id, id)
