"""Equations: formulas laid out in boxes that WeasyPrint knows; it sets no MathML.

Sizes and shifts are written into the elements: fractions on the axis, limits above and below,
roots and brackets as tall as what they hold. Heights are reckoned and not measured: every line of
a formula has the same height, so that sums of lines are right to a hundredth.

Sources: MathML Core, 3; Knuth, “The TeXbook”, appendix G.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from publish import fonts
from publish.renderers.pdf import formulas, signs
from publish.renderers.pdf.signs import NS, SIGNS, Extent, Level, name_of, styled

_AXIS = 0.27  # where fractions have their rule, above the baseline
_RULE = 0.045  # of a fraction
_SCRIPT = 0.7  # size of indices
_GAP = 0.12  # between rows of a matrix, and above what a root holds
_BRACE = 0.2  # height of a brace that lies down
_BELOW = 0.277  # of a line of `SIGNS` below its baseline
_INK = dict.fromkeys("()[]{}", (-0.158, 0.714)) | {
    **dict.fromkeys("|∣‖∥", (-0.175, 0.825)),
    **dict.fromkeys("⟨⟩", (-0.104, 0.77)),
    **dict.fromkeys("⌈⌉⌊⌋", (-0.08, 0.794)),
    "√": (-0.007, 0.85),
}
_SIDES = {"[": "left", "]": "right"}
_ABOVE = {"‾": "\u0304", "¯": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˙": "\u0307"}
_ALONE = {"\u0302": "ˆ", "\u0303": "˜", "\u0307": "˙", "\u0308": "¨", "\u030c": "ˇ"}
_BARS = frozenset(("‾", "¯", "\u0304", "\u0305", "_", "\u0332"))
_BRACES = frozenset("⏞⏟⎴⎵")
_RAISED = frozenset("′″‴*†")  # in typefaces they stand at the shoulder as they are


def lay_out(root: etree._Element, families: Sequence[str]) -> None:
    """Make all formulas of a page ready to be painted, and remember in words what they say."""
    slanted = fonts.slanted("x", tuple(families))
    stack = ", ".join(f'"{name}"' for name in dict.fromkeys((slanted, SIGNS, *families)) if name)
    for formula in list(root.iter(f"{NS}math")):
        formula.set("alttext", formulas.read(formula))
        etree.strip_tags(formula, etree.Comment, etree.ProcessingInstruction)
        for semantics in formula.findall(f"{NS}semantics"):
            for note in semantics[1:]:
                semantics.remove(note)
        styled(formula, f"font-family: {stack}")
        _laid(formula, Level(formula.get("display") == "block"))


def _laid(element: etree._Element, level: Level) -> Extent:
    name = name_of(element)
    if name in signs.LEAVES:
        return signs.leaf(element, level)
    layout, parts = _LAYOUTS.get(name, (_row, 0))
    return (layout if parts in {0, len(element)} else _row)(element, level)


def _row(element: etree._Element, level: Level) -> Extent:
    extent = _union(level.line, *(_laid(child, level) for child in list(element)))
    reach = max(extent.above - _AXIS, extent.below + _AXIS)
    if reach > level.line.above:  # more than a line: brackets are as tall
        for child in element:
            if name_of(child) == "mo" and child.get("stretchy") == "true" and child.text in _INK:
                _stretch(child, _AXIS - reach, _AXIS + reach)
    return extent


def _fraction(element: etree._Element, level: Level) -> Extent:
    size = 1 if level.display else _SCRIPT
    inner = Level(display=False, script=not level.display)
    above, below = (_laid(child, inner).scaled(size) for child in element)
    for child in element:
        styled(child, f"font-size: {size}em{'; line-height: 1' if inner.script else ''}")
    if element.get("linethickness") != "0":
        styled(element[0], f"border-bottom: {_RULE / size:.3f}em solid")
    top, bottom = _AXIS + _RULE / 2, _AXIS - _RULE / 2
    styled(element, f"vertical-align: {bottom - below.above:.3f}em")
    return Extent(top + above.height, below.height - bottom)


def _scripts(element: etree._Element, level: Level) -> Extent:
    """Indices at the shoulder and the foot; where there are both, one above the other."""
    base, *indices = element
    extent = _laid(base, level)
    if name_of(element) == "msup" and indices[0].text and set(indices[0].text) <= _RAISED:
        return extent
    over = max(0.4, extent.above - 0.56)
    under = max(0.22, extent.below - 0.05)
    inner = [_laid(each, level.within).scaled(_SCRIPT) for each in indices]
    if len(inner) == 1:
        shift = over if name_of(element) == "msup" else -under
        styled(indices[0], f"font-size: {_SCRIPT}em; vertical-align: {shift / _SCRIPT:.3f}em")
        return _union(extent, inner[0].raised(shift))
    low, high = inner
    gap = max(0, over + under - high.below - low.above)
    stack = _within(element, "scripts", reversed(indices))
    styled(stack[0], f"margin-bottom: {gap / _SCRIPT:.3f}em")
    styled(stack, f"font-size: {_SCRIPT}em; vertical-align: {-under / _SCRIPT:.3f}em")
    top = low.above + gap + high.height - under
    return _union(extent, Extent(top, low.below + under))


def _limits(element: etree._Element, level: Level) -> Extent:
    """What stands above and below: accents, bars, braces, the limits of a sum."""
    base, *marks = element
    sign = (marks[0].text or "").strip()
    if len(marks) == 1 and _accented(element, base, sign):
        return level.line
    extent = _laid(base, level)
    if len(marks) == 1 and sign in _BARS | _BRACES:
        return _ruled(element, sign, extent)
    if len(marks) == 1 and marks[0].get("accent") == "true":
        return _accent(element, marks[0], extent)
    inner = {each: _laid(each, level.within).scaled(_SCRIPT) for each in marks}
    low = None if name_of(element) == "mover" else marks[0]
    high = None if name_of(element) == "munder" else marks[-1]
    for each in marks:
        styled(each, f"font-size: {_SCRIPT}em; line-height: 1")
    if high is not None:
        element.insert(0, high)
        extent = extent._replace(above=extent.above + inner[high].height)
    if low is not None:
        styled(element, f"vertical-align: {-extent.below - inner[low].above:.3f}em")
        extent = extent._replace(below=extent.below + inner[low].height)
    return extent


def _accented(element: etree._Element, base: etree._Element, sign: str) -> bool:
    """Whether a letter and the sign above it are one letter, which typefaces know: x̄."""
    letter, mark = (base.text or "").strip(), _ABOVE.get(sign, sign)
    above = name_of(element) == "mover" and len(letter) == 1 and not len(base)
    if not (above and mark and "\u0300" <= mark <= "\u0315"):
        return False
    element.tag, element.text = base.tag, unicodedata.normalize("NFC", letter + mark)
    element[:] = []
    return True


def _accent(element: etree._Element, mark: etree._Element, extent: Extent) -> Extent:
    """A sign close above all of the base; one that combines with letters is one by itself."""
    mark.text = _ALONE.get(mark.text or "", mark.text)
    element.insert(0, mark)
    styled(mark, "line-height: 0.3")
    return extent._replace(above=extent.above + 0.3)


def _ruled(element: etree._Element, sign: str, extent: Extent) -> Extent:
    """A rule over or under all of the base; for a brace, one with hooks."""
    edge = "top" if name_of(element) == "mover" else "bottom"
    element.remove(element[1])
    if sign in _BARS:
        styled(element, f"border-{edge}: 0.5pt solid; line-height: 1")
        return extent
    brace = etree.Element(f"{NS}mrow", {"class": f"brace {edge}"})
    element.insert(0 if edge == "top" else 1, brace)
    above, below = (_BRACE, 0) if edge == "top" else (0, _BRACE)
    return Extent(extent.above + above, extent.below + below)


def _root(element: etree._Element, level: Level) -> Extent:
    index = element[1] if name_of(element) == "mroot" else None
    held = [child for child in element if child is not index]
    inner = _within(element, "radicand", held)
    extent = _union(level.line, *(_laid(child, level) for child in inner))
    top = extent.above + _GAP
    surd = etree.Element(f"{NS}mo")
    surd.text = "√"
    element.insert(0, surd)
    _stretch(surd, -extent.below * 0.8, top)
    if index is not None:
        _laid(index, level.within)
        element.insert(0, index)
        styled(index, f"font-size: 0.6em; vertical-align: {top * 0.75:.3f}em; margin-right: -0.5em")
    return extent._replace(above=top)


def _table(element: etree._Element, level: Level) -> Extent:
    inner = Level(display=False, script=level.script)
    if not len(element):
        return inner.line
    rows = [_union(inner.line, *(_laid(cell, inner) for cell in row)) for row in element]
    height = sum(row.height + 2 * _GAP for row in rows)
    styled(element, f"vertical-align: {_AXIS + height / 2 - rows[0].above - _GAP:.3f}em")
    return Extent(_AXIS + height / 2, height / 2 - _AXIS)


def _stretch(sign: etree._Element, low: float, high: float) -> None:
    """Draw a sign from `low` to `high`, as wide as it is; what is all rules, as a box of rules."""
    if sign.text in _SIDES:
        sign.set("class", f"tall {_SIDES[sign.text]}")
        styled(sign, f"height: {high - low:.3f}em; vertical-align: {low:.3f}em")
        sign.text = None
        return
    bottom, top = _INK[sign.text or "|"]
    times = (high - low) / (top - bottom)
    down = (bottom + _BELOW) * times - _BELOW - low
    sign.set("class", "tall")
    styled(sign, f"transform: translateY({down:.3f}em) scaleY({times:.3f})")


def _within(
    element: etree._Element, kind: str, children: Iterator[etree._Element] | list[etree._Element]
) -> etree._Element:
    """Children of an element in a row of their own at its end."""
    row = etree.Element(f"{NS}mrow", {"class": kind})
    row.extend(list(children))
    element.append(row)
    return row


def _union(*extents: Extent) -> Extent:
    return Extent(max(each.above for each in extents), max(each.below for each in extents))


# How each element is laid out, and how many parts it has; where there are others, it is a row.
_LAYOUTS: dict[str, tuple[Callable[[etree._Element, Level], Extent], int]] = {
    "mfrac": (_fraction, 2),
    "mover": (_limits, 2),
    "mroot": (_root, 2),
    "msqrt": (_root, 0),
    "msub": (_scripts, 2),
    "msubsup": (_scripts, 3),
    "msup": (_scripts, 2),
    "mtable": (_table, 0),
    "munder": (_limits, 2),
    "munderover": (_limits, 3),
}
