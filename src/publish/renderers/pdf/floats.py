"""Floats: a table or figure that does not fit lets the text behind it fill the page.

WeasyPrint 70 sets blocks in their order: a table that stays whole goes to the next page and
leaves a gap. What has a caption is referred to by its number, so it may stand a little later:
its place is changed with the paragraph behind it, while there is one and it finds room.

Nothing with notes of its own is moved, since they are numbered in the order of the text; nothing
leaves its section, stands before the place where the author put it, or comes between words that
end in a colon and what they introduce.

No hook reaches there: `_in_flow_layout` is wrapped, and one line of `block_container_layout`
changed, so that it sees the new order. With another text of that function, nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from publish.renderers.pdf import patching

CHILDREN = "enumerate(box.children[skip:], start=(skip or 0))"
ROOM = 100  # pixels: for a smaller gap nothing is moved
_FILLING = frozenset(("p", "ul", "ol", "dl", "blockquote"))
_CAPTIONS = {"figure": ".//figcaption", "table": ".//caption"}


@cache
def allow(block: ModuleType) -> bool:
    """Let captioned things float in `weasyprint.layout.block`; whether it is known here."""
    others = "enumerate(_following(box, skip or 0), start=(skip or 0))"
    if not patching.patch(block, "block_container_layout", {CHILDREN: others}):
        return False
    names = vars(block)
    names |= {"_following": following, "_in_flow_layout": _floating(names["_in_flow_layout"])}
    return True


def following(box: Any, index: int) -> Iterator[Any]:
    """The children of a box from one on, in the order that they have when each is reached."""
    while index < len(box.children):
        yield box.children[index]
        index += 1


def _floating(original: Any) -> Any:
    def layout(context: Any, box: Any, index: int, child: Any, *others: Any) -> Any:
        """What `_in_flow_layout` gives, for the next child if this one has to wait for it."""
        new, empty, absolute, fixed, margins, bottom, position_y, resumed, *rest = others
        place, before = (child.position_x, child.position_y), list(margins)
        result = original(context, box, index, child, *others)
        parts = _introduced(box, index, child)
        room = context.page_bottom - bottom - position_y
        if resumed is not None or not _waits(result, index, new) or (room < ROOM and not parts):
            return result
        if not _may_float(child) or not _may_fill(box, index + 1):
            return result
        _swap(box, index)
        filler = box.children[index]
        filler.position_x, filler.position_y = place
        values = (new, empty, absolute, fixed, before, bottom, position_y, None)
        filled = original(context, box, index, filler, *values, *rest)
        if filled[0] or filled[6] is not new or (_waits(filled, index, new) and not parts):
            _swap(box, index)
            return result
        child.floats = True
        vars(context).setdefault("floated", set()).update({(box, index), (box, index + 1)})
        return filled

    return layout


def _waits(result: Any, index: int, children: list[Any]) -> bool:
    """Whether a child was sent to the next page, and nothing before it with it."""
    abort, stop, resume_at, *_, new_children, _ = result
    return bool(not abort and stop and resume_at == {index: None} and new_children is children)


def _may_float(child: Any) -> bool:
    element = child.element
    caption = _CAPTIONS.get(element.tag) if element is not None else None
    return bool(
        caption
        and element.find(caption) is not None
        and not any(each.get("role") == "doc-noteref" for each in element.iter("a"))
    )


def _may_fill(box: Any, index: int) -> bool:
    element = box.children[index].element if index < len(box.children) else None
    return element is not None and element.tag in _FILLING


def _introduced(box: Any, index: int, child: Any) -> bool:
    """Whether a child that was moved parts words that end in a colon from what follows."""
    element = box.children[index - 1].element if index and hasattr(child, "floats") else None
    return element is not None and _words(element).rstrip().endswith((":", "："))


def _words(element: Any) -> str:
    inner = (_words(each) + (each.tail or "") for each in element)
    return "" if element.get("class") == "note" else (element.text or "") + "".join(inner)


def _swap(box: Any, index: int) -> None:
    children = list(box.children)
    children[index : index + 2] = reversed(children[index : index + 2])
    box.children = children
