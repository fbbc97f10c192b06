"""Setting: a document laid out and painted in parts, and the parts bound into one PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from publish.garbage import uncollected
from publish.records import Record
from publish.renderers import Shelf
from publish.renderers.pdf import blocks, engine, parts, pieces, repairs, variants
from publish.renderers.pdf import sheets as pdf_sheets
from publish.renderers.pdf.blocks import Blocks
from publish.renderers.pdf.parts import Part
from publish.renderers.pdf.structure import Tree
from publish.renderers.pdf.variants import Variant

Finish = Callable[[Any, Any, Tree], None]
_LEFTWARD = re.compile(r'<!DOCTYPE html>\s*<html[^>]* dir="rtl"')


def write(
    html: str,
    sheets: Sequence[str],
    files: Mapping[str, bytes],
    finish: Finish,
    variant: Variant | None = None,
) -> bytes:
    """Lay a document out and write it as PDF, in one part; see `part` and `bound`."""
    variant = variant or variants.archive()
    return bound([part(html, sheets, files, variant)], finish, variant)


def part(
    html: str,
    sheets: Sequence[str],
    files: Mapping[str, bytes],
    variant: Variant,
    first: int = 1,
    shelf: Shelf | None = None,
) -> Painted:
    """A document, or a part of one, laid out and painted; what was kept of it is not made again.

    In: the document and its sheets; the files that it may refer to, by relative name; the kind of
    PDF; the number of its first page; where parts are kept.
    Errors: PublishError `pango-missing`, or `pdf-layout` for all that WeasyPrint warned of.
    Source: WeasyPrint 70, “API reference” (HTML.render, URL fetchers).
    """
    engine.load()
    kept = None
    if shelf and not pdf_sheets.bring_their_own(sheets):
        kept = _Kept(shelf, _key(sheets, files, variant, first), files, pdf_sheets.fonts(sheets))
        if found := kept.whole(html):
            return Painted(found, {}, kept.config)
    with engine.problems(), uncollected():
        made = _laid_out(html, sheets, files, variant, first, kept)
    if kept:
        kept.keep(html, made.part)
    return made


class Painted(Record, frozen=True):
    """A part, the typefaces that are open for it, and WeasyPrint's font configuration."""

    part: Part
    fonts: Mapping[Any, Any]
    config: Any


def _key(
    sheets: Sequence[str], files: Mapping[str, bytes], variant: Variant, first: int
) -> list[bytes]:
    """All that goes into a part but for its document."""
    return [
        repr((variant.name, sorted(variant.profiles), first, *sheets)).encode(),
        *(data for data, _ in variant.profiles.values()),
        *_named("".join(sheets), files),
    ]


def _named(text: str, files: Mapping[str, bytes]) -> list[bytes]:
    """The files that a text names."""
    return [name.encode() + b"\0" + data for name, data in files.items() if name in text]


class _Kept:
    """Parts on a shelf: by all that went into them, and which was the last one of each frame."""

    def __init__(
        self, shelf: Shelf, key: Sequence[bytes], files: Mapping[str, bytes], config: Any
    ) -> None:
        self.shelf, self.key, self.files, self.config = shelf, key, files, config
        self.frame = b""

    def whole(self, html: str) -> Part | None:
        """The part that was made of this very document."""
        return self._part(self._seal(html))

    def alike(self, found: Blocks) -> Part | None:
        """The last part that was made of a document with the same frame."""
        self.frame = found.frame
        seal = self.shelf.find([*self.key, b"frame", self.frame])
        former = self._part(seal) if seal else None
        return former if former and _goes_with(former, found) else None

    def keep(self, html: str, part: Part) -> None:
        """Keep a part."""
        seal = self._seal(html)
        self.shelf.keep([*self.key, b"whole", seal], parts.written(part))
        if self.frame:
            self.shelf.keep([*self.key, b"frame", self.frame], seal)

    def _seal(self, html: str) -> bytes:
        """A digest of a document and the files that it names."""
        digest = blake2b(html.encode(), digest_size=16)
        for each in _named(html, self.files):
            digest.update(blake2b(each).digest())
        return digest.digest()

    def _part(self, seal: bytes) -> Part | None:
        data = self.shelf.find([*self.key, b"whole", seal])
        found = parts.read(data) if data else None
        return found if found and _has_faces(found, self.config) else None


def _goes_with(former: Part, found: Blocks) -> bool:
    """Whether a part that was kept is one of a document with these blocks."""
    whole = len(former.blocks) == len(found.digests) and len(former.stands) == len(former.leaves)
    return whole and all(found.leads(each.path) for each in former.stands if each)


def _has_faces(part: Part, config: Any) -> bool:
    """Whether this machine has the typefaces of a part that was kept."""
    from publish.renderers.pdf import binding

    faces = binding.faces(config)
    return all(faces.has(face) for leaf in part.leaves for face in leaf.faces)


def _laid_out(
    html: str,
    sheets: Sequence[str],
    files: Mapping[str, bytes],
    variant: Variant,
    first: int,
    kept: _Kept | None,
) -> Painted:
    """A document laid out and painted: all of it, or the pages that were not before."""
    setting = _Setting([*sheets, *_beginning(first, html)], files, variant)
    if kept and not blocks.look_far(sheets) and (made := setting.paged(html, kept)):
        return made
    return setting.whole(html)


class _Setting:
    """What documents are set with."""

    def __init__(self, sheets: Sequence[str], files: Mapping[str, bytes], variant: Variant) -> None:
        self.sheets, self.files, self.variant = sheets, files, variant
        self.config = pdf_sheets.fonts(sheets)

    def _rendered(self, html: str) -> Any:
        return engine.page(html, self.files).render(
            font_config=self.config,
            pdf_variant=self.variant.name,
            output_intent=self.variant.intent,
            color_profiles=variants.profiles(self.variant),
            **pdf_sheets.read(self.sheets, self.config),
        )

    def whole(self, html: str) -> Painted:
        """All pages."""
        from publish.renderers.pdf import freeing, painting

        with freeing.let_go():
            document = self._rendered(html)
        root = document._html.etree_element  # noqa: SLF001  # as WeasyPrint has read it
        elements = {each: (0, n) for n, each in enumerate(root.iter())}
        repairs.check(document)
        reader = pieces.Reader(elements.__getitem__)
        leaves = painting.painted(document, reader, tagged=self.variant.tagged)
        return Painted(Part(leaves, painting.about(document)), document.fonts, self.config)

    def paged(self, html: str, kept: _Kept) -> Painted | None:
        """The pages that are not in a part which was kept, and the others from there.

        None if the pages are such that they have to be laid out all together.
        """
        from publish.renderers.pdf import paging, painting

        with paging.one_by_one(self.files, kept.alike) as paged:
            document = self._rendered(html)
        if paged.whole:
            return None
        repairs.check(document)
        reader = pieces.Reader(paged.blocks.key, paged.heads)
        leaves = painting.painted(document, reader, tagged=self.variant.tagged)
        part = paged.part(leaves, painting.about(document))
        return Painted(part, document.fonts, self.config)


def _beginning(first: int, html: str) -> list[str]:
    """A sheet for a part whose first page is not that of the whole: its number and its side."""
    if first == 1:
        return []
    side = "right" if first % 2 == (not _LEFTWARD.match(html)) else "left"
    return [f"@page :first {{ counter-set: page {first} }} html {{ break-before: {side} }}"]


def bound(each: Sequence[Painted], finish: Finish, variant: Variant) -> bytes:
    """The parts of a document as one PDF.

    In: the parts in order; what to call with WeasyPrint's document, pydyf's PDF and the structure
    of the text before the bytes are written; the kind of PDF.
    Errors: PublishError `pdf-layout`, as for a link that leads nowhere.
    Source: WeasyPrint 70, “API reference” (Document.write_pdf).
    """
    from publish.renderers.pdf import binding

    config = each[0].config

    def document(pages: Any, metadata: Any) -> Any:
        profiles = variants.profiles(variant)
        return engine.load().Document(
            pages, metadata, engine.fetcher({}), config, profiles, variant.intent
        )

    every = [painted.part for painted in each]
    faces = binding.faces(config)
    fonts = faces.merged(parts.leaves(every), [painted.fonts for painted in each])
    options = {"pdf_variant": variant.name, "output_intent": variant.intent}
    with engine.problems(), uncollected(), engine.own_tags():
        return binding.bound(every, fonts, finish, document, **options)
