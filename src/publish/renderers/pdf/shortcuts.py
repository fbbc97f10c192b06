"""Shortcuts: what WeasyPrint 70 works out again and again, kept with the style it belongs to.

Methods of WeasyPrint are wrapped: each wrapper answers what it can and leaves the rest to the
method. Pages are the same bytes as without. `backgrounds` does the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from weasyprint import css
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.draw import color
from weasyprint.formatting_structure import boxes
from weasyprint.text import ffi, line_break

from publish.renderers.pdf import patching

NOT_KEPT = frozenset(("style", "text", "justification_spacing", "max_width"))
ENTANGLED = frozenset(("float", "display", "position", "page"))  # depend on each other, or above
SIDES = ("border_top", "border_right", "border_bottom", "border_left", "outline")
LINES = {f"{side}_width": f"{side}_style" for side in SIDES}
DECORATION = "text_decoration_"  # where an element sets none, its parent's goes on
SPOKEN = frozenset(  # what a text is set with, and how high its lines are: all of it is inherited
    name
    for name in INITIAL_VALUES
    if name.startswith(("font_", DECORATION)) or name in ("direction", "lang", "line_height")
)
LINED = "text_decoration_color"
COPIED = "return ffi.new('char[]', bytestring),"
STILL = ("static", "relative")  # positions within the flow
FIRST = ("first-line", "first-letter")
NOTHING: frozenset[str] = frozenset()


@cache
def take() -> None:
    """Put the wrappers in their places."""
    _layouts()
    _texts()
    _struts()
    _copies()
    _properties()
    _flow()
    _colours()
    _breaks()


def _layouts() -> None:
    """Pango's layouts of a style begin as copies of its first; WeasyPrint makes each anew.

    A copy shares context and font description, and has attributes of its own. Styles are made
    for one document and copied before they are changed, so a style can hold its first layout,
    and it goes when the document goes.
    """
    original = line_break.Layout.setup
    copy, free, hold = ffi.pango.pango_layout_copy, ffi.gobject.g_object_unref, ffi.ffi.gc

    def setup(self: Any, style: Any) -> None:
        own = _speaking(style)
        kept = vars(own).get("_first_layout")
        if kept is None:
            original(self, own)
            kept = {name: each for name, each in vars(self).items() if name not in NOT_KEPT}
            own._first_layout = kept  # noqa: SLF001  # ours, as nobody else knows it
        vars(self).update(kept)
        self.style = style
        self.layout = hold(copy(kept["layout"]), free)

    line_break.Layout.setup = setup


def _texts() -> bool:
    """Texts go to Pango as they are, and are not copied first; whether it is known here how."""
    original = ffi.unicode_to_char_p
    if not patching.patch(ffi, "unicode_to_char_p", {COPIED: "return bytestring,"}):
        return False
    patching.replace("unicode_to_char_p", original, ffi.unicode_to_char_p)
    return True


def _struts() -> None:
    """The height of a style's lines; WeasyPrint writes 16 properties down to look it up."""
    original = line_break.strut

    def strut(style: Any) -> Any:
        own = _speaking(style)
        kept = vars(own).get("_strut")
        if kept is None:
            kept = own._strut = original(own)  # noqa: SLF001  # ours
        return kept

    patching.replace("strut", original, strut)


def _copies() -> None:
    """A copy of a style may be written into: first letters and first lines have such."""
    for kind in (css.ComputedStyle, css.AnonymousStyle):
        kind.copy = _marking(kind.copy)


def _marking(original: Any) -> Any:
    def copy(self: Any) -> Any:
        made = original(self)
        made._is_copy = True  # noqa: SLF001  # ours
        return made

    return copy


def _speaking(style: Any) -> Any:
    """The style that says how a text is set: often an ancestor's, since all that is inherited."""
    own = vars(style)
    if "_speaker" not in own:
        found = _speaker(style)
        own["_speaker"] = None if found is style else found  # itself would be a circle
    return style if own["_speaker"] is None else own["_speaker"]


def _speaker(style: Any) -> Any:
    parent, own = vars(style).get("parent_style"), vars(style)
    if parent is None or "_is_copy" in own:
        return style
    if vars(parent).get("anonymous_style") is style or SPOKEN.isdisjoint(
        own.get("cascaded", SPOKEN)
    ):
        return _speaking(parent)
    return style


def _properties() -> None:
    """Most properties of most styles are their parent's, or initial: nothing to be computed."""
    original = css.ComputedStyle.__missing__
    plain = {name: logical(name) for name in INITIAL_VALUES if _is_plain(name)}
    passed_on = {name for name in plain if name in INHERITED or name.startswith(DECORATION)}
    for name, style in LINES.items():
        plain[name] = logical(name) | logical(style) | {style}

    def missing(self: Any, key: str) -> Any:
        logical, parent = plain.get(key), self.parent_style
        if key in self.cascaded or logical is None or parent is None or key not in passed_on:
            return original(self, key)
        if not logical.isdisjoint(self.cascaded):
            return original(self, key)
        value = self[key] = parent[key]
        return value

    css.ComputedStyle.__missing__ = missing
    _initial({name: logical for name, logical in plain.items() if name not in passed_on})


def _initial(told_by: Mapping[str, frozenset[str]]) -> None:
    """A style begins with all that is as it is initially, since no sheet says otherwise.

    In: which other names each property may be set by. What a first line or letter has goes into
    the styles of boxes: there it is only what the sheets say.
    """
    usual = {name: INITIAL_VALUES[name] for name in told_by} | dict.fromkeys(LINES, 0)
    told = defaultdict[str, list[str]](list)
    for name, others in told_by.items():
        for each in {name, *others}:
            told[each].append(name)
    begin, begin_anonymous = css.ComputedStyle.__init__, css.AnonymousStyle.__init__

    def computed(self: Any, parent: Any, cascaded: Any, pseudo: Any, *others: Any) -> None:
        begin(self, parent, cascaded, pseudo, *others)
        if parent is None or pseudo in FIRST:
            return
        self.update(usual)
        for name in told.keys() & cascaded.keys():
            for each in told[name]:
                self.pop(each, None)

    def anonymous(self: Any, parent: Any) -> None:
        self.update(usual)
        begin_anonymous(self, parent)

    css.ComputedStyle.__init__, css.AnonymousStyle.__init__ = computed, anonymous


def _flow() -> None:
    """Most boxes are in the flow, which is asked of each again and again, by five properties."""
    original = boxes.Box.is_in_normal_flow

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        if style["float"] == "none" and style["position"] in STILL:
            return True
        return bool(original(self))

    boxes.Box.is_in_normal_flow = is_in_normal_flow


def _colours() -> None:
    """A colour is compared with a word, if it is one; WeasyPrint makes a comparison of its own.

    It asks each text for the colour of its lines, most of which have none.
    """
    original = color.get_color

    def get_color(style: Any, key: str) -> Any:
        if key == LINED and style["text_decoration_line"] == "none":
            return None
        value = style[key]
        return style["color"] if isinstance(value, str) and value == "currentcolor" else value

    patching.replace("get_color", original, get_color)


def _breaks() -> None:
    """Whether a line may end in a text; it is asked of a word's end and what comes next to it."""
    original = line_break.can_break_text
    patching.replace("can_break_text", original, lru_cache(maxsize=1024)(original))


def _is_plain(name: str) -> bool:
    if name.startswith(DECORATION):
        return True
    return name not in ENTANGLED and (name in INHERITED or name not in INITIAL_NOT_COMPUTED)


def logical(name: str) -> frozenset[str]:
    """The names by which a sheet may set a property for a direction of writing."""
    function = css.PHYSICAL_FUNCTIONS.get(name)
    if function is None:
        return NOTHING
    return frozenset(function(block="ttb", inline=inline) for inline in ("ltr", "rtl"))
