"""What strangers' bytes are given to: each target either copes or raises a PublishError."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from lxml import etree

from publish import catalogues, messages, metadata
from publish.documents import figures, read, trees
from publish.documents.pandoc import Pandoc
from publish.editions import markup
from publish.exchange import glossaries, recognition
from publish.manuscripts import File
from publish.metadata import EditionFile, Metadata, bibliographies
from publish.problems import PublishError
from security.attacks import MARKDOWN

SAMPLE = Path(__file__).parents[1] / "sample"
FIGURE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A</title>
<style>text { fill: url(#a) }</style><g id="a"><text y="9">Words <tspan>in</tspan> it</text></g>
<use href="#a" style="fill: red"/></svg>"""
DELIVERY = b"""<?xml version="1.0"?><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"
version="2.1" srcLang="en" trgLang="ko"><file id="f"><unit id="u"><segment><source>A <pc id="1">
b</pc> <ph id="2"/></source><target>C <pc id="1">d</pc></target></segment></unit></file></xliff>"""


@cache
def pandoc() -> Pandoc:
    return Pandoc()


def yaml(data: bytes) -> None:
    """Metadata, an edition's file and a bibliography."""
    text = data.decode(errors="replace")
    for model in (Metadata, EditionFile):
        with suppress(PublishError):
            metadata.parse(text, "metadata.yaml", model)
    bibliographies.load(text, "references.yaml")


def catalogue(data: bytes) -> None:
    """A catalogue, and what is written of it, read again."""
    found = catalogues.parse(data, "manuscript.po")
    again = catalogues.parse(catalogues.serialise(found), "manuscript.po")
    assert [entry.key for entry in again.entries] == [entry.key for entry in found.entries]


def delivery(data: bytes) -> None:
    """What a translator's tool sends: XLIFF, TMX, DOCX, PO, zip; or a glossary."""
    with suppress(PublishError):
        recognition.read(data, "delivery")
    glossaries.read(data, "glossary.csv")


def figure(data: bytes) -> None:
    """A drawing, and what becomes of it: only what draws is left."""
    document = figures.read("a.svg", data)
    written = figures.written("a.svg", data, document.blocks, "en")
    for element in etree.fromstring(written).iter():
        assert isinstance(element.tag, str)
        assert not element.tag.endswith("}script")
        assert not any(str(name).lower().startswith("on") for name in element.attrib)


def page(data: bytes) -> None:
    """Raw HTML: well-formed and harmless once it is cleaned, and not changed by more cleaning."""
    cleaned = markup.clean(data.decode(errors="replace"))
    root = etree.fromstring(f"<div>{cleaned}</div>", etree.XMLParser(huge_tree=True))
    assert not list(markup.refused(root))
    assert markup.clean(cleaned) == cleaned


def chapter(data: bytes) -> None:
    """A chapter taken apart into messages, each translated by itself, and written as HTML."""
    document, _ = read(File("a.md", "markdown", data.decode(errors="replace").encode()), pandoc())
    found = messages.extract([document], pandoc())
    back = messages.translate(document, found[0], lambda _: None)
    assert trees.text(back) == trees.text(document.blocks)
    (text,) = pandoc().html([back])
    page(text.encode())


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "yaml": yaml,
    "catalogue": catalogue,
    "delivery": delivery,
    "figure": figure,
    "page": page,
    "chapter": chapter,
}


def seeds(name: str) -> list[bytes]:
    """What to begin with: honest files, and attacks of our own."""
    manuscript = SAMPLE / "manuscript"
    found = {
        "yaml": [*manuscript.glob("*.yaml"), *SAMPLE.glob("translations/*/edition.yaml")],
        "catalogue": [*SAMPLE.glob("translations/*/LC_MESSAGES/*.po")],
        "chapter": [*manuscript.glob("*.md")],
    }
    own = {"figure": [FIGURE], "delivery": [DELIVERY], "page": [each.encode() for each in MARKDOWN]}
    return [path.read_bytes()[:4000] for path in sorted(found.get(name, []))] + own.get(name, [])


def survive(name: str, data: bytes) -> None:
    """A target with some bytes; only a PublishError may come of it."""
    with suppress(PublishError):
        TARGETS[name](data)
