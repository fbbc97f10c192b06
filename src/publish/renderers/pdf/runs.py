"""Runs: words from left to right that stand together in a text from right to left.

WeasyPrint orders the boxes of a line by its direction alone, and would set H₂O as O₂H, and
“Doe 2020, p. 3” with its page first where one of them is a link. So what belongs together is put
into an element with a direction of its own.

Source: Unicode Standard Annex 9, rules W2 to W7, N1.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

from lxml import etree

_CLOSED = frozenset(("code", "pre", "svg", "{http://www.w3.org/1998/Math/MathML}math"))
_WITHIN = frozenset(
    "a abbr b bdi cite del dfn em i ins mark q s small span strong sub sup u".split()
)
_CLASSES = frozenset(
    (None, "citation", "smallcaps", "underline", "weighty")
)  # others may be blocks
_RAISED = frozenset(("sub", "sup"))
_DIGITS = re.compile(r"\d+\Z")


def hold(element: etree._Element) -> None:
    """Give each run within an element from right to left a `span` with `dir="ltr"`."""
    if element.tag == "a" and (element.text or "").startswith("http"):
        element.set("dir", "ltr")  # an address, whose strokes at the end of a line are part of it
    for child in list(element):
        if child.tag not in _CLOSED and child.get("dir") != "ltr":
            hold(child)
    for child in list(element):
        if child.getparent() is element and _runs_left_to_right(child, after=_before(child)):
            _hold(child)


def _hold(first: etree._Element) -> None:
    """Hold the run of which this is the first element, with the words before and after it."""
    text = _before(first)
    start = _beginning(text, first)
    run = etree.Element("span", {"dir": "ltr"})
    run.text = text[start:]
    _set_before(first, text[:start])
    first.addprevious(run)
    child: etree._Element | None = first
    while child is not None:
        following, tail = child.getnext(), child.tail or ""
        run.append(child)
        goes_on = not any(map(_is_right_to_left, tail))
        if goes_on and following is not None and _runs_left_to_right(following, after=tail):
            child = following
            continue
        end = _end(tail)
        child.tail, run.tail = tail[:end], tail[end:]
        child = None


def _runs_left_to_right(element: etree._Element, after: str) -> bool:
    """Whether an element is of letters from left to right, or a raised number joined to one."""
    stands_apart = {"dir", "data-tag"} & set(element.keys())
    if element.tag not in _WITHIN or stands_apart or element.get("class") not in _CLASSES:
        return False
    letters = {_class(sign) for sign in "".join(map(str, element.itertext()))}
    joined = element.tag in _RAISED and _class(after[-1:]) in {"L", "EN"}
    return "R" not in letters and ("L" in letters or joined)


def _beginning(text: str, first: etree._Element) -> int:
    """Where in the text before it a run begins: at a letter; a number counts if it is joined."""
    after = max((n for n, sign in enumerate(text, 1) if _is_right_to_left(sign)), default=0)
    for place in range(after, len(text)):
        if _class(text[place]) == "L":
            return place
    digits = _DIGITS.search(text) if first.tag in _RAISED else None
    return digits.start() if digits else len(text)


def _end(tail: str) -> int:
    """Where a run ends: after the last letter or number before one of the other direction."""
    stop = next((n for n, sign in enumerate(tail) if _is_right_to_left(sign)), len(tail))
    return max((n for n, sign in enumerate(tail[:stop], 1) if _class(sign)), default=0)


def _class(sign: str) -> str:
    """`L`, `R` or `EN` (a European number), '' for what has no direction."""
    found = bidirectional(sign) if sign else ""
    return "R" if found in {"R", "AL", "AN"} else found if found in {"L", "EN"} else ""


def _is_right_to_left(sign: str) -> bool:
    return _class(sign) == "R"


def _before(element: etree._Element) -> str:
    sibling, parent = element.getprevious(), element.getparent()
    if sibling is not None:
        return sibling.tail or ""
    return "" if parent is None else parent.text or ""


def _set_before(element: etree._Element, text: str) -> None:
    sibling, parent = element.getprevious(), element.getparent()
    if sibling is not None:
        sibling.tail = text
    elif parent is not None:
        parent.text = text
