"""Feeds: what a site tells machines that come by: all its addresses, and what is new.

Addresses in these files are absolute (sitemaps.org, “Protocol”; RFC 4287), so a publication that
has no base URL has none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from publish.editions import Edition
from publish.renderers.html import sitemaps
from publish.renderers.html.sitemaps import Page

if TYPE_CHECKING:
    from lxml import etree

FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


def write(editions: Sequence[Edition], files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files for machines of a site that has these files."""
    base = editions[0].base_url.rstrip("/")
    if not base:
        return
    yield SITEMAP, sitemaps.written(_pages(editions, files, base))
    yield FEED, _written(_feed(editions, files, base))
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {base}/{SITEMAP}\n".encode()


def _pages(editions: Sequence[Edition], files: Mapping[str, bytes], base: str) -> Iterator[Page]:
    """All pages; the one that lists the editions is in no language."""
    dates = {edition.id: edition.date for edition in editions}
    for name in sorted(name for name in files if name.endswith(".html")):
        edition, _, rest = name.partition("/")
        same = {tag: f"{base}/{other}" for tag, other in _same(editions, rest, files) if rest}
        place = f"{base}/{name}" if rest else f"{base}/"
        yield Page(place, dates.get(edition, max(dates.values())), same)


def _same(
    editions: Sequence[Edition], rest: str, files: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """The same page in each language, of several editions in one the first's."""
    known = set()
    for edition in editions:
        tag, name = edition.language.tag, f"{edition.id}/{rest}"
        if tag not in known and name in files:
            known.add(tag)
            yield tag, name
    yield "x-default", f"{editions[0].id}/{rest}"


def _feed(editions: Sequence[Edition], files: Mapping[str, bytes], base: str) -> etree._Element:
    from lxml import etree

    source = editions[0]
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set(LANG, source.language.tag)
    _add(feed, "id", f"{base}/")
    _add(feed, "title", source.title.plain)
    _add(feed, "updated", max(map(_moment, editions)))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}/{FEED}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{base}/")
    for edition in sorted(editions, key=lambda each: each.date, reverse=True):
        _entry(feed, edition, files)
    return feed


def _entry(feed: etree._Element, edition: Edition, files: Mapping[str, bytes]) -> None:
    """An edition as it was published, in its own language."""
    entry = _add(feed, "entry")
    entry.set(LANG, edition.language.tag)
    _add(entry, "id", edition.address())
    _add(entry, "title", edition.title.plain)
    _add(entry, "updated", _moment(edition))
    authors = [credit.name for credit in edition.credits if credit.role in {"aut", "cre"}]
    for name in authors or [edition.publisher.name or edition.title.plain]:  # RFC 4287, 4.2.1
        _add(_add(entry, "author"), "name", name)
    tag = edition.language.tag
    _add(entry, "link", rel="alternate", type="text/html", hreflang=tag, href=edition.address())
    for kind, media in TYPES.items():
        data = files.get(f"{edition.id}/{edition.slug}.{kind}")
        if data is not None:
            place = {"href": edition.address(kind), "length": str(len(data)), "hreflang": tag}
            _add(entry, "link", rel="enclosure", type=media, **place)
    if edition.abstract:
        _add(entry, "summary", edition.abstract.plain)
    if edition.rights:
        _add(entry, "rights", edition.rights)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    from lxml import etree

    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _moment(edition: Edition) -> str:
    return f"{edition.date.isoformat()}T00:00:00Z"


def _written(root: etree._Element) -> bytes:
    from lxml import etree

    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
