"""A converter in person: Calibre from Debian makes files for Kindle of our EPUBs, and EPUBs again.

Heavy, so not run by default: `pytest -m partners`. What is not installed is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree, html

from judges import reading
from publications import publish

pytestmark = pytest.mark.partners

SOURCE = Path(__file__).parents[1] / "everything"
LABELS = "//n:navMap//n:navPoint/n:navLabel/n:text/text()"
NCX = {"n": "http://www.daisy.org/z3986/2005/ncx/"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("ebook-convert"):
        pytest.skip("ebook-convert is not installed")
    folder = tmp_path_factory.mktemp("everything") / "publication"
    shutil.copytree(SOURCE, folder)
    done = publish("build", "-f", "epub", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "build"


@pytest.fixture(params=["ar", "de", "en", "ko", "ru", "th"])
def books(request: pytest.FixtureRequest, built: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A book as we made it, and what came back from Calibre's AZW3."""
    ours = built / request.param / "everything.epub"
    kindle, back = tmp_path / "a.azw3", tmp_path / "a.epub"
    for source, target in ((ours, kindle), (kindle, back)):
        command = ["ebook-convert", str(source), str(target)]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
    return ours, back


def test_a_converter_loses_nothing(books: tuple[Path, Path]) -> None:
    ours, back = books
    assert not words(ours) - words(back)
    assert notes(ours) == notes(back) != []
    assert contents(ours) == [label for label in contents(back) if label] != []
    # Calibre makes a cover page in place of ours, to which a landmark leads that nobody sees.
    assert {fault for fault in reading.dead_ends(back) if "cover.xhtml" not in fault} == set()
    assert len(covers(back)) == 1
    assert directions(back) == directions(ours) != set()


def pages(book: Path) -> list[reading.Page]:
    with zipfile.ZipFile(book) as parts:
        names = filter(reading.is_page, sorted(parts.namelist()))
        return [reading.Page(name, reading.parse(parts.read(name))) for name in names]


def words(book: Path) -> Counter[str]:
    text = "\n".join(reading.words(page.root) for page in pages(book))
    return Counter(reading.WORD.findall(reading.fold(text)))


def notes(book: Path) -> list[str]:
    """What each call of a note leads to, its words alone."""
    found = {(page.name, id): node for page in pages(book) for id, node in ids(page).items()}
    calls = [
        (page, str(link))
        for page in pages(book)
        for link in page.root.xpath("//a[@role='doc-noteref']/@href")
    ]
    return sorted(told(found, page, link) for page, link in calls)


def ids(page: reading.Page) -> dict[str, html.HtmlElement]:
    return {str(node.get("id")): node for node in page.root.xpath("//*[@id]")}


def told(found: dict[tuple[str, str], html.HtmlElement], page: reading.Page, link: str) -> str:
    file, _, fragment = link.partition("#")
    name = str(Path(page.name).parent / file) if file else page.name
    return " ".join(reading.words(found[name, fragment]).split())


def contents(book: Path) -> list[str]:
    with zipfile.ZipFile(book) as parts:
        (name,) = (name for name in parts.namelist() if name.endswith(".ncx"))
        return list(map(str, etree.fromstring(parts.read(name)).xpath(LABELS, namespaces=NCX)))


def covers(book: Path) -> list[str]:
    """Pages that show a picture and say nothing."""
    return [page.name for page in pages(book) if not page.root.xpath("string(//body)").strip()]


def directions(book: Path) -> set[str]:
    """Of the pages of a book that say one; Calibre's own page about the cover says none."""
    return {str(found) for page in pages(book) for found in page.root.xpath("//body/@dir")}
