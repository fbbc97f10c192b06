"""Tables and figures that do not fit: the text behind them fills the page."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from publish.renderers.pdf import engine, floats

ROWS = "".join(f"<tr><td>{n}</td></tr>" for n in range(9))
TABLE = f'<table style="break-inside: avoid"><caption>T</caption><tbody>{ROWS}</tbody></table>'
LINE = '<p style="margin: 0">{}</p>'
STYLE = (
    "@page { size: 400px 400px; margin: 0 } body, p { margin: 0; font: 16px/20px Gentium }"
    "caption { break-after: avoid } tr { break-inside: avoid }"
)


def pages(*blocks: str) -> list[list[str]]:
    """The blocks of a section by page: the first word of each paragraph, or the tag."""
    body = f"<body><section>{''.join(blocks)}</section></body>"
    html = f"<html lang='en'><style>{STYLE}</style>{body}</html>"
    document = engine.load().HTML(string=html).render()
    return [words(page._page_box) for page in document.pages]


def words(box: Any) -> list[str]:
    if box.element_tag in {"p", "table", "h2", "blockquote", "figure"}:
        text = " ".join(each.text for each in box.descendants() if hasattr(each, "text"))
        return [box.element_tag if box.element_tag != "p" else text.split()[0]]
    return [word for child in getattr(box, "children", ()) for word in words(child)]


def text(word: str, lines: int = 1) -> str:
    return LINE.format("<br>".join([word] * lines))


def test_the_text_behind_a_table_fills_the_page_that_it_leaves() -> None:
    blocks = (text("a", 12), TABLE, text("b", 2), text("c", 9))
    assert pages(*blocks) == [["a", "b", "c"], ["c", "table"]]


def test_a_table_that_fits_stays_where_it_is() -> None:
    assert pages(text("a", 5), TABLE, text("b", 3)) == [["a", "table", "b"]]


def test_for_a_small_gap_nothing_is_moved() -> None:
    assert pages(text("a", 17), TABLE, text("b", 2)) == [["a"], ["table", "b"]]


@pytest.mark.parametrize(
    "thing",
    [
        TABLE.replace("<caption>T</caption>", ""),
        TABLE.replace("<td>1</td>", "<td><a role='doc-noteref' href='#n'>1</a></td>"),
    ],
)
def test_a_table_without_a_caption_or_with_notes_is_not_moved(thing: str) -> None:
    assert pages(text("a", 12), thing, text("b", 2)) == [["a"], ["table", "b"]]


def test_nothing_is_moved_past_a_heading() -> None:
    blocks = (text("a", 12), TABLE, "<h2>H</h2>", text("b", 2))
    assert pages(*blocks) == [["a"], ["table", "h2", "b"]]


def test_a_table_does_not_part_a_quotation_from_the_words_before_it() -> None:
    quotation = "<blockquote><p>" + "<br>".join("q" * 6) + "</p></blockquote>"
    quotation = quotation.replace("<blockquote>", "<blockquote style='break-inside: avoid'>")
    blocks = (text("a", 12), TABLE, text("reads:", 4), quotation, text("b"))
    assert pages(*blocks) == [["a", "reads:"], ["blockquote", "table", "b"]]


def test_an_engine_with_another_text_is_left_alone() -> None:
    engine.load()
    assert floats.allow(sys.modules["weasyprint.layout.block"])
    another = ModuleType("another")
    setattr(another, "block_container_layout", text)  # noqa: B010  # mypy knows no such name of a module
    assert not floats.allow(another)
