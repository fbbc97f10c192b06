"""Every page of every edition as pictures: `python tools/gallery.py build [--accept]`.

Pages of the PDF, documents of the EPUB and the web page in two widths, by day and by night, go
to build/gallery with a contact sheet, index.html. Beside them lie the small grey pictures that
somebody has accepted (tools/accepted). Where a page has changed, the sheet shows both and marks
it, and the exit status is 1. `--accept` takes the pages as they are now.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

ACCEPTED = Path(__file__).with_name("accepted")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DPI = "80"
WIDTH, TALLEST = 120, 480  # of a small picture
STEP = 10  # from grey to grey in an accepted picture
SEEN = 18  # a pixel has changed if it is that much lighter or darker, of 255
TOLERANCE = 0.001  # the share of pixels that may change: fonts and rasterisers differ a little
DAY, NIGHT = "1", "0"
SCREENS = {
    "web-phone-day": (390, 1560, DAY),
    "web-phone-night": (390, 1560, NIGHT),
    "web-desk-day": (1280, 2560, DAY),
    "web-desk-night": (1280, 2560, NIGHT),
}
READER = (600, 1200, DAY)  # an EPUB's documents, as a reading system might show them
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>
body {{ margin: 2em; background: #777; color: #fff; font: 14px sans-serif }}
section {{ display: flex; flex-wrap: wrap; gap: 12px; align-items: start }}
figure {{ margin: 0 }} img {{ display: block; max-width: 340px; background: #fff }}
.changed {{ outline: 4px solid #e33; display: flex; flex-wrap: wrap; width: min-content }}
figcaption {{ padding: 4px 0; flex-basis: 100% }}</style>{}</html>"""


@dataclass(frozen=True)
class Picture:
    """A page as it is now; `share` of it is otherwise than what was accepted."""

    edition: str
    path: Path
    share: float

    @property
    def accepted(self) -> Path:
        return ACCEPTED / self.edition / self.path.name

    @property
    def changed(self) -> bool:
        return self.share > TOLERANCE


def main(build: str, option: str = "") -> int:
    """Takes the pictures, compares or accepts them, and writes the contact sheet."""
    gallery = Path(build, "gallery")
    shutil.rmtree(gallery, ignore_errors=True)
    editions = sorted({path.parent for path in Path(build).glob("*/*.pdf")})
    with ThreadPoolExecutor() as together:
        list(together.map(lambda edition: take(edition, gallery / edition.name), editions))
    if option == "--accept":
        accept(gallery)
    pictures = [
        Picture(edition.name, path, difference(path, ACCEPTED / edition.name / path.name))
        for edition in editions
        for path in sorted((gallery / edition.name).glob("*.png"))
    ]
    (gallery / "index.html").write_text(sheet(pictures), "utf-8")
    return told(pictures, gallery)


def told(pictures: list[Picture], gallery: Path) -> int:
    changed = [picture for picture in pictures if picture.changed]
    now = {(picture.edition, picture.path.name) for picture in pictures}
    gone = [p for p in sorted(ACCEPTED.glob("*/*.png")) if (p.parent.name, p.name) not in now]
    for picture in changed:
        print(f"{picture.edition}/{picture.path.stem}: {picture.share:.1%} changed")
    for path in gone:
        print(f"{path.parent.name}/{path.stem}: is not there any more")
    print(f"{len(pictures)} pictures, {len(changed)} changed: {gallery / 'index.html'}")
    return 1 if changed or gone else 0


def take(edition: Path, target: Path) -> None:
    """All pictures of an edition."""
    target.mkdir(parents=True)
    for document in edition.glob("*.pdf"):
        subprocess.run(["pdftoppm", "-png", "-r", DPI, document, target / "pdf"], check=True)
    for page in edition.glob("*.html"):
        for name, screen in SCREENS.items():
            shoot(page, target / f"{name}.png", screen)
    for book in edition.glob("*.epub"):
        with tempfile.TemporaryDirectory() as folder:
            for n, page in enumerate(documents(book, Path(folder)), 1):
                shoot(page, target / f"epub-{n:02}.png", READER)


def documents(book: Path, folder: Path) -> Iterator[Path]:
    """An EPUB's documents, unpacked; it is one that we made ourselves."""
    with zipfile.ZipFile(book) as packed:
        packed.extractall(folder)
    yield from sorted(folder.rglob("*.xhtml"))


def shoot(page: Path, target: Path, screen: tuple[int, int, str]) -> None:
    """A page as a browser shows it."""
    width, height, scheme = screen
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as profile:
        options = [
            *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={profile}", f"--window-size={width},{height}"),
            *(f"--blink-settings=preferredColorScheme={scheme}", f"--screenshot={target}"),
        ]
        command = [browser, *options, page.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def accept(gallery: Path) -> None:
    """Keep the pages as they are now, small and in a few greys."""
    shutil.rmtree(ACCEPTED, ignore_errors=True)
    for path in sorted(gallery.glob("*/*.png")):
        target = ACCEPTED / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(path) as picture:
            greys = small(picture).point(lambda value: round(value / STEP) * STEP)
            greys.quantize(256 // STEP + 1).save(target, optimize=True)


def small(picture: Image.Image) -> Image.Image:
    height = min(TALLEST, round(picture.height * WIDTH / picture.width))
    return picture.convert("L").resize((WIDTH, height), Image.Resampling.BOX)


def difference(path: Path, accepted: Path) -> float:
    """The share of a page that is otherwise than it was when it was accepted."""
    if not accepted.exists():
        return 1.0
    with Image.open(path) as now, Image.open(accepted) as before:
        return share(small(now), before.convert("L"))


def share(now: Image.Image, before: Image.Image) -> float:
    """The share of pixels that anybody would see change, both a little out of focus."""
    if now.size != before.size:
        return 1.0
    soft = ImageFilter.BoxBlur(1)
    changes = ImageChops.difference(now.filter(soft), before.filter(soft)).histogram()
    return sum(changes[SEEN:]) / sum(changes)


def sheet(pictures: list[Picture]) -> str:
    """The contact sheet, changed pages beside what was accepted."""
    parts = []
    for edition in dict.fromkeys(picture.edition for picture in pictures):
        figures = [figure(picture) for picture in pictures if picture.edition == edition]
        parts.append(f"<h2>{escape(edition)}</h2><section>{''.join(figures)}</section>")
    return PAGE.format("".join(parts))


def figure(picture: Picture) -> str:
    name = escape(picture.path.stem)
    image = f'<img loading="lazy" src="{escape(picture.edition)}/{name}.png" alt="{name}">'
    if not picture.changed:
        return f"<figure><figcaption>{name}</figcaption>{image}</figure>"
    before = f'<img src="{picture.accepted.as_uri()}" alt="accepted">'
    caption = f"<figcaption>{name}: {picture.share:.1%} changed</figcaption>"
    return f'<figure class="changed">{caption}{image}{before}</figure>'


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
