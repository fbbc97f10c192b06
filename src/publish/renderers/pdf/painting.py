"""Painting: the pages of a laid-out document as values, page by page; their boxes are let go.

WeasyPrint would paint when it writes a file. Here what is painted becomes values first, so that
it can be kept, and be bound with other parts into one file.

Source: WeasyPrint 70, `weasyprint.pdf.generate_pdf`, of which this is the share of a page.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import Any

import pydyf
from weasyprint.pdf import fonts, stream
from weasyprint.text.ffi import ffi, pango

from publish.renderers.pdf import pagination, pieces, streams
from publish.renderers.pdf.parts import Dictionary, Face, Leaf, Link, ObjectReference, Stream

POINTS = 0.75  # a CSS pixel
# What stands for an object that is in the file alone, until a part is bound.
SPACES, FONTS = b"@spaces@", b"@fonts@"
# The typefaces of all chapters of a book are open until it is bound: they share their files' bytes.
_CONTENTS: dict[bytes, bytes] = {}
_DIRECTORY = 8192  # bytes; of a collection it has those of all its fonts
_KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
_ABOUT = ("title", "authors", "description", "keywords", "generator", "created", "modified", "lang")


class Font(fonts.Font):  # type: ignore[misc]  # WeasyPrint is untyped
    """A typeface that can say by which name Pango finds it again, and what a page uses of it."""

    file_content: bytes

    def __init__(self, pango_font: Any, description: Any, size: float) -> None:
        text = pango.pango_font_description_to_string(description)
        self.described = ffi.string(text).decode()
        self.size = 0.0
        super().__init__(pango_font, description, size)
        self.file = _digest(self.file_content, self.index)
        self.file_content = _CONTENTS.setdefault(self.file, self.file_content)

    def begin(self) -> None:
        """A page begins, of which nothing is known yet."""
        self.size = 0.0
        self.widths: dict[int, int] = {}
        self.to_unicode: dict[int, str] = {}

    @property
    def face(self) -> Face:
        """What the page used of it until now; the size is the first that it was used in."""
        return Face(self.described, self.size, self.file, self.widths, self.to_unicode)


def _digest(content: bytes, index: int) -> bytes:
    """What tells a font file from others: its beginning, which has a checksum of each table.

    To read all of a file takes 10 ms where it has some thousand Hangul syllables.
    Source: OpenType, “Organization of an OpenType Font” (table directory).
    """
    digest = blake2b(content[:_DIRECTORY], digest_size=16)
    digest.update(f"{index} {len(content)}".encode())
    return digest.digest()


@cache
def remember_names() -> None:
    """Have WeasyPrint's streams use typefaces that know their names, and the page's sizes."""
    stream.Font = Font
    original = stream.Stream.add_font

    def add_font(self: Any, pango_font: Any) -> Any:
        font, size = original(self, pango_font)
        font.size = font.size or float(size)
        return font, size

    stream.Stream.add_font = add_font


def profile(name: str) -> bytes:
    """What stands for a colour profile until a part is bound."""
    return b"@profile %s@" % name.encode()


def painted(document: Any, reader: pieces.Reader, *, tagged: bool) -> list[Leaf]:
    """The pages of WeasyPrint's document; what is on them is told by a reader, if `tagged`."""
    for name, each in document.color_profiles.items():
        each.pdf_reference = profile(name)
    return [_leaf(document, page, reader, tagged=tagged) for page in document.pages]


def about(document: Any) -> dict[str, str | list[str] | None]:
    """What WeasyPrint's document says of itself in its head."""
    return {name: getattr(document.metadata, name) for name in _ABOUT}


def _leaf(document: Any, page: Any, reader: pieces.Reader, *, tagged: bool) -> Leaf:
    """A page, with all that it is drawn with: no page knows of another."""
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in _KINDS})
    resources["ColorSpace"] = SPACES
    images: dict[str, Any] = {}
    for font in document.fonts.values():
        font.begin()
    drawing = _stream(document, page, resources, images, tagged=tagged)
    for index, (*_, box) in enumerate(page.links):
        box.link_annotation = ObjectReference(index)
    page.paint(drawing, POINTS)
    read = reader.read(page, drawing) if tagged else []
    signs, opening = pagination.read(page)
    content, packing = streams.packed(drawing)
    _let_go(page)
    return Leaf(
        page.width,
        page.height,
        dict(page.bleed),
        content,
        packing,
        [Link(kind, target, tuple(area)) for kind, target, area, _ in page.links],
        {name: tuple(place) for name, place in page.anchors.items()},
        [(level, label, tuple(place), state) for level, label, place, state in page.bookmarks],
        _dictionary(resources, images),
        [font.face for font in document.fonts.values() if font.size],
        read,
        signs,
        opening,
    )


def _let_go(page: Any) -> None:
    """Free a page's boxes, of which the area of notes refers to the page: a book has many."""
    for child in page._page_box.children:  # noqa: SLF001  # its boxes have no public name
        vars(child).pop("page", None)
    page._page_box = None  # noqa: SLF001  # nothing else holds them


def _stream(document: Any, page: Any, resources: Any, images: Any, *, tagged: bool) -> Any:
    bleed = page.bleed
    width = page.width + bleed["left"] + bleed["right"]
    height = page.height + bleed["top"] + bleed["bottom"]
    drawing = stream.Stream(
        document.fonts,
        (-bleed["left"], -bleed["top"], width, height),
        resources,
        images,
        {} if tagged else None,
        document.color_profiles,
        document.output_intent,
        compress=True,
    )
    drawing.transform(d=-1, f=page.height * POINTS)
    return drawing


def _dictionary(values: Any, images: Any) -> Dictionary:
    return Dictionary({str(key): _value(key, each, images) for key, each in values.items()})


def _value(key: str, value: Any, images: Any) -> bytes | Dictionary | Stream:
    """A value of a PDF dictionary; a picture is made here, at the finest scale asked for."""
    if value is None and key == "Font":
        return FONTS
    if value is None:
        image = images[key]
        value = image["image"].get_x_object(image["interpolate"], max(image["dpi_ratios"]))
    if key == "G":
        return b"@%s@" % value.id.encode()  # a mask, which is one of the objects there
    if isinstance(value, pydyf.Stream):
        return _plain_stream(value, images)
    if isinstance(value, dict):
        return _dictionary(value, images)
    return pydyf._to_bytes(value)  # type: ignore[no-any-return]  # noqa: SLF001  # pydyf is untyped


def _plain_stream(value: Any, images: Any) -> Stream:
    content, packing = streams.packed(value)
    entries = _dictionary(value.extra, images).entries
    return Stream(content, Dictionary(entries | ({"Filter": packing.encode()} if packing else {})))
