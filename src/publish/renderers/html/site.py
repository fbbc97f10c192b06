"""The site: the pages of all editions, a start page that lets one choose, and files for machines.

An edition's page has the address that it has everywhere (`Edition.address`); of a book, that is
the opening, with a page for each chapter below it. Every page is complete in itself; the switch
between languages leads to the same page, and to the same section, for ids are the same in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from publish.editions import Alternate, Chapter, Edition
from publish.records import replace
from publish.renderers import html, pages
from publish.renderers.html import feeds, frames, linked
from publish.renderers.html.frames import Download, Frame, Link
from publish.styles import Style

START = "index.html"
_ID = re.compile(r'\bid="([^"]+)"')
_HERE = re.compile(r'href="#([^"]+)"')

Files = Mapping[str, bytes]


def render(editions: Sequence[Edition], style: Style, files: Mapping[str, Files]) -> Files:
    """A site by the names of its files.

    In: all editions, that in the source's language first; for the name of each, its files by
    their formats, to be downloaded. Errors: as `html.render`.
    """
    made = {START: _start(editions, style, files)}
    for edition in editions:
        own = files.get(edition.id, {})
        made |= {f"{edition.id}/{edition.slug}.{kind}": data for kind, data in own.items()}
        made |= {name: text.encode() for name, text in _pages(edition, style, own)}
    made |= dict(feeds.write(editions, made))
    return made


def _start(editions: Sequence[Edition], style: Style, files: Mapping[str, Files]) -> bytes:
    """The page that lists all editions, each in its own language; nothing chooses for a reader."""
    source = editions[0]
    lines = [
        (edition, _name(edition), _downloads(edition, files.get(edition.id, {}), f"{edition.id}/"))
        for edition in editions
    ]
    text = pages.render(
        "site.html",
        source,
        style,
        lines=lines,
        css=html.sheet(source, style),
        home=f"{source.base_url.rstrip('/')}/" if source.base_url else "",
        feed=feeds.FEED if source.base_url else "",
    )
    return html.finished(text, source).encode()


def _pages(edition: Edition, style: Style, own: Files) -> Iterator[tuple[str, str]]:
    """The pages of an edition by their names."""
    style = style.with_tokens(edition.tokens)
    name = f"{edition.id}/{edition.slug}.html"
    frame = _frame(edition, own)
    if edition.kind != "book":
        yield name, html.page(edition, style, frame, linked.data(edition))
        return
    places = {id: chapter.id for chapter in edition.chapters for id in _ID.findall(chapter.html)}
    opening = html.page(edition, style, replace(frame, part="opening"), linked.data(edition))
    yield name, _led(opening, places, "", f"{edition.slug}/")
    for number, chapter in enumerate(edition.chapters):
        only = replace(edition, chapters=(chapter,))
        around = _chapter_frame(edition, number, frame)
        page = html.page(only, style, around, linked.chapter(edition, chapter, around.home))
        yield _place(edition, chapter), _led(page, places, chapter.id, "")


def _place(edition: Edition, chapter: Chapter) -> str:
    return f"{edition.id}/{edition.slug}/{chapter.id}.html"


def _frame(edition: Edition, own: Files) -> Frame:
    return replace(
        frames.alone(edition),
        start="../index.html",
        feed=f"../{feeds.FEED}" if edition.base_url else "",
        downloads=_downloads(edition, own, ""),
    )


def _chapter_frame(edition: Edition, number: int, frame: Frame) -> Frame:
    """A chapter's: the switch leads to the same chapter, and one can turn to its neighbours."""
    chapter, count = edition.chapters[number], len(edition.chapters)
    return replace(
        frame,
        part="chapter",
        title=chapter.title.plain,
        up=f"../{edition.slug}.html",
        start="../../index.html",
        feed=frame.feed and f"../{frame.feed}",
        downloads=(),
        switch=tuple((each, f"../../{_other(edition, chapter, each)}") for each, _ in frame.switch),
        home=_below(frame.home, chapter),
        addresses={tag: _below(address, chapter) for tag, address in frame.addresses.items()},
        default=_below(frame.default, chapter),
        previous=_link(edition.chapters[number - 1]) if number else None,
        following=_link(edition.chapters[number + 1]) if number + 1 < count else None,
    )


def _other(edition: Edition, chapter: Chapter, other: Alternate) -> str:
    return f"{other.edition}/{edition.slug}/{chapter.id}.html"


def _below(opening: str, chapter: Chapter) -> str:
    """The address of a chapter's page, by that of the opening."""
    return opening and f"{opening.removesuffix('.html')}/{chapter.id}.html"


def _link(chapter: Chapter) -> Link:
    return Link(f"{chapter.id}.html", chapter.title.plain)


def _downloads(edition: Edition, own: Files, folder: str) -> tuple[Download, ...]:
    return tuple(
        Download(
            kind.upper(),
            f"{folder}{edition.slug}.{kind}",
            feeds.TYPES[kind],
            edition.language.size(len(data)),
        )
        for kind, data in own.items()
    )


def _name(edition: Edition) -> str:
    """What an edition is called in the list: its language, and whose it is if a partner's."""
    partner = edition.partner.name
    return f"{edition.language.name} · {partner}" if partner else edition.language.name


def _led(page: str, places: Mapping[str, str], here: str, folder: str) -> str:
    """A page whose links to places on other pages lead there."""

    def link(found: re.Match[str]) -> str:
        chapter = places.get(found[1], here)
        return found[0] if chapter == here else f'href="{folder}{chapter}.html#{found[1]}"'

    return _HERE.sub(link, page)
