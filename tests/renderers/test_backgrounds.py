"""Backgrounds: boxes have the same with and without what is kept with their styles."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from publish.renderers.pdf import engine

engine.load()

from publish.renderers.pdf import backgrounds  # noqa: E402  # it needs WeasyPrint

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
p::first-letter { font-size: 20px; padding: 1px } p::first-line { color: red }
"""
KINDS = "wide share sum boxed round seen filled unseen drawn beside away".split()
CELLS = "<tr><td>a b</td><td class='wide'>c</td></tr><tr><td class='share'>d</td><td>e</td></tr>"
INNER = "".join(f"<div class='{kind}'>{kind} <em>word</em></div>" for kind in KINDS)
BODY = f"""
<div>{INNER}</div><section class="share">{INNER}</section><section class="boxed">{INNER}</section>
<div class="row">{INNER}</div><div class="grid">{INNER}</div><p>First letters <em>here</em>.</p>
<ul><li>one</li><li class="seen">two</li></ul>
<table>{CELLS}</table><table class="apart">{CELLS}</table>
"""
NAMES = (*backgrounds.RADII, "position_x", "position_y", "width", "height", "background")


def boxes() -> list[dict[str, Any]]:
    """What the boxes of a page with some of everything have."""
    weasyprint = engine.load()
    sheet = weasyprint.CSS(string=SHEET)
    document = weasyprint.HTML(string=f"<body>{BODY}</body>").render(stylesheets=[sheet])
    return [_values(box) for page in document.pages for box in _descendants(page)]


def _descendants(page: Any) -> Iterator[Any]:
    for box in page._page_box.descendants(placeholders=True):
        yield getattr(box, "_box", box)


def _values(box: Any) -> dict[str, Any]:
    found = {name: getattr(box, name, None) for name in NAMES}
    if background := found["background"]:
        found["background"] = str(background.color), len(background.layers)
    return found | {"box": repr(box)}


@pytest.fixture(name="without")
def as_it_comes() -> Iterator[None]:
    """WeasyPrint as it comes."""
    changed = _changed()
    for (place, name), (theirs, _) in changed.items():
        setattr(place, name, theirs)
    yield
    for (place, name), (_, ours) in changed.items():
        setattr(place, name, ours)


def _changed() -> Mapping[tuple[Any, str], tuple[Any, Any]]:
    """Functions of WeasyPrint that stand in the place of others, and those."""
    places = [each for name, each in sys.modules.items() if name.startswith("weasyprint.")]
    found = {}
    for place in places:
        for name, each in vars(place).items():
            if getattr(each, "__module__", "") == backgrounds.__name__:
                names = each.__code__.co_freevars
                found[place, name] = each.__closure__[names.index("original")].cell_contents, each
    return found


WITH = boxes()


@pytest.mark.usefixtures("without")
def test_boxes_have_the_same_values_with_and_without() -> None:
    assert not _changed()
    assert boxes() == WITH
    kinds = {each["box"].split()[0] for each in WITH}
    assert {"<FlexBox", "<GridBox", "<TableCellBox", "<InlineBox", "<TextBox"} <= kinds


def test_what_is_taken_in_is_there() -> None:
    names = {name for _, name in _changed()}
    assert names == {"layout_box_backgrounds"}


def test_the_function_is_the_one_that_is_known() -> None:
    """What it reads is all that is asked here, and what it sets."""
    folder = Path(sys.modules["weasyprint"].__file__ or "")
    background = folder.with_name("layout").joinpath("background.py").read_text()
    _, _, text = background.partition("def layout_box_backgrounds")
    text, _, _ = text.partition("    layers = [")
    asked = "border_image_source mask_border_source visibility background_image box_shadow".split()
    assert all(f"style['{name}']" in text for name in asked)
    assert text.count("box.background = None") == 1
