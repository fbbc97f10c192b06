"""The picture test of the gallery: what it sees, and what it must not see."""

from __future__ import annotations

import random
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

SIZE = (661, 935)  # A4 at 80 dpi


@pytest.fixture(scope="module")
def gallery() -> Any:
    path = Path(__file__).parents[1] / "tools" / "gallery.py"
    spec = spec_from_file_location("gallery", path)
    assert spec
    assert spec.loader
    module = sys.modules["gallery"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(*, moved: int = 0, noise: int = 0, red: bool = False) -> Image.Image:
    """Forty lines of “words”, those of the last ten some pixels lower, on rough paper."""
    picture, dice = Image.new("RGB", SIZE, "white"), random.Random(4)
    draw = ImageDraw.Draw(picture)
    for line in range(40):
        left, top = 100, 90 + line * 18 + (moved if line >= 30 else 0)
        while left < 540:
            right = left + dice.randint(12, 60)
            draw.rectangle((left, top, right, top + 7), "#a33" if red and line < 2 else "#333")
            left = right + 5
    if noise:
        grain = Image.effect_noise(SIZE, noise).convert("RGB")
        picture = Image.blend(picture, grain, 0.05)
    return picture


@pytest.mark.parametrize(
    ("change", "seen"),
    [({}, False), ({"noise": 40}, False), ({"moved": 4}, True), ({"red": True}, True)],
)
def test_a_change_is_seen_and_noise_is_not(
    gallery: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any, seen: bool
) -> None:
    monkeypatch.setattr(gallery, "ACCEPTED", tmp_path / "accepted")
    shot = tmp_path / "gallery" / "de" / "pdf-01.png"
    shot.parent.mkdir(parents=True)
    page().save(shot)
    gallery.accept(tmp_path / "gallery")
    page(**change).save(shot)
    share = gallery.difference(shot, tmp_path / "accepted" / "de" / shot.name)
    picture = gallery.Picture("de", shot, share)
    assert picture.changed is seen, share
    assert ('class="changed"' in gallery.sheet([picture])) is seen
    assert gallery.told([picture], tmp_path) == int(seen)


def test_a_page_that_is_new_or_gone_is_told(
    gallery: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(gallery, "ACCEPTED", tmp_path / "accepted")
    shot = tmp_path / "gallery" / "de" / "pdf-01.png"
    shot.parent.mkdir(parents=True)
    page().save(shot)
    assert gallery.difference(shot, tmp_path / "accepted" / "de" / shot.name) == 1
    gallery.accept(tmp_path / "gallery")
    assert gallery.told([], tmp_path) == 1
    assert "de/pdf-01: is not there any more" in capsys.readouterr().out


def test_accepted_pictures_are_small(gallery: Any) -> None:
    files = list(gallery.ACCEPTED.glob("*/*.png"))
    assert files
    assert sum(path.stat().st_size for path in files) < 1_000_000
