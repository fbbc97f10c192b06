"""The first pages of all editions side by side: `python tools/picture.py build picture.png`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageFilter

WIDTH = 560  # of a page, in pixels
GAP = 48
SHADOW = 10


def main(build: str, target: str) -> None:
    """Renders, sets side by side, saves."""
    pages = [first_page(document) for document in sorted(Path(build).glob("*/*.pdf"))]
    size = len(pages) * (WIDTH + GAP) + GAP, max(page.height for page in pages) + 2 * GAP
    picture = Image.new("RGB", size, "white")
    for n, page in enumerate(pages):
        at = (GAP + n * (WIDTH + GAP), GAP)
        picture.paste("#c8c8c8", (at[0], at[1], at[0] + page.width, at[1] + page.height))
    picture = picture.filter(ImageFilter.GaussianBlur(SHADOW))
    for n, page in enumerate(pages):
        picture.paste(page, (GAP + n * (WIDTH + GAP), GAP))
    Path(target).parent.mkdir(exist_ok=True)
    picture.quantize(64).save(target, optimize=True)


def first_page(document: Path) -> Image.Image:
    """A PDF's first page as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page")
        size = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
        command = ["pdftoppm", "-png", "-singlefile", *size, str(document), str(page)]
        subprocess.run(command, check=True)
        return Image.open(page.with_suffix(".png")).convert("RGB")


if __name__ == "__main__":
    main(*sys.argv[1:])
