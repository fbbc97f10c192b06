"""Lists: what HTML says of numbers and boxes by attributes, which WeasyPrint leaves unread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def number(root: etree._Element) -> None:
    """Let a list that begins elsewhere than at one be counted from there."""
    for each in root.iter("ol"):
        start = each.get("start", "")
        if re.fullmatch(r"-?\d{1,9}", start):
            style = f"counter-reset: list-item {int(start) - 1}; {each.get('style', '')}"
            each.set("style", style.strip("; "))


def tick_boxes(root: etree._Element) -> None:
    """Task lists: the sign itself instead of a form's field."""
    for box in root.findall(".//input[@type='checkbox']"):
        box.tag, box.text = "span", "☒" if "checked" in box.attrib else "☐"
        box.attrib.clear()
        box.set("class", "tick")
