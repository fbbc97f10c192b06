"""The default citation style prints what an editor in each language would let stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from publish.documents.pandoc import Bibliography, Pandoc

ROOT = Path(__file__).resolve().parents[1]
STYLE = ROOT / "styles" / "citations.csl"
CSL = "{http://purl.org/net/xbiblio/csl}"
LANGUAGES = ["en-GB", "de", "ru", "ko"]

Reference = dict[str, Any]
Print = Callable[..., tuple[str, list[str]]]


def person(family: str, given: str) -> Reference:
    return {"family": family, "given": given}


def day(year: int, *rest: int) -> Reference:
    return {"date-parts": [[year, *rest]]}


COUNCIL = [{"literal": "UN Security Council"}]
CHARTER = {
    "id": "charter",
    "type": "treaty",
    "author": [{"literal": "United Nations"}],
    "title": "Charter of the United Nations",
    "title-short": "UN Charter",
    "issued": day(1945, 6, 26),
}
JUDGMENT = {
    "id": "judgment",
    "type": "legal_case",
    "author": [{"literal": "International Court of Justice"}],
    "title": "Nicaragua v. United States of America",
    "genre": "Merits, Judgment",
    "issued": day(1986, 6, 27),
    "container-title": "I.C.J. Reports 1986",
    "page": "14",
}
ANALYSIS = {
    "id": "analysis",
    "type": "document",
    "author": [person("Friedrichs", "Gordon")],
    "title": "Autocratic Alliance? A Treaty",
}
ARTICLE = {
    "id": "article",
    "type": "article-journal",
    "author": [person("Smith", "Anna"), person("Lee", "Ben")],
    "title": 'The "Use" of Force',
    "container-title": "European Journal",
    "volume": "12",
    "issue": "3",
    "page": "345-367",
    "issued": day(2020),
    "DOI": "10.1000/12",
}
CHAPTER = {
    "id": "chapter",
    "type": "chapter",
    "author": [person("Roe", "Rick")],
    "title": "Article 51",
    "editor": [person("Simma", "Bruno"), person("Nolte", "Georg")],
    "container-title": "The Charter",
    "edition": "3",
    "volume": "2",
    "page": "1397-1428",
    "publisher": "OUP",
    "publisher-place": "Oxford",
    "issued": day(2012),
}
COMMENTARY = {
    "id": "commentary",
    "type": "book",
    "editor": [person("Simma", "Bruno"), person("Nolte", "Georg")],
    "translator": [person("Doe", "Jane")],
    "title": "The Charter",
    "collection-title": "Commentaries",
    "collection-number": "7",
    "edition": "2",
    "publisher": "OUP",
    "issued": day(2012),
}
PAGE = {
    "id": "page",
    "type": "webpage",
    "author": [{"literal": "Ministry"}],
    "title": "Statement",
    "container-title": "Site",
    "issued": day(2024),
    "URL": "https://example.org/",
    "accessed": day(2026, 11, 22),
}


def resolution(number: str, *date: int) -> Reference:
    return {
        "id": f"res-{number}",
        "type": "legislation",
        "author": COUNCIL,
        "title": f"Resolution {number} ({date[0]})",
        "number": f"S/RES/{number} ({date[0]})",
        "issued": day(*date),
    }


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.fixture
def cite(pandoc: Pandoc) -> Print:
    """A text with its citations set and the entries of its list of references, as plain text."""

    def cited(text: str, language: str, *references: Reference) -> tuple[str, list[str]]:
        blocks = pandoc.read(text.encode(), "markdown")[0]["blocks"]
        works = Bibliography("csljson", json.dumps(references).encode())
        result, warnings = pandoc.cite(blocks, works, STYLE.read_text("utf-8"), language)
        assert not warnings
        *paragraphs, refs = pandoc.html([[block] for block in result])
        entries = re.findall(r'<div id="ref-[^>]*>(.*?)</div>', refs, re.DOTALL)
        return "\n".join(map(_text, paragraphs)), [_text(entry) for entry in entries]

    return cited


def _text(html: str) -> str:
    """The text of some HTML on one line, `␣` for a space that does not break, italics as *…*."""
    plain = re.sub(r"<[^>]*>", "", re.sub(r"</?em>", "*", html))
    return plain.replace("&amp;", "&").replace("\n", " ").replace("\u00a0", "␣").strip()


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "Friedrichs (n.d.) and (Friedrichs n.d.)"),
        ("de", "Friedrichs (o.␣J.) and (Friedrichs o.␣J.)"),
        ("ru", "Friedrichs (б.␣г.) and (Friedrichs б.␣г.)"),
        ("ko", "Friedrichs (연도 미상) and (Friedrichs 연도 미상)"),
        ("fr", "Friedrichs (s.␣d.) and (Friedrichs s.␣d.)"),
        ("ja", "Friedrichs (日付なし) and (Friedrichs 日付なし)"),
    ],
)
def test_a_work_without_date_says_so_in_the_language(
    cite: Print, language: str, printed: str
) -> None:
    text, entries = cite("@analysis and [@analysis]", language, ANALYSIS)
    no_date = printed.split("(")[1].split(")", maxsplit=1)[0]
    assert text == printed
    assert entries == [f"Friedrichs, Gordon ({no_date}). *Autocratic Alliance? A Treaty*."]


@pytest.mark.parametrize("language", [*LANGUAGES, "fr", "ja", "en-US"])
def test_years_in_citations_stand_bare(cite: Print, language: str) -> None:
    references = [
        resolution("1718", 2006, 10, 14),
        resolution("2371", 2017, 8, 5),
        resolution("2397", 2017, 12, 22),
    ]
    text, _ = cite("[@res-1718; @res-2371; @res-2397]", language, *references)
    assert text == "(UN Security Council 2006; 2017a; 2017b)"


def test_works_with_a_locator_of_their_own_name_their_author_each(cite: Print) -> None:
    references = [resolution("1718", 2006, 10, 14), resolution("2371", 2017, 8, 5)]
    text, _ = cite("[@res-1718, Ziff. 8; @res-2371, Ziff. 9]", "de", *references)
    assert text == "(UN Security Council 2006, Ziff. 8; UN Security Council 2017, Ziff. 9)"


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en-GB", "para. 8", "para.␣8"),
        ("de", "Abs. 8", "Abs.␣8"),
        ("ru", "п. 8", "п.␣8"),
        ("de", "§ 8", "§␣8"),
        ("de", "8", "S.␣8"),
    ],
)
def test_the_label_of_a_locator_is_not_parted_from_its_number(
    cite: Print, language: str, typed: str, printed: str
) -> None:
    text, _ = cite(f"[@charter, {typed}]", language, CHARTER)
    assert text == f"(UN Charter 1945, {printed})"


def test_what_an_edition_lays_over_the_works_is_printed(pandoc: Pandoc) -> None:
    over = "- {id: charter, title: Устав Организации Объединенных Наций, title-short: Устав ООН}"
    works = Bibliography("csljson", json.dumps([CHARTER]).encode(), over.encode())
    blocks = pandoc.read("[@charter, ст.\u00a051]".encode(), "markdown")[0]["blocks"]
    cited, _ = pandoc.cite(blocks, works, STYLE.read_text("utf-8"), "ru")
    text, refs = pandoc.html([[block] for block in cited])
    assert _text(text) == "(Устав ООН 1945, ст.␣51)"
    assert _text(refs) == (
        "Устав ООН (1945). *Устав Организации Объединенных Наций*, 26␣июня 1945␣г."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_treaty_is_cited_by_its_short_title_also_as_author(cite: Print, language: str) -> None:
    text, _ = cite("@charter binds [@charter]", language, CHARTER)
    assert text == "UN Charter (1945) binds (UN Charter 1945)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_works_cited_by_title_are_not_taken_for_works_of_one_author(
    cite: Print, language: str
) -> None:
    other = CHARTER | {"id": "other", "title-short": "VCLT", "issued": day(1969)}
    text, _ = cite("[@charter; @other]", language, CHARTER, other)
    assert text == "(UN Charter 1945; VCLT 1969)"


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("en-GB", "art. 51", "art. 51"),
        ("en-GB", "arts. 2(4) and 103", "arts. 2(4) and 103"),
        ("en-GB", "para. 8(d)", "para. 8(d)"),
        ("en-GB", "paras. 4--5", "paras. 4–5"),
        ("en-GB", "paras. 195, 199", "paras. 195, 199"),
        ("en-GB", "12", "p. 12"),
        ("en-GB", "12-14", "pp. 12–14"),
        ("en-GB", "§ 3", "§ 3"),
        ("de", "Art. 5", "Art. 5"),
        ("de", "Art. 2 Nr. 4 und Art. 103", "Art. 2 Nr. 4 und Art. 103"),
        ("de", "Rn. 195, 199", "Rn. 195, 199"),
        ("de", "Ziff. 8 Buchst. d", "Ziff. 8 Buchst. d"),
        ("de", "§ 3 Abs. 2", "§ 3 Abs. 2"),
        ("de", "S. 12 f.", "S. 12 f."),
        ("de", "12", "S. 12"),
        ("ru", "ст. 51", "ст. 51"),
        ("ru", "ст. 2(4) и 103", "ст. 2(4) и 103"),
        ("ru", "п. 8(d)", "п. 8(d)"),
        ("ru", "пп. 4–5", "пп. 4–5"),
        ("ru", "пп. 195, 199", "пп. 195, 199"),
        ("ru", "с. 12–14", "с. 12–14"),
        ("ru", "12-14", "с. 12–14"),
        ("ko", "제51조", "제51조"),
        ("ko", "제2조 제4항 및 제103조", "제2조 제4항 및 제103조"),
        ("ko", "제4~5항", "제4~5항"),
        ("ko", "제8항 (d)호", "제8항 (d)호"),
        ("ko", "12쪽", "12쪽"),
        ("ko", "12", "12"),
    ],
)
@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_a_locator_prints_as_it_was_typed_after_one_comma(
    cite: Print, language: str, typed: str, printed: str, *, space: str
) -> None:
    typed = typed.replace(" ", space, 1)
    text, _ = cite(f"[@charter, {typed}] and @charter [{typed}]", language, CHARTER)
    spaced = text.replace("␣", " ")
    assert spaced == f"(UN Charter 1945, {printed}) and UN Charter (1945, {printed})"


@pytest.mark.parametrize(
    ("language", "two", "three"),
    [
        ("en-GB", "Smith and Lee 2020", "Smith et al. 2020"),
        ("de", "Smith und Lee 2020", "Smith u. a. 2020"),
        ("ru", "Smith и Lee 2020", "Smith и др. 2020"),
        ("ko", "Smith 및 Lee 2020", "Smith 외 2020"),
        ("fr", "Smith et Lee 2020", "Smith et al. 2020"),
    ],
)
def test_two_authors_are_named_and_more_are_left_out(
    cite: Print, language: str, two: str, three: str
) -> None:
    more = ARTICLE | {"id": "more", "author": [*ARTICLE["author"], person("Cho", "Cara")]}
    text, _ = cite("[@article; @more]", language, ARTICLE, more)
    assert text.replace("␣", " ") == f"({two}; {three})"


@pytest.mark.parametrize(
    ("language", "treaty", "judgment"),
    [
        ("en-GB", "26 June 1945", "27 June 1986, I.C.J. Reports 1986, p. 14"),
        ("de", "26. Juni 1945", "27. Juni 1986, I.C.J. Reports 1986, S. 14"),
        ("ru", "26 июня 1945 г", "27 июня 1986 г., I.C.J. Reports 1986, с. 14"),
        ("ko", "1945년 6월 26일", "1986년 6월 27일, I.C.J. Reports 1986, 14쪽"),
        ("fr", "26 juin 1945", "27 juin 1986, I.C.J. Reports 1986, p. 14"),
        ("ja", "1945年6月26日", "1986年6月27日, I.C.J. Reports 1986, p. 14"),
        ("en-US", "June 26, 1945", "June 27, 1986, I.C.J. Reports 1986, p. 14"),
    ],
)
def test_sources_of_law_are_listed_with_the_day_as_the_language_writes_it(
    cite: Print, language: str, treaty: str, judgment: str
) -> None:
    _, entries = cite("[@charter; @judgment]", language, CHARTER, JUDGMENT)
    assert [entry.replace("␣", " ") for entry in entries] == [
        (
            "International Court of Justice (1986). *Nicaragua v. United States of America*, "
            f"Merits, Judgment, {judgment}."
        ),
        f"UN Charter (1945). *Charter of the United Nations*, {treaty}.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_resolution_is_listed_with_its_number_and_the_letter_of_its_year(
    cite: Print, language: str
) -> None:
    references = [resolution("2371", 2017, 8, 5), resolution("2397", 2017, 12, 22)]
    _, entries = cite("[@res-2397; @res-2371]", language, *references)
    assert [entry.rsplit(", ", 1)[0] for entry in entries] == [
        "UN Security Council (2017a). *Resolution 2371 (2017)*, S/RES/2371 (2017)",
        "UN Security Council (2017b). *Resolution 2397 (2017)*, S/RES/2397 (2017)",
    ]


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "‘The “Use” of Force’. *European Journal*, vol.␣12, no.␣3, pp.␣345–367."),
        ("de", "„The ‚Use‘ of Force“. *European Journal*, Bd.␣12, Nr.␣3, S.␣345–367."),
        ("ru", "«The „Use“ of Force». *European Journal*, т.␣12, №␣3, с.␣345–367."),
        ("ko", "“The ‘Use’ of Force”. *European Journal*, 12권, 3호, 345–367쪽."),
    ],
)
def test_an_article_has_the_quotation_marks_and_number_words_of_the_language(
    cite: Print, language: str, printed: str
) -> None:
    _, entries = cite("@article", language, ARTICLE)
    (entry,) = entries
    assert entry == f"Smith, Anna; Lee, Ben (2020). {printed} https://doi.org/10.1000/12"


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        (
            "en-GB",
            (
                "‘Article 51’. In Bruno Simma and Georg Nolte (eds), *The Charter*, "
                "vol. 2, 3rd edn, pp. 1397–1428"
            ),
        ),
        (
            "de",
            (
                "„Article 51“. In: Bruno Simma und Georg Nolte (Hrsg.), *The Charter*, "
                "Bd. 2, 3. Aufl., S. 1397–1428"
            ),
        ),
        (
            "ru",
            (
                "«Article 51». В: Bruno Simma и Georg Nolte (ред.), *The Charter*, "
                "т. 2, 3-е изд., с. 1397–1428"
            ),
        ),
        (
            "ko",
            "“Article 51”. Bruno Simma 및 Georg Nolte (편), *The Charter*, 2권, 3판, 1397–1428쪽",
        ),
    ],
)
def test_a_chapter_names_its_book_and_the_editors(cite: Print, language: str, printed: str) -> None:
    _, entries = cite("@chapter", language, CHAPTER)
    (entry,) = (entry.replace("␣", " ") for entry in entries)
    assert entry == f"Roe, Rick (2012). {printed}. Oxford: OUP."


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "(eds) (2012). *The Charter*, Jane Doe (trans.), 2nd edn"),
        ("de", "(Hrsg.) (2012). *The Charter*, Jane Doe (Übers.), 2. Aufl."),
        ("ru", "(ред.) (2012). *The Charter*, Jane Doe (пер.), 2-е изд."),
        ("ko", "(편) (2012). *The Charter*, Jane Doe (역), 2판"),
    ],
)
def test_a_book_without_author_stands_under_its_editors(
    cite: Print, language: str, printed: str
) -> None:
    text, entries = cite("@commentary", language, COMMENTARY)
    (entry,) = (entry.replace("␣", " ") for entry in entries)
    assert re.fullmatch(r"Simma \w+ Nolte \(2012\)", text)
    assert entry == f"Simma, Bruno; Nolte, Georg {printed} (Commentaries 7). OUP."


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "‘Statement’. *Site*. https://example.org/ (accessed 22 November 2026)"),
        ("de", "„Statement“. *Site*. https://example.org/ (abgerufen am 22. November 2026)"),
        ("ru", "«Statement». *Site*. https://example.org/ (дата обращения: 22 ноября 2026 г.)"),
        ("ko", "“Statement”. *Site*. https://example.org/ (검색일: 2026년 11월 22일)"),
    ],
)
def test_a_web_page_is_listed_with_the_day_on_which_it_was_looked_at(
    cite: Print, language: str, printed: str
) -> None:
    _, entries = cite("@page", language, PAGE)
    (entry,) = (entry.replace("␣", " ") for entry in entries)
    assert entry == f"Ministry (2024). {printed}"


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        ("report", "Roe, Rick (2020). *A Title*. Working paper 5, Berlin: SWP."),
        ("thesis", "Roe, Rick (2020). *A Title*. Working paper 5, Berlin: SWP."),
        ("article", "Roe, Rick (2020). ‘A Title’. Working paper 5, Berlin: SWP."),
        ("speech", "Roe, Rick (2020). ‘A Title’, 1 May 2020. Working paper 5, Berlin: SWP."),
        ("legislation", "Roe, Rick (2020). *A Title*, working paper, 5, 1 May 2020."),
    ],
)
def test_works_that_stand_alone_are_listed_with_kind_number_and_publisher(
    cite: Print, kind: str, printed: str
) -> None:
    work = {
        "id": "work",
        "type": kind,
        "author": [person("Roe", "Rick")],
        "title": "A Title",
        "genre": "working paper",
        "number": "5",
        "publisher": "SWP",
        "publisher-place": "Berlin",
        "issued": day(2020, 5, 1),
    }
    assert cite("@work", "en-GB", work)[1] == [printed]


@pytest.mark.parametrize("language", [*LANGUAGES, "fr", "ja", "ar", "zh"])
@pytest.mark.parametrize("kind", ["book", "webpage", "treaty", "legislation", "legal_case"])
def test_a_work_without_author_begins_with_its_title_and_tells_it_once(
    cite: Print, kind: str, language: str
) -> None:
    work = {"id": "work", "type": kind, "title": "Some Law", "issued": day(2013, 6, 6)}
    text, (entry,) = cite("@work", language, work)
    assert text.replace("*", "") == "Some Law (2013)"
    assert entry.replace("*", "").startswith("Some Law (2013).")
    assert entry.count("Some Law") == 1


def test_hangul_names_given_whole_are_cited_whole(cite: Print) -> None:
    work = ARTICLE | {"author": [{"literal": "김철수"}], "title": "북러 조약"}
    text, entries = cite("[@article]", "ko", work)
    assert text == "(김철수 2020)"
    assert entries[0].startswith("김철수 (2020). “북러 조약”.")


def test_the_bibliography_of_the_manuscript_prints_in_every_language(pandoc: Pandoc) -> None:
    bibliography = (ROOT / "manuscript" / "references.yaml").read_bytes()
    every = "; ".join(f"@{key}" for key in sorted(pandoc.keys(bibliography, "yaml")))
    blocks = pandoc.read(f"[{every}]".encode(), "markdown")[0]["blocks"]
    works = Bibliography("yaml", bibliography)
    for language in LANGUAGES:
        cited, warnings = pandoc.cite(blocks, works, STYLE.read_text("utf-8"), language)
        (refs,) = pandoc.html([cited[-1:]])
        assert not warnings
        assert refs.count('class="csl-entry"') == every.count("@")
        assert not re.search(r"\.\.|,,|, \.|\(\)|  ", refs)
        assert "hanging-indent" in refs


def test_the_style_defines_every_macro_once_and_uses_it() -> None:
    tree = ET.parse(STYLE)
    defined = [macro.get("name") for macro in tree.iter(f"{CSL}macro")]
    called = {element.get("macro") for element in tree.iter() if element.get("macro")}
    assert len(defined) == len(set(defined))
    assert set(defined) == called
