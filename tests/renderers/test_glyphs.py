"""Glyphs: lines painted from the layouts in which they were measured, as WeasyPrint paints them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from weasyprint.text import ffi

from publish.renderers import pdf
from publish.renderers.pdf import engine, glyphs, patching
from renderers.pdf_samples import STYLE, edition, section, told

NEAR = 0.15  # of a point: no glyph is moved by less than a thousandth of its size
SHORT = 0.5  # a space where the direction changes gets half of its share from WeasyPrint
TEXTS = {
    "de": "Zusammenarbeit „gelang“ auch ohne Vertrag (Wörter wie <em>Auflage</em>, <b>VA</b>). ",
    "ko": "평양은\u2060 2000년에 체결된 「친선·선린 및 협조에 관한 조약」은 양국 <b>관계</b>에. ",
    "ru": "Договор был заключён\u00a0— и, как пишет <em>автор</em>, действует до сих пор. ",
    "he": "האמנה נחתמה בשנת 2024 (Treaty) והיא בתוקף, <em>כך</em> נכתב בה במפורש. ",
    "ar": "وُقِّعت المعاهدة في عام 2024 (Treaty) وهي سارية المفعول <em>حتى</em> اليوم. ",
    "th": "สนธิสัญญานี้ลงนามในปี 2024 และยังมีผลบังคับใช้ <em>อยู่</em>จนถึงทุกวันนี้ ",
}
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*)</word>'
)
Words = list[tuple[str, float, float, float]]


def words(text: str, tag: str, folder: Path) -> Words:
    """The words of a page with the places of their left ends, right ends and heads, in points."""
    data = pdf.render(edition(section(f"<p>{text}</p>"), tag), STYLE)
    found = WORD.findall(told("pdftotext -bbox {} -", data, folder).decode())
    return [(word, float(left), float(right), float(top)) for left, top, right, word in found]


@pytest.fixture
def by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Has WeasyPrint paint all lines itself, as those that are not plain."""
    return lambda: monkeypatch.setattr(glyphs, "_paint", lambda *_: False)


@pytest.mark.parametrize("tag", TEXTS)
def test_words_stand_where_weasyprint_would_paint_them(
    tag: str, tmp_path: Path, by_weasyprint: Callable[[], None]
) -> None:
    ours = words(TEXTS[tag] * 9, tag, tmp_path)
    by_weasyprint()
    theirs = words(TEXTS[tag] * 9, tag, tmp_path)
    assert len(ours) > 60
    assert_alike(ours, theirs, SHORT if tag == "he" else NEAR)


def assert_alike(ours: Words, theirs: Words, near: float = NEAR) -> None:
    assert [word for word, *_ in ours] == [word for word, *_ in theirs]
    for (_, *here), (_, *there) in zip(ours, theirs, strict=True):
        assert here == pytest.approx(there, abs=near)


def test_justified_lines_end_at_the_margin(tmp_path: Path) -> None:
    found = words(TEXTS["de"] * 9, "de", tmp_path)
    ends: dict[float, float] = {}
    for _, _, right, top in found:
        ends[top] = max(right, ends.get(top, 0))
    margin = max(ends.values())
    full = [end for end in ends.values() if end > margin - 5]
    assert len(full) > 5
    assert full == pytest.approx([margin] * len(full), abs=NEAR)


@pytest.mark.parametrize(
    "text",
    [
        '<span style="letter-spacing: 3px">weit auseinander</span> ',
        '<span style="white-space: pre">zwei  Räume\tund mehr</span> ',
        '<span style="word-spacing: 9px">breit und breiter</span> ',
    ],
)
def test_what_is_not_plain_is_painted_by_weasyprint(
    text: str, tmp_path: Path, by_weasyprint: Callable[[], None]
) -> None:
    painted = words(text * 3, "de", tmp_path)
    by_weasyprint()
    assert_alike(painted, words(text * 3, "de", tmp_path))


def test_a_line_is_as_many_pieces_as_it_has_typefaces() -> None:
    shown = list[str]()

    class Heard:
        def set_font_size(self, *_: Any) -> None: ...
        def show_text(self, text: str) -> None:
            shown.append(text)

    font = type(
        "Font", (), {"hash": "A", "widths": {1: 500, 2: 250}, "to_unicode": {1: "a", 2: " "}}
    )
    face = glyphs._Face(
        font, 1.0, glyphs._Written({1: ("a", 500), 2: (" ", 250)}, 1.0), {1, 2, glyphs._NONE}, None
    )
    run = glyphs.Run(
        None, [1, 2, 1, ffi.pango.PANGO_GLYPH_EMPTY], [512, 256, 512, 0], [*range(4)], 4, False
    )
    wide = glyphs.Run(None, [2], [512], [3], 4, False)
    glyphs._write(Heard(), [run, wide], [face, face], b"a a ")
    assert shown == ["<000100020001><0002>-250"]


def test_another_weasyprint_is_left_alone() -> None:
    engine.load()
    assert glyphs.keep()
    another = ModuleType("another")
    setattr(another, "add_word_spacing", words)  # noqa: B010  # mypy knows no such name of a module
    assert not patching.patch(another, "add_word_spacing", {glyphs.MADE_ANEW: glyphs.WIDENED})
    assert "widened" in vars(sys.modules["weasyprint.layout.inline"])
