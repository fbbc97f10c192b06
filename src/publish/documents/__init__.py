"""Documents: each file of the manuscript as a tree of pandoc's, with its media.

Metadata, the words in figures and the fixed words are documents too, so that one walk
extracts and translates them all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

from publish.documents import trees
from publish.documents.late import Late
from publish.documents.pandoc import Pandoc
from publish.documents.serving import PandocError, PandocLimitError
from publish.documents.trees import Blocks, Node
from publish.manuscripts import File
from publish.problems import Location, Problem, PublishError, Severity

_SHALLOW = 1000  # calls within calls while a file is read; the program may have more afterwards


@dataclass(frozen=True)
class Document(Late):
    """A file as a tree.

    `text` is the source to look up lines in ('' for a binary file); `lines` gives the line
    of a top-level Div by its id where it is known beforehand; `context` is the message
    context of everything in it; `origin` is a digest of the file, '' if it is of none.
    """

    path: str
    blocks: Blocks
    text: str = ""
    name: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    context: str | None = None
    media: Mapping[str, bytes] = field(default_factory=dict)
    origin: str = ""

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node of it, in reading order."""
        return tuple(trees.every(self.blocks))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id in it, in reading order."""
        return tuple(trees.ids_of(self.nodes))

    @cached_property
    def pictures(self) -> tuple[str, ...]:
        """The names of the pictures that it shows, in reading order, as it has them."""
        return tuple(n["c"][2][0] for n in self.nodes if n["t"] == "Image")

    def line_of(self, words: str) -> int | None:
        """The first line of the source that has these very words."""
        before, found, _ = self.text.partition(words) if words else ("", "", "")
        return before.count("\n") + 1 if found else None


def read(file: File, pandoc: Pandoc) -> tuple[Document, list[Problem]]:
    """A file of the manuscript as a document, and what pandoc warned of.

    PublishError `manuscript-syntax` if pandoc cannot read it, `manuscript-limit` if that takes too
    much of anything.
    """
    try:
        with _shallow():
            tree, warnings, media = pandoc.read(file.data, file.format)
            blocks = trees.normal(tree["blocks"])
    except (PandocLimitError, RecursionError) as error:
        deep = "parts of it lie within each other without end"
        what = f"it is too much: {deep if isinstance(error, RecursionError) else error}"
        hint = "Look for a long row of the same signs ([[[…, >>>…); divide a long chapter."
        problem = Problem("manuscript-limit", what, Location(file.path), hint=hint)
        raise PublishError(problem) from error
    except PandocError as error:
        what = " ".join(str(error).split())[:300]
        hint = "Open the file in the program that wrote it, save it again, and build once more."
        problem = Problem("manuscript-syntax", what, _place(what, file.path), hint=hint)
        raise PublishError(problem) from error
    text = text_of(file)
    blocks, media = _own(blocks, media, file.stem)
    document = Document(file.path, blocks, text, file.stem, media=media, origin=origin(file))
    return document, [warning(said, file.path) for said in warnings]


def origin(file: File) -> str:
    """A digest of a file: of its name, its format and its bytes."""
    head = f"{len(file.path)} {file.path} {file.format}\0".encode()
    return blake2b(head + file.data, digest_size=16).hexdigest()


def text_of(file: File) -> str:
    """A file's text to look up lines in, '' for a binary one."""
    return "" if file.format in {"docx", "odt"} else file.data.decode()


@contextmanager
def _shallow() -> Iterator[None]:
    """Refuse what is some 150 deep: it would be too deep for what comes after."""
    former = sys.getrecursionlimit()
    sys.setrecursionlimit(_SHALLOW)
    try:
        yield
    finally:
        sys.setrecursionlimit(former)


def _own(
    blocks: Blocks, media: Mapping[str, bytes], chapter: str
) -> tuple[Blocks, dict[str, bytes]]:
    """Pictures that a file carries, under the chapter's name: every Word file has an image1."""
    if not media:
        return blocks, {}
    names = {name: f"{chapter}/{name}" for name in media}

    def renamed(node: Node) -> Node | None:
        if node["c"][2][0] not in names:
            return None
        attr, inlines, (name, title) = node["c"]
        return {"t": "Image", "c": [attr, inlines, [names[name], title]]}

    own = trees.rewritten(blocks, renamed, {"Image"})
    return own, {names[name]: media[name] for name in media}


def warning(text: str, path: str) -> Problem:
    """What pandoc warned of, where it was."""
    return Problem("manuscript-warning", text, _place(text, path), Severity.WARNING)


def _place(said: str, path: str) -> Location:
    found = re.search(r"\bline (\d+)", said)
    return Location(path, int(found[1]) if found else None)
