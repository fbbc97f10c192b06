"""What is too much is refused in good time, with one clear word."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from publications import ARTICLE, FIGURE, METADATA, Change, append, made, publish, told, write
from security.hostile import SVG

USES = "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
REFUSED: Mapping[str, tuple[Change, str]] = {
    "quotations within each other": (append(ARTICLE, f"\n{'> ' * 2000}x\n"), "manuscript-limit"),
    "boxes within each other": (append(ARTICLE, "\n" + "<div>\n\n" * 5000), "manuscript-limit"),
    "a drawing that uses itself a billion times": (
        write(FIGURE, f'<svg {SVG}><g id="a0"><rect width="1"/></g>{USES}</svg>'),
        "figure-limit",
    ),
    "a drawing of too many shapes": (
        write(FIGURE, f"<svg {SVG}>{'<rect/>' * 300_000}</svg>"),
        "figure-limit",
    ),
    "a billion laughs": (
        write(
            FIGURE, f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><svg {SVG}><text>&a9;</text></svg>'
        ),
        "figure-syntax",
    ),
    "a drawing in a drawing in …": (
        write(FIGURE, f"<svg {SVG}>{'<g>' * 100_000}{'</g>' * 100_000}</svg>"),
        "figure-syntax",
    ),
    "a file without end": (
        write("manuscript/more.md", "a" * 2**25),
        "file-too-large",
    ),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication", built=False)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_in_good_time(name: str, model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    change, code = REFUSED[name]
    change(folder)
    begun = time.monotonic()
    done = publish("build", "-l", "en", "-f", "html", cwd=folder)
    assert time.monotonic() - begun < 60
    assert {one.code for one in told(done.stderr)} == {code}, done.stderr
    assert all(one.remedy for one in told(done.stderr))


def test_what_is_deep_but_honest_is_built(model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    append(ARTICLE, f"\n{'> ' * 100}x\n\n{'<span>' * 60}y{'</span>' * 60}\n")(folder)
    done = publish("build", "-l", "en", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_long_words_and_many_notes_are_built(model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    notes = "\n\n".join(f"Word[^n{n}].\n\n[^n{n}]: Note {n}." for n in range(1000))
    append(ARTICLE, f"\n{'w' * 20_000} {'word ' * 5000}\n\n{notes}\n")(folder)
    append(METADATA, f"funding: {'x ' * 5000}\n")(folder)
    done = publish("build", "-l", "en", "-f", "html", cwd=folder)
    assert done.returncode == 0, done.stderr
