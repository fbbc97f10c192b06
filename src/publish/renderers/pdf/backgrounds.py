"""Backgrounds: most boxes have none, which their style says for all of them.

WeasyPrint 70 works out for each box of a page how round its corners are, whether there is a picture
in its borders or behind it, and of which colour it is. Here each style is asked once.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background

from publish.renderers.pdf import patching

RADII = tuple(f"border_{y}_{x}_radius" for y in ("top", "bottom") for x in ("left", "right"))
SQUARE = dict.fromkeys(RADII, (0, 0))
ZERO = (0, "px")


@cache
def take() -> None:
    """Put the wrapper in its place."""
    _bare_ones()


def _bare_ones() -> None:
    """Boxes without a background are passed over."""
    original = background.layout_box_backgrounds

    def layout_box_backgrounds(page: Any, box: Any, get_image: Any, **more: Any) -> None:
        if more or box is page or not isinstance(box, Box) or not _is_bare(box.style):
            original(page, box, get_image, **more)
            return
        vars(box).update(SQUARE, background=None)
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image)

    patching.replace("layout_box_backgrounds", original, layout_box_backgrounds)


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
