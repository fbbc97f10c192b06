"""Binding: parts, laid out now or long ago, made into one PDF.

WeasyPrint writes the file. Its pages are stand-ins that paint what was painted, and its
typefaces are those of all parts: each is in the file once, with the glyphs that any part uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

from publish.renderers.pdf import characters, painting, parts, streams, tags
from publish.renderers.pdf.parts import Dictionary, Face, Leaf, Part, Stream
from publish.renderers.pdf.structure import Tree

Fonts = Mapping[Any, Any]
References = Mapping[bytes, bytes]
Finish = Callable[[Any, Any, Tree], None]
_OBJECTS = ("XObject", "Pattern", "Shading")  # what stands in a file by itself


@cache
def faces(config: Any) -> Faces:
    """Where typefaces are opened, with WeasyPrint's font configuration."""
    return Faces(config)


class Faces:
    """Typefaces by Pango's descriptions and sizes; each stays open once it is."""

    def __init__(self, config: Any) -> None:
        self.config = config
        self.context = ffi.gc(
            pango.pango_font_map_create_context(config.font_map), gobject.g_object_unref
        )
        self.open: dict[tuple[str, float], tuple[Any, Any]] = {}

    def has(self, face: Face) -> bool:
        """Whether this machine has a typeface, and not another by its name."""
        _, font = self._opened(face)
        return font is not None and font.file == face.file

    def _opened(self, face: Face) -> tuple[Any, Any]:
        name = face.description, face.size
        if name not in self.open:
            self.open[name] = _restored(face, self.config, self.context)
        return self.open[name]

    def merged(self, leaves: Iterable[Leaf], opened: Iterable[Fonts]) -> dict[Any, Any]:
        """The typefaces of all pages; what two say of a glyph is what the first says.

        In: the pages; typefaces that are open already. Each is taken in the size in which it is
        met first.
        """
        live = {
            (font.described, float(font.font_size)): (key, font)
            for fonts in opened
            for key, font in fonts.items()
        }
        every: dict[Any, Any] = {}
        known = dict[str, Any]()
        for face in (face for leaf in leaves for face in leaf.faces):
            if face.description not in known:
                key, font = live.get((face.description, face.size)) or self._opened(face)
                font.begin()
                known[face.description] = every[key] = font
            font = known[face.description]
            font.widths = {**face.widths, **font.widths}
            font.to_unicode = {**face.letters, **font.to_unicode}
        return every


def _restored(face: Face, config: Any, context: Any) -> tuple[Any, Any]:
    description = ffi.gc(
        pango.pango_font_description_from_string(face.description.encode()),
        pango.pango_font_description_free,
    )
    pango.pango_font_description_set_absolute_size(description, face.size * TO_UNITS)
    pango_font = pango.pango_font_map_load_font(config.font_map, context, description)
    if pango_font == ffi.NULL:
        return None, None
    key, own, size = get_pango_font_key(pango_font)
    font = painting.Font(pango_font, own, size)
    font.held = ffi.gc(pango_font, gobject.g_object_unref)
    return key, font


def bound(
    each: Sequence[Part],
    fonts: dict[Any, Any],
    finish: Finish,
    document: Callable[..., Any],
    **options: Any,
) -> bytes:
    """The parts as one PDF.

    In: the parts in order and their typefaces; what to call with WeasyPrint's document, pydyf's
    PDF and the structure of the text, before the bytes are written; what makes WeasyPrint's
    document of pages and metadata; the options of `write_pdf`.
    """
    characters.settle(fonts)
    leaves = parts.leaves(each)
    pages = [_Page(leaf) for leaf in leaves]
    made = document(pages, DocumentMetadata(**each[0].about))
    made.fonts = fonts

    def finished(document: Any, pdf: Any) -> None:
        _give_resources(leaves, made.color_profiles, pdf)
        areas = [[area.link_annotation for *_, area in page.links] for page in pages]
        finish(document, pdf, Tree(tags.tree(each), areas))
        streams.settle(pdf)

    data: bytes = made.write_pdf(finisher=finished, **options)
    return data


class _Page:
    """What WeasyPrint asks of a page that it writes."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self.width, self.height, self.bleed = leaf.width, leaf.height, leaf.bleed
        self.anchors, self.bookmarks = leaf.anchors, leaf.bookmarks
        self.links = [(link.kind, link.target, link.area, _area()) for link in leaf.links]
        self.forms: dict[Any, Any] = {}

    def paint(self, stream: Any, _scale: float) -> None:
        stream.stream, stream.compress = [self.leaf.content], False
        if self.leaf.filter:
            stream.extra = pydyf.Dictionary({**stream.extra, "Filter": self.leaf.filter})


def _area() -> SimpleNamespace:
    """What stands for the box of a link: WeasyPrint puts the annotation there."""
    return SimpleNamespace(link_annotation=None)


def _give_resources(leaves: Sequence[Leaf], profiles: Mapping[str, Any], pdf: Any) -> None:
    """Put what each page is drawn with beside it, in place of what WeasyPrint put."""
    pages = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
    shared = pdf.objects[int(pages[0]["Resources"].split()[0])]
    known = {painting.profile(name): one.pdf_reference for name, one in profiles.items()}
    known |= {painting.SPACES: shared["ColorSpace"], painting.FONTS: shared["Font"]}
    made = _Resources(known, pdf)
    for leaf, page in zip(leaves, pages, strict=True):
        page["Resources"] = made.of(leaf.resources, shared["Font"])


class _Resources:
    """What pages are drawn with as objects of a file, each in it once."""

    def __init__(self, known: References, pdf: Any) -> None:
        self.known = known
        self.pdf = pdf
        self.made: dict[bytes, bytes] = {}

    def of(self, resources: Dictionary, fonts: bytes) -> bytes:
        """The reference to a page's dictionary of resources."""
        made = self._dictionary(resources, self.known)
        made["Font"] = fonts
        return self._added(made, parts.encoded(resources))

    def _added(self, value: Any, source: bytes) -> bytes:
        if source not in self.made:
            self.pdf.add_object(value)
            self.made[source] = value.reference
        return self.made[source]

    def _dictionary(self, plain: Dictionary, known: References) -> Any:
        """A dictionary of resources, what it names put into the file first."""
        names = dict(known)
        made: dict[str, Any] = {}
        for kind in sorted(plain.entries, key=lambda kind: kind not in _OBJECTS):
            value = plain.entries[kind]
            if kind in _OBJECTS and isinstance(value, Dictionary):
                for name, each in value.entries.items():
                    reference = self._object(each, names)
                    made.setdefault(kind, pydyf.Dictionary())[name] = reference
                    names[b"@%s@" % name.encode()] = reference
            else:
                made[kind] = self._thawed(value, names)
        return pydyf.Dictionary(made)

    def _object(self, value: bytes | Dictionary | Stream, known: References) -> bytes:
        """The reference to a value that stands by itself; the same value is there once."""
        own = {name: reference for name, reference in known.items() if name not in self.known}
        source = parts.encoded((value, sorted(own.items())))
        if source in self.made:
            return self.made[source]
        return self._added(self._thawed(value, known), source)

    def _thawed(self, value: bytes | Dictionary | Stream, known: References) -> Any:
        if isinstance(value, bytes):
            return _referring(value, known)
        if isinstance(value, Dictionary):
            entries = {k: self._thawed(v, known) for k, v in value.entries.items()}
            return pydyf.Dictionary(entries)
        extra = {k: self._part_of_stream(k, v, known) for k, v in value.dictionary.entries.items()}
        return pydyf.Stream([value.content], pydyf.Dictionary(extra), compress=False)

    def _part_of_stream(
        self, key: str, value: bytes | Dictionary | Stream, known: References
    ) -> Any:
        """An entry of a stream's dictionary: its resources and its mask are objects of the file."""
        if key == "Resources" and isinstance(value, Dictionary):
            made = self._dictionary(value, known)
            self.pdf.add_object(made)
            return made.reference
        if isinstance(value, Stream):
            return self._object(value, known)
        return self._thawed(value, known)


def _referring(value: bytes, known: References) -> bytes:
    """A value with the file's own objects in the place of what stood for them."""
    if b"@" in value:
        for name, reference in known.items():
            value = value.replace(name, reference)
    return value
