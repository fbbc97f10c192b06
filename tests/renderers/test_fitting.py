"""Tables on paper: whatever they hold, nothing of them is beyond the margin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publish import styles
from publish.renderers.pdf import fitting
from renderers import pdf_samples as samples

WIDTH, OUTER = 595.3, 38 * 72 / 25.4


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (4, "Neutrality"),
        (12, "46,662"),
        (12, "unforeseeability"),
        (20, "1,234,567"),
        (40, "1,234,567"),
    ],
)
def test_a_table_stays_within_the_margins(columns: int, words: str, tmp_path: Path) -> None:
    cells = f"<th>Column</th>{'<th>1927</th>' * (columns - 1)}"
    rows = f"<td>Some text that goes on and on</td>{f'<td>{words}</td>' * (columns - 1)}"
    table = f"<thead><tr>{cells}</tr></thead><tbody><tr>{rows}</tr></tbody>"
    data = samples.rendered(samples.section(f"<table>{table}</table>"))
    found = samples.tool("pdftotext -bbox {} -", data, tmp_path)
    assert max(float(x) for x in re.findall(r'xMax="([0-9.]+)"', found)) < WIDTH - OUTER + 2


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (styles.read().files["tokens.css"], 39.5),
        ("--page-size: A5; --page-inner: 20mm; --page-outer: 20mm;", 31.8),
        ("--page-size: 170mm 240mm; --page-inner: 20mm; --page-outer: 20mm;", 38.3),
        ("--page-size: 20cm; --page-inner: 20mm; --page-outer: 20mm;", 39.5),
    ],
)
def test_the_measure_is_that_of_the_style(tokens: str, expected: float) -> None:
    assert fitting.measure(tokens) == pytest.approx(expected, abs=0.1)
