"""Likeness: elements that are alike have one style, and a part that is not drawn has none.

WeasyPrint 70 shares styles among the children of one parent. Most sections have a style of their
own, for their anchor, and with them all that they hold. For each element it makes the styles of
six parts (markers, and calls of notes), which most have not. Pages are the same bytes as without.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import css


@cache
def take() -> None:
    """Put the wrappers in their places."""
    _elements()
    _parts()


def _elements() -> None:
    """Elements with the same declarations have one style below parents that are alike, too."""
    original = css.StyleFor.set_computed_styles

    def set_computed_styles(
        self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **more: Any
    ) -> None:
        if pseudo_type or parent is None or not isinstance(element, Element):
            original(self, element, parent, root, pseudo_type, **more)
            return
        styles = self.get_computed_styles()
        declared = self.get_cascaded_styles().get((element, None), {})
        known = vars(self).setdefault("_known", {})
        key = named, *_ = _likeness(styles[parent, None], declared)
        if key in known and not named:
            styles[element, None] = known[key]
            return
        original(self, element, parent, root, pseudo_type, **more)
        made = styles[element, None]
        if (first := known.setdefault(key, made)) is not made:  # a circle would hold it
            made._like = first  # noqa: SLF001  # ours

    css.StyleFor.set_computed_styles = set_computed_styles


def _likeness(parent: Any, declared: Mapping[str, Any]) -> tuple[Any, ...]:
    """Whether an element is an anchor, and all else that its style depends on.

    Values are the sheets', of which each is there once, or an element's own words.
    """
    values = (
        (name, value if isinstance(value, str) else id(value), weight)
        for name, (value, weight) in declared.items()
        if name != "anchor"
    )
    return "anchor" in declared, id(vars(parent).get("_like", parent)), *values


def _parts() -> None:
    """The style of a part is made when it is asked for."""
    made, found = css.StyleFor.set_computed_styles, css.StyleFor.__call__

    def set_computed_styles(
        self: Any, element: Any, parent: Any, root: Any = None, pseudo_type: Any = None, **more: Any
    ) -> None:
        key = element, pseudo_type
        declared = self.get_cascaded_styles().get(key, {})
        if pseudo_type and isinstance(element, Element) and "anchor" not in declared:
            late = vars(self).setdefault("_late", {})
            late[key] = declared, {"parent": parent, "root": root, **more}
        else:
            made(self, element, parent, root, pseudo_type, **more)

    def style_for(self: Any, element: Any, pseudo_type: Any = None) -> Any:
        key = element, pseudo_type
        if pseudo_type and key in vars(self).get("_late", ()):
            declared, more = self._late.pop(key)  # ours
            cascaded = self.get_cascaded_styles()
            cascaded[key] = declared
            made(self, element, pseudo_type=pseudo_type, **more)
            del cascaded[key]
        return found(self, element, pseudo_type)

    css.StyleFor.set_computed_styles, css.StyleFor.__call__ = set_computed_styles, style_for
