"""Signs: the leaves of a formula, that is letters, numbers and operators, and the space they take.

Sources: MathML Core, 3.2; Knuth, “The TeXbook”, chapter 18 (space around operators).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml import etree

SIGNS = "Noto Sans Math"  # for sums, and for brackets and roots that are drawn taller
NS = "{http://www.w3.org/1998/Math/MathML}"
_BIG = 1.4  # size of a displayed sum
_SUMS = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂")
_RELATIONS = frozenset("=<>≤≥≠≈∼≃≅≡∝∈∉∋⊂⊆⊃⊇→←↔⇒⇐⇔↦∣≪≫≺≻≼≽≔⊥⊢⊨")
_BINARY = frozenset("+−-±∓×÷·⋅∗*∧∨∩∪∖⊕⊗∘")
_APPLY = "\u2061"  # between a function's name and what it is of
_ROWS = frozenset("math mrow mstyle mtd semantics".split())
LEAVES = frozenset("mi mn mo ms mspace mtext".split())


class Extent(NamedTuple):
    """How far a box reaches above and below the baseline, in ems of what it stands in."""

    above: float
    below: float

    def scaled(self, size: float) -> Extent:
        """The box in another size."""
        return Extent(self.above * size, self.below * size)

    def raised(self, by: float) -> Extent:
        """The box on a higher baseline."""
        return Extent(self.above + by, self.below - by)

    @property
    def height(self) -> float:
        """From top to foot."""
        return self.above + self.below


class Level(NamedTuple):
    """TeX's styles: displayed or in a line; whether it is an index."""

    display: bool
    script: bool = False

    @property
    def line(self) -> Extent:
        """A line of text: 1.2 em high, 1 em in indices (print.css), of Gentium's proportions."""
        return Extent(0.866, 0.134) if self.script else Extent(0.966, 0.234)

    @property
    def within(self) -> Level:
        """The level of its indices."""
        return Level(display=False, script=True)


def leaf(element: etree._Element, level: Level) -> Extent:
    """A letter, number or operator made ready, and the room that it takes."""
    text = (element.text or "").strip()
    if name_of(element) == "mi" and not _slants(element, text):
        element.tag = f"{NS}mn"  # upright: a name, or a sign
    if text == _APPLY:
        element.text = ""
        styled(element, "" if _opens(element) else "padding-left: 0.17em")
    elif text in _SUMS:
        size = _BIG if level.display else 1
        styled(element, f'font: {size}em/1 "{SIGNS}"; padding: 0 0.06em')
        return Extent(0.823, 0.177).scaled(size)
    elif name_of(element) == "mspace":
        styled(element, f"padding-left: {element.get('width', '0')}")
    elif name_of(element) == "mo" and not level.script:
        styled(element, _spacing(element, text))
    return level.line


def _slants(letter: etree._Element, text: str) -> bool:
    """One letter of the alphabet, Latin or Greek; others (ℝ) look as they are meant to."""
    return len(text) == 1 and text.isalpha() and text < "\u0400" and not letter.get("mathvariant")


def _spacing(operator: etree._Element, text: str) -> str:
    """The space around an operator: none where it is a sign, or stands alone."""
    before, parent = operator.getprevious(), operator.getparent()
    if parent is None or len(parent) == 1 or name_of(parent) not in _ROWS:
        return ""
    if text in {",", ";"}:
        return "padding-right: 0.17em"
    if text in _RELATIONS and operator.get("stretchy") != "true":
        operator.tail = "\u200b"  # a formula in a line may go on in the next one
        return "padding: 0 0.27em"
    sign = before is None or (name_of(before) == "mo" and before.get("form") != "postfix")
    return "padding: 0 0.2em" if text in _BINARY and not sign else ""


def _opens(application: etree._Element) -> bool:
    """Whether a bracket follows a function's name."""
    function = application.getparent()
    after = None if function is None else function.getnext()
    return after is not None and "".join(map(str, after.itertext()))[:1] in {"(", "["}


def styled(element: etree._Element, more: str) -> None:
    """Add to an element's own style."""
    if more:
        element.set("style", "; ".join(filter(None, (element.get("style", ""), more))))


def name_of(element: etree._Element) -> str:
    """An element of MathML by its bare name."""
    return str(element.tag).removeprefix(NS)
