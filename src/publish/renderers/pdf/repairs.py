"""Repairs: faults of WeasyPrint 70 that cost a publication its words.

Words in drawings are drawn letter by letter, in the order of reading from left to right: Arabic
stands there backwards and unjoined, Thai without its marks. Where no letter has a place of its
own, they are drawn whole.

When the second line of a paragraph no longer fits a page, WeasyPrint first moves notes that
stand on the page to the next one and puts the line into their place, without looking at the
notes called in it: these appear nowhere. Notes then also stand a page after their calls.
(Issues 1564 and 2502 of its tracker are about the same lines.) Without that attempt the
paragraph moves to the next page, its notes with it.

No hook reaches there, so the one line is changed in each function's own text. Another version
of WeasyPrint may have another text: then nothing is changed, a test says so, and a note that
is lost still stops the build (`check`).
"""

from __future__ import annotations

import sys
from functools import cache
from types import ModuleType
from typing import Any

from publish.problems import Location, Problem, PublishError
from publish.renderers.pdf import patching

LETTERS = "for char in node.text]"
_SPACED = {"letter-spacing", "textLength"}
FAULT = "report = not context.in_column and can_break_now and not could_break_before"


@cache
def mend(block: ModuleType) -> bool:
    """Mend `weasyprint.layout.block`; whether it has the fault that is known here."""
    return patching.patch(block, "_linebox_layout", {FAULT: "report = False"})


@cache
def join_letters(svg: ModuleType) -> bool:
    """Mend `weasyprint.svg`; whether it has the fault that is known here."""
    text = sys.modules[f"{svg.__name__}.text"]
    former = text.text
    text.__dict__["_runs"] = runs
    together = "for char in _runs(node, x, y, dx, dy, rotate)]"
    mended = patching.patch(text, "text", {LETTERS: together})
    for names in (svg.TAGS, svg.__dict__):
        names.update({name: text.text for name, each in names.items() if each is former})
    return mended


def runs(node: Any, *places: list[Any]) -> list[str]:
    """The pieces of a text of a drawing that are drawn at once: all of it, or each letter."""
    alone = any(len(each) > 1 for each in places) or _SPACED & set(node.attrib)
    return list(node.text) if alone or not node.text else [node.text]


def places(document: Any) -> dict[str, tuple[int, int | None]]:
    """The pages of each note's call and of the note itself, by the note's id."""
    calls: dict[str, int] = {}
    notes: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        for each in page._page_box.descendants(placeholders=True):  # noqa: SLF001  # no public name
            box = getattr(each, "_box", each)
            role = box.element.get("role") if box.element is not None else None
            if role == "doc-noteref":
                calls.setdefault(box.element.get("href")[1:], number)
            if role == "doc-footnote" and "::" not in box.element_tag:
                notes.setdefault(box.element.get("id"), number)
    return {name: (page, notes.get(name)) for name, page in calls.items()}


def check(document: Any) -> None:
    """See that every note which is called is there; PublishError `pdf-note-lost` if not."""
    lost = [name for name, (_, note) in places(document).items() if note is None]
    if lost:
        raise PublishError(*map(_lost, lost))


def _lost(name: str) -> Problem:
    return Problem(
        "pdf-note-lost",
        f"the note {name} is called in the text and has no place at the foot of a page",
        Location("PDF"),
        hint="Report it as a fault of publish; until then, move the note's call a few words.",
    )
