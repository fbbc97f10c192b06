"""Site maps: which page says the same in which language, for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import NamedTuple

from publish.editions import Edition
from publish.renderers.html import linked

_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


class Page(NamedTuple):
    """A page of a site map: its address and day, and where the same is in each language."""

    address: str
    date: date
    same: Mapping[str, str]


def addresses(edition: Edition) -> dict[str, str]:
    """The addresses of the work's pages by their languages, this edition's for its own.

    Of several editions in another language it is the one of no partner. Without a base URL
    the addresses are empty.
    """
    found = {edition.language.tag: edition.address()}
    for each in edition.alternates:
        found.setdefault(each.tag, edition.address(edition=each.edition))
    return {each.tag: found[each.tag] for each in edition.alternates} or found


def render(editions: Iterable[Edition]) -> bytes:
    """The site map of these editions' pages; all of them must have a base URL."""
    return written(map(_page, editions))


def _page(edition: Edition) -> Page:
    everybody = linked.original(edition) or edition.address()
    same = {**addresses(edition), "x-default": everybody}
    return Page(edition.address(), edition.date, same)


def written(pages: Iterable[Page]) -> bytes:
    """A site map of pages.

    Source: Sitemaps XML format 0.9 (sitemaps.org); “Localized versions of your pages” (Google):
    every page names itself and all others, and the source as the one for everybody else.
    """
    return (_HEAD + "".join(map(_written, pages)) + "</urlset>\n").encode()


def _written(page: Page) -> str:
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{escape(address)}"/>\n'
        for tag, address in page.same.items()
    )
    return (
        f"  <url>\n    <loc>{escape(page.address, quote=False)}</loc>\n"
        f"    <lastmod>{page.date.isoformat()}</lastmod>\n{links}  </url>\n"
    )
