"""A site of all editions: its pages, its links, what it tells machines, and how it is put down."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from lxml import etree, html

from publications import publish, told

SAMPLE = Path(__file__).with_name("sample")
METADATA = "manuscript/metadata.yaml"
BASE = "https://example.org/small"
PAGES = ["a-small-book.html", "a-small-book/01-start.html", "a-small-book/02-war.html"]
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"

Change = Callable[[Path], Any]


def sited(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return publish("build", "-f", "site", *more, cwd=folder)


def replaced(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, a book in English and Arabic, with its site."""
    folder = shutil.copytree(SAMPLE, tmp_path_factory.mktemp("site") / "sample")
    for language in ("ja", "ko"):
        shutil.rmtree(folder / "translations" / language)
    done = sited(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "copy")


def contents(folder: Path) -> dict[str, bytes]:
    site = folder / "build" / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def tree(folder: Path, name: str) -> html.HtmlElement:
    return html.document_fromstring((folder / "build" / "site" / name).read_bytes().decode())


def test_the_site_has_all_pages_of_all_editions_and_their_files(made: Path) -> None:
    expected = {"index.html", "sitemap.xml", "feed.xml", "robots.txt"}
    for edition in ("en", "ar"):
        expected |= {f"{edition}/{page}" for page in PAGES}
        expected |= {f"{edition}/a-small-book.{kind}" for kind in ("pdf", "epub")}
    files = contents(made)
    assert set(files) == expected
    for edition in ("en", "ar"):
        for kind in ("pdf", "epub"):
            name = f"{edition}/a-small-book.{kind}"
            assert files[name] == (made / "build" / name).read_bytes()


def test_every_link_within_the_site_leads_somewhere(made: Path) -> None:
    site = made / "build" / "site"
    pages = {
        path: html.document_fromstring(path.read_text("utf-8")) for path in site.rglob("*.html")
    }
    seen = 0
    for path, page in pages.items():
        ids = [str(id) for id in page.xpath("//@id")]
        assert len(ids) == len(set(ids)), path
        for link in page.xpath("//@href"):
            place, fragment = urldefrag(str(link))
            if ":" in place:
                continue
            target = (path.parent / unquote(place)).resolve() if place else path
            assert target.is_file(), (path, link)
            if fragment and target in pages:
                assert pages[target].xpath("//*[@id=$id]", id=unquote(fragment)), (path, link)
            seen += 1
    assert seen > 80


@pytest.mark.parametrize("page", PAGES)
def test_the_switch_leads_to_the_same_page_which_has_the_same_sections(
    made: Path, page: str
) -> None:
    english, arabic = tree(made, f"en/{page}"), tree(made, f"ar/{page}")
    links = english.xpath("//nav[@class='languages']//a/@href")
    place = (made / "build/site/en" / page).parent
    assert [(place / link).resolve() for link in links] == [
        made / "build/site" / edition / page for edition in ("en", "ar")
    ]
    ids = [page.xpath("//section/@id") for page in (english, arabic)]
    assert ids[0] == ids[1]


def test_the_start_page_offers_each_edition_in_its_own_language(made: Path) -> None:
    start = tree(made, "index.html")
    lines = start.xpath("//ul[@class='editions']/li")
    assert [(line.get("lang"), line.get("dir")) for line in lines] == [("en", "ltr"), ("ar", "rtl")]
    assert lines[1].xpath("string(.//h2)").startswith("كتاب")
    sizes = lines[0].xpath(".//span[@class='size']/text()")
    assert re.fullmatch(r"\d+ kB", sizes[0])
    assert not start.xpath("//script | //meta[@http-equiv='refresh']")


def test_chapters_are_turned_to_in_order(made: Path) -> None:
    first, last = (tree(made, f"en/{page}") for page in PAGES[1:])
    assert first.xpath("//a[@rel='next']/@href") == ["02-war.html"]
    assert not first.xpath("//a[@rel='prev']")
    assert last.xpath("//a[@rel='prev']/@href") == ["01-start.html"]
    assert first.xpath("//h1/a/@href") == ["../a-small-book.html"]


def test_addresses_are_told_to_search_engines(made: Path) -> None:
    page = tree(made, "ar/a-small-book/02-war.html")
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/ar/{PAGES[2]}"]
    alternates = page.xpath("//link[@rel='alternate'][@hreflang]")
    assert {each.get("hreflang"): each.get("href") for each in alternates} == {
        "en": f"{BASE}/en/{PAGES[2]}",
        "ar": f"{BASE}/ar/{PAGES[2]}",
        "x-default": f"{BASE}/en/{PAGES[2]}",
    }
    files = contents(made)
    sitemap = etree.fromstring(files["sitemap.xml"])
    places = {loc.text for loc in sitemap.iter(f"{LOC}loc")}
    assert places == {f"{BASE}/"} | {f"{BASE}/{e}/{page}" for e in ("en", "ar") for page in PAGES}
    assert f"Sitemap: {BASE}/sitemap.xml\n".encode() in files["robots.txt"]


def test_the_feed_has_an_entry_an_edition_with_its_files(made: Path) -> None:
    files = contents(made)
    feed = etree.fromstring(files["feed.xml"])
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.get("{http://www.w3.org/XML/1998/namespace}lang") for entry in entries] == [
        "en",
        "ar",
    ]
    for entry in entries:
        links = entry.findall(f"{ATOM}link[@rel='enclosure']")
        assert len(links) == 2
        for link in links:
            name = link.get("href", "").removeprefix(f"{BASE}/")
            assert link.get("length") == str(len(files[name]))


def test_what_is_there_already_is_not_made_again(folder: Path) -> None:
    before = contents(folder)
    assert "up to date" in sited(folder).stderr
    (folder / "build/site/stray.html").write_text("x", "utf-8")
    assert "up to date" not in sited(folder).stderr.partition("build/site")[2]
    assert contents(folder) == before


def test_nothing_stale_is_left(folder: Path) -> None:
    replaced(folder, METADATA, "kind: book\n", "kind: article\nslug: other\n")
    assert sited(folder).returncode == 0
    names = {f"{e}/other.{kind}" for e in ("en", "ar") for kind in ("html", "pdf", "epub")}
    assert set(contents(folder)) == names | {"index.html", "sitemap.xml", "feed.xml", "robots.txt"}
    assert not [path for path in (folder / "build").iterdir() if path.name.startswith(".site")]


def test_a_fault_in_one_edition_leaves_the_site_as_it_was(folder: Path) -> None:
    before = contents(folder)
    catalogue = folder / "translations/ar/LC_MESSAGES/manuscript.po"
    catalogue.write_text(catalogue.read_text("utf-8") + "\nnonsense\n", "utf-8")
    assert sited(folder).returncode == 1
    assert contents(folder) == before


def test_without_an_address_none_is_made_up(folder: Path) -> None:
    replaced(folder, METADATA, f"base_url: {BASE}\n", "")
    done = sited(folder)
    assert done.returncode == 0
    assert [problem.code for problem in told(done.stderr)] == ["site-address"]
    files = contents(folder)
    assert not {"sitemap.xml", "feed.xml", "robots.txt"} & set(files)
    assert not tree(folder, "en/a-small-book.html").xpath("//link[@rel='canonical' or @hreflang]")


def test_a_site_of_some_languages_is_refused(folder: Path) -> None:
    done = sited(folder, "-l", "en")
    assert done.returncode == 1
    assert [problem.code for problem in told(done.stderr)] == ["site-editions"]


def test_the_same_site_in_another_folder(made: Path, tmp_path: Path) -> None:
    other = shutil.copytree(made, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("build"))
    assert sited(other, "--jobs", "1").returncode == 0
    assert contents(other) == contents(made)
