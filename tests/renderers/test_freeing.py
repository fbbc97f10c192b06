"""Freeing: nothing of a layout waits for a search for garbage."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterator
from types import ModuleType

import pytest

from publish.renderers import pdf
from publish.renderers.pdf import engine, freeing, variants
from renderers.pdf_samples import STYLE, TEXT, call, edition, notes, section

TEXTS = "".join(f"<p>{TEXT}{call(n)} <em>And</em> on.</p>" for n in range(1, 9))


@pytest.fixture
def unsearched() -> Iterator[None]:
    """Nobody looks for garbage."""
    gc.collect()
    gc.disable()
    yield
    gc.set_debug(0)
    gc.garbage.clear()
    gc.enable()


@pytest.mark.usefixtures("unsearched")
def test_boxes_and_the_frames_of_functions_go_by_themselves() -> None:
    pages = pdf.painted(edition(section(TEXTS) + notes(*[TEXT] * 8)), STYLE, variants.archive())
    assert len(pages[0].part.leaves) > 2
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    left = Counter(type(each).__name__ for each in gc.garbage)
    assert {name for name in left if name.endswith("Box")} == set()
    assert not left.keys() & {"frame", "traceback", "RelativeLengthInMath", "HTML", "Document"}
    assert left["AnonymousStyle"] < 15


def test_the_function_that_keeps_an_error_is_the_one_that_is_known() -> None:
    engine.load()
    assert freeing.lose_errors(sys.modules["weasyprint.css"])
    another = ModuleType("another")
    setattr(another, "_resolve_calc_sum", section)  # noqa: B010  # mypy knows no such name of a module
    assert not freeing.lose_errors(another)


def test_the_typefaces_of_all_parts_share_the_bytes_of_their_files() -> None:
    texts = [section(f"<p>{TEXT}</p>"), section(f"<p>{TEXT}</p><p><em>{TEXT}</em></p>")]
    parts = [pdf.painted(edition(text), STYLE, variants.archive())[0] for text in texts]
    first, second = (
        {font.file: font.file_content for font in each.fonts.values()} for each in parts
    )
    assert first.keys() & second.keys()
    assert all(first[name] is second[name] for name in first.keys() & second.keys())
