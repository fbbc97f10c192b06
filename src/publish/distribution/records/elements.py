"""Elements: XML made from values, of which what is not known is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from lxml import etree

from publish.project import NO_TEXT

Element: TypeAlias = etree._Element  # noqa: SLF001  # lxml has no other name for it
Part: TypeAlias = Element | str | Mapping[str, str] | Iterable[Element] | None
_XML = "http://www.w3.org/XML/1998/namespace"


class Vocabulary:
    """The names of an XML format: those with a prefix are of its namespace, `xml` is known."""

    def __init__(self, default: str = "", **namespaces: str) -> None:
        self._default = default
        self._known = {"xml": _XML, **namespaces}
        own: dict[str | None, str] = {None: default} if default else {}
        self._shown = own | dict(namespaces.items())

    def __call__(self, name: str, *parts: Part) -> Element:
        """An element: mappings are its attributes, all else stands in it, in order.

        Nothing comes of None, nor of an attribute without a value.
        """
        element = etree.Element(self.named(name), nsmap=self._shown)
        for part in parts:
            if isinstance(part, str):
                _say(element, part)
            elif isinstance(part, Mapping):
                self._set(element, part)
            elif etree.iselement(part):
                element.append(part)
            elif part is not None:
                element.extend(part)
        return element

    def given(self, name: str, *parts: Part) -> Element | None:
        """An element, if anything stands in it."""
        element = self(name, *parts)
        return element if len(element) or element.text else None

    def named(self, name: str) -> str:
        """A name as lxml writes it, `{namespace}local`."""
        return self._qualified(name, self._default)

    def _set(self, element: Element, attributes: Mapping[str, str]) -> None:
        for name, value in attributes.items():
            if value:
                element.set(self._qualified(name, ""), NO_TEXT.sub("", value))

    def _qualified(self, name: str, default: str) -> str:
        prefix, colon, local = name.rpartition(":")
        namespace = self._known[prefix] if colon else default
        return f"{{{namespace}}}{local}" if namespace else local


def document(root: etree._Element, doctype: str | None = None) -> bytes:
    """A file in UTF-8; elements stand on lines of their own where no text is beside them."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=[p for p in root.nsmap if p])
    return etree.tostring(
        root, encoding="utf-8", xml_declaration=True, pretty_print=True, doctype=doctype
    )


def _say(element: Element, text: str) -> None:
    text = NO_TEXT.sub("", text)  # a bibliography in JSON can have what XML cannot
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
