from __future__ import annotations

import re
from datetime import date

import pytest
from jinja2.exceptions import UndefinedError

from publish import languages, styles
from publish.documents.words import WORDS
from publish.editions import Chapter, Credit, Edition, Heading, Text
from publish.metadata import Funder, Organisation
from publish.problems import PublishError
from publish.records import replace
from publish.renderers import pages
from publish.styles import Style

RULES = styles.DEFAULTS / "languages.toml"
STYLE = styles.read()


def article(tag: str = "en") -> Edition:
    heads = (
        Heading(1, "one", "1", Text("One", "One")),
        Heading(2, "sub", "1.1", Text("Sub", "Sub")),
        Heading(1, "two", "2", Text("Two", "Two")),
    )
    return Edition(
        id=tag,
        slug="article",
        kind="article",
        language=languages.read(tag, RULES),
        source_language=languages.read("en", RULES),
        title=Text("Alliance <em>or</em> instrument", "Alliance or instrument"),
        subtitle=Text("", ""),
        credits=(Credit("Ann & Co", "aut", "Author", organisation=True),),
        abstract=Text("<p>Short.</p>", "Short."),
        keywords=("law", "politics"),
        date=date(2026, 11, 22),
        date_text="22 November 2026",
        version="1.0",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        licence_name="Creative Commons Attribution 4.0 International",
        rights="© 2026 Ann & Co",
        funding="",
        publisher=Organisation(name="House <b>", place="Bonn"),
        identifiers={"uuid": "3f1c7f0e", "doi": "10.1000/182"},
        base_url="",
        translation_note="",
        chapters=(Chapter("article", Text("A", "A"), "<p>Text</p>", heads),),
        words=WORDS,
    )


def part(call: str, edition: Edition) -> str:
    template = '{% import "parts.html" as parts %}{{ parts.' + call + " }}"
    return pages.render("part.html", edition, with_template(template))


def with_template(text: str) -> Style:
    return Style({**STYLE.files, "templates/part.html": text})


@pytest.mark.parametrize(
    "call",
    [
        "title_block(edition)",
        "abstract(edition)",
        "keywords(edition)",
        "about(edition)",
        "colophon(edition)",
        "contents(edition)",
        "draft_note(edition)",
    ],
)
def test_every_part_is_well_formed_and_empty_where_nothing_is_known(call: str) -> None:
    full = article()
    people = (replace(full.credits[0], bio="<p>A bio.</p>", bio_title="About <it>"),)
    pages.parse(part(call, replace(full, credits=people, untranslated=0.5, funding="A & B")))
    bare = replace(full, credits=(), abstract=Text("", ""), keywords=(), chapters=(), version="")
    pages.parse(part(call, bare))


def test_plain_words_are_escaped_and_html_is_kept() -> None:
    block = part("title_block(edition)", article())
    assert "Alliance <em>or</em> instrument" in block
    assert "Ann &amp; Co" in block
    assert "House &lt;b&gt;, Bonn" in part("colophon(edition)", article())


def test_an_author_behind_editors_is_called_one() -> None:
    people = [Credit(role, role, role) for role in ("aut", "edt", "aut")]
    block = part("title_block(edition)", replace(article(), credits=tuple(people)))
    found = re.findall(r'"contributor role-(\S+)"', block)
    assert found == ["aut", "edt", "later-aut"]


def test_a_funder_that_the_text_names_is_not_named_twice() -> None:
    funders = (Funder(name="House A", award="1"), Funder(name="House B", award="2"))
    words = WORDS | {"award": "grant {number}"}
    edition = replace(article(), funding="By House A.", funders=funders, words=words)
    assert "By House A. <span" in part("colophon(edition)", edition)
    assert part("colophon(edition)", edition).count("House A") == 1


def test_people_who_share_a_heading_stand_under_one() -> None:
    people = [
        Credit(name, "trl", "Translator", bio=f"<p>{name}.</p>", bio_title=title)
        for name, title in (("A", "Translators"), ("B", "Translators"), ("C", "Editor"))
    ]
    about = part("about(edition)", replace(article(), credits=tuple(people)))
    assert about.count("<h2") == 2
    assert about.index("<p>B.</p>") < about.index(">Editor</h2>") < about.index("<p>C.</p>")


def test_a_part_takes_the_level_and_the_attributes_it_is_given() -> None:
    colophon = part("""colophon(edition, 3, 'epub:type="colophon"'|safe)""", article())
    assert 'aria-labelledby="pub-colophon-title" epub:type="colophon">' in colophon
    assert '<h3 id="pub-colophon-title">' in colophon


def test_the_colophon_names_identifiers_but_not_the_one_for_machines() -> None:
    colophon = part("colophon(edition)", article())
    assert '<a href="https://doi.org/10.1000/182">10.1000/182</a>' in colophon
    assert "3f1c7f0e" not in colophon


def test_the_original_name_is_marked_as_another_language() -> None:
    person = Credit("고든", "ant", "원저자", original_name="Gordon")
    block = part("title_block(edition)", replace(article("ko"), credits=(person,)))
    assert '<span class="original-name" lang="en" dir="ltr">(Gordon)</span>' in block


def test_a_draft_says_in_which_language_passages_still_stand() -> None:
    draft = replace(article("de"), untranslated=0.1)
    assert "Englisch" in part("draft_note(edition)", draft)


def test_contents_are_nested_as_deep_as_asked_for() -> None:
    deep = part("contents(edition)", article())
    assert deep.index('href="#one"') < deep.index('href="#sub"') < deep.index('href="#two"')
    assert deep.count("<ol") == 2
    assert "#sub" not in part("contents(edition, 1)", article())


def test_headings_that_skip_a_level_find_their_parent() -> None:
    levels = (1, 3, 2, 1)
    headings = [Heading(n, str(i), "", Text("", "")) for i, n in enumerate(levels)]
    first, last = pages.outline(headings)
    assert [entry.heading.level for entry in first.children] == [3, 2]
    assert not last.children


def test_a_word_that_is_missing_is_an_error_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        part("abstract(edition)", replace(article(), words={}))


def test_a_template_cannot_reach_out_of_its_sandbox() -> None:
    reaching = with_template("{{ edition.__class__.__mro__[-1].__subclasses__() }}")
    with pytest.raises(PublishError, match=r"style-template.*is unsafe"):
        pages.render("part.html", article(), reaching)


def test_what_is_parsed_is_serialised_as_html_and_xml_alike() -> None:
    html = (
        'a &amp; b<span class="x"></span><br/><svg xmlns="http://www.w3.org/2000/svg"><g/></svg>c'
    )
    assert pages.serialise(pages.parse(html)) == html


def test_emphasis_is_by_weight_only_where_the_script_has_no_slant() -> None:
    assert "font-weight: bold" in pages.language_rules(article("ko"))
    assert "font-weight" not in pages.language_rules(article("en"))


def test_lines_break_within_words_or_between_them_as_the_language_asks() -> None:
    assert "keep-all" in pages.language_rules(article("ko"))
    assert "hyphens: auto" not in pages.language_rules(article("ko"))
    assert "hyphens: auto" in pages.language_rules(article("de"))


def test_the_typefaces_of_the_language_come_first() -> None:
    assert pages.font_stack(article("ko")).startswith(':root { --font-text: "NanumMyeongjo", ')


@pytest.mark.parametrize("given", ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"])
def test_an_orcid_may_be_given_as_a_number_or_an_address(given: str) -> None:
    assert pages.orcid_url(given) == "https://orcid.org/0000-0002-1825-0097"
