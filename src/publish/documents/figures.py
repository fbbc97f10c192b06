"""Figures drawn in SVG: their words as a document, the words of an edition put back.

SVG 2, “Text” and “title and desc”: https://www.w3.org/TR/SVG2/text.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from publish.documents import Document, trees
from publish.documents.trees import Blocks
from publish.problems import Location, Problem, PublishError

_SVG = "{http://www.w3.org/2000/svg}"
_TEXTS = {_SVG + name for name in ("title", "desc", "text", "tspan", "textPath")}
_FORBIDDEN = {_SVG + name for name in ("script", "foreignObject", "set", "animate", "iframe")}
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")


def read(path: str, data: bytes) -> Document:
    """The words of a picture: a Div an element, under its number; PublishError `figure-syntax`."""
    elements = list(_texts(_parse(path, data)))
    blocks = [
        trees.div([{"t": "Plain", "c": trees.words(element.text)}], str(n))
        for n, element in enumerate(elements)
    ]
    lines = {str(n): element.sourceline for n, element in enumerate(elements)}
    return Document(path, blocks, lines=lines, name="figure")


def written(path: str, data: bytes, blocks: Blocks, language: str) -> bytes:
    """The picture with the words of an edition, and nothing in it that could act or fetch."""
    root = _parse(path, data)
    for element, block in zip(_texts(root), blocks, strict=True):
        element.text = trees.text(block["c"][1][0]["c"])
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    root.set("lang", language)
    _clean(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _parse(path: str, data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        hint = "Open the picture in the program that drew it and save it again as SVG."
        problem = Problem("figure-syntax", f"not an SVG picture: {error.msg}", Location(path, line), hint=hint)
        raise PublishError(problem) from error
    if root.tag != _SVG + "svg":
        what, hint = f"not an SVG picture: it begins with <{root.tag}>", f"Save it as SVG (xmlns={_SVG[1:-1]})."
        raise PublishError(Problem("figure-syntax", what, Location(path, root.sourceline), hint=hint))
    for comment in list(root.iter(etree.Comment, etree.Entity)):
        parent = comment.getparent()
        if parent is not None:
            parent.remove(comment)
    return root


def _texts(root: etree._Element) -> Iterator[etree._Element]:
    """Elements with words of their own, in the order of the file."""
    for element in root.iter(etree.Element):
        if element.tag in _TEXTS and element.text and any(map(str.isalnum, element.text)):
            yield element


def _clean(root: etree._Element) -> None:
    """Scripts, handlers and references to anything but the picture itself taken out."""
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        if element.tag in _FORBIDDEN and parent is not None:
            parent.remove(element)
            continue
        for name, value in _attributes(element).items():
            if name.lower().startswith("on") or (name in _LINKS and not value.startswith("#")):
                del element.attrib[name]


def _attributes(element: etree._Element) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}
