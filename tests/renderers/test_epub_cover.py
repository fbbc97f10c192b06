from __future__ import annotations

from datetime import date
from io import BytesIO
from unittest.mock import Mock

import pytest
from PIL import Image

from publish import fonts, languages, styles
from publish.editions import Text
from publish.problems import PublishError
from publish.renderers.epub import cover
from publish.renderers.epub.lettering import Lettering, Letters
from publish.shelves import Passing
from renderers.test_epub import STYLE, book

LETTERS = Letters(100, 255, 1.2)


def lettering(tag: str, measure: int = 1300) -> Lettering:
    language = languages.read(tag, styles.DEFAULTS / "languages.toml")
    faces = fonts.faces((*language.fonts, *fonts.OTHER_SCRIPTS))
    return Lettering(language, tuple(each for each in faces if each.style == "normal"), measure)


@pytest.mark.parametrize("tag", ["en", "ko", "ar"])
def test_the_cover_is_a_picture_that_shops_take_and_the_same_each_time(tag: str) -> None:
    first, second = (cover.draw(book(tag), STYLE) for _ in range(2))
    assert first == second
    with Image.open(BytesIO(first)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1600, 2400))
    assert len(first) < 200_000


def test_the_cover_takes_its_colours_from_the_tokens() -> None:
    files = dict(STYLE.files)
    files["tokens.css"] += "\n:root { --accent: #004466 }"
    with Image.open(BytesIO(cover.draw(book(), STYLE._replace(files=files)))) as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (0x00, 0x44, 0x66)


def test_a_letter_that_no_typeface_has_stops_the_build() -> None:
    title = Text("\U00013000", "\U00013000")
    with pytest.raises(PublishError) as caught:
        cover.draw(book(title=title), STYLE)
    assert caught.value.problems[0].code == "font-glyph-missing"


def test_a_very_long_title_stays_within_the_field() -> None:
    title = "Zur völkerrechtlichen Einordnung wechselseitiger Beistandsverpflichtungen " * 3
    picture = Image.open(BytesIO(cover.draw(book("de", title=Text(title, title)), STYLE)))
    below = picture.convert("RGB").crop((0, cover.FIELD, cover.WIDTH, cover.FIELD + 60))
    assert len(below.getcolors() or ()) == 1


def test_many_people_do_not_run_into_the_foot() -> None:
    many = book(credits=book().credits * 9)
    few = book(credits=book().credits * 2)
    assert cover.draw(many, STYLE) == cover.draw(few, STYLE)


def test_lines_are_few_and_of_like_length() -> None:
    lines = lettering("en").lines("The North Korea Treaty as an Instrument of Interest", LETTERS)
    widths = [lettering("en").width(line, LETTERS) for line in lines]
    assert len(lines) == 2
    assert max(widths) <= 1300
    assert min(widths) > 0.75 * max(widths)


def test_korean_lines_break_between_words() -> None:
    text = "북한과 러시아의 포괄적 전략적 동반자 관계에 관한 조약"
    lines = lettering("ko", 700).lines(text, LETTERS)
    assert len(lines) > 2
    assert " ".join(lines) == text


def test_chinese_lines_break_anywhere_but_before_closing_signs() -> None:
    text = "朝鲜与俄罗斯，全面战略伙伴关系条约。"
    for measure in range(300, 1300, 100):
        lines = lettering("zh", measure).lines(text, LETTERS)
        assert "".join(lines) == text
        assert not any(line.startswith(("，", "。")) for line in lines)


def test_a_space_that_does_not_break_holds_words_together() -> None:
    lines = lettering("fr", 700).lines("Quelle est la question\u00a0? Oui", LETTERS)
    assert any("question\u00a0?" in line for line in lines)


def test_latin_words_among_arabic_ones_are_drawn_in_one_run() -> None:
    runs = lettering("ar")._runs("The publish project", LETTERS)
    assert [text for _, text in runs] == ["The publish project"]


def test_a_cover_is_drawn_once_and_anew_when_anything_in_it_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf, drawn = Passing(), Mock(wraps=cover._title)
    monkeypatch.setattr(cover, "_title", drawn)
    tokens = STYLE.files["tokens.css"] + "\n:root { --accent: #004466 }"
    night = STYLE._replace(files={**STYLE.files, "tokens.css": tokens})
    given = [
        (book(), STYLE),
        (book(), night),
        (book(title=Text("New", "New")), STYLE),
        (book(credits=book().credits[:1]), STYLE),
        (book(date=date(1999, 1, 1)), STYLE),
    ]
    for count in (len(given), 0):  # the second time nothing is drawn
        covers = {cover.draw(*each, shelf) for each in given}
        assert len(covers) == len(given)
        assert drawn.call_count == count
        drawn.reset_mock()
    assert covers == {cover.draw(*each) for each in given}


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg/>"])
def test_what_is_no_cover_is_not_taken_for_one(data: bytes) -> None:
    shelf = Mock(Passing(), find=Mock(return_value=data))
    assert cover.draw(book(), STYLE, shelf) == cover.draw(book(), STYLE)
