"""Setting: a document laid out and painted in parts, and the parts bound into one PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.renderers import Shelf
from publish.renderers.pdf import engine, parts, repairs, variants
from publish.renderers.pdf import sheets as pdf_sheets
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
    """A document, or a part of one, laid out and painted, or taken from where it was kept.

    In: the document and its sheets; the files that it may refer to, by relative name; the kind of
    PDF; the number of its first page; where parts are kept.
    Errors: PublishError `pango-missing`, or `pdf-layout` for all that WeasyPrint warned of.
    Source: WeasyPrint 70, “API reference” (HTML.render, URL fetchers).
    """
    engine.load()
    shelf = None if pdf_sheets.bring_their_own(sheets) else shelf
    asking = html + "".join(sheets)
    used = [name.encode() + b"\0" + data for name, data in files.items() if name in asking]
    key = [repr((variant.name, sorted(variant.profiles), first, *sheets)).encode(), html.encode()]
    key += [*used, *(data for data, _ in variant.profiles.values())]
    kept = shelf.find(key) if shelf else None
    if kept and (found := _recalled(kept)):
        return found
    made = _laid_out(html, [*sheets, *_beginning(first, html)], files, variant, first)
    if shelf:
        shelf.keep(key, parts.written(made.part))
    return made


@dataclass(frozen=True, slots=True)
class Painted:
    """A part, and the typefaces that it uses, open; `held` is what they are open by."""

    part: Part
    fonts: Any
    held: Any


def _recalled(data: bytes) -> Painted | None:
    """A part that was kept, if it is whole and this machine has its typefaces."""
    from publish.renderers.pdf import binding

    found = parts.read(data)
    config = pdf_sheets.fonts()
    fonts = binding.restored(found.faces, config) if found else None
    return Painted(found, fonts, config) if found and fonts is not None else None


def _laid_out(
    html: str, sheets: Sequence[str], files: Mapping[str, bytes], variant: Variant, first: int
) -> Painted:
    from publish.renderers.pdf import painting

    with engine.problems(), engine.no_collection():
        config = pdf_sheets.fonts(sheets)
        page = engine.load().HTML(
            string=html, base_url=engine.BASE, url_fetcher=engine.fetcher(files)
        )
        document = page.render(
            font_config=config,
            pdf_variant=variant.name,
            output_intent=variant.intent,
            color_profiles=variants.profiles(variant),
            **pdf_sheets.read(sheets, config),
        )
        repairs.check(document)
        made = painting.painted(document, first, tagged=variant.tagged)
    return Painted(made, document.fonts, config)


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

    def document(pages: Any, metadata: Any) -> Any:
        profiles, config = variants.profiles(variant), pdf_sheets.fonts()
        return engine.load().Document(
            pages, metadata, engine.fetcher({}), config, profiles, variant.intent
        )

    fonts = binding.merged(painted.fonts for painted in each)
    options = {"pdf_variant": variant.name, "output_intent": variant.intent}
    with engine.problems(), engine.no_collection(), engine.own_tags():
        every = [painted.part for painted in each]
        return binding.bound(every, fonts, finish, document, **options)
