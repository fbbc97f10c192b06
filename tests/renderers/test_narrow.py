"""The narrowest lines of a table's cell: those that WeasyPrint finds."""

from __future__ import annotations

import random
import sys
from types import ModuleType
from typing import Any

import pytest

from publish.renderers.pdf import engine

engine.load()
from publish.renderers.pdf import narrow  # noqa: E402  # it needs WeasyPrint

WORDS = {
    "de": "Beistandspflichtverletzung Verträge. und Übergang, im Jahr 1961 (S. 5–7) UN-Charta; "
    "„so“ Größe z.\u00a0B. a × b sagt’s: schön? effizient stofflich",
    "en": "assistance fifty-five don't in office/officer the 3rd naïve, 'quoted' AVAILABLE; to…",
    "ru": "взаимопомощь о\u00a0договоре в 1961\u00a0г. государствами, и «обязательство»; ё",
    "hu": "asszonnyal megállapodás fényképezés, és a tízsávos. meggyűrűz",
    "ko": "조약은 원조를 treaty 제4조 (무력공격) of 북\u2060한 2022\u2060년 ‘선\u2060언’ 3~4",
    "ja": "条約は 「相互援助」、 treaty 第４条 と、 ソ連（１９６１年） ーッ 100\u00a0% “x”",
    "th": "สนธิสัญญา ความช่วยเหลือ (๑๙๖๑) treaty ๆ",
    "he": "אמנה treaty, סיוע and בין 1961.",
}
STYLES = (
    "hyphens: auto",
    "hyphens: manual",
    "hyphens: none; font-variant: small-caps",
    "hyphens: auto; hyphenate-limit-chars: 8 4 4; hyphenate-character: '='; direction: rtl",
    "hyphens: auto; overflow-wrap: anywhere",
    "hyphens: auto; overflow-wrap: break-word",
    "hyphens: auto; word-break: break-all",
    "hyphens: auto; letter-spacing: -9px",
    "hyphens: auto; letter-spacing: 2px; word-spacing: 3px",
    "hyphens: auto; white-space: nowrap",
    "hyphens: auto; white-space: pre-wrap",
    "hyphens: auto; font-size: 0",
)
ADDRESS = "https://example.org/efficient/fjord.html"


def table(tag: str, seed: int) -> str:
    """A table of cells in all styles."""
    dice = random.Random(f"{tag}{seed}")
    words = [*WORDS[tag].split(" "), ADDRESS, "<i>kursiv</i>"]
    cells = ((style, " ".join(dice.choices(words, k=9))) for style in STYLES)
    rows = "".join(f"<td style='{style}'>{cell}</td>" for style, cell in cells)
    soft = f"<td>{words[0]} treaty Ab\u00adkommen</td>"
    font = "font: 16px Gentium Book Plus; hyphens: auto"
    return f"<html lang='{tag}'><table style='{font}'><tr>{rows}{soft}</tr></table></html>"


@pytest.mark.parametrize("tag", WORDS)
def test_lines_are_those_of_the_engine(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = sys.modules["weasyprint.text.line_break"].__dict__["split_first_line"]
    preferred = sys.modules["weasyprint.layout.preferred"]
    ours, known = vars(preferred)["split_first_line"], list[str]()

    def both(text: str, *others: Any, **options: Any) -> Any:
        found = ours(text, *others, **options)
        assert found[2:4] == theirs(text, *others, **options)[2:4], text
        known.extend([text] if found[0] is None else [])
        return found

    monkeypatch.setitem(vars(preferred), "split_first_line", both)
    for seed in range(3):
        engine.load().HTML(string=table(tag, seed)).render()
    assert len(known) > 30


def test_the_widths_of_lines_are_asked_for_as_it_is_known() -> None:
    assert narrow.hasten(sys.modules["weasyprint.layout.preferred"])
    another = ModuleType("another")
    setattr(another, "inline_line_widths", table)  # noqa: B010  # mypy knows no such name of a module
    assert not narrow.hasten(another)
