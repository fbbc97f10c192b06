"""Site maps: which page says the same in which language, for search engines."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from publish.editions import Edition
from publish.renderers.html import linked

_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


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
    """The site map of these editions' pages; all of them must have a base URL.

    Source: Sitemaps XML format 0.9 (sitemaps.org); “Localized versions of your pages” (Google):
    every page names itself and all others, and the source as the one for everybody else.
    """
    return (_HEAD + "".join(map(_page, editions)) + "</urlset>\n").encode()


def _page(edition: Edition) -> str:
    tags = {**addresses(edition), "x-default": linked.original(edition) or edition.address()}
    links = "".join(
        f'    <xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(address)}/>\n'
        for tag, address in tags.items()
    )
    place = quoteattr(edition.address())[1:-1]
    return (
        f"  <url>\n    <loc>{place}</loc>\n"
        f"    <lastmod>{edition.date.isoformat()}</lastmod>\n{links}  </url>\n"
    )
