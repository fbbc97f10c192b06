"""What no judge looks at: does every link lead somewhere, and are all the words there?"""

from __future__ import annotations

import posixpath
import re
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
HYPHENS = "\N{HYPHEN}-"  # at a line's end: what hyphenation paints, what the author wrote
WORD = re.compile(r"[^\W\d_]+")
WITHIN_LINE = frozenset(
    "abbr bdi cite code em small span strong sub sup a b i q s u math mi mn mo mrow"
    " semantics".split()
)
UNREAD = frozenset(("annotation", "desc", "nav", "script", "style", "template", "title"))
# At the foot of a page notes need no heading; an author under the title needs no word for it.
NOT_IN_PRINT = ".//*[@role='doc-endnotes']/h2 | .//*[contains(@class, 'role-aut')]/*[@class='role']"
LOADED = (  # what a browser fetches by itself
    "//@src | //@srcset | //@poster | //object/@data"
    " | //*[local-name()='image' or local-name()='use']/@*[local-name()='href']"
    " | //link[@rel='stylesheet' or @rel='preload' or @rel='icon' or @rel='manifest']/@href"
)


@dataclass(frozen=True)
class Page:
    """A page of a web site or of an EPUB: its name there, and its tree."""

    name: str
    root: html.HtmlElement

    @property
    def ids(self) -> list[str]:
        return [str(name) for name in self.root.xpath("//@id")]

    @property
    def links(self) -> list[str]:
        return [str(link) for link in self.root.xpath("//@href | //@src | //@srcset")]


def dead_ends(path: Path) -> list[str]:
    """Links of a web page or an EPUB that lead nowhere, and ids given twice."""
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as book:
            names = set(book.namelist())
            pages = {name: Page(name, parse(book.read(name))) for name in names if is_page(name)}
        return [fault for page in pages.values() for fault in faults(page, pages, names)]
    page = Page(path.name, parse(path.read_bytes()))
    near = {unquote(urlsplit(link).path) for link in page.links if not urlsplit(link).scheme}
    names = {posixpath.normpath(name) for name in near if (path.parent / name).is_file()}
    return list(faults(page, {page.name: page}, names))


def faults(page: Page, pages: dict[str, Page], names: set[str]) -> Iterator[str]:
    """What is wrong with a page's ids and links, among these pages and files."""
    for name, times in Counter(page.ids).items():
        if times > 1:
            yield f"{page.name}: id {name} {times} times"
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme in {"http", "https"}:
            fault = "" if "." in parts.netloc else "is no address"
        elif parts.scheme in {"data", "mailto"}:
            fault = ""
        else:
            name = parts.path and posixpath.join(posixpath.dirname(page.name), parts.path)
            target = posixpath.normpath(unquote(name)) if name else page.name
            fault = lost(target, unquote(parts.fragment), pages, names)
        if fault:
            yield f"{page.name}: {link} {fault}"


def lost(target: str, fragment: str, pages: dict[str, Page], names: set[str]) -> str:
    """What is wrong with a place, if anything is."""
    if target not in pages:
        return "" if target in names else "leads to no file"
    return "leads to no place" if fragment and fragment not in pages[target].ids else ""


def foreign_parts(path: Path) -> list[str]:
    """What a web page would load from elsewhere: it should need nothing but itself."""
    root = parse(path.read_bytes())
    styles = "\n".join(root.xpath("//style/text() | //@style"))
    called = re.findall(r"""url\(\s*["']?([^"')]+)|(@import[^;]+)""", styles)
    parts = [*root.xpath(LOADED), *map("".join, called)]
    return [part[:80] for part in parts if not part.startswith(("data:", "#"))]


def missing_words(whole: Path, other: Path) -> set[str]:
    """Words of the web page that a reader of the other format would not find by searching."""
    text = fold(read(other))
    there = set(WORD.findall(text))
    ends = set(re.findall(rf"({WORD.pattern})[{HYPHENS}]$", text, re.MULTILINE))
    starts = set(re.findall(rf"^\W*({WORD.pattern})", text, re.MULTILINE))

    def hyphenated(word: str) -> bool:
        return any(word[:cut] in ends and word[cut:] in starts for cut in range(1, len(word)))

    words = set(WORD.findall(fold(read(whole))))
    return {word for word in words - there if not hyphenated(word)}


def read(path: Path) -> str:
    """The words of an artefact: a web page's <main>, an EPUB's pages, a PDF's text."""
    match path.suffix:
        case ".pdf":
            command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
            return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
        case ".epub":
            with zipfile.ZipFile(path) as book:
                names = [name for name in book.namelist() if is_page(name) or name.endswith(".svg")]
                pages = [parse(book.read(name)) for name in names]
            return "\n".join(words(page) for page in pages)
        case _:
            (main,) = parse(path.read_bytes()).xpath("//main")
            for element in main.xpath(NOT_IN_PRINT):
                element.drop_tree()
            return words(main)


def words(element: html.HtmlElement) -> str:
    """The text that a reader sees, with a line's end where a block or a line ends."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or "hidden" in element.attrib:
        return ""
    inner = (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)
    return inner if element.tag in WITHIN_LINE else f"\n{inner}\n"


def fold(text: str) -> str:
    """Text as a search compares it."""
    return unicodedata.normalize("NFKC", text.replace(SOFT_HYPHEN, "")).casefold()


def is_page(name: str) -> bool:
    return name.endswith((".xhtml", ".html"))


def parse(data: bytes) -> html.HtmlElement:
    """A page's tree, with names as in HTML whatever it was written in."""
    root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    assert etree.iselement(root)
    return root
