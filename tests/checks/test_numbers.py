"""Numbers, dates and measures: the same in each language's form, and found when they differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from checks.publication import language, made
from publish.checks import translations
from publish.checks.translations import quantities
from publish.problems import Problem

SAME = [
    ("ko", "more than 13,000 containers", "컨테이너 1만 3,000개 이상"),
    ("ko", "13,000", "1만 3천여"),
    ("ko", "13,000", "13,000"),
    ("ko", "9 million US dollars", "미화 900만 달러"),
    ("ko", "at least forty missiles", "미사일 적어도 40발"),
    ("ko", "forty-five missiles", "미사일 마흔다섯 발"),
    ("ko", "nine events", "아홉 가지 사건"),
    ("ko", "three books", "저서 세 권"),
    ("ko", "five days later", "닷새 뒤"),
    ("ko", "in the 1960s", "1960년대에"),
    ("ko", "On 19 June 2024", "2024년 6월 19일"),
    ("ko", "10 July–15 August 2024", "2024년 7월 10일–8월 15일"),
    ("de", "12 July–15 August", "12. Juli–15. August"),
    ("ko", "9 million–10 million", "900만–1000만"),
    ("de", "1·" + "1" * 5000, "1·" + "1" * 5000),
    ("ko", "until March 2025", "2025년 3월까지"),
    ("ko", "the Second World War", "제2차 세계대전"),
    ("ko", "Chapter VII", "제7장"),
    ("ko", "arts. 2(4) and 103", "제2조 제4항 및 제103조"),
    ("ko", "during the pandemic of 2020–22", "2020~2022년 코로나19 대유행기"),
    ("ko", "within twenty-four months", "24개월 이내에"),
    ("ko", "25 per cent", "25퍼센트"),
    ("ko", "3 years later", "3년 뒤"),
    ("ru", "13,000", "13\u00a0000"),
    ("ru", "13,000", "13 000"),
    ("ru", "3,000", "3000"),
    ("ru", "13,000", "13 тыс."),
    ("ru", "at least forty missiles", "не менее сорока ракет"),
    ("ru", "forty-five missiles", "сорок пять ракет"),
    ("ru", "9 million US dollars", "9\u00a0млн долл. США"),
    ("ru", "in the 1960s", "в 1960-е\u00a0годы"),
    ("ru", "On 19 June 2024", "19\u00a0июня 2024\u00a0г."),
    ("ru", "until March 2025", "до марта 2025\u00a0г."),
    ("ru", "from February 2022", "с февраля 2022\u00a0г."),
    ("ru", "May 2024", "май 2024\u00a0г."),
    ("ru", "the 19th century", "XIX век"),
    ("ru", "3.5 per cent", "3,5\u00a0%"),
    ("ru", "3.5%", "3,5 процента"),
    ("ru", "24 months", "двадцать четыре месяца"),
    ("de", "13,000", "13.000"),
    ("de", "13,000", "13\u00a0000"),
    ("de", "at least forty missiles", "mindestens vierzig Raketen"),
    ("de", "45 missiles", "fünfundvierzig Raketen"),
    ("de", "9 million US dollars", "neun Millionen US-Dollar"),
    ("de", "$9 million", "9 Millionen Dollar"),
    ("de", "in the 1960s", "in den 1960er-Jahren"),
    ("de", "On 19 June 2024", "Am 19.\u00a0Juni 2024"),
    ("de", "On 19 June 2024", "Am 19.06.2024"),
    ("de", "until March 2025", "bis März 2025"),
    ("de", "third states", "Drittstaaten"),
    ("de", "Version 4.0", "Version 4.0"),
    ("de", "3.5 per cent", "3,5\u00a0Prozent"),
    ("de", "the G7 and Covid-19", "die Sieben und das Virus"),
    ("fr", "13,000 on 19 June 2024", "13\u202f000 le 19 juin 2024"),
    ("fr", "nine of 24", "neuf sur vingt-quatre"),
    ("ar", "13,000 on 19 June 2024", "١٣٬٠٠٠ في ١٩ يونيو ٢٠٢٤"),
    ("ar", "nine events, 9 pages", "تسعة أحداث وتسع صفحات"),
    ("ja", "The treaty of 19 June 1931 was signed.", "1931年6月19日の条約が署名された。"),
    ("zh-Hans", "The treaty of 19 June 1931 was signed.", "1931年6月19日的条约已签署。"),
    ("zh-Hans", "In June it was signed.", "条约于6月签署。"),
    ("ko", "On 19 June 2024", "2024년6월19일"),
]
OTHER = [
    ("ko", "13,000", "1만 2,000"),
    ("ko", "9 million dollars", "900 달러"),
    ("ko", "Article 51", "제52조"),
    ("ko", "forty missiles", "미사일 50발"),
    ("ko", "nine events", "여덟 가지 사건"),
    ("ko", "On 19 June 2024", "2024년 7월 19일"),
    ("ko", "25 per cent", "25배"),
    ("ko", "24 months", "24년"),
    ("ru", "13,000", "13.000"),
    ("ru", "13,000", "13"),
    ("ru", "9 million dollars", "9 млрд долларов"),
    ("ru", "forty-five", "сорок шесть"),
    ("ru", "On 19 June 2024", "19\u00a0июля 2024\u00a0г."),
    ("ru", "3.5 per cent", "3.5\u00a0%"),
    ("ru", "5 days later", "5 лет спустя"),
    ("de", "13,000", "13,000"),
    ("de", "twenty-four months", "zweiundvierzig Monate"),
    ("de", "On 19 June 2024", "Am 19.\u00a0Juli 2024"),
    ("de", "9 million dollars", "9 Millionen Euro"),
    ("de", "1961", "im Jahr 1916"),
    ("de", "Version 4.0", "Version 4"),
    ("de", "twenty soldiers", "Soldaten"),
    ("fr", "in 2020–2022", "en 2020–2023"),
    ("ar", "19 June 2024", "١٩ يوليو ٢٠٢٤"),
    ("ar", "13,000", "١٣٠٠"),
    ("ja", "On 19 June 2024", "2024年7月19日に"),
]
CODES = {"translation-number", "translation-unit", "translation-separator"}


def found(tag: str, source: str, translation: str) -> list[Problem]:
    problems = translations.check(made([(source, translation)]), language(tag), language("en"))
    return [problem for problem in problems if problem.code in CODES]


@pytest.mark.parametrize(("tag", "source", "translation"), SAME)
def test_the_same_in_the_language_s_own_form(tag: str, source: str, translation: str) -> None:
    assert not found(tag, source, translation)


@pytest.mark.parametrize(("tag", "source", "translation"), OTHER)
def test_something_else(tag: str, source: str, translation: str) -> None:
    assert found(tag, source, translation)


def test_numbers_of_notes_places_code_and_addresses_are_none() -> None:
    source = "See[^1] {number} `x7` $y_8$ [here](https://a.org/9) [@key-2024, p. 3] @sec-5."
    translation = (
        "Siehe [hier](https://a.org/9) @sec-5 [@key-2024, S.\u00a03] {number} $y_8$ `x7`.[^1]"
    )
    assert not found("de", source, translation)


def test_locators_are_compared_work_by_work() -> None:
    source = "By Article 5 [@a, art. 5] and [@b, art. 6]."
    (problem,) = found("de", source, "Nach Artikel 5 [@a, Art.\u00a06] und [@b, Art.\u00a06].")
    assert "@a" in problem.message


def test_what_the_messages_before_name_may_be_named_again() -> None:
    pairs = [
        ("Article 51 is cited.", "제51조가 인용된다."),
        ("The reference works.", "제51조의 원용은 작용한다."),
    ]
    assert not list(translations.check(made(pairs), language("ko"), language("en")))


def test_a_problem_says_what_is_missing_and_what_was_added() -> None:
    (problem,) = found("de", "In 1961.", "Im Jahr 1916.")
    assert "“1961”" in problem.message
    assert "“1916”" in problem.message


@pytest.mark.parametrize("tag", ["en", "de", "fr", "ru", "ko", "ar"])
@given(value=some.integers(0, 10**9))
def test_a_number_is_read_as_the_language_writes_it(tag: str, value: int) -> None:
    (quantity,) = quantities.read(language(tag).number(value), language(tag))
    assert quantity.value == value


@pytest.mark.parametrize("tag", ["en", "de", "ru", "ko", "ar"])
@given(text=some.text(alphabet="0123456789.,- 만천억월VIXМм%$–·\u00a0ab제", max_size=40))
def test_no_text_is_too_odd_to_read(tag: str, text: str) -> None:
    for quantity in quantities.read(text, language(tag)):
        assert text[quantity.start : quantity.end]
