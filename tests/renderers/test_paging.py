"""Pages that are laid out again, and pages that stay: always those of the whole."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as replaced

from publish.artefacts import Made, Shelf, Store
from publish.editions import Chapter, Edition, Heading, Text
from publish.renderers import pdf
from publish.renderers.pdf import blocks, engine, parts
from renderers.pdf_samples import STYLE, TEXT, call, edition, notes, section, tool

engine.load()
from publish.renderers.pdf import paging  # noqa: E402  # it needs WeasyPrint

WORDS = {
    "en": "assistance treaty obligation member council attack armed unless between of the and",
    "de": "Beistandspflicht Vertrag Mitgliedstaaten Sicherheitsratsmitglied Angriff und der die",
    "he": "אמנה סיוע מדינה בין של את התקפה מזוינת מועצה הביטחון",
    "ko": "조약은 원조를 무력공격 당사국 의무의 안전보장이사회 그리고 또는 제4조",
}


def words(dice: random.Random, tag: str, count: int) -> str:
    return " ".join(dice.choices(WORDS[tag].split(), k=count))


def article(tag: str, seed: int) -> str:
    """A text with all that can stand on a page: notes, tables and figures that float, lists."""
    dice, called = random.Random(seed), list[str]()
    parts = [section(f"<p>{words(dice, tag, 90)}</p>")]
    for number in range(14):
        kind = ("note", "plain", "list", "table", "figure", "heading", "quotation")[number % 7]
        parts.append(block(dice, tag, kind, number, called))
    return "".join(parts) + notes(*called)


def block(dice: random.Random, tag: str, kind: str, number: int, called: list[str]) -> str:
    text = words(dice, tag, dice.randint(20, 120))
    if kind == "note":
        called.append(f"<p>{words(dice, tag, 30)}</p>")
        return f"<p>{text}{call(len(called))} {text}</p>"
    if kind == "list":
        return f"<ol><li>{text}</li><li><p>{text}</p><ul><li>{text[:60]}</li></ul></li></ol>"
    if kind == "table":
        rows = "".join(f"<tr><td>{words(dice, tag, 3)}</td><td>{text}</td></tr>" for _ in "123456")
        head = "<thead><tr><th>A</th><th>B</th></tr></thead>"
        return (
            f"<table><caption>{text[:40]}</caption>{head}<tbody>{rows}</tbody></table><p>{text}</p>"
        )
    if kind == "figure":
        picture = '<img src="figures/line.svg" alt="A line"/>'
        return f"<figure>{picture}<figcaption>{text[:50]}</figcaption></figure><p>{text}</p>"
    if kind == "heading":
        return f'<h3 id="h-{number}">{text[:30]}</h3><p>{text}</p>'
    return f"<blockquote><p>{text}</p></blockquote>" if kind == "quotation" else f"<p>{text}</p>"


def edited(html: str, dice: random.Random) -> str:
    """The same elements with other words in one to three places."""
    places = list(re.finditer(r">([^<>]{12,})<", html))
    for place in sorted(dice.sample(places, dice.randint(1, 3)), key=lambda m: -m.start()):
        said = place[1].split(" ")
        at, how = dice.randrange(len(said)), dice.choice(("gone", "again", "cut", "slanted"))
        if how == "gone":
            said[at : at + 9] = ["–"]
        elif how == "again":
            said[at:at] = said * dice.randint(1, 4)
        elif how == "cut":
            del said[max(1, len(said) // 3) :]
        else:
            said[at] = f"<em>{said[at]}</em>"
        html = f"{html[: place.start(1)]}{' '.join(said)}{html[place.end(1) :]}"
    return html


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The layouts page by page that ended well, as they were asked for."""
    found = list[Any]()
    original = paging._Layout.run

    def spy(layout: Any) -> bool:
        done = original(layout)
        if done:
            found.append(layout)
        return done

    monkeypatch.setattr(paging._Layout, "run", spy)
    return found


@pytest.mark.parametrize("tag", ["en", "de", "he", "ko"])
def test_after_any_change_the_file_is_that_of_the_whole(
    tag: str, laid: list[Any], tmp_path: Path
) -> None:
    dice = random.Random(tag)
    shelf, first = Shelf(Store(tmp_path), "1"), article(tag, 3)
    assert pdf.paginated(edition(first, tag), STYLE, shelf) == pdf.paginated(
        edition(first, tag), STYLE
    )
    html = first
    for _ in range(3):
        html = edited(dice.choice((html, first)), dice)
        whole = edition(html, tag)
        assert pdf.paginated(whole, STYLE, shelf) == pdf.paginated(whole, STYLE)
    again = [layout for layout in laid if layout.former.leaves]
    assert again
    assert sum(len(each.pages) for each in again) < sum(len(each.former.leaves) for each in again)


def changed(number: int) -> Edition:
    """An edition of many pages, the paragraph of a number in other words."""
    text = [f"<p>{TEXT}</p>"] * 40
    text[number] = f"<p>Another argument. {TEXT}</p>"
    return edition(section("".join(text)))


def test_only_pages_near_a_change_are_laid_out(laid: list[Any], tmp_path: Path) -> None:
    shelf = Shelf(Store(tmp_path), "1")
    pdf.render(changed(0), STYLE, shelf)
    count = len(laid[0].pages)
    assert count > 4
    pdf.render(changed(20), STYLE, shelf)
    pdf.render(changed(21), STYLE, shelf)
    assert len(laid[-1].pages) < count - 1
    pdf.render(changed(21), STYLE, shelf)
    assert len(laid) == 3, "what did not change at all was looked at"


@pytest.mark.parametrize(
    "rule",
    [
        "p::after { content: target-counter('#one', page) }",
        "@page { @bottom-left { content: counter(pages) } }",
        "p { counter-increment: paragraph }",
        "section:has(em) { margin: 1cm }",
        "figure { float: left }",
        "h2 { position: running(head) }",
    ],
)
def test_where_pages_depend_on_others_all_are_laid_out(
    rule: str, laid: list[Any], tmp_path: Path
) -> None:
    sheet = f"{STYLE.files['print.css']}\n{rule}"
    style = STYLE._replace(files={**STYLE.files, "print.css": sheet})
    shelf = Shelf(Store(tmp_path), "1")
    for number in (1, 2):
        whole = changed(number)
        assert pdf.render(whole, style, shelf) == pdf.render(whole, style)
    assert not laid


def test_contents_tell_pages_though_only_their_own_are_laid_out_twice(
    laid: list[Any], tmp_path: Path
) -> None:
    text = "".join(section(f"<p>{TEXT * 2}</p>", f"s-{n}", f"Part {n}") for n in range(20))
    parts = tuple(Heading(1, f"s-{n}", "1", Text(f"Part {n}", f"Part {n}")) for n in range(20))
    whole = edition(text, chapters=(Chapter("a", Text("T", "T"), text, parts),))
    data = pdf.render(whole, STYLE)
    assert pdf.render(whole, STYLE, Shelf(Store(tmp_path), "1")) == data
    first, second, *_ = laid
    assert len(second.pages) < len(first.pages)
    pages = tool("pdftotext {} -", data, tmp_path).split("\f")
    contents = tool("pdftotext -layout -l 2 {} -", data, tmp_path)
    for n in range(20):
        found = next(page for page, said in enumerate(pages, 1) if f"1 Part {n}\nThe" in said)
        assert re.search(rf"1\s+Part {n}\s+{found}\n", contents)


def test_the_sheet_of_publish_lets_pages_stay() -> None:
    assert not blocks.look_far([STYLE.sheet("print.css")])
    assert not blocks.look_far([STYLE.sheet("print.css", "press.css")])


def test_a_picture_counts_though_its_name_stays(tmp_path: Path) -> None:
    shelf = Shelf(Store(tmp_path), "1")
    picture = '<figure><img src="figures/line.svg" alt="A line"/></figure>'
    for word in (b"1961", b"2024"):
        drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9">'
        drawing += b'<text y="9">%s</text></svg>' % word
        whole = edition(section(picture), resources={"figures/line.svg": drawing})
        assert pdf.render(whole, STYLE, shelf) == pdf.render(whole, STYLE)


@pytest.mark.parametrize("path", [[], [0, 99], [-1], [0, 0, 0, 0, 10**9]])
def test_a_kept_page_that_begins_nowhere_is_laid_out_again(path: list[int], tmp_path: Path) -> None:
    store = Store(tmp_path)
    pdf.render(changed(20), STYLE, Shelf(store, "1"))
    for file in (tmp_path / ".cache" / "artefacts").iterdir():
        part = parts.read(file.read_bytes().partition(b"\n")[2])
        if part is None:  # the name of one
            continue
        stands = [stand and replaced(stand, path=path) for stand in part.stands]
        store.keep([Made(parts.written(replaced(part, stands=stands)), file.name)])
    assert pdf.render(changed(21), STYLE, Shelf(store, "1")) == pdf.render(changed(21), STYLE)
