"""Editions for the tests of the PDF, and a reader of what came out, through qpdf's JSON."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from publish import languages, styles
from publish.editions import Chapter, Credit, Edition, Heading, Text
from publish.metadata import Organisation
from publish.records import replace
from publish.renderers import pdf
from publish.renderers.pdf import engine, markup

STYLE = styles.read()
TIMELINE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40">
<text x="10" y="20" font-family="Comic Sans MS" font-style="italic">1961</text></svg>"""
WORDS = {
    "contents": "Contents",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "colophon": "Colophon",
    "published": "Published",
    "version": "Version {version}",
    "licence": "Licence",
    "publisher": "Publisher",
    "funding": "Funding",
    "untranslated-note": "Passages in {language} have not been translated yet.",
}
TEXT = "The argument goes on, so that its paragraph fills several lines of the page. " * 6


def edition(html: str, tag: str = "en", *, kind: str = "article", **changes: Any) -> Edition:
    """A small edition whose text is this HTML."""
    language = languages.read(tag, styles.DEFAULTS / "languages.toml")
    title = Text("Borrowed <em>Strength</em>", "Borrowed Strength")
    heading = Heading(1, "one", "1", Text("First", "First"))
    whole = Edition(
        id=tag,
        slug="sample",
        kind=kind,
        language=language,
        source_language=language,
        title=title,
        subtitle=Text("A subtitle", "A subtitle"),
        credits=(
            Credit("Ada Author", "aut", "Author", bio="<p>Ada.</p>", bio_title="About"),
            Credit("Tom Translator", "trl", "Translator"),
        ),
        abstract=Text("<p>What it says.</p>", "What it says."),
        keywords=("treaty", "law"),
        date=date(2026, 11, 22),
        date_text="22 November 2026",
        version="1.0",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        licence_name="Creative Commons Attribution 4.0",
        rights="© 2026 & later",
        funding="",
        publisher=Organisation(name="The House"),
        identifiers={},
        base_url="",
        translation_note="",
        chapters=(Chapter("a", title, html, (heading,)),),
        words=WORDS,
        resources={"figures/line.svg": TIMELINE},
    )
    return replace(whole, **changes)


def section(inner: str, name: str = "one", title: str = "First") -> str:
    """A section of an article, or the chapter of a book."""
    number = '<span class="number">1</span>'
    return f'<section id="{name}" class="level1"><h2>{number} {title}</h2>{inner}</section>'


def call(number: int) -> str:
    """The call of a note."""
    link = f'<a id="fnref-{number}" href="#fn-{number}" role="doc-noteref">{number}</a>'
    return f'<sup class="noteref">{link}</sup>'


def notes(*texts: str) -> str:
    """Notes as they stand at the end of a chapter."""
    items = "".join(
        f'<li id="fn-{number}">\n{text}<p>\u00a0<a class="backlink" href="#fnref-{number}"'
        f' role="doc-backlink">↩</a></p></li>'
        for number, text in enumerate(texts, 1)
    )
    return f'<section class="notes" role="doc-endnotes"><h2>Notes</h2><ol>{items}</ol></section>'


@cache
def rendered(html: str, tag: str = "en", kind: str = "article") -> bytes:
    """The PDF of a small edition; kept, since several tests look at the same one."""
    return pdf.render(edition(html, tag, kind=kind), STYLE)


def laid_out(whole: Edition) -> Any:
    """WeasyPrint's document of an edition's pages, all in one part."""
    families = markup.families(whole)
    sheets = markup.sheets(whole, STYLE, families, "print.css")
    weasyprint = engine.load()
    page = weasyprint.HTML(string=markup.text(markup.document(whole, STYLE, families)))
    return page.render(stylesheets=[weasyprint.CSS(string=sheet) for sheet in sheets])


def tool(command: str, data: bytes, folder: Path) -> str:
    """What a command-line tool says of a PDF; `{}` stands for its path."""
    return told(command, data, folder).decode()


def told(command: str, data: bytes, folder: Path) -> bytes:
    """The same as bytes, such as those of a picture."""
    path = folder / "sample.pdf"
    path.write_bytes(data)
    words = [str(path) if word == "{}" else word for word in command.split()]
    return subprocess.run(words, capture_output=True, check=True).stdout


@dataclass(frozen=True)
class Element:
    """A structure element as qpdf sees it: its type, its dictionary, its kids in order."""

    role: str
    values: dict[str, Any]
    kids: tuple[Any, ...]

    def walk(self) -> Iterator[Element]:
        """It and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all(self, role: str) -> list[Element]:
        """All elements of a type, in reading order."""
        return [each for each in self.walk() if each.role == role]

    @property
    def roles(self) -> list[str]:
        """The types of its own children."""
        return [kid.role for kid in self.kids if isinstance(kid, Element)]


class Objects:
    """The objects of a PDF."""

    def __init__(self, data: bytes, folder: Path) -> None:
        told = json.loads(tool("qpdf --json=2 --json-stream-data=inline {}", data, folder))
        self.table: dict[str, Any] = told["qpdf"][1]
        self.catalog: dict[str, Any] = self.read(self.read("trailer")["/Root"])

    def read(self, name: Any) -> Any:
        """What a reference stands for, or the value itself."""
        if name == "trailer":
            return self.table["trailer"]["value"]
        if not (isinstance(name, str) and name.endswith(" R")):
            return name
        entry = self.table[f"obj:{name}"]
        return entry["value"] if "value" in entry else entry["stream"]

    def having(self, *keys: str) -> list[dict[str, Any]]:
        """All dictionaries with these keys, in the order of their numbers."""
        entries = [each.get("value") for name, each in self.table.items() if name != "trailer"]
        return [each for each in entries if isinstance(each, dict) and {*keys} <= {*each}]

    def tree(self) -> Element:
        """The document's structure."""
        return self._element(self.read(self.catalog["/StructTreeRoot"])["/K"][0])

    def annotations(self) -> list[dict[str, Any]]:
        """The annotations of all pages."""
        pages = [self.read(name) for name in self.read(self.catalog["/Pages"])["/Kids"]]
        return [self.read(name) for page in pages for name in self.read(page.get("/Annots", []))]

    def _element(self, name: str) -> Element:
        values = self.read(name)
        kids = tuple(self._kid(kid) for kid in self.read(values.get("/K", [])))
        return Element(values["/S"][1:], values, kids)

    def _kid(self, kid: Any) -> Any:
        value = self.read(kid)
        return self._element(kid) if isinstance(value, dict) and "/S" in value else value
