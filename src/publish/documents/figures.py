"""Figures drawn in SVG: their words as a document, the words of an edition put back.

SVG 2, “Text” and “title and desc”: https://www.w3.org/TR/SVG2/text.html
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from publish.documents import Document, trees
from publish.documents.trees import Blocks
from publish.problems import Location, Problem, PublishError

_SVG = "{http://www.w3.org/2000/svg}"
_TEXTS = {_SVG + name for name in ("title", "desc", "text", "tspan", "textPath")}
# What is drawn: https://www.w3.org/TR/SVG2/eltindex.html without what runs, moves or embeds.
_DRAWN = """
a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient
marker mask path pattern polygon polyline radialGradient rect stop style svg switch symbol text
textPath title tspan use view
"""
_ALLOWED = {_SVG + name for name in _DRAWN.split()}
_FETCH = re.compile(
    r"""@import[^;]*;?|(?:url\((?!\s*["']?#)|image(?:-set)?\(|\bsrc\()[^)]*\)?|\\""", re.IGNORECASE
)
_XML = {f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("lang", "space")}
_MENTION = re.compile(r"#([\w.:-]+)")
_MOST = 200_000  # shapes that are drawn, one each time it is used; a map has some ten thousand
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")


class _Words(NamedTuple):
    """A piece of text in a drawing: inside an element, or behind it within another."""

    element: etree._Element
    behind: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.behind else self.element.text) or ""

    def become(self, words: str) -> None:
        """Other words in the same place, with the same spaces around them."""
        old = self.text
        start, end = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
        if self.behind:
            self.element.tail = start + words + end
        else:
            self.element.text = start + words + end


def read(path: str, data: bytes) -> Document:
    """The words of a picture: a Div a piece, under its number.

    PublishError `figure-syntax`, or `figure-limit` for one that nobody could draw.
    """
    root = _drawable(path, data)
    pieces = list(_texts(root))
    blocks = [
        trees.div([{"t": "Plain", "c": trees.words(piece.text)}], str(n))
        for n, piece in enumerate(pieces)
    ]
    lines = {str(n): piece.element.sourceline or 1 for n, piece in enumerate(pieces)}
    return Document(path, blocks, lines=lines, name="figure")


def written(path: str, data: bytes, blocks: Blocks, language: str) -> bytes:
    """The picture with the words of an edition, and nothing in it that could act or fetch."""
    root = _parse(path, data)
    for piece, block in zip(list(_texts(root)), blocks, strict=True):
        piece.become(trees.text(block["c"][1][0]["c"]))
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    root.set("lang", language)
    _clean(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def harmless(name: str, data: bytes) -> bytes:
    """A picture that acts on nothing: a drawing cleaned, any other as it is.

    PublishError as `read`.
    """
    if not name.lower().endswith(".svg"):
        return data
    root = _drawable(name, data)
    _clean(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _drawable(path: str, data: bytes) -> etree._Element:
    root = _parse(path, data)
    if _shapes(root) > _MOST:
        what = f"more than {_MOST} shapes would have to be drawn"
        hint = "Save the picture as PNG, or draw it with fewer shapes, and fewer within each other."
        raise PublishError(Problem("figure-limit", what, Location(path), hint=hint))
    return root


def _parse(path: str, data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_pis=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        hint = "Open the picture in the program that drew it and save it again as SVG."
        what = f"not an SVG picture: {error.msg}"
        problem = Problem("figure-syntax", what, Location(path, line), hint=hint)
        raise PublishError(problem) from error
    if root.tag != _SVG + "svg":
        what = f"not an SVG picture: it begins with <{root.tag!s}>"
        hint = f"Save it as SVG (xmlns={_SVG[1:-1]})."
        raise PublishError(
            Problem("figure-syntax", what, Location(path, root.sourceline), hint=hint)
        )
    for entity in list(root.iter(etree.Entity)):
        _drop(entity)
    return root


def _shapes(root: etree._Element) -> float:
    """How many shapes are drawn if each is as often as it is named; without end for a circle."""
    named = {element.get("id"): element for element in root.iter(etree.Element)}
    drawn: dict[etree._Element, float] = {}

    def count(element: etree._Element) -> float:
        if element not in drawn:
            drawn[element] = math.inf
            names = _MENTION.findall(" ".join(map(str, element.attrib.values())))
            mentioned = [named[name] for name in names if name in named]
            drawn[element] = 1 + sum(map(count, [*element.iterchildren(etree.Element), *mentioned]))
        return drawn[element]

    try:
        return count(root)
    except RecursionError:
        return math.inf


def _texts(element: etree._Element) -> Iterator[_Words]:
    """Pieces of text that are shown or read out, in the order of the file."""
    shown = element.tag in _TEXTS
    if shown:
        yield from _worded(_Words(element, behind=False))
    for child in element:
        yield from _texts(child)
        if shown:
            yield from _worded(_Words(child, behind=True))


def _worded(piece: _Words) -> list[_Words]:
    return [piece] if any(map(str.isalnum, piece.text)) else []


def _clean(root: etree._Element) -> None:
    """Away with what does not draw: scripts, handlers, references to anything elsewhere."""
    for element in [each for each in root.iter(etree.Element) if each.tag not in _ALLOWED]:
        _drop(element)
    for element in root.iter(etree.Element):
        if element.tag == _SVG + "style":
            rules = "".join(element.itertext()).replace("<", " ")
            element[:] = []
            element.text = _FETCH.sub(" ", rules)  # a space: what stands around does not join
        for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
            if _acts(name, value):
                del element.attrib[name]


def _drop(element: etree._Element) -> None:
    """An element or entity taken out with all in it; the words behind it stay."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _acts(name: str, value: str) -> bool:
    """Whether an attribute is a handler, of another's namespace, or refers to something outside."""
    if name in _LINKS:
        return not value.startswith(("#", "data:image/png", "data:image/jpeg"))
    foreign = (name.startswith("{") and name not in _XML) or (":" in name and name[0] != "{")
    return foreign or name.lower().startswith("on") or bool(_FETCH.search(value))
