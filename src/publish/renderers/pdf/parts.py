"""Parts: pages that were laid out and painted, as plain values.

A book is laid out chapter by chapter, each a part that knows nothing of the others but the
number of its first page. A part can be kept in a file and be bound into a PDF later
(`binding`): what it draws, where its links and anchors are, what its content means (`Element`),
which glyphs of which typefaces it uses. It is read back with every type checked, since whoever
sends a publication may have sent a cache with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from publish.editions import PageStart


class Mark(msgspec.Struct, frozen=True, array_like=True, tag="mark"):
    """A piece of a page's content: the page, counted from 0, and the piece's number on it."""

    page: int
    number: int


class Touch(msgspec.Struct, frozen=True, array_like=True, tag="touch"):
    """A link's area: the page, and which of the page's links it is."""

    page: int
    link: int


class Element(msgspec.Struct, frozen=True, array_like=True, tag="element"):
    """A structure element: its type (ISO 32000-1, 14.8.4), its language if that changes here.

    `facts` are what the element's attributes are made from; `box` is a figure's place in points.
    """

    role: str
    language: str = ""
    facts: dict[str, str] = {}
    box: tuple[float, float, float, float] | None = None
    kids: list[Element | Mark | Touch] = []


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A link's area in CSS pixels, and where it leads: `internal` to an anchor, or `external`."""

    kind: str
    target: str
    area: tuple[float, float, float, float]


class Leaf(msgspec.Struct, frozen=True, array_like=True):
    """A page: its size in CSS pixels, what is drawn (a PDF content stream, packed if `filter`)."""

    width: float
    height: float
    bleed: dict[str, float]
    content: bytes
    filter: str
    links: list[Link]
    anchors: dict[str, tuple[float, float, float, float]]
    bookmarks: list[tuple[int, str, tuple[float, float], str]]


class Group(msgspec.Struct, frozen=True, array_like=True, tag="group"):
    """A PDF dictionary, its plain values as they are written."""

    entries: dict[str, bytes | Group | Flow]


class Flow(msgspec.Struct, frozen=True, array_like=True, tag="flow"):
    """A PDF stream: its bytes as they stand in the file, and its dictionary."""

    content: bytes
    extra: Group


class Face(msgspec.Struct, frozen=True, array_like=True):
    """What is used of a typeface: Pango's description, the size first met, the file's digest.

    `widths` are in thousandths of an em, `letters` what a glyph stands for.
    """

    description: str
    size: float
    file: bytes
    widths: dict[int, int]
    letters: dict[int, str]


class Part(msgspec.Struct, frozen=True):
    """Some pages of a document, and what the document says of itself in its head."""

    leaves: list[Leaf]
    resources: Group
    faces: list[Face]
    root: Element
    starts: list[PageStart]
    about: dict[str, str | list[str] | None]


def written(part: Part) -> bytes:
    """A part as bytes."""
    return msgspec.msgpack.encode(part)


def read(data: bytes) -> Part | None:
    """The part that was written as these bytes; None if they are none."""
    try:
        return msgspec.msgpack.decode(data, type=Part)
    except (msgspec.MsgspecError, RecursionError):
        return None


def joined(parts: Sequence[Part]) -> Element:
    """The elements of all parts under one document; the text's parts are one part again."""
    kids: list[Element | Mark | Touch] = []
    page = 0
    for part in parts:
        for kid in part.root.kids:
            moved = _moved(kid, page)
            last = kids[-1] if kids else moved
            if isinstance(last, Element) and isinstance(moved, Element) and _go_on(last, moved):
                kids[-1] = msgspec.structs.replace(last, kids=[*last.kids, *moved.kids])
            else:
                kids.append(moved)
        page += len(part.leaves)
    return msgspec.structs.replace(parts[0].root, kids=kids)


def _go_on(last: Element, following: Element) -> bool:
    """Whether both are the text (`main`), which a book has chapter by chapter."""
    return last is not following and last.role == following.role == "Part"


def _moved(kid: Element | Mark | Touch, pages: int) -> Element | Mark | Touch:
    """The same, so many pages later."""
    if not pages:
        return kid
    if isinstance(kid, Element):
        return msgspec.structs.replace(kid, kids=[_moved(each, pages) for each in kid.kids])
    return msgspec.structs.replace(kid, page=kid.page + pages)


def anchors(parts: Sequence[Part]) -> Mapping[str, int]:
    """The number of the page on which each anchor is, within these parts, from 0."""
    leaves = (leaf for part in parts for leaf in part.leaves)
    found: dict[str, int] = {}
    for number, leaf in enumerate(leaves):
        for name in leaf.anchors:
            found.setdefault(name, number)
    return found
