"""Breaking: lines that are read off a text set once are those that WeasyPrint finds."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from publish.renderers.pdf import breaking, engine

# Words that are divided, or not; marks that hang together; both directions; no spaces.
WORDS = {
    "de": "Die Völkerrechtswissenschaft (Art.\u00a04) „gelang“ – Korea-Vertrag; Bei\u00adstand.",
    "en": "treaty the “Smith” — obligations non-proliferation https://example.org/a/b?c=d AVAT To",
    "fr": "L’article\u202f4 «\u00a0prévoit\u00a0» ; anticonstitutionnellement ! œuvre où",
    "hu": "asszonnyal megszentségteleníthetetlenség hosszúság szerződés",
    "ru": "Договор о всеобъемлющем партнёрстве, «статья 4» — 2024\u00a0г. и КНДР-Россия",
    "ko": "평양은\u2060 「친선·선린」 관계에(북한)에서 “예의를” 5%의 Treaty 무엇인가?",
    "ja": "条約は、 （2024年） 「相互援助」 という言葉 Treaty ー、。",
    "th": "สนธิสัญญานี้ ลงนามในปี 2024 และยังมีผลบังคับใช้ ความช่วยเหลือ",
    "he": "האמנה נחתמה 2024 (Treaty) בתוקף, כך",
    "hi": "संधि के अनुच्छेद तत्काल सैन्य सहायता",
}
STYLES = (
    "hyphens: auto; text-align: justify",
    "hyphens: auto; hyphenate-limit-zone: 2em; text-indent: 1.2em",
    "hyphens: manual; overflow-wrap: anywhere",
    "hyphens: none; white-space: pre-line; letter-spacing: 0.02em",
)
WRAPPERS = ("{}", "{}", "{}", "{}", "<em>{}</em>", '<a href="#x">{}</a>', "{}<sup>1</sup>")
Placed = tuple[str, float, float, float]


def page(tag: str, chance: random.Random, style: str) -> str:
    """Paragraphs of words by chance in a column by chance."""
    way, width = ("rtl" if tag == "he" else "ltr"), chance.randint(60, 500)
    style = f"margin: 0; width: {width}px; font: 12.83px Gentium Book Plus, Noto Serif; {style}"
    body = "".join(f"<p>{paragraph(WORDS[tag].split(' '), chance)}</p>" for _ in range(3))
    return f'<html lang="{tag}" dir="{way}"><body style="{style}">{body}</body></html>'


def paragraph(words: list[str], chance: random.Random) -> str:
    picked = chance.choices(words, k=chance.randint(1, 50))
    return " ".join(chance.choice(WRAPPERS).format(word) for word in picked) + " "


def placed(html: str) -> list[Placed]:
    """The texts of a page, with their places and widths."""
    document = engine.load().HTML(string=html).render()
    return [each for page in document.pages for each in _texts(page._page_box)]


def _texts(box: Any) -> Iterator[Placed]:
    if type(box).__name__ == "TextBox":
        yield box.text, box.position_x, box.position_y, box.width
    for child in getattr(box, "children", ()):
        yield from _texts(child)


@pytest.mark.parametrize("tag", WORDS)
def test_lines_are_those_that_weasyprint_finds(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.load()
    inline = vars(sys.modules["weasyprint.layout.inline"])
    ours, told = inline["broken"], list[bool]()

    def heard(*values: Any) -> Any:
        found = ours(*values)
        told.append(found is not None)
        return found

    chance = random.Random(tag)
    for style in STYLES:
        html = page(tag, chance, style)
        monkeypatch.setitem(inline, "broken", heard)
        once = placed(html)
        monkeypatch.setitem(inline, "broken", lambda *_: None)
        assert once == placed(html)
    assert sum(told) > len(told) / 4 or tag == "he"


def test_lines_are_the_same_where_weasyprint_lets_their_layouts_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def let_go(layout: Any) -> None:
        for name in ("layout", "language", "style"):  # as WeasyPrint itself does
            delattr(layout, name)

    html = page("de", random.Random(1), STYLES[0])
    once = placed(html)
    monkeypatch.setattr(sys.modules["weasyprint.text.line_break"].Layout, "deactivate", let_go)
    assert placed(html) == once


def test_another_weasyprint_is_left_alone() -> None:
    engine.load()
    inline = sys.modules["weasyprint.layout.inline"]
    assert breaking.read(inline)
    another = ModuleType("another")
    setattr(another, "split_text_box", page)  # noqa: B010  # mypy knows no such name of a module
    assert not breaking.read(another)
