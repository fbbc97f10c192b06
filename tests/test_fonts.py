from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from publish import fonts
from publish.problems import PublishError

LATIN = "Gentium Book Plus"
KOREAN = "NanumMyeongjo"


def face(family: str, style: str = "normal", weight: int = 400) -> fonts.Face:
    return next(
        each for each in fonts.faces([family]) if (each.style, each.weight) == (style, weight)
    )


def told(program: str, **environment: str) -> str:
    """What a program says that has `fonts` and `failure` in another process."""
    start = f"""
from publish import fonts
def failure():
    try:
        fonts.faces(["{LATIN}"])
    except fonts.PublishError as error:
        return error
"""
    base = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", start + program],
        capture_output=True,
        check=True,
        text=True,
        env=base | environment,
    )
    return run.stdout.strip()


def test_a_family_with_four_faces_has_four() -> None:
    kinds = [(each.style, each.weight) for each in fonts.faces([LATIN])]
    assert kinds == [("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)]


def test_a_slant_that_nobody_drew_is_no_face() -> None:
    assert {each.style for each in fonts.faces([KOREAN])} == {"normal"}


def test_families_come_in_the_order_asked_for_and_in_any_case_of_letters() -> None:
    found = [each.family for each in fonts.faces([KOREAN.upper(), "Nobody's Own", LATIN])]
    assert list(dict.fromkeys(found)) == [KOREAN, LATIN]


def test_a_family_goes_by_its_other_name_too() -> None:
    assert fonts.faces(["나눔명조"])[0].path == fonts.faces([KOREAN])[0].path


def test_without_any_of_the_families_the_package_is_named() -> None:
    with pytest.raises(PublishError) as raised:
        fonts.faces(["Nanum Nobody"])
    problem = raised.value.problems[0]
    assert problem.code == "font-missing"
    assert problem.hint == "sudo apt install fonts-nanum"


def test_a_missing_fontconfig_is_named() -> None:
    assert "sudo apt install fontconfig" in told("print(failure())", PATH="/nowhere")


def test_coverage_is_what_the_font_itself_says() -> None:
    drawn = fonts.coverage(face(LATIN))
    with TTFont(face(LATIN).path) as font:
        assert {each for each in range(0x20000) if each in drawn} <= set(font.getBestCmap())
    assert all(ord(sign) in drawn for sign in "aжỹ")


def test_what_has_no_picture_is_never_missing() -> None:
    assert fonts.missing("a\u2060b\u00ad \u202f\u200f\ufe0f\n", [LATIN]) == {}


def test_a_missing_character_comes_with_the_words_around_it() -> None:
    text = "This stands before it, 주체, and this after it."
    assert fonts.missing(text, [KOREAN]) == {}
    assert set(fonts.missing(text, [LATIN])) == {"주", "체"}
    assert fonts.missing(text, [LATIN])["주"] == "s stands before it, 주체, and this after it"


def test_a_character_that_no_font_has_stops_with_all_that_helps_to_find_it() -> None:
    with pytest.raises(PublishError) as raised:
        fonts.require("The sign ⟡ is rare.", [LATIN], "edition en")
    problem = raised.value.problems[0]
    assert problem.code == "font-glyph-missing"
    assert str(problem.location) == "edition en"
    for part in ("⟡", "U+27E1", "The sign ⟡ is rare.", LATIN):
        assert part in problem.message


def test_the_letters_of_a_word_that_no_font_has_are_told_once() -> None:
    with pytest.raises(PublishError) as raised:
        fonts.require("A word: 𐀀𐀁𐀂𐀃𐀄.", [LATIN], "edition en")
    (problem,) = raised.value.problems
    assert "and 2 more in “A word: 𐀀𐀁𐀂𐀃𐀄.”" in problem.message


def test_no_package_is_named_for_pictures_that_none_of_the_families_has() -> None:
    with pytest.raises(PublishError) as raised:
        fonts.require("\U0001f600", [LATIN, "Gentium Absent"], "edition en")
    assert "apt install" not in raised.value.problems[0].hint


def test_emphasis_is_slanted_where_a_face_has_all_of_it() -> None:
    assert fonts.slanted("Juche", [KOREAN, LATIN]) == LATIN
    assert fonts.slanted("Juche 주체", [KOREAN, LATIN]) is None


@pytest.mark.parametrize("flavour", ["woff", None])
def test_a_subset_has_the_characters_asked_for_and_its_manners(flavour: Any) -> None:
    data = fonts.subset(face(LATIN), "affix 12", flavour)
    with TTFont(BytesIO(data)) as font:
        assert set(map(chr, font.getBestCmap())) == set("afix 12")
        features = {each.FeatureTag for each in font["GSUB"].table.FeatureList.FeatureRecord}
        assert {"liga", "smcp", "tnum"} & features
        assert "GPOS" in font
        assert font.flavor == flavour


def test_a_subset_is_small_for_a_script_of_thousands() -> None:
    assert len(fonts.subset(face(KOREAN), "대한민국의 헌법", "woff")) < 10_000


def test_a_subset_is_the_same_in_another_process_on_another_day() -> None:
    program = (
        "import hashlib, time; time.time = lambda: 4e9\n"
        f"data = fonts.subset(fonts.faces(['{LATIN}'])[0], 'zyxcba', 'woff')\n"
        "print(hashlib.sha256(data).hexdigest())"
    )
    assert len({told(program, PYTHONHASHSEED=seed) for seed in ("1", "2")}) == 1


def test_fonttools_waits_until_there_is_work() -> None:
    program = f"import sys; fonts.missing('a', ['{LATIN}']); print('fontTools' in sys.modules)"
    assert told(program) == "False"


def test_a_character_that_a_family_not_installed_may_have_names_its_package() -> None:
    with pytest.raises(PublishError) as raised:
        fonts.require("주", ["Nanum Nobody", LATIN], "edition ko")
    problem = raised.value.problems[0]
    assert "not installed: Nanum Nobody" in problem.message
    assert problem.hint.startswith("sudo apt install fonts-nanum")
