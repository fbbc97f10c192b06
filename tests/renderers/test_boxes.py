"""Boxes have the same with and without what is kept with their styles, or not asked of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publish.renderers.pdf import engine

SHEET = """
body { margin: 0; font-size: 10px }
.wide { margin: 1em 2px; padding: 3px; border: 1px solid; width: 90px; min-height: 20px }
.share { margin: 0 10%; width: 50%; max-width: 80%; padding: 1%; min-height: 30% }
.sum { width: calc(50% - 3px); height: calc(20px + 1em) }
.boxed { box-sizing: border-box; padding: 4px; border: 2px solid; width: 120px; min-width: 10px }
.round { border: 1px solid; border-radius: 3px 10%; }
.seen { background: #fed; box-shadow: 1px 1px red }
.filled { background: #fed }
.unseen { visibility: hidden; background: red }
.drawn { border-image: linear-gradient(red, blue) 1; border: 3px solid }
.beside { float: left; width: 30%; height: 20px }
.away { position: absolute; top: 10%; width: 20px; padding: 2px }
.row { display: flex } .row > * { min-width: auto; flex: 1 }
.grid { display: grid; grid-template-columns: 1fr 2fr }
table { border-collapse: collapse } td { border: 1px solid; padding: 2px 5% }
.apart { border-collapse: separate }
.left { margin-inline-start: 7px; padding-block: 2px; direction: rtl }
em { color: rgb(1 2 3); text-decoration: underline } em em { color: currentcolor }
.note { float: footnote } ::footnote-call { color: red } ::footnote-marker { margin-right: 2px }
.told::before { content: attr(class) ": "; display: list-item; margin-left: 3px }
:lang(de) { hyphens: auto; width: 80px }
p::first-letter { font-size: 20px; padding: 1px } p::first-line { color: red }
"""
KINDS = "wide share sum boxed round seen filled unseen drawn beside away left told".split()
CELLS = "<tr><td>a b</td><td class='wide'>c</td></tr><tr><td class='share'>d</td><td>e</td></tr>"
INNER = "".join(f"<div class='{kind}'>{kind} <em>word <em>in</em></em></div>" for kind in KINDS)
NOTES = "<p>Text<span class='note'>one</span><span class='note' id='n'>two</span> here.</p>"
BODY = f"""
<div>{INNER}</div><section class="share">{INNER}</section><section class="boxed">{INNER}</section>
<div class="row">{INNER}</div><div class="grid">{INNER}</div><p>First letters <em>here</em>.</p>
<ul><li>one</li><li class="seen">two</li></ul>
<table>{CELLS}</table><table class="apart">{CELLS}</table>
<section id="a"><h2 id="b">Two</h2>{INNER}{NOTES}<p lang="de">Wörterverzeichnis</p></section>
<section id="c"><h2>Two</h2>{INNER}{NOTES}<p lang="ru">слово</p></section>
<section><h2 id="d">Two</h2><h2>Two</h2>{INNER}<p style="width: 9px">a</p></section>
<section id="e"><p style="width: 8px">a</p></section>
"""
SIDES = "top right bottom left".split()
NAMES = (
    *(f"border_{y}_{x}_radius" for y in ("top", "bottom") for x in ("left", "right")),
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *"position_x position_y width height min_width max_width min_height max_height".split(),
    "background",
)
STYLES = "anchor lang color display float position font_size text_decoration_line hyphens".split()
MODULES = "shortcuts backgrounds lengths likeness".split()
PROGRAM = """
import json, sys
from unittest import mock
import publish.fonts, publish.renderers
for name in sys.argv[1:]:
    sys.modules[f"publish.renderers.pdf.{name}"] = mock.MagicMock()
from renderers import test_boxes
print(json.dumps(test_boxes.boxes()))
"""


def boxes() -> list[list[str]]:
    """What the boxes of pages with some of everything have."""
    weasyprint = engine.load()
    sheet = weasyprint.CSS(string=SHEET)
    document = weasyprint.HTML(string=f"<body>{BODY}</body>").render(stylesheets=[sheet])
    return [_values(box) for page in document.pages for box in _descendants(page)]


def _descendants(page: Any) -> Iterator[Any]:
    for box in page._page_box.descendants(placeholders=True):
        yield getattr(box, "_box", box)


def _values(box: Any) -> list[str]:
    found = {name: getattr(box, name, None) for name in NAMES}
    if background := found["background"]:
        found["background"] = str(background.color), len(background.layers)
    told = (repr(box), *found.values(), *(box.style[name] for name in STYLES))
    return [*map(str, told), str([box.is_in_normal_flow(), box.is_floated(), box.is_running()])]


def without(*modules: str) -> list[list[str]]:
    """The same in another process, in which these modules change nothing."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *modules],
        capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)  # type: ignore[no-any-return]  # JSON


@pytest.fixture(scope="module", name="boxes_as_they_come")
def as_they_come() -> list[list[str]]:
    return without(*MODULES)


@pytest.mark.parametrize("modules", [MODULES, [], *([each] for each in MODULES[1:])])
def test_boxes_have_the_same_values_with_and_without(
    modules: list[str], boxes_as_they_come: list[list[str]]
) -> None:
    assert without(*modules) == boxes_as_they_come


def test_all_kinds_of_boxes_are_tried(boxes_as_they_come: list[list[str]]) -> None:
    kinds = {each[0].split()[0] for each in boxes_as_they_come}
    assert {"<FlexBox", "<GridBox", "<TableCellBox", "<InlineBox", "<TextBox"} <= kinds
    anchors = {each[-1 - len(STYLES)] for each in boxes_as_they_come}
    assert {"None", *"abcde", "n"} <= anchors


def test_what_is_taken_in_is_there() -> None:
    engine.load()
    css = sys.modules["weasyprint.css"]
    ours = {
        "weasyprint.layout.background": ("layout_box_backgrounds",),
        "weasyprint.layout.percent": ("resolve_percentages",),
        "weasyprint.layout.block": ("resolve_percentages",),
        "weasyprint.draw.color": ("get_color",),
        "weasyprint.draw.text": ("get_color",),
        "weasyprint.text.line_break": ("strut",),
    }
    places = [
        *(vars(sys.modules[module])[name] for module, names in ours.items() for name in names),
        *(vars(css.StyleFor)[name] for name in ("set_computed_styles", "__call__")),
        css.ComputedStyle.__missing__,
        sys.modules["weasyprint.formatting_structure.boxes"].Box.is_in_normal_flow,
    ]
    assert [each.__name__ for each in places if not each.__module__.startswith("publish.")] == []


def test_the_function_is_the_one_that_is_known() -> None:
    """What it reads is all that is asked here, and what it sets."""
    engine.load()
    folder = Path(sys.modules["weasyprint"].__file__ or "")
    background = folder.with_name("layout").joinpath("background.py").read_text()
    _, _, text = background.partition("def layout_box_backgrounds")
    text, _, _ = text.partition("    layers = [")
    asked = "border_image_source mask_border_source visibility background_image box_shadow".split()
    assert all(f"style['{name}']" in text for name in asked)
    assert text.count("box.background = None") == 1
