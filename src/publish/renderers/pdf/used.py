"""Used values: what WeasyPrint 70 works out for each box, where a style says it for all its boxes.

Where no length is a percentage, margins, paddings and widths are the same in each block that a box
may stand in; most boxes have neither background nor round corners. Each style is asked once.
Copies of styles are left out, as WeasyPrint writes lengths into them when it likes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from weasyprint import css
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background, percent

from publish.renderers.pdf.shortcuts import replace

SIDES = ("top", "right", "bottom", "left")
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *(f"{kind}{axis}" for kind in ("", "min_", "max_") for axis in ("width", "height")),
)
BORDERS = tuple(f"border_{side}_width" for side in SIDES)
RADII = tuple(f"border_{y}_{x}_radius" for y in ("top", "bottom") for x in ("left", "right"))
SQUARE = dict.fromkeys(RADII, (0, 0))
ZERO = (0, "px")
UNKNOWN: dict[str, Any] = {}


@cache
def take() -> None:
    """Put the wrappers in their places."""
    _lengths()
    _backgrounds()


def _mark_copies(kind: Any) -> None:
    """Copies of styles may be written into after they were asked."""
    original = kind.copy

    def copy(self: Any) -> Any:
        style = original(self)
        style._used = None  # noqa: SLF001  # ours
        return style

    kind.copy = copy


def _lengths() -> None:
    """Margins, paddings, borders and sizes are put into a box all at once."""
    for kind in (css.ComputedStyle, css.AnonymousStyle):
        _mark_copies(kind)
    original = percent.resolve_percentages

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = vars(box.style)
        used = style.get("_used", UNKNOWN)
        if used and isinstance(box, Box):  # what stands for another box hands values on to it
            vars(box).update(used)
            return
        original(box, containing_block)
        if used is UNKNOWN:
            style["_used"] = _used(box)

    replace("resolve_percentages", original, resolve_percentages)


def _used(box: Any) -> dict[str, Any] | None:
    """What is said of a box whose percentages were resolved, if there are none."""
    style = box.style
    fixed = all(_is_fixed(style[name]) for name in LENGTHS)
    if not fixed or style["border_collapse"] == "collapse":  # then its borders are the table's
        return None
    return {name: getattr(box, name) for name in (*LENGTHS, *BORDERS)}


def _is_fixed(value: Any) -> bool:
    return value == "auto" or getattr(value, "unit", None) == "px"


def _backgrounds() -> None:
    """Nothing is positioned where there is nothing."""
    original = background.layout_box_backgrounds

    def layout_box_backgrounds(page: Any, box: Any, get_image: Any, **more: Any) -> None:
        if more or box is page or not isinstance(box, Box) or not _is_bare(box.style):
            original(page, box, get_image, **more)
            return
        vars(box).update(SQUARE, background=None)
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image)

    replace("layout_box_backgrounds", original, layout_box_backgrounds)


def _is_bare(style: Any) -> bool:
    """Whether boxes of a style have neither background nor round corners; it is kept with it."""
    bare = vars(style).get("_bare")
    if bare is None:
        bare = style._bare = _has_nothing(style)  # noqa: SLF001  # ours
    return bool(bare)


def _has_nothing(style: Any) -> bool:
    images = (style["border_image_source"], style["mask_border_source"], *style["background_image"])
    return (
        all(ZERO in style[name] for name in RADII)
        and all(kind == "none" for kind, _ in images)
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
    )
