"""Fitting: a table that is wider than the text of a page is set smaller."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publish.renderers import tables
from publish.styles import Style

if TYPE_CHECKING:
    from lxml import etree

_EM = 11 * 0.875 * 25.4 / 72  # of a table, in millimetres
_PAPERS = {"A4": 210.0, "A5": 148.0, "B5": 176.0, "letter": 215.9}
_TOKEN = re.compile(r"--page-(size|inner|outer)\s*:\s*([^;]+);")


def tables_to(root: etree._Element, style: Style) -> None:
    """Give each table the size in which it fits between the margins that a style has."""
    room = measure(style.files["tokens.css"])
    for table in root.iter("table"):
        need = tables.mark(table, room, room / tables.SMALLEST)
        if need > room:
            for part in table.iterchildren("thead", "tbody", "tfoot"):
                part.set("style", f"font-size: {max(tables.SMALLEST, room / need):.2f}em")


def measure(tokens: str) -> float:
    """The width of a page's text in ems of a table; of our own page, if it is not told plainly."""
    told = {name: value.strip() for name, value in _TOKEN.findall(tokens)}
    paper = _PAPERS.get(told.get("size", "")) or _millimetres(told.get("size", "").split(" ")[0])
    margins = [_millimetres(told.get(name, "")) for name in ("inner", "outer")]
    return (paper - sum(margins)) / _EM if paper and all(margins) else tables.PRINTED


def _millimetres(length: str) -> float:
    found = re.fullmatch(r"([0-9.]+)mm", length)
    return float(found[1]) if found else 0
