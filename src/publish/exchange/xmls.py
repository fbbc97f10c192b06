"""Small things that all XML formats want of lxml."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from lxml import etree

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def say(element: etree._Element, text: str) -> None:
    """Words at the end of an element, behind its last child."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def outside(element: etree._Element) -> etree._Element:
    """What an element is in; it itself if nothing."""
    parent = element.getparent()
    return element if parent is None else parent


def indent(element: etree._Element, leave: AbstractSet[str], level: int = 1) -> None:
    """Line breaks between elements, but not in those where white space is text."""
    if element.tag in leave or not len(element):
        return
    element.text = "\n" + "  " * level
    for child in element:
        indent(child, leave, level + 1)
        child.tail = "\n" + "  " * level
    element[-1].tail = "\n" + "  " * (level - 1)


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname
