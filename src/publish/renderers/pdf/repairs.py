"""Repairs: a fault of WeasyPrint 70 that costs a publication its words.

When the second line of a paragraph no longer fits a page, WeasyPrint first moves notes that
stand on the page to the next one and puts the line into their place, without looking at the
notes called in it: these appear nowhere. Notes then also stand a page after their calls.
(Issues 1564 and 2502 of its tracker are about the same lines.) Without that attempt the
paragraph moves to the next page, its notes with it.

No hook reaches there, so the one line is changed in the function's own text. Another version
of WeasyPrint may have another text: then nothing is changed, a test says so, and a note that
is lost still stops the build (`check`).
"""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

from publish.problems import Location, Problem, PublishError

FAULT = "report = not context.in_column and can_break_now and not could_break_before"


def mend(block: ModuleType) -> bool:
    """Mend `weasyprint.layout.block`, once; whether it was or is mended."""
    source = inspect.getsource(block._linebox_layout)  # noqa: SLF001
    if source.count(FAULT) != 1:
        return False
    code = compile(source.replace(FAULT, "report = False"), str(block.__file__), "exec")
    exec(code, block.__dict__)  # noqa: S102  # the engine's own text, one line of it changed
    return True


def check(document: Any) -> None:
    """See that every note which is called is there; PublishError `pdf-note-lost` if not."""
    calls: dict[str, Any] = {}
    notes: set[str] = set()
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001
            element = getattr(box, "_box", box).element
            if element is not None and element.get("role") == "doc-noteref":
                calls.setdefault(element.get("href")[1:], element.text)
            if element is not None and element.get("role") == "doc-footnote":
                notes.add(element.get("id") if "::" not in box.element_tag else "")
    lost = [name for name in calls if name not in notes]
    if lost:
        raise PublishError(*(_lost(name, calls[name]) for name in lost))


def _lost(name: str, number: str) -> Problem:
    return Problem(
        "pdf-note-lost",
        f"note {number} ({name}) has a call in the text but no place at the foot of a page",
        Location("PDF"),
        hint="Report it as a fault of publish; until then, move the note's call a few words.",
    )
