"""Lines of paragraphs: where WeasyPrint would break one too early, or divide a last word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from publish.editions import Chapter, Edition, Text
from publish.records import replace
from publish.renderers.pdf import engine, joiners, markup
from renderers.pdf_samples import edition, laid_out, section

TEXT = "Wenn die Zusammenarbeit auch ohne Vertrag gelang, wozu dann einen schließen? "
SAYING = "Sie verzichten auf Gewalt und achten die Unabhängigkeit. "


def lines(html: str, width: float, hyphens: str = "auto") -> list[str]:
    """The lines of a paragraph of this width."""
    style = f"margin: 0; width: {width}px; font: 16px Gentium Book Plus; hyphens: {hyphens}"
    page = f'<html lang="de"><body style="margin: 0"><p style="{style}">{html}</p></body></html>'
    document = engine.load().HTML(string=page).render()
    return [line for page in document.pages for line in _lines(page._page_box)]


def _lines(box: Any) -> Iterator[str]:
    if type(box).__name__ == "LineBox":
        yield "".join(each.text for each in box.descendants() if hasattr(each, "text"))
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child)


@pytest.mark.parametrize("tenths", range(0, 80, 5))
def test_a_line_is_as_full_before_a_link_as_without_it(tenths: int) -> None:
    width = 508 + tenths / 10
    linked = lines(f'{TEXT}<a href="#x">Tabelle\u00a01</a> legt es nahe.', width, "manual")
    plain = lines(f"{TEXT}Tabelle\u00a01 legt es nahe.", width, "manual")
    assert [line.strip() for line in linked] == [line.strip() for line in plain]
    assert len(linked[0]) > len(TEXT) / 2


@pytest.mark.parametrize("width", range(120, 400, 20))
def test_the_last_word_of_a_paragraph_is_not_divided(width: int) -> None:
    assert "Unabhängigkeit." in lines(SAYING, width)[-1]


def test_a_word_wider_than_its_line_is_divided_even_if_it_is_the_last() -> None:
    assert len(lines("Unabhängigkeitserklärung.", 90)) > 1


def test_no_line_breaks_within_a_range_and_none_too_early_before_a_link() -> None:
    root = etree.fromstring(
        "<body><p>1961–2025 (S.\u00a0<a>5</a>) – x\u00a0y</p><pre>1–2</pre></body>"
    )
    joiners.hold_together(root)
    text = "".join(root.itertext()).replace(joiners.JOINER, "|")
    assert text == "1961–|2025 (S.\u00a0|5) – x\u00a0y1–2"


def heads(whole: Edition) -> list[tuple[str, str]]:
    """What stands at the head of each page, left and right."""
    pages = laid_out(whole).pages
    every = [page._page_box.children for page in pages]
    found = [{getattr(box, "at_keyword", ""): box for box in boxes} for boxes in every]

    def words(box: Any) -> str:
        return "".join(_lines(box)) if box else ""

    return [(words(boxes.get("@top-left")), words(boxes.get("@top-right"))) for boxes in found]


def test_left_pages_have_the_title_right_ones_the_section_and_openings_nothing() -> None:
    text = f"<p>{TEXT * 120}</p>"
    chapter = Chapter("a", Text("T", "T"), section(text) + section(text, "two", "Second"), ())
    found = heads(replace(edition(""), kind="book", chapters=(chapter,)))
    assert found[1] == ("Borrowed Strength", "")  # the contents
    assert found[2:5] == [("", ""), ("Borrowed Strength", ""), ("", "First")]
    assert ("", "Second") in found
    assert set(found) == {("", ""), ("Borrowed Strength", ""), ("", "First"), ("", "Second")}
    assert found[0] == ("", "")


@pytest.mark.parametrize(
    ("label", "head"),
    [
        ("Schluss: kurz", "Schluss: kurz"),
        (
            "Triebkräfte im Innern: die wiederbelebte Doktrin und die Konsolidierung des Regimes",
            "Triebkräfte im Innern",
        ),
        (
            "Ein sehr langer Titel, der ohne jeden Doppelpunkt auskommt und doch nicht endet",
            "Ein sehr langer Titel, der ohne jeden Doppelpunkt auskommt…",
        ),
        ("長" * 34, "長" * 34),
        ("第1章 " + "長" * 70, "第1章 " + "長" * 31 + "…"),
    ],
)
def test_a_long_title_runs_shortened(label: str, head: str) -> None:
    assert markup.running(label) == head


KOREAN = (
    "평양은 2000년에 체결된 「친선·선린 및 협조에 관한 조약」은 양국 관계에(북한)에서 “예의를” "
    "되찾아 주었으나 5%의 공약까지 되돌려 놓지는 않았다(1961년 조약, 제1조). "
    "‘주체’라는 말은 무엇인가? "
) * 3
CLOSING = tuple(",.;:!?)]」』》〉”’%…·")


@pytest.mark.parametrize("keep", [True, False])
def test_korean_lines_break_between_words_or_not_and_never_before_closing_marks(
    keep: bool,
) -> None:
    whole = edition(section(f"<p>{KOREAN * 4}</p>"), "ko")
    whole = replace(whole, language=replace(whole.language, keep_words=keep))
    pages = laid_out(whole).pages
    every = [line for page in pages for line in _lines(page._page_box)]
    body = [line.replace(joiners.JOINER, "") for line in every]
    body = [line for line in body if any(word in line for word in ("조약", "관계", "예의", "공약"))]
    starts = {line.split()[0] for line in body}
    words = set(KOREAN.split())
    assert len(body) > 12
    assert not [line for line in body if line.startswith(CLOSING)]
    assert (starts <= words) is keep, starts - words
