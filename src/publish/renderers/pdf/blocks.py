"""Blocks: the pieces of a text that are laid out each by itself, and digests of them.

The boxes of a document are gone through from above, as long as they only hold blocks one below
the other. What is reached so, a paragraph or a table or a list's item, is a block: whatever
changes in it changes nothing in another but its place. That holds as long as the sheets do not ask
for what is far away (`look_far`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

# What a sheet may say that lets a block depend on what is in another, or on how many pages there
# are: counters, quotation marks, boxes beside the text, selectors that look into elements. (That
# of our own sheet looks into formulas, which lie within a block.)
_FAR = re.compile(
    r"target-(?:counters?|text)\(|counters?\(\s*pages\b|counter-(?:increment|reset|set)"
    r"|(?:open|close)-quote|running\(|element\(|(?<!\.equation):has\(|:empty|:nth\("
    r"|\bfloat\s*:(?!\s*(?:footnote|none))|\bcolumns?(?:-count|-width)?\s*:|\bposition\s*:\s*fixed"
    r"|\[data-(?:bookmark|running)|footnote-display|@font-face"
)
_SAID = frozenset(("data-bookmark", "data-running"))  # words of a block, said in its attributes


def look_far(sheets: Sequence[str]) -> bool:
    """Whether sheets let a block depend on what is in another, or on the number of pages."""
    return any(map(_FAR.search, sheets))


class Blocks:
    """The blocks of a document, in their order.

    In: WeasyPrint's root box, before it is laid out; the files that the document may refer to.
    `digests` has one a block, of its words, elements and pictures; `frame` is one of all that
    the blocks stand in: their own elements, and those around them.
    """

    def __init__(self, root: Any, files: Mapping[str, bytes]) -> None:
        self.root = root
        self.files = files
        self.digests: list[bytes] = []
        self.first: dict[Any, int] = {}  # by a box that holds blocks: the first of them
        self.keys: dict[Any, tuple[int, int]] = {}
        self._around = 0
        frame = blake2b(digest_size=16)
        for line in self._frame(root):
            frame.update(line.encode(errors="surrogatepass"))
        self.frame = frame.digest()

    def key(self, element: Any) -> tuple[int, int]:
        """The key of an element: its block (-1: it is around blocks), and its number in it."""
        return self.keys[element]

    def _frame(self, box: Any) -> Iterator[str]:
        """Go through boxes that hold blocks; their elements, and those of the blocks."""
        self.first[box] = len(self.digests)
        element = box.element
        yield f"({_opening(element)}"
        if not _holds_blocks(box):
            self._block(box)
        else:
            self.keys[element] = (-1, self._around)
            self._around += 1
            inner = {child.element: child for child in box.children}
            for child in element:
                if child in inner:
                    yield from self._frame(inner[child])
                else:
                    yield "".join(self._words(child))
        yield ")"

    def _block(self, box: Any) -> None:
        number = len(self.digests)
        for place, element in enumerate(box.element.iter()):
            self.keys[element] = (number, place)
        digest = blake2b(digest_size=16)
        for word in self._words(box.element):
            digest.update(word.encode(errors="surrogatepass"))
        self.digests.append(digest.digest())

    def _words(self, element: Any) -> Iterator[str]:
        """All that is in an element, the bytes of its pictures as digests."""
        yield f"<{element.tag} {sorted(element.items())}>{element.text or ''}"
        if data := self.files.get(element.get("src", "")):
            yield blake2b(data, digest_size=16).hexdigest()
        for child in element:
            yield from self._words(child)
            yield child.tail or ""
        yield "</>"

    def at(self, path: Sequence[int]) -> int:
        """The first block of which something comes at a path, or after it."""
        box = self.root
        for place in path:
            if not _holds_blocks(box):
                break
            box = box.children[place]
        return self.first[box]

    def begun(self, path: Sequence[int]) -> Iterator[Any]:
        """The boxes that have begun before a path and go on at it.

        IndexError for a path that leads nowhere.
        """
        box = self.root
        for place in path:
            yield box
            inner = getattr(box, "children", None)
            if not inner:  # the rest counts signs of a text
                break
            if not 0 <= place < len(inner):
                raise IndexError(place)
            box = inner[place]

    def places(self, path: Sequence[int]) -> set[tuple[Any, int]]:
        """A path as the boxes that go on, each with the place in it."""
        return {*zip(self.begun(path), path, strict=False)}  # the last may be within a text

    def leads(self, path: Sequence[int]) -> bool:
        """Whether a path leads anywhere."""
        try:
            return bool([*self.begun(path)])
        except IndexError:
            return False


def _holds_blocks(box: Any) -> bool:
    """Whether a box only holds blocks one below the other, each an element's own."""
    from weasyprint.formatting_structure.boxes import BlockBox, BlockLevelBox

    if type(box) is not BlockBox or box.is_table_wrapper or box.style["break_inside"] != "auto":
        return False
    own = set(box.element)
    elements = {child.element for child in box.children}
    return (
        bool(elements)
        and elements <= own
        and len(elements) == len(box.children)
        and all(isinstance(each, BlockLevelBox) for each in box.children)
        and all(each.is_in_normal_flow() for each in box.children)
    )


def _opening(element: Any) -> str:
    own = [(name, value) for name, value in sorted(element.items()) if name not in _SAID]
    return f"{element.tag} {own}"
