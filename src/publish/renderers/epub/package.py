"""Package: everything of a book put into one zip, with EbookLib and its gaps closed.

EbookLib is met only here. What it leaves open, and where it is made good:
it parses and pretty-prints documents, which glues or parts words and drops their heads
(`_Document` hands over its own bytes); it makes a poor navigation (ours is a document like any
other); its package and NCX have no `xml:lang` and no `dir` (`_with_language`); it takes any
element with an id for a page of a printed book (`epub3_pages` off); it stamps the present time
into package and zip (`mtime`, `_rewritten`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub
from lxml import etree

from publish.languages import Language
from publish.records import Record, field
from publish.renderers.epub.contents import Entry
from publish.renderers.epub.documents import Page

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XHTML = "application/xhtml+xml"
_TYPES = {
    "css": "text/css",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "otf": "font/otf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "webp": "image/webp",
}


Detail = tuple[str, str, Mapping[str, str]]


class Meta(Record, frozen=True):
    """A statement about the book: an element of Dublin Core, a `link`, or a `meta` with a property.

    `refines` says more about the statement itself: property, value, further attributes.
    """

    name: str
    value: str
    id: str = ""
    refines: tuple[Detail, ...] = ()


class Package(Record, frozen=True):
    """A book before it is packed. `files` are all that is no document, by name."""

    language: Language
    date: date
    identifier: str
    title: str
    entries: Sequence[Meta]
    pages: Sequence[Page]
    contents: Sequence[Entry]
    files: Mapping[str, bytes] = field(default_factory=dict)


class _Document(epub.EpubHtml):  # type: ignore[misc]  # EbookLib is untyped
    """A document with its own bytes; EbookLib would write it anew."""

    def get_content(self, *_: object) -> bytes:
        return bytes(self.content)


def write(package: Package) -> bytes:
    """The book as bytes, the same for the same package.

    In: a package whose pages hold exactly one with the property `nav`, and `cover.png` among
    its files. Out: an OCF zip. Source: EPUB 3.3, chapters 4 and 5; EbookLib 0.20.
    """
    book = epub.EpubBook()
    book.IDENTIFIER_ID = "identifier"
    book.set_identifier(package.identifier)
    book.title, book.language = package.title, package.language.tag
    book.set_direction("rtl" if package.language.direction == "rtl" else None)
    _describe(book, package.entries)
    _fill(book, package)
    buffer = BytesIO()
    modified = datetime.combine(package.date, time(), UTC)
    epub.write_epub(buffer, book, {"mtime": modified, "epub3_pages": False, "compresslevel": 0})
    return _rewritten(buffer, package)


def _describe(book: epub.EpubBook, entries: Iterable[Meta]) -> None:
    for entry in entries:
        attributes = {"id": entry.id} if entry.id else {}
        prefix, _, name = entry.name.partition(":")
        if prefix == "link":
            book.add_metadata(None, "link", "", {"rel": name, "href": entry.value})
        elif prefix == "dc":
            book.add_metadata("DC", name, entry.value, attributes)
        else:
            book.add_metadata(None, "meta", entry.value, {"property": entry.name, **attributes})
        for detail, value, more in entry.refines:
            attributes = {"refines": f"#{entry.id}", "property": detail, **more}
            book.add_metadata(None, "meta", value, attributes)


def _fill(book: epub.EpubBook, package: Package) -> None:
    book.add_item(epub.EpubNcx())
    for page in package.pages:
        item = _Document(_id(page.name), page.name, _XHTML, page.content, page.title)
        item.properties = list(page.properties)
        book.add_item(item)
        book.spine.append(item)
        if page.name == "cover.xhtml":
            book.guide.append({"type": "cover", "title": page.title, "href": page.name})
    for name, content in package.files.items():
        kind = epub.EpubCover if name == "cover.png" else epub.EpubItem
        item = kind(uid=_free(_id(name), book), file_name=name)
        item.media_type, item.content = _TYPES[name.rpartition(".")[2].lower()], content
        book.add_item(item)
    # For shops and devices that know only EPUB 2: the cover by name, the contents as NCX. The
    # guide (EPUB 3.3, appendix H) has Calibre put its own cover page in place of ours, not before.
    book.add_metadata(None, "meta", "", {"name": "cover", "content": _id("cover.png")})
    book.toc = _links(package.contents, "toc")


def _links(entries: Sequence[Entry], stem: str) -> list[object]:
    """Contents as EbookLib wants them: links, or pairs of a link and those beneath it."""
    links: list[object] = []
    for number, entry in enumerate(entries, start=1):
        uid = f"{stem}-{number}"
        link = epub.Link(entry.href, entry.plain, uid)
        links.append((link, _links(entry.children, uid)) if entry.children else link)
    return links


def _id(name: str) -> str:
    """An id for the manifest: a letter first, no slashes (XML Names)."""
    return "item-" + name.replace("/", "-")


def _free(id: str, book: epub.EpubBook) -> str:
    """The same, or with a number if `a/b` and `a-b` would have one id."""
    return f"{id}-{len(book.items)}" if book.get_item_with_id(id) else id


def _rewritten(buffer: BytesIO, package: Package) -> bytes:
    """The zip again with fixed times and rights, `mimetype` first and stored (OCF, 4.3.3)."""
    target = BytesIO()
    with ZipFile(buffer) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".opf", ".ncx")):
                content = _with_language(content, package.language)
            new.writestr(_member(name, package.date), content)
    return target.getvalue()


def _member(name: str, day: date) -> ZipInfo:
    member = ZipInfo(name, (min(max(day.year, 1980), 2107), day.month, day.day, 0, 0, 0))
    member.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
    member.create_system = 3  # Unix, on whatever system it was made
    member.external_attr = 0o644 << 16
    return member


def _with_language(content: bytes, language: Language) -> bytes:
    tree = etree.fromstring(content)
    tree.set(_LANG, language.tag)
    tree.set("dir", language.direction)
    return etree.tostring(tree.getroottree(), encoding="utf-8", xml_declaration=True)
