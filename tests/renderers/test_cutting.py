"""Cutting: a line cut from a text is the line that Pango sets, glyph by glyph."""

from __future__ import annotations

import random
from typing import Any

import pytest

from publish.renderers.pdf import breaking, engine, glyphs
from renderers.test_breaking import STYLES, WORDS, page, placed

CUT = {"de": 60, "en": 60, "fr": 60, "hu": 60, "ru": 60, "ko": 20, "hi": 1}  # lines at least
FONTS = {"ko": "Nanum Myeongjo"}  # in which all of a text is equally high
Look = list[tuple[Any, int, int, int]]


def look(layout: Any) -> Look:
    """The glyphs of a line: the typeface, number, width and place of each."""
    runs = [run for run, _ in glyphs._runs(layout)]
    return [
        (r.font, *each) for r in runs for each in zip(r.glyphs, r.widths, r.starts, strict=True)
    ]


@pytest.mark.parametrize("tag", WORDS)
def test_a_line_that_is_cut_is_the_line_that_is_set(
    tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.load()
    cut, seen = breaking.Draft._cut, list[str]()

    def heard(
        self: Any, setting: Any, start: int, stop: int, resume: int | None, hyphen: str = ""
    ) -> Any:
        found = cut(self, setting, start, stop, resume, hyphen)
        if not found:
            return found
        seen.append(hyphen)
        text = self.data[start:stop].decode()
        wide = setting._replace(room=10_000.0)
        line = wide.hyphenated(text, is_last=False) if hyphen else wide.line(text, resume)
        assert found[1:] == line[1:]
        assert found[0].text == line[0].text
        assert look(found[0]) == look(line[0])
        return found

    monkeypatch.setattr(breaking.Draft, "_cut", heard)
    for style in STYLES * 3:
        html = page(tag, random.Random(f"{tag}{len(seen)}"), style)
        placed(html.replace("Gentium Book Plus", FONTS.get(tag, "Gentium Book Plus")))
    assert len(seen) >= CUT.get(tag, 0)
    assert any(seen) or tag not in ("de", "en", "fr", "ru")
