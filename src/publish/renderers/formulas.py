"""Formulas in a line: brackets before a formula and marks behind it stay with it.

To a browser a formula is a box, and a line may end before and after any box.
"""

from __future__ import annotations

import re

from lxml import etree

_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_OPENING = re.compile(r"[(\[{«„“‘]+\Z")
_CLOSING = re.compile(r"[.,;:!?)\]}»”’…]+")


def hold(root: etree._Element) -> None:
    """Put each formula into one piece with the marks beside it."""
    for formula in list(root.iter(_MATH)):
        parent = formula.getparent()
        if parent is not None and formula.get("display") != "block":
            _hold(formula, parent)


def _hold(formula: etree._Element, parent: etree._Element) -> None:
    sibling = formula.getprevious()
    before = (parent.text if sibling is None else sibling.tail) or ""
    opening, closing = _OPENING.search(before), _CLOSING.match(formula.tail or "")
    if not opening and not closing:
        return
    held = etree.Element("span", {"class": "held"})
    parent.replace(formula, held)
    held.append(formula)
    if closing:
        held.tail, formula.tail = (formula.tail or "")[closing.end() :], closing[0]
    else:
        held.tail, formula.tail = formula.tail, None
    if opening:
        held.text, rest = opening[0], before[: opening.start()]
        if sibling is None:
            parent.text = rest
        else:
            sibling.tail = rest
