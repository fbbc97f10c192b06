from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from publish import languages, styles
from publish.documents.words import WORDS
from publish.editions import Alternate, Chapter, Credit, Edition, Heading, Text, citing
from publish.metadata import Organisation
from publish.problems import PublishError
from publish.records import replace
from publish.renderers import html, pages

RULES = styles.DEFAULTS / "languages.toml"
STYLE = styles.read()
PNG = b"\x89PNG\r\n\x1a\n"
FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 160" lang="en"
 aria-labelledby="t"><title id="t">Line</title><style>text { fill: url(#fade) }</style>
 <linearGradient id="fade"/><text font-weight="bold">1961 &#8212; 2024</text></svg>"""
TEXT = """<section id="law" class="level1"><h2><span class="number">1</span> Law</h2>
<p>Signed<sup class="noteref"><a id="fnref-1" href="#fn-1" role="doc-noteref">1</a></sup> with
<em>Juche</em>.<br />End</p><figure id="fig"><img src="figures/a.svg" alt="A line." />
<figcaption>Figure</figcaption></figure><p><img src="b.png" alt="" /><img src="figures/a.svg"
 alt="" /></p><table id="tbl"><caption>Table</caption><thead><tr><th>Article</th></tr></thead>
<tbody><tr><td>4</td></tr></tbody></table></section>"""


def article(tag: str = "en", text: str = TEXT) -> Edition:
    title = Text("Alliance", "Alliance </script>")
    names = {"en": "English", "ko": "한국어", "ar": "العربية"}
    return Edition(
        id=tag,
        slug="alliance",
        kind="article",
        language=languages.read(tag, RULES),
        source_language=languages.read("en", RULES),
        title=title,
        subtitle=Text("A treaty", "A treaty"),
        credits=(
            Credit("Ann", "aut", "Author", affiliation="Institute", orcid="0000-0002-1825-0097"),
            Credit("Gordon", "ant", "Source"),
            Credit("Tara", "trl", "Translator"),
        ),
        abstract=Text("<p>Short.</p>", "Short."),
        keywords=("law",),
        date=date(2026, 11, 22),
        date_text="22 November 2026",
        version="1.0",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        licence_name="CC BY 4.0",
        rights="© 2026",
        funding="",
        publisher=Organisation(name="House"),
        identifiers={"doi": "10.1000/182"},
        base_url="https://example.org/alliance/",
        translation_note="",
        chapters=(Chapter("article", title, text, (Heading(1, "law", "1", Text("Law", "Law")),)),),
        words=WORDS,
        alternates=tuple(Alternate(key, key, name) for key, name in names.items()),
        resources={"figures/a.svg": FIGURE.encode(), "b.png": PNG},
    )


def page(edition: Edition) -> str:
    return html.render(edition, STYLE).decode()


def tree(edition: Edition) -> etree._Element:
    return etree.fromstring(page(edition), etree.HTMLParser())


def fonts_in(text: str) -> dict[tuple[str, str, str], TTFont]:
    rule = re.compile(
        r'font-family: "([^"]+)"; font-style: (\w+); font-weight: (\d+);'
        r' src: url\("data:font/woff;base64,([^"]+)"'
    )
    return {
        (family, slant, weight): TTFont(BytesIO(b64decode(content)))
        for family, slant, weight, content in rule.findall(text)
    }


def linked(edition: Edition) -> dict[str, Any]:
    (script,) = tree(edition).xpath('//script[@type="application/ld+json"]/text()')
    found: dict[str, Any] = json.loads(script)
    return found


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    made = tree(article())
    sources = made.xpath("//@src | //link[@rel='stylesheet']/@href | //image/@href")
    assert all(source.startswith("data:") for source in sources)
    assert not re.search(r"url\((?!['\"]?(?:data:|#))", page(article()))


def test_the_policy_allows_the_page_s_own_scripts_and_no_other() -> None:
    text = page(article())
    (policy,) = etree.fromstring(text, etree.HTMLParser()).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 2
    assert re.findall(r"sha256-[^']+", policy) == [
        pages.policy_hash(each) for each in scripts[::-1]
    ]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")


def test_the_page_is_small_in_every_script() -> None:
    for tag in ("en", "ko", "ar"):
        assert len(html.render(article(tag), STYLE)) < 300_000


def test_the_fonts_in_the_page_draw_what_stands_in_it() -> None:
    text = page(article("ko", "<h2>법적 함의</h2><p>조약 <em>주체</em> Договор</p>"))
    made = fonts_in(text)
    plain, bold = (made["NanumMyeongjo", "normal", weight] for weight in ("400", "700"))
    assert {ord(sign) for sign in "조약법적함의"} <= set(plain.getBestCmap())
    assert {ord(sign) for sign in "주체법적함의"} <= set(bold.getBestCmap())
    assert ord("약") not in bold.getBestCmap()


def test_words_in_another_language_are_drawn_by_another_face_than_korean() -> None:
    text = page(article("ko", '<p>조약 <span lang="ru">Договор</span></p>'))
    made = fonts_in(text)
    assert ord("Д") in made["Gentium Plus", "normal", "400"].getBestCmap()
    assert ord("Д") not in made["NanumMyeongjo", "normal", "400"].getBestCmap()


def test_a_character_that_no_font_has_is_a_problem_that_names_it() -> None:
    with pytest.raises(PublishError, match=r"font-glyph-missing.*U\+10FF00"):
        page(article("en", "<p>What is \U0010ff00?</p>"))


def test_a_drawing_stands_in_the_page_with_its_name_and_ids_of_its_own() -> None:
    first, second = tree(article()).xpath("//*[local-name()='svg']")
    assert (first.get("role"), first.get("aria-label")) == ("img", "A line.")
    assert (second.get("role"), second.get("aria-hidden")) == (None, "true")
    ids = tree(article()).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_rules_of_a_drawing_rule_only_the_drawing() -> None:
    drawing = tree(article()).xpath("//*[local-name()='svg']")[0]
    rules = drawing.xpath("string(.//*[local-name()='style'])")
    assert rules == f"#{drawing.get('id')} {{ text {{ fill: url(#pub-article-1-fade) }} }}"
    assert drawing.xpath(".//*[@id='pub-article-1-fade']")


def test_a_drawing_as_wide_as_nothing_can_be_is_there_all_the_same() -> None:
    wide = {"figures/a.svg": FIGURE.replace("720", "7" * 5000).encode(), "b.png": PNG}
    (drawing, *_) = tree(replace(article(), resources=wide)).iter("{*}svg")
    assert drawing.get("style") == "--width: 0"


def test_a_drawing_keeps_its_language_in_the_way_html_has_for_it() -> None:
    assert re.search(r'<svg [^>]*xml:lang="en"', page(article()))
    assert not re.search(r'<svg [^>]* lang="en"', page(article()))


def test_a_raster_image_is_in_the_page_as_data() -> None:
    (source,) = tree(article()).xpath("//img/@src")
    assert b64decode(source.removeprefix("data:image/png;base64,")) == PNG


def test_a_wide_table_scrolls_in_a_group_that_its_caption_names() -> None:
    (box,) = tree(article()).xpath("//div[@class='scroll']")
    (caption,) = box.xpath("./table/caption")
    assert box.get("aria-labelledby") == caption.get("id")
    assert box.get("tabindex") == "0"
    assert box.xpath(".//th/@scope") == ["col"]


def test_a_table_without_a_caption_is_named_by_its_kind() -> None:
    (box,) = tree(article(text="<table><tr><td>1</td></tr></table>")).xpath(
        "//div[@class='scroll']"
    )
    assert box.get("aria-label") == "Table"


def test_braces_in_a_translated_word_are_only_braces() -> None:
    words = {**article().words, "table": "Tabelle {number} {"}
    edition = replace(article(text="<table><tr><td>1</td></tr></table>"), words=words)
    assert tree(edition).xpath("//div[@class='scroll']/@aria-label") == ["Tabelle  {"]


def test_void_elements_are_written_as_html_writes_them() -> None:
    assert not re.search(r"<(br|img|meta|col|input)\b[^>]*/>", page(article()))


def test_the_switch_names_every_edition_in_its_own_language() -> None:
    links = tree(article("ko")).xpath("//nav[@class='languages']//a")
    assert [link.get("href") for link in links] == [
        "../en/alliance.html",
        "../ko/alliance.html",
        "../ar/alliance.html",
    ]
    assert [link.get("hreflang") for link in links] == ["en", "ko", "ar"]
    assert [link.get("lang") for link in links] == ["en", "ko", "ar"]
    assert [link.get("aria-current") for link in links] == [None, "page", None]


def test_the_page_names_its_language_and_direction() -> None:
    root = tree(article("ar"))
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")


def test_addresses_of_all_editions_are_given_when_the_publication_has_one() -> None:
    links = tree(article("ko")).xpath("//link[@rel='alternate']")
    base = "https://example.org/alliance"
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "en": f"{base}/en/alliance.html",
        "ko": f"{base}/ko/alliance.html",
        "ar": f"{base}/ar/alliance.html",
        "x-default": f"{base}/en/alliance.html",
    }
    (canonical,) = tree(article("ko")).xpath("//link[@rel='canonical']/@href")
    assert canonical == f"{base}/ko/alliance.html"


def test_no_address_is_made_up_when_the_publication_has_none() -> None:
    edition = replace(article(), base_url="")
    assert not tree(edition).xpath("//link[@rel='canonical' or @rel='alternate']")
    assert "url" not in linked(edition)


def test_readers_of_metadata_find_title_people_and_date() -> None:
    metas = tree(article()).xpath("//meta[starts-with(@name, 'citation_')]")
    found = {(meta.get("name"), meta.get("content")) for meta in metas}
    assert ("citation_author", "Ann") in found
    assert ("citation_author", "Gordon") not in found
    assert ("citation_publication_date", "2026/11/22") in found
    assert ("citation_doi", "10.1000/182") in found


def test_what_is_shown_of_a_link_to_the_page_is_its_title_and_abstract() -> None:
    metas = tree(article("ko")).xpath("//meta[starts-with(@property, 'og:')]")
    found = {(meta.get("property"), meta.get("content")) for meta in metas}
    assert ("og:title", "Alliance </script>") in found
    assert ("og:description", "Short.") in found
    assert ("og:url", "https://example.org/alliance/ko/alliance.html") in found
    assert ("og:locale", "ko") in found
    others = {value for name, value in found if name == "og:locale:alternate"}
    assert others == {"en", "ar"}


def test_the_pdf_is_said_to_stand_beside_the_page() -> None:
    (address,) = tree(article("ko")).xpath("//meta[@name='citation_pdf_url']/@content")
    assert address == "https://example.org/alliance/ko/alliance.pdf"
    assert not tree(replace(article(), base_url="")).xpath("//meta[@name='citation_pdf_url']")


def test_reference_managers_get_the_records_from_the_page_itself() -> None:
    edition = replace(article("ko"), citation=Text("<em>Alliance</em>", "Alliance"))
    (citation,) = tree(edition).xpath("//div[@class='citation']/dd/em/text()")
    assert citation == "Alliance"
    links = tree(edition).xpath("//div[@class='files']//a")
    assert [link.get("download") for link in links] == [
        f"alliance-ko.{suffix}" for suffix in ("bib", "ris", "json")
    ]
    contents = [b64decode(link.get("href").partition(",")[2]).decode() for link in links]
    assert contents == [each.write(edition) for each in citing.FORMATS]


def test_linked_data_says_who_did_what_and_what_it_is_a_translation_of() -> None:
    found = linked(article("ko"))
    assert found["@type"] == "ScholarlyArticle"
    assert found["inLanguage"] == "ko"
    assert found["author"][0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert found["translator"][0]["name"] == "Tara"
    assert found["isBasedOn"][0]["author"]["name"] == "Gordon"
    assert found["translationOfWork"][0]["inLanguage"] == "en"
    translations = linked(article())["workTranslation"]
    assert [each["inLanguage"] for each in translations] == ["ko", "ar"]


def test_linked_data_says_who_can_read_it() -> None:
    text = TEXT.replace('<img src="b.png" alt="" /><img src="figures/a.svg"\n alt="" />', "")
    found = linked(article(text=text))
    assert found["accessMode"] == ["textual", "visual"]
    assert found["accessModeSufficient"] == ["textual", "textual,visual"]
    assert "alternativeText" in found["accessibilityFeature"]
    bare = linked(article())  # a picture in it has no words
    assert bare["accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" not in bare["accessibilityFeature"]
    assert linked(article(text="<p>Words</p>"))["accessMode"] == ["textual"]


@pytest.mark.parametrize(
    ("picture", "hazard"),
    [(b"<svg><path/></svg>", "none"), (b"<svg><animate/></svg>", "unknown")],
)
def test_linked_data_calls_a_page_harmless_only_if_nothing_moves(
    picture: bytes, hazard: str
) -> None:
    found = linked(replace(article(), resources={"figures/a.svg": picture}))
    assert found["accessibilityHazard"] == [hazard]


def test_a_title_cannot_end_the_element_it_stands_in() -> None:
    assert page(article()).count("</script>") == 2
    assert linked(article())["name"] == "Alliance </script>"


def test_a_draft_says_so_and_a_finished_edition_does_not() -> None:
    assert "draft-note" not in page(article("ko")).split("</style>")[-1]
    draft = replace(article("ko"), untranslated=0.2)
    assert tree(draft).xpath("//p[@class='draft-note']")


def test_every_link_within_the_page_leads_somewhere() -> None:
    notes = '<ol class="notes"><li id="fn-1"><p>N <a href="#fnref-1">b</a></p></li></ol>'
    made = tree(article(text=TEXT + notes))
    ids = set(made.xpath("//@id"))
    assert {link[1:] for link in made.xpath("//a/@href") if link.startswith("#")} <= ids


def test_a_publication_s_own_tokens_come_after_the_common_ones(tmp_path: Path) -> None:
    (tmp_path / "tokens.css").write_text(":root { --accent: #123456 }", "utf-8")
    text = html.render(article(), styles.read(tmp_path)).decode()
    assert text.index("--accent: #7a2b23") < text.index("--accent: #123456")


def test_the_same_edition_gives_the_same_bytes_in_another_process() -> None:
    code = "import sys, pickle; from publish import styles; from publish.renderers import html;"
    code += "sys.stdout.buffer.write(html.render(pickle.load(sys.stdin.buffer), styles.read()))"
    import pickle

    made = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(article("ko")),
        capture_output=True,
        check=True,
        env=os.environ
        | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(styles.__file__).parents[1])},
    )
    assert made.stdout == html.render(article("ko"), STYLE)
