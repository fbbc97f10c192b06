"""Painting: the pages of a laid-out document as a part, page by page; their boxes are let go.

WeasyPrint would paint when it writes a file. Here what is painted becomes values first, so that
it can be kept, and be bound with other parts into one file.

Source: WeasyPrint 70, `weasyprint.pdf.generate_pdf`, of which this is the share of a page.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.pdf import fonts, stream
from weasyprint.text.ffi import ffi, pango

from publish.renderers.pdf import nodes, pagination, streams, tags
from publish.renderers.pdf.parts import Element, Face, Flow, Group, Leaf, Link, Part, Touch

POINTS = 0.75  # a CSS pixel
# What stands for an object that is in the file alone, until a part is bound.
SPACES, FONTS = b"@spaces@", b"@fonts@"
_KINDS = ("ExtGState", "XObject", "Pattern", "Shading")
_ABOUT = ("title", "authors", "description", "keywords", "generator", "created", "modified", "lang")


class Font(fonts.Font):  # type: ignore[misc]  # WeasyPrint is untyped
    """A typeface that can say by which name Pango finds it again."""

    def __init__(self, pango_font: Any, description: Any, size: float) -> None:
        text = pango.pango_font_description_to_string(description)
        self.described = ffi.string(text).decode()
        self.digest = blake2b(digest_size=16)
        super().__init__(pango_font, description, size)
        self.digest.update(self.file_content)
        self.digest.update(str(self.index).encode())

    @property
    def face(self) -> Face:
        """What was used of it until now."""
        size, file = float(self.font_size), self.digest.digest()
        return Face(self.described, size, file, dict(self.widths), dict(self.to_unicode))


def remember_names() -> None:
    """Have WeasyPrint's streams use typefaces that know their names."""
    stream.Font = Font


def profile(name: str) -> bytes:
    """What stands for a colour profile until a part is bound."""
    return b"@profile %s@" % name.encode()


def painted(document: Any, first: int, *, tagged: bool) -> Part:
    """The pages of WeasyPrint's document; `first` is the number of the first."""
    reader = tags.Reader(document.metadata.lang or "")
    starts = list(pagination.starts(document, first))
    for name, each in document.color_profiles.items():
        each.pdf_reference = profile(name)
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in _KINDS})
    resources["ColorSpace"] = SPACES
    images: dict[str, Any] = {}
    leaves = []
    for number, page in enumerate(document.pages):
        drawing = _stream(document, page, resources, images, tagged=tagged)
        _leave_areas(page, number)
        page.paint(drawing, POINTS)
        if tagged:
            reader.read(page, drawing)
        leaves.append(_leaf(page, drawing))
        page._page_box = None  # noqa: SLF001  # a long book's boxes are a lot of memory
    about = {name: getattr(document.metadata, name) for name in _ABOUT}
    faces = [font.face for font in document.fonts.values()]
    root = nodes.settled(reader.root) if tagged else Element("Document")
    return Part(leaves, _group(resources, images), faces, root, starts, about)


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


def _leave_areas(page: Any, number: int) -> None:
    """Tell each linked box which link of its page it is."""
    for index, (*_, box) in enumerate(page.links):
        box.link_annotation = Touch(number, index)


def _leaf(page: Any, drawing: Any) -> Leaf:
    content, packing = streams.packed(drawing)
    links = [Link(kind, target, tuple(area)) for kind, target, area, _ in page.links]
    return Leaf(
        page.width,
        page.height,
        dict(page.bleed),
        content,
        packing,
        links,
        {name: tuple(place) for name, place in page.anchors.items()},
        [(level, label, tuple(place), state) for level, label, place, state in page.bookmarks],
    )


def _group(values: Any, images: Any) -> Group:
    return Group({str(key): _value(key, each, images) for key, each in values.items()})


def _value(key: str, value: Any, images: Any) -> bytes | Group | Flow:
    """A value of a PDF dictionary; a picture is made here, at the finest scale asked for."""
    if value is None and key == "Font":
        return FONTS
    if value is None:
        image = images[key]
        value = image["image"].get_x_object(image["interpolate"], max(image["dpi_ratios"]))
    if key == "G":
        return b"@%s@" % value.id.encode()  # a mask, which is one of the objects there
    if isinstance(value, pydyf.Stream):
        return _flow(value, images)
    if isinstance(value, dict):
        return _group(value, images)
    return pydyf._to_bytes(value)  # type: ignore[no-any-return]  # noqa: SLF001  # pydyf is untyped


def _flow(value: Any, images: Any) -> Flow:
    content, packing = streams.packed(value)
    entries = _group(value.extra, images).entries
    return Flow(content, Group(entries | ({"Filter": packing.encode()} if packing else {})))
