"""Parts: pages that were laid out and painted, as plain values.

A book is laid out chapter by chapter, each a part that knows nothing of the others but the
number of its first page. A part can be kept in a file and be bound into a PDF later (`binding`).
Each of its pages stands for itself: what it draws and with what, where its links and anchors are,
what its content means (`Piece`), which glyphs of which typefaces it uses. So pages can be taken
from a former part as well (`paging`). A part is read back with every type checked, since whoever
sends a publication may have sent a cache with it. What ISO 32000-2 has a term for is called so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec


class ObjectReference(msgspec.Struct, frozen=True, array_like=True, tag="OBJR"):
    """A link among what an element holds: which of its page's links it is."""

    link: int


class Piece(msgspec.Struct, frozen=True, array_like=True, tag="piece"):
    """What of an element of the HTML is on a page.

    `key` tells the element on all its pages: a block of the text (`blocks`), and a number in it.
    `tag` may end in a pseudo-element (`li::marker`); `facts` are those attributes that a
    structure element is made from; `box` is a picture's place in points. `kids` are
    identifiers of marked content on the page, links, and further elements.
    """

    key: tuple[int, int]
    tag: str
    facts: dict[str, str]
    kids: list[Piece | ObjectReference | int]
    box: tuple[float, float, float, float] | None = None


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A link's area in CSS pixels, and where it leads: `internal` to an anchor, or `external`."""

    kind: str
    target: str
    area: tuple[float, float, float, float]


class Dictionary(msgspec.Struct, frozen=True, array_like=True, tag="dictionary"):
    """A PDF dictionary, its plain values as they are written."""

    entries: dict[str, bytes | Dictionary | Stream]


class Stream(msgspec.Struct, frozen=True, array_like=True, tag="stream"):
    """A PDF stream: its bytes as they stand in the file, and its dictionary."""

    content: bytes
    dictionary: Dictionary


class Face(msgspec.Struct, frozen=True, array_like=True):
    """What is used of a typeface: Pango's description, the size first met, the file's digest.

    `widths` are in thousandths of an em, `letters` what a glyph stands for.
    """

    description: str
    size: float
    file: bytes
    widths: dict[int, int]
    letters: dict[int, str]


class Leaf(msgspec.Struct, frozen=True, array_like=True):
    """A page: its size in CSS pixels, what is drawn (a PDF content stream, packed if `filter`).

    `signs` are those of its text as they are counted (`pagination`), with the ids between them;
    `opening` is what the text begins with.
    """

    width: float
    height: float
    bleed: dict[str, float]
    content: bytes
    filter: str
    links: list[Link]
    anchors: dict[str, tuple[float, float, float, float]]
    bookmarks: list[tuple[int, str, tuple[float, float], str]]
    resources: Dictionary
    faces: list[Face]
    pieces: list[Piece | ObjectReference | int]
    signs: list[str | int]
    opening: str


class Stand(msgspec.Struct, frozen=True, array_like=True):
    """Where the layout stands when a page begins, and nothing waits that came before.

    `path` are the places of boxes within boxes at which it goes on, `block` the first block of
    which something is to come; `following` is what WeasyPrint knows of the page, `state` its
    counters; `strings` are the words of running heads.
    """

    path: list[int]
    block: int
    following: dict[str, str | None]
    right: bool
    state: tuple[list[int], dict[str, list[int]], list[list[str]]]
    strings: dict[str, str]


class Part(msgspec.Struct, frozen=True):
    """Some pages of a document, and what the document says of itself in its head.

    `blocks` are digests of the text's blocks; `stands` are where each page begins, None for the
    first and where it is not known, and none at all for what was not laid out page by page.
    """

    leaves: list[Leaf]
    about: dict[str, str | list[str] | None]
    blocks: list[bytes] = []
    stands: list[Stand | None] = []


def encoded(value: object) -> bytes:
    """Values of parts as bytes: equal ones as the same."""
    return msgspec.msgpack.encode(value)


def written(part: Part) -> bytes:
    """A part as bytes."""
    return encoded(part)


def read(data: bytes) -> Part | None:
    """The part that was written as these bytes; None if they are none."""
    try:
        return msgspec.msgpack.decode(data, type=Part)
    except (msgspec.MsgspecError, RecursionError):
        return None


def leaves(parts: Sequence[Part]) -> list[Leaf]:
    """All pages of some parts."""
    return [leaf for part in parts for leaf in part.leaves]


def anchors(parts: Sequence[Part]) -> Mapping[str, int]:
    """The number of the page on which each anchor is, within these parts, from 0."""
    found: dict[str, int] = {}
    for number, leaf in enumerate(leaves(parts)):
        for name in leaf.anchors:
            found.setdefault(name, number)
    return found
