"""Copies for review: every message in them, found both ways, and nothing in them that acts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from publications import ARTICLE, CATALOGUE, append, made, publish, told
from publish import project, styles
from publish.catalogues.reviews import State, id_of
from publish.editions import Edition
from publish.pipeline import preparing
from publish.pipeline.editing import Editing
from publish.pipeline.making import copying
from publish.pipeline.translation import reviewing
from publish.pipeline.translation.reviewing import Verdict
from publish.renderers import render

SOURCE = 'A sentence of 12 words[^n], with a [link](https://example.org/ "t") and `code`.'
WRONG = "번역문 13개와 [여기](javascript:x) [링크](https://example.org/)."
RAW = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def entry(folder: Path, text: str) -> str:
    """The lines of a message in the catalogue."""
    found = re.split(r"\n\n", (folder / CATALOGUE).read_text("utf-8"))
    return next(each for each in found if f'msgid "{text}' in each)


def written(folder: Path, old: str, new: str) -> None:
    text = (folder / CATALOGUE).read_text("utf-8")
    assert old in text
    (folder / CATALOGUE).write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with passages in each state, right and wrong."""
    folder = made(tmp_path_factory.mktemp("copies") / "pub", built=False)
    append(
        ARTICLE,
        f"\n\n{SOURCE}\n\n[^n]: A note.\n\nRaw.\n\nFour weeks.\n\nIt took 300 days.\n\nNo more.\n",
    )(folder)
    assert publish("update", cwd=folder).returncode == 0
    first = entry(folder, "A sentence of 12")
    written(folder, first, first[: -len('msgstr ""')] + f'msgstr "{WRONG}"')
    raw = entry(folder, "Raw.")
    written(folder, raw, raw[: -len('msgstr ""')] + f'msgstr "{RAW}"')
    weeks = entry(folder, "Four weeks.")
    fuzzy = weeks.replace("#, ", "#, fuzzy, ").replace("msgid", '#| msgid "Three weeks."\nmsgid')
    written(folder, weeks, fuzzy[: -len('msgstr ""')] + 'msgstr "3주"')
    days = entry(folder, "It took 300 days.")
    waived = "# publish: allow translation-number: rounded\n# Bitte prüfen <b>\n" + days
    written(folder, days, waived[: -len('msgstr ""')] + 'msgstr "310일이 걸렸다."')
    found = project.find(folder)
    reviewing.review(found, "ko", Verdict(State.APPROVED, "Kim <x>", "2026-11-22"))
    return folder


@pytest.fixture(scope="module")
def edition(folder: Path) -> Edition:
    with Editing(project.find(folder)) as editing:
        return copying.edition(editing, "ko")


def test_a_passage_is_named_by_its_number(folder: Path, edition: Edition) -> None:
    assert edition.copy
    for passage in [each for each in edition.copy.passages if each.catalogue][::20]:
        found = reviewing.awaiting(project.find(folder), "ko", [f"p{passage.number}"])
        assert [id_of(each.entry.key) for each in found] == [passage.id]


@pytest.fixture(scope="module")
def page(edition: Edition) -> html.HtmlElement:
    return html.document_fromstring(render("review.html", edition, styles.read()))


def passage(page: html.HtmlElement, text: str) -> html.HtmlElement:
    (found,) = page.xpath("//div[contains(@class, 'passage')][contains(string(div), $t)]", t=text)
    assert isinstance(found, html.HtmlElement)
    return found


def test_every_message_is_in_it_once_and_found_both_ways(
    folder: Path, page: html.HtmlElement
) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    index = {
        line.text: line.getnext().get("href") for line in page.xpath("//*[@class='index']//span")
    }
    messages = preparing.catalogue(project.find(folder), "ko").messages
    assert len(page.xpath("//div[contains(@class, 'passage')]")) == len(messages)
    for message in messages:
        (found,) = page.xpath("//div[@id=$id]", id=id_of(message.key))
        (place,) = page.xpath("//p[@id=$id]", id=f"manuscript-{message.line}")
        assert f"manuscript.po:{message.line}" in found.text_content()
        assert found in place.iterancestors()
        assert index[str(message.line)] == f"#{found.get('id')}"
        for reference in message.references:
            assert reference in found.text_content()


def test_what_is_to_be_looked_at_is_marked_and_listed(page: html.HtmlElement) -> None:
    classes = {
        "A sentence of 12": {"doubtful", "waiting"},
        "Four weeks.": {"fuzzy", "waiting"},
        "It took 300 days.": {"approved", "settled"},
        "No more.": {"missing", "waiting"},
    }
    listed = page.xpath("//section[@class='look']//a/@href")
    for text, wanted in classes.items():
        found = passage(page, text)
        assert wanted <= set(found.get("class", "").split())
        assert (f"#{found.get('id')}" in listed) == ("waiting" in wanted)


def test_what_is_said_of_a_passage_is_shown(page: html.HtmlElement) -> None:
    wrong = passage(page, "A sentence of 12").text_content()
    assert {"translation-number", "translation-lost"} <= set(wrong.split())
    assert "translation-structure" in passage(page, "Raw.").text_content()
    fuzzy = passage(page, "Four weeks.")
    assert [fuzzy.findtext(f".//{tag}") for tag in ("del", "ins")] == ["Three", "Four"]
    days = passage(page, "It took 300 days.").text_content()
    for words in ("translation-number", "rounded", "Bitte prüfen <b>", "Kim <x>", "2026-11-22"):
        assert words in days


def test_nothing_in_it_acts_or_is_fetched(page: html.HtmlElement) -> None:
    assert not page.xpath("//script | //iframe | //img | //*[@onclick or @onload or @src]")
    links = page.xpath("//a/@href")
    assert all(link.startswith(("#", "https://example.org/")) for link in links)
    inner = {link[1:] for link in links if link.startswith("#")}
    assert inner <= set(page.xpath("//@id"))


def test_the_printed_copy_has_the_same_words(edition: Edition) -> None:
    data = render("review.pdf", edition, styles.read())
    assert data.startswith(b"%PDF-")
    assert b"pdfuaid:part" in data
    assert render("review.pdf", edition, styles.read()) == data


def test_on_the_command_line(folder: Path) -> None:
    done = publish("build", "-f", "review", cwd=folder)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (folder / "build").rglob("*.review.*"))
    slug = names[0].partition(".")[0]
    assert names == [f"{slug}.review.html", f"{slug}.review.pdf"]
    assert not (folder / "build" / "en").exists()
    assert "nothing to do" in publish("build", "-f", "review", cwd=folder).stderr
    publish("review", "ko", "--as", "translated", cwd=folder)
    assert "nothing to do" not in publish("build", "-f", "review", cwd=folder).stderr


def test_the_source_has_nothing_to_compare(folder: Path) -> None:
    done = publish("build", "-l", "en", "-f", "review", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["review-source"]
