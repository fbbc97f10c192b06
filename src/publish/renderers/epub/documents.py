"""Documents: the XHTML files of the EPUB, from templates, and finished all alike.

Finishing sees to what the trunk need not know: `epub:type` beside each role, `xml:lang`
beside each `lang`, links that find their file, and the properties the manifest must name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from publish.editions import Edition
from publish.records import Record
from publish.renderers import pages
from publish.renderers.epub import contents
from publish.renderers.epub.texts import REFERENCES, Text
from publish.styles import Style

XHTML = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
_SVG = "{http://www.w3.org/2000/svg}svg"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# EPUB 3 Structural Semantics Vocabulary 1.1: the term beside each role of DPUB-ARIA 1.1.
_TERMS = {
    "doc-abstract": "abstract",
    "doc-backlink": "backlink",
    "doc-bibliography": "bibliography",
    "doc-biblioref": "biblioref",
    "doc-chapter": "chapter",
    "doc-colophon": "colophon",
    "doc-cover": "cover",
    "doc-endnotes": "endnotes",
    "doc-noteref": "noteref",
    "doc-subtitle": "subtitle",
    "doc-toc": "toc",
}


class Page(Record, frozen=True):
    """A file of the EPUB: its name, title, tree, and the manifest's properties for it."""

    name: str
    title: str
    tree: etree._Element
    properties: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        whole = etree.tostring(
            self.tree, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"
        )
        return whole + b"\n"

    @property
    def words(self) -> str:
        """All its text."""
        return "".join(self.tree.itertext())


class _Draft(Record, frozen=True):
    name: str
    title: str
    template: str
    values: Mapping[str, object]


def write(edition: Edition, style: Style, texts: Sequence[Text]) -> tuple[Page, ...]:
    """All documents in reading order.

    In: the edition, a style with the templates, the edition's texts. Out: finished pages, of
    which one has the property `nav`. Errors: Jinja2's own, for a faulty template.
    """
    places = {id: text.name for text in texts for id in text.ids}
    return tuple(_page(edition, style, draft, places) for draft in _drafts(edition, texts))


def page(
    edition: Edition, style: Style, name: str, template: str, values: Mapping[str, object]
) -> Page:
    """One document more, from the template `epub-….xhtml`; its title is the fixed word."""
    return _page(edition, style, _Draft(name, edition.words[template], template, values), {})


def _drafts(edition: Edition, texts: Sequence[Text]) -> Iterator[_Draft]:
    """The pages that this edition has something to show on."""
    words = edition.words
    yield _Draft("cover.xhtml", words["cover"], "cover", {})
    yield _Draft("title.xhtml", edition.title.plain, "title", {})
    if edition.abstract:
        yield _Draft("abstract.xhtml", words["abstract"], "abstract", {})
    lines = {
        "entries": contents.entries(edition, texts),
        "landmarks": contents.landmarks(edition, texts),
    }
    yield _Draft("contents.xhtml", words["contents"], "contents", lines)
    for text in texts:
        division = "backmatter" if text.name == REFERENCES else "bodymatter"
        yield _Draft(text.name, text.title, "text", {"division": division, "html": text.html})
    for title in contents.bio_titles(edition)[:1]:
        yield _Draft("about.xhtml", title, "about", {})
    yield _Draft("colophon.xhtml", words["colophon"], "colophon", {})


def _page(edition: Edition, style: Style, draft: _Draft, places: Mapping[str, str]) -> Page:
    template = f"epub-{draft.template}.xhtml"
    tree = pages.document(template, edition, style, page_title=draft.title, **draft.values)
    for each in tree.iter(etree.Element):
        _finish(each, draft.name, places)
    return Page(draft.name, draft.title, tree, tuple(_properties(tree)))


def _finish(element: etree._Element, name: str, places: Mapping[str, str]) -> None:
    term = _term(element)
    if term and element.get(_TYPE) is None:
        element.set(_TYPE, term)
    language = element.get("lang")
    if language is not None:
        element.set(_LANG, language)
    if element.get("href", "").startswith("#"):
        element.set("href", _link(element.get("href", ""), name, places))
    if element.text is None and not len(element) and _needs_end(str(element.tag)):
        element.text = ""


def _term(element: etree._Element) -> str | None:
    """What an element is, by its role or its place; lists keep their own roles."""
    parent = element.getparent()
    if element.tag == f"{XHTML}li" and parent is not None:
        above = parent.getparent()
        return "endnote" if above is not None and above.get("role") == "doc-endnotes" else None
    return _TERMS.get(element.get("role", ""))


def _link(href: str, name: str, places: Mapping[str, str]) -> str:
    id = href[1:]
    place = places.get(id) or places.get(unquote(id), name)
    return href if place == name else place + href


def _needs_end(tag: str) -> bool:
    """Whether HTML wants an end tag: reading systems that parse as HTML stumble over `<td/>`."""
    return tag.startswith(XHTML) and tag.removeprefix(XHTML) not in pages.VOID


def _properties(tree: etree._Element) -> Iterator[str]:
    """EPUB 3.3, D.8: what the manifest must say of a document."""
    if tree.find(f".//{MATH}") is not None:
        yield "mathml"
    if tree.find(f".//{XHTML}nav") is not None:
        yield "nav"
    if tree.find(f".//{_SVG}") is not None:
        yield "svg"
