"""Binding: parts, laid out now or long ago, made into one PDF.

WeasyPrint writes the file. Its pages are stand-ins that paint what was painted, and its
typefaces are those of all parts: each is in the file once, with the glyphs that any part uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

from publish.renderers.pdf import characters, painting, parts, streams
from publish.renderers.pdf.parts import Face, Flow, Group, Leaf, Part
from publish.renderers.pdf.structure import Tree

Fonts = dict[Any, Any]
References = Mapping[bytes, bytes]
Finish = Callable[[Any, Any, Tree], None]
_OBJECTS = ("XObject", "Pattern", "Shading")  # what stands in a file by itself


def restored(faces: Iterable[Face], config: Any) -> Fonts | None:
    """The typefaces of a part that was kept; None if this machine has others by these names.

    In: the part's faces, WeasyPrint's font configuration.
    """
    found: Fonts = {}
    context = ffi.gc(pango.pango_font_map_create_context(config.font_map), gobject.g_object_unref)
    for face in faces:
        key, font = _restored(face, config, context)
        if font is None or font.digest.digest() != face.file:
            return None
        font.widths, font.to_unicode = dict(face.widths), dict(face.letters)
        found[key] = font
    return found


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


def merged(each: Iterable[Fonts]) -> Fonts:
    """The typefaces of several parts; what two say of a glyph is what the first says."""
    every: Fonts = {}
    for fonts in each:
        for key, font in fonts.items():
            known: Any = every.setdefault(key, font)
            known.widths = {**font.widths, **known.widths}
            known.to_unicode = {**font.to_unicode, **known.to_unicode}
    return every


def bound(
    each: Sequence[Part], fonts: Fonts, finish: Finish, document: Callable[..., Any], **options: Any
) -> bytes:
    """The parts as one PDF.

    In: the parts in order and their typefaces; what to call with WeasyPrint's document, pydyf's
    PDF and the structure of the text, before the bytes are written; what makes WeasyPrint's
    document of pages and metadata; the options of `write_pdf`.
    """
    characters.settle(fonts)
    pages = [_Page(leaf) for part in each for leaf in part.leaves]
    made = document(pages, DocumentMetadata(**each[0].about))
    made.fonts = fonts

    def finished(document: Any, pdf: Any) -> None:
        _give_resources(each, made.color_profiles, pdf)
        areas = [[area.link_annotation for *_, area in page.links] for page in pages]
        finish(document, pdf, Tree(parts.joined(each), areas))
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


def _give_resources(each: Sequence[Part], profiles: Mapping[str, Any], pdf: Any) -> None:
    """Put what the pages of each part draw with beside them, in place of what WeasyPrint put."""
    found = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
    pages = iter(found)
    shared = pdf.objects[int(found[0]["Resources"].split()[0])]
    known = {painting.profile(name): one.pdf_reference for name, one in profiles.items()}
    known |= {painting.SPACES: shared["ColorSpace"], painting.FONTS: shared["Font"]}
    for part in each:
        own = _resources(part.resources, known, pdf)
        own["Font"] = shared["Font"]
        pdf.add_object(own)
        for _, page in zip(part.leaves, pages, strict=False):  # in this order: none is skipped
            page["Resources"] = own.reference


def _resources(group: Group, known: References, pdf: Any) -> Any:
    """A dictionary of resources, what it names put into the file first."""
    names = dict(known)
    made: dict[str, Any] = {}
    for kind in sorted(group.entries, key=lambda kind: kind not in _OBJECTS):
        value = group.entries[kind]
        if kind in _OBJECTS and isinstance(value, Group):
            for name, reference in _objects(value, names, pdf):
                made.setdefault(kind, pydyf.Dictionary())[name] = reference
                names[b"@%s@" % name.encode()] = reference
        else:
            made[kind] = _thawed(value, names, pdf)
    return pydyf.Dictionary(made)


def _objects(group: Group, known: References, pdf: Any) -> Iterator[tuple[str, bytes]]:
    for name, value in group.entries.items():
        thawed = _thawed(value, known, pdf)
        pdf.add_object(thawed)
        yield name, thawed.reference


def _thawed(value: bytes | Group | Flow, known: References, pdf: Any) -> Any:
    if isinstance(value, bytes):
        return _referring(value, known)
    if isinstance(value, Group):
        return pydyf.Dictionary({k: _thawed(v, known, pdf) for k, v in value.entries.items()})
    extra = {k: _part_of_stream(k, v, known, pdf) for k, v in value.extra.entries.items()}
    return pydyf.Stream([value.content], pydyf.Dictionary(extra), compress=False)


def _part_of_stream(key: str, value: bytes | Group | Flow, known: References, pdf: Any) -> Any:
    """An entry of a stream's dictionary: its resources and its mask are objects of the file."""
    if key == "Resources" and isinstance(value, Group):
        made = _resources(value, known, pdf)
    elif isinstance(value, Flow):
        made = _thawed(value, known, pdf)
    else:
        return _thawed(value, known, pdf)
    pdf.add_object(made)
    return made.reference


def _referring(value: bytes, known: References) -> bytes:
    """A value with the file's own objects in the place of what stood for them."""
    if b"@" in value:
        for name, reference in known.items():
            value = value.replace(name, reference)
    return value
