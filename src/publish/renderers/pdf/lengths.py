"""Lengths: most boxes have no margin, padding, border or size of their own.

WeasyPrint 70 works out nineteen lengths for each box whenever it is laid out. Words and lines have
none of them, which their style says at once. Pages are the same bytes as without.
"""

from __future__ import annotations

from functools import cache
from math import inf
from typing import Any

from weasyprint import css
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.layout import percent

from publish.renderers.pdf import patching, shortcuts

SIDES = ("top", "right", "bottom", "left")
SPACES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES)
BORDERS = tuple(f"border_{side}_width" for side in SIDES)
# The lengths of a box for whose style nothing is said.
NONE = {
    **dict.fromkeys((*SPACES, *BORDERS), 0),
    **dict.fromkeys(("width", "height"), "auto"),
    **dict.fromkeys(("min_width", "min_height"), 0),
    **dict.fromkeys(("max_width", "max_height"), inf),
}
BESIDE_BORDERS = {name: value for name, value in NONE.items() if name not in BORDERS}
INITIAL = {name: INITIAL_VALUES[name] for name in (*NONE, "box_sizing")}
INITIAL |= dict.fromkeys(BORDERS, 0)  # as they are drawn in no style
SET = frozenset(INITIAL) | {f"border_{side}_style" for side in SIDES}
SET |= frozenset[str]().union(*map(shortcuts.logical, SET))


@cache
def take() -> None:
    """Put the wrapper in its place."""
    _bare_ones()


def _bare_ones() -> None:
    """Boxes for whose style no length is said have the initial ones."""
    original = percent.resolve_percentages

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style, own = box.style, vars(box)
        if not _is_bare(style):
            original(box, containing_block)
        elif BORDERS[0] in own and style["border_collapse"] == "collapse":
            own.update(BESIDE_BORDERS)  # those are the table's
        else:
            own.update(NONE)

    patching.replace("resolve_percentages", original, resolve_percentages)


def _is_bare(style: Any) -> bool:
    """Whether a style says no length, nor has been given one since it was made."""
    if isinstance(style, css.ComputedStyle):
        if style.parent_style is None or not SET.isdisjoint(style.cascaded):
            return False
    elif not isinstance(style, css.AnonymousStyle):
        return False
    known = style.get
    return all(known(name, value) == value for name, value in INITIAL.items())
