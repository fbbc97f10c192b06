"""Again: notes at the foot of a page, which WeasyPrint 70 lays out anew with each one added.

It lays out all that are called on a page when one more is, and once more when the page is full.
The area is filled from its top, so each stands where it stood before: what was made of it is kept
with the page, for the same place and the same arguments. Without, an article takes a tenth longer.

No hook reaches there: one call in `_in_flow_layout` is changed. With another text, nothing is.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any

from weasyprint.formatting_structure.boxes import FootnoteAreaBox

from publish.renderers.pdf import patching

CALL = "max_lines) = block_level_layout(\n         context, child,"
OURS = CALL.replace("block_level_layout", "laid_out")


@cache
def spare(block: ModuleType) -> bool:
    """Keep notes that `weasyprint.layout.block` has laid out; whether it is known here."""
    if not patching.patch(block, "_in_flow_layout", {CALL: OURS}):
        return False
    vars(block)["laid_out"] = _keeping(block.block_level_layout)
    return True


class _Kept:
    """What was made of a note, where, and the margins that collapse with the area's."""

    def __init__(self, made: Any, added: list[Any]) -> None:
        self._made, self.added = made, added
        self._place = self._where()

    def _where(self) -> tuple[float, float]:
        return self._made[0].position_x, self._made[0].position_y

    def stays(self) -> bool:
        """Whether the note was not moved since."""
        return self._where() == self._place

    def result(self) -> Any:
        """The same again, but for the lists that who asks goes on to change."""
        note, resume_at, page, following, *others = self._made
        return note, resume_at, dict(page), [*following], *others


def _keeping(original: Any) -> Any:
    def laid_out(context: Any, box: Any, *others: Any) -> Any:
        """What `block_level_layout` gives; for a note, what it gave before."""
        bottom, skip, area, empty, _, _, margins, *styles = others
        if not isinstance(area, FootnoteAreaBox) or not _stands_alone(context, box):
            return original(context, box, *others)
        place = box.position_x, box.position_y, area.width
        asked = box.element, box.element_tag, repr((place, bottom, skip, empty, margins, styles))
        kept = vars(area.page).setdefault("kept_notes", {})
        if asked in kept and kept[asked].stays():
            margins += kept[asked].added
            return kept[asked].result()
        before = len(margins)
        made = original(context, box, *others)
        if made[0] is None or made[3] is margins or context.excluded_shapes:
            return made
        kept[asked] = _Kept(made, margins[before:])
        return kept[asked].result()

    return laid_out


def _stands_alone(context: Any, box: Any) -> bool:
    """Whether a note is laid out without a look at others, and says nothing to the page."""
    return not context.excluded_shapes and not any(
        each.footnote or each.note or not each.is_in_normal_flow() for each in box.descendants()
    )
