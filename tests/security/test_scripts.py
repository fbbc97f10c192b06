"""No script reaches a reader, wherever it was put."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import tinycss2  # type: ignore[import-untyped]  # it comes without types
from lxml import etree, html

from publications import ARTICLE, EDITION, METADATA, append, made, publish, told, translate, write
from security.attacks import DRAWING, MARKDOWN, counted
from security.hostile import SVG

HREFS = ("href", "src", "{http://www.w3.org/1999/xlink}href", "xlink:href", "action", "data")
SCHEMES = re.compile(r"\W*(javascript|vbscript|blob|data:[^,]*(html|xml|svg|script|css)):?")
# A page of attacks, in which a person then does everything at once.
PERSON = """<script>
window.ran = (n) => document.documentElement.setAttribute("data-ran-" + n, "");
addEventListener("load", () => document.querySelectorAll("body *").forEach((each) => {
  for (const name of ["click", "mouseover", "focus", "focusin", "load", "error", "toggle",
                      "keydown", "animationstart", "beginEvent"])
    each.dispatchEvent(new Event(name, { bubbles: false }));
  if (each.click && !/^https?:/.test(each.href || "")) each.click();
}));
</script>"""


def drawing(number: int, attack: str) -> str:
    return f"<svg {SVG} viewBox='0 0 9 9' onload='ran({number})'><text y='9'>a</text>{attack}</svg>"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("attacked") / "publication", built=False)
    for n, text in enumerate(counted(MARKDOWN)):  # each by itself: some swallow what follows
        write(f"manuscript/attack{n:03}.md", f"Words.\n\n{text}\n\n<!-- -->")(folder)
    for n, attack in enumerate(counted(DRAWING, 1000), 1000):
        name = f"figures/attack{n}.svg"
        (folder / "manuscript" / name).write_text(drawing(n, attack), "utf-8")
        append(ARTICLE, f"\n\n![a]({name})\n")(folder)
    attack = "<script>ran(2000)</script><img src=x onerror=ran(2001)>"
    text = (folder / METADATA).read_text("utf-8")
    text = re.sub(r"(title: |name: |affiliation: |rights: |  - exam)", rf"\1{attack} ", text)
    (folder / METADATA).write_text(text.replace(f"  - exam{attack} ", f"  - {attack} exam"))
    append(EDITION, f"rights: {attack}\nfunding: '[a](javascript:ran(2002))'\n")(folder)
    append("manuscript/bio/author.md", f"\n{attack}\n")(folder)
    done = publish("build", "-f", "html", "-f", "epub", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "build"


def pages(build: Path) -> Iterator[tuple[str, etree._Element]]:
    """Every page and drawing that a reader gets, as a tree."""
    for path in build.glob("*/*.html"):
        yield str(path), html.fromstring(path.read_bytes())
    for path in build.glob("*/*.epub"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            for name in book.namelist():
                if name.endswith((".xhtml", ".svg")):
                    yield f"{path}:{name}", etree.fromstring(book.read(name))


def strange(root: etree._Element) -> list[str]:
    """What acts in a page, but for what publish itself has put there."""
    return [each for each in acting(root) if "ld+json" not in each and "showPopover" not in each]


def acting(root: etree._Element) -> Iterator[str]:
    """What could run, or load something that runs."""
    for element in root.iter(etree.Element):
        name = str(element.tag).rpartition("}")[2].lower()
        if name in {"script", "iframe", "object", "embed", "base", "foreignobject", "handler"}:
            yield etree.tostring(element, encoding="unicode")[:400]
        for key, value in element.attrib.items():
            scheme = SCHEMES.match(re.sub(r"[\0- ]", "", value).lower())
            if str(key).lower().startswith("on") or (key in HREFS and scheme):
                yield f"{element.tag!s} {key!s}={value[:100]}"


def test_nothing_that_could_act_is_in_any_page(built: Path) -> None:
    seen = 0
    for where, root in pages(built):
        seen += 1
        assert strange(root) == [], where
    assert seen > len(DRAWING)


def sheets(root: etree._Element) -> Iterator[str]:
    """The style sheets and style attributes of the drawings in a page."""
    for element in root.iter(etree.Element):
        if {"svg", "{http://www.w3.org/2000/svg}svg"} & {
            a.tag for a in (element, *element.iterancestors())
        }:
            if str(element.tag).endswith("style"):
                yield "".join(element.itertext())
            yield f"a{{{element.get('style', '')}}}"


def test_no_sheet_of_a_drawing_fetches_or_rules_anything_else(built: Path) -> None:
    fetch = re.compile(r"@import|(?:url|src|image|image-set)\((?!\s*[\"']?#)|\\|None")
    for where, root in pages(built):
        for sheet in sheets(root):
            assert not fetch.search(sheet), f"{where}: {sheet}"
            if where.endswith(".html"):
                (rule,) = tinycss2.parse_stylesheet(sheet, skip_whitespace=True)
                assert rule.type == "qualified-rule", f"{where}: {sheet}"


def test_what_finds_what_acts_finds_it() -> None:
    missed = [
        text
        for text in MARKDOWN
        if re.match(r"<(script|img src=x onerror=|iframe|object)", text)
        and not list(acting(html.fromstring(f"<div>{text}</div>")))
    ]
    assert missed == []


def test_pages_carry_a_policy(built: Path) -> None:
    for where, root in pages(built):
        if not where.endswith(".svg"):
            (policy,) = (
                str(meta.get("content"))
                for meta in root.iter("meta", "{http://www.w3.org/1999/xhtml}meta")
                if str(meta.get("http-equiv")).lower() == "content-security-policy"
            )
            assert "object-src 'none'" in policy or "default-src 'none'" in policy
            assert "base-uri 'none'" in policy
            scripts = re.search(r"script-src ([^;]*)", policy)
            assert not scripts or re.fullmatch(r"('sha256-[\w+/=]+'\s*)+", scripts[1])


def shown(page: str, folder: Path) -> str:
    """A page's document after a browser has shown it and a person has touched everything."""
    (folder / "page.html").write_text(page, "utf-8")
    browser = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    )
    for attempt in range(3):  # now and then it has said all and does not end
        with suppress(subprocess.TimeoutExpired):
            done = subprocess.run(
                [browser, "--headless", "--no-sandbox", "--disable-gpu",
                 f"--user-data-dir={folder}/user-{attempt}", "--virtual-time-budget=3000",
                 "--dump-dom", f"file://{folder}/page.html"],
                capture_output=True, encoding="utf-8", check=True, timeout=90,
            )  # fmt: skip
            return done.stdout
    raise AssertionError("the browser did not end, three times")


@pytest.mark.judge
def test_a_browser_runs_none_of_them_even_without_the_policy(built: Path, tmp_path: Path) -> None:
    for path in built.glob("*/*.html"):
        page, count = re.subn(
            r'<meta http-equiv="Content-Security-Policy"[^>]*>', PERSON, path.read_text("utf-8")
        )
        assert count == 1
        assert re.findall(r"data-ran-\d+", shown(page, tmp_path)) == []


@pytest.mark.judge
def test_a_browser_runs_many_of_them_where_nobody_cleans(tmp_path: Path) -> None:
    raw = "\n".join(f"<div>{text}</div>" for text in counted(MARKDOWN[:40]))
    page = f"<!doctype html><html><head>{PERSON}</head><body>{raw}</body></html>"
    assert len(set(re.findall(r"data-ran-\d+", shown(page, tmp_path)))) > 10


@pytest.mark.parametrize("attack", [text for text in counted(MARKDOWN) if "\n" not in text][::8])
def test_a_translation_brings_nothing_in(
    attack: str, tmp_path_factory: pytest.TempPathFactory, translated: Path
) -> None:
    folder = Path(shutil.copytree(translated, tmp_path_factory.mktemp("one") / "publication"))
    words = attack.replace("\\", "\\\\").replace('"', '\\"')
    translate("A first", words)(folder)
    done = publish("build", "-f", "html", "-l", "ko", cwd=folder)
    if done.returncode == 0:
        (page,) = folder.glob("build/ko/*.html")
        root = html.fromstring(page.read_bytes())
        assert [
            each for each in acting(root) if "ld+json" not in each and "showPopover" not in each
        ] == []
    else:
        assert {one.code for one in told(done.stderr)} <= {
            "translation-structure", "translation-invented", "translation-lost",
            "catalogue-character", "translation-changed",
        }  # fmt: skip


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication", built=False)
