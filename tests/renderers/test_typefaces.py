"""Typefaces: a document gets those that its sheets name, and what they lack is told."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from publish import fonts
from publish.problems import PublishError
from publish.renderers.pdf import engine, setting, sheets, typefaces

NAMED = "html { font-family: 'Gentium Book Plus' }"
FAKED = "em { font-family: NanumMyeongjo; font-style: italic }"


def used(*css: str) -> set[tuple[str, int]]:
    """The families of a small document, with their slant: 0 upright, 1 slanted by a program."""
    found = set[tuple[str, int]]()

    def finish(document: Any, *_: Any) -> None:
        found.update((font.family, font.style) for font in document.fonts.values())

    html = "<html><head><title>A</title></head><body><p>a <em>b</em></p></body></html>"
    setting.write(html, css, {}, finish)
    return found


def known(config: Any) -> int:
    """How many fonts fontconfig has by a configuration."""
    fontconfig = sys.modules["weasyprint.text.fonts"].fontconfig
    return int(fontconfig.FcConfigGetFonts(config._config, fontconfig.FcSetSystem).nfont)


@pytest.mark.parametrize(
    ("sheet", "families"),
    [
        (NAMED, {"Gentium Book Plus"}),
        (":root { --font-text: 'Nobody’s', \"Noto Serif\"; --other: x }", {"Noto Serif"}),
        ("a { font-family: var(--font-text) } b { font-family: inherit }", set()),
        (f"{NAMED} code {{ font-family: Nobodys, Noto Sans Mono, monospace }}",
         {"Gentium Book Plus", "Noto Sans Mono"}),
        (f"{NAMED} code {{ font-family: monospace }}", set()),
        (f"{NAMED} code {{ font-family: Nobodys }}", set()),
        (f"{NAMED} code {{ font: 1em Noto Sans Mono }}", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_what_sheets_name_is_known(sheet: str, families: set[str]) -> None:
    assert typefaces.named([sheet]) == families


def test_fontconfig_knows_these_and_no_others() -> None:
    engine.load()
    all_of_them = known(typefaces.configuration(frozenset()))
    assert all_of_them > 30
    assert known(typefaces.configuration(frozenset({"Gentium Book Plus"}))) == 4
    assert known(sheets.fonts((NAMED,))) == 4
    assert known(sheets.fonts(("code { font-family: monospace }",))) == all_of_them


def test_all_weights_of_a_family_are_there() -> None:
    engine.load()
    assert len(fonts.files(["noto serif"])) >= len(fonts.faces(["Noto Serif"]))
    assert fonts.files(["Nobodys"]) == ()


def test_documents_after_one_another_have_their_own() -> None:
    assert used(NAMED) == {("Gentium Book Plus", 0), ("Gentium Book Plus", 2)}
    other = "html { font-family: sans-serif }"
    assert not {"Gentium Book Plus"} & {family for family, _ in used(other)}
    assert used(NAMED.replace("Gentium Book Plus", "NanumMyeongjo")) >= {("NanumMyeongjo", 0)}


def test_a_slant_that_a_program_makes_is_called_one() -> None:
    assert used(NAMED, FAKED) == {("Gentium Book Plus", 0), ("NanumMyeongjo", 1)}


@pytest.mark.parametrize("sign", ["1F600", "5317"])
def test_a_sign_that_none_of_them_has_is_told(sign: str) -> None:
    with pytest.raises(PublishError) as raised:
        used(NAMED, f"p::before {{ content: '\\{sign}' }}")
    (problem,) = raised.value.problems
    assert problem.code == "pdf-layout"
    assert f"U+{sign}" in problem.message


def test_where_fontconfig_has_none_of_their_files_it_has_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine.load()
    monkeypatch.setattr(fonts, "files", lambda _: ("/nowhere/a.ttf",))
    config = typefaces.configuration(frozenset({"Gentium Book Plus"}))
    assert known(config) == known(typefaces.configuration(frozenset()))


def test_fonts_are_what_all_programs_know_of_them() -> None:
    """Their weights may be told by the machine's rules for reading fonts, not by their files."""
    engine.load()
    fontconfig = sys.modules["weasyprint.text.fonts"].fontconfig
    config = typefaces.configuration(frozenset({"Noto Serif"}))._config
    few = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
    everything = {*typefaces._installed(fontconfig)}
    assert {few.fonts[number] for number in range(few.nfont)} < everything
