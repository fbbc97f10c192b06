"""Notes that were laid out stay as they are while others come to the page."""

from __future__ import annotations

import random
import sys
from types import ModuleType
from typing import Any

import pytest

from publish.renderers.pdf import engine

engine.load()
from publish.renderers.pdf import again  # noqa: E402  # it needs WeasyPrint

WORDS = "treaty assistance obligation member council attack armed unless between of the and".split()
INNER = (
    "{}",
    "{} <b>{}</b>",
    "<i></i>",
    "<span style='display: block; margin: 9px 0'>{}</span><span style='display: block'>{}</span>",
    "<span style='display: list-item; margin-left: 20px'>{}</span>",
    "<span style='float: left; width: 40px; height: 50px'>{}</span>{}",
    "<span style='display: table'><span style='display: table-cell'>{}</span></span>",
    "<span style='position: absolute; left: 0'>{}</span>{}",
    "<span style='position: running(x)'>{}</span>{}",
)
NESTED = "{}<span class='note'>{}</span>"
STYLE = """
@page { size: 300px 400px; margin: 20px; @footnote { border-top: %spx solid } }
@page { @top-left { content: element(x) } }
body { font: 12px/15px Gentium Book Plus }
.note { float: footnote; margin-top: 20px; position: %s; top: 2px; footnote-policy: %s }
.aside { float: right; width: 60px; height: 150px; background: silver }
"""


def words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choices(WORDS, k=count))


def paragraph(dice: random.Random) -> str:
    """One to three notes, of any kind, within words; perhaps with a thing beside them."""
    parts = ["<div class='aside'></div>" if dice.random() < 0.3 else ""]
    for _ in range(dice.randint(1, 3)):
        inner = dice.choice(INNER if dice.random() < 0.6 else INNER[:2])
        said = (words(dice, dice.randint(3, 30)) for _ in "12")
        parts.append(f"{words(dice, 12)}<span class='note'>{inner.format(*said)}</span>")
    return f"<p>{' '.join(parts)} {words(dice, dice.randint(3, 40))}</p>"


def pages(seed: int) -> Any:
    """A document with notes; in that of seed 0, one has a note of its own."""
    dice = random.Random(seed)
    place, policy = ("static", "relative")[seed // 4], dice.choice(("auto", "line"))
    style = STYLE % (seed % 2, place, policy)
    body = "".join(paragraph(dice) for _ in range(6))
    note = f"<span class='note'>{NESTED.format('a', 'b') if seed == 0 else 'a'}</span>"
    first = f"<p style='break-after: page'>a{note} b<span class='note'>b</span></p>"
    html = f"<html lang='en'><style>{style}</style><body>{first}{body}</body></html>"
    return engine.load().HTML(string=html).render()


def places(document: Any) -> list[tuple[Any, ...]]:
    """Where each box is, and what it says."""
    roots = (each._page_box for each in document.pages)
    boxes = (box for root in roots for box in root.descendants(placeholders=True))
    names = ("element_tag", "position_x", "position_y", "width", "height", "text", "index")
    facts = (vars(getattr(box, "_box", box)) for box in boxes)
    return [tuple(each.get(name) for name in names) for each in facts]


@pytest.mark.parametrize("seed", range(6))
def test_pages_are_the_same_as_if_all_notes_were_laid_out_each_time(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = places(pages(seed))
    monkeypatch.setattr(again, "_stands_alone", lambda *_: False)
    assert places(pages(seed)) == kept


def test_each_note_of_a_page_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    block, found = sys.modules["weasyprint.layout.block"], list[str]()
    original = vars(block)["block_box_layout"]

    def layout(context: Any, box: Any, *others: Any) -> Any:
        if box.element is not None and box.element.get("class") == "note":
            found.append(box.element.text)
        return original(context, box, *others)

    monkeypatch.setitem(vars(block), "block_box_layout", layout)
    notes = " ".join(f"word<span class='note'>{name}</span>" for name in "abcd")
    style = ".note { float: footnote }"
    engine.load().HTML(string=f"<style>{style}</style><p>{notes}</p>").render()
    assert found == ["a", "b", "c", "d"]


def test_the_layout_of_blocks_is_the_one_that_is_known() -> None:
    assert again.spare(sys.modules["weasyprint.layout.block"])
    another = ModuleType("another")
    setattr(another, "_in_flow_layout", words)  # noqa: B010  # mypy knows no such name of a module
    assert not again.spare(another)
