"""The copy for review as PDF, tagged as every other: for a reviewer's desk and pencil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish import fonts
from publish.editions import Edition
from publish.renderers import copy_words, pages, pdf
from publish.renderers.pdf import joiners, markup, setting
from publish.styles import Style

if TYPE_CHECKING:
    from lxml import etree


def render(edition: Edition, style: Style) -> bytes:
    """The copy of an edition as PDF.

    In: an edition with a `copy`; of the style `templates/copy-print.html`, `tokens.css` and
    `copy-print.css`. Errors as of `pdf.render`.
    """
    own, source = edition.language.fonts, edition.source_language.fonts
    families = tuple(dict.fromkeys((*own, *source, *fonts.OTHER_SCRIPTS)))
    stacks = markup.language_rule(edition, families) + _source_rule(source, families)
    root = pages.document(
        "copy-print.html",
        edition,
        style,
        said=copy_words.words_of(edition.language.tag),
        sheet="",
    )
    _finish(root, edition, families)
    fonts.faces(own)  # else the text would be set in a stand-in
    fonts.require(markup.words(root, {}), (*families, *fonts.MONOSPACE), f"edition {edition.id}")
    sheets = [style.sheet("copy-print.css"), stacks]
    return setting.write(markup.text(root), sheets, {}, pdf.finisher(edition, families))


def _source_rule(source: tuple[str, ...], families: tuple[str, ...]) -> str:
    """The source in the typefaces of its own edition, not in the Latin of a Korean one."""
    names = ", ".join(f'"{family}"' for family in dict.fromkeys((*source, *families)))
    return f".source, .place, .former {{ font-family: {names} }}\n"


def _finish(root: etree._Element, edition: Edition, families: tuple[str, ...]) -> None:
    """What the printed page of an edition gets too, but for notes and tables."""
    markup.bookmarks(root)
    markup.choose_faces(root, families, edition.language.tag)
    joiners.hold_together(root)
    if edition.language.keep_words:
        joiners.join_words(root)
