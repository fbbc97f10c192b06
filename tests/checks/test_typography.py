"""Typography: what each language's rules find, and that mending changes nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from checks.publication import TAGS, catalogues, language, made
from publish.catalogues import Entry
from publish.checks import translations
from publish.checks.translations import Pair, prose, typography
from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.messages import Message
from publish.messages.comparison import faults
from publish.problems import Location

MENDED = [
    ("de", "z. B. und d.h. S. 5", "z.\u00a0B. und d.\u00a0h. S.\u00a05"),
    ("de", "§3, Art. 51, am 19. Juni, 5%", "§\u00a03, Art.\u00a051, am 19.\u00a0Juni, 5\u00a0%"),
    ("de", "er - sie", "er – sie"),
    ("de", "er — sie", "er – sie"),
    ("de", "von 1961-1990", "von 1961–1990"),
    ("de", "ein “Zitat” hier", "ein „Zitat“ hier"),
    ("de", "ein , zwei,drei", "ein, zwei, drei"),
    ("de", "ein  Wort", "ein Wort"),
    ("de", "ein Wort ", "ein Wort"),
    ("de", "geht´s gut", "geht’s gut"),
    ("ru", "в 2024 г. и т. д.", "в 2024\u00a0г. и т.\u00a0д."),
    ("ru", "№4, ст. 51, А. С. Пушкин", "№\u00a04, ст.\u00a051, А.\u00a0С.\u00a0Пушкин"),
    ("ru", "он - друг — и брат", "он\u00a0— друг\u00a0— и брат"),
    ("ru", "слово “да” тут", "слово «да» тут"),
    ("ko", "조약 을 맺다", "조약을 맺다"),
    ("ko", "제 51조", "제51조"),
    ("ko", "１９세기。", "19세기."),
    ("ko", "«인용» 끝", "“인용” 끝"),
    ("ko", "1961-1990년", "1961~1990년"),
    ("fr", "Quoi ? Oui: non; «a»", "Quoi\u202f? Oui\u00a0: non\u202f; «\u00a0a\u00a0»"),
    ("ar", "مرحبا, كيف?", "مرحبا، كيف؟"),
    ("ja", "東京,京都.", "東京，京都。"),
]  # fmt: skip
TOLD = [
    ("de", "ein „Zitat", "translation-quotes"),
    ("de", "ein Zitat” hier", "translation-quotes"),
    ("de", "so (hier", "translation-bracket"),
    ("de", "so..", "translation-ellipsis"),
    ("de", "so\ufffd da", "translation-character"),
    ("ru", "слово—слово", "translation-dash"),
    ("ru", "сaнкции", "translation-letters"),
    ("ko", "하나 - 둘", "translation-dash"),
    ("ko", "“열린 말", "translation-quotes"),
]
FINE = [
    ("de", "Er sagte: „Das ‚Bündnis‘ hält.“ Kims Wort (1961–1990) – ja, 3,5\u00a0%; u.\u00a0a."),
    ("de", '"So" steht\'s im [*Tree*]{lang=en}, `a , b` und $x , y$ [@k, S.\u00a05, 7].'),
    ("de", "`a  b` bleibt"),
    ("ar", "[انظر @k, pp. 12--15, 20; وكذلك @k, p. 305]"),
    ("de", "Autor(in) 10:30 Uhr, E-Mail, 2024-06-19, AT&T, CO~2~ und H~2~O"),
    (
        "ru",
        "«Слово „да“ тут»\u00a0— сказал А.\u00a0Б.\u00a0Петров; IT-компания, publish’а, 1961–1990\u00a0гг.",  # noqa: E501  # one text, as it is read
    ),
    ("ru", "— Да\u00a0— нет: 5%, 5\u00a0% (см. с.\u00a04)"),
    ("ko", "‘말’과 “글”, 「법」·『책』 제51조(2024년)~ 이 조약은 그 의의가 은근하다. 한 도 시"),
    ("ko", "한국·미국·일본 3국(國), 9.11 테러 이 이야기"),
    ("fr", "Quoi\u202f?! «\u00a0L’été\u00a0» (oui\u00a0!), à 12:30\u00a0: 5\u00a0%."),
    ("en", "It’s “a ‘b’ c”; the Kims’ house."),
]


def checked(tag: str, text: str, source: str = "1") -> list[str]:
    cases = [
        translations.cases.case(pair, language(tag), language("en"))
        for pair in made([(source, text)])
    ]
    setting = translations.Setting(language(tag), language("en"))
    return [problem.code for problem in typography.check(cases, setting)]


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def mended(pairs: list[Pair], tag: str, pandoc: Pandoc) -> dict[str, str]:
    found = translations.fixes(pairs, language(tag), pandoc)
    return {fix.pair.entry.translation: fix.translation for fix in found}


@pytest.mark.parametrize(("tag", "wrong", "right"), MENDED)
def test_what_is_safe_is_mended(pandoc: Pandoc, tag: str, wrong: str, right: str) -> None:
    assert checked(tag, wrong)
    assert mended(made([("1", wrong)]), tag, pandoc) == {wrong: right}
    assert not mended(made([("1", right)]), tag, pandoc)
    assert not checked(tag, right)


@pytest.mark.parametrize(("tag", "text", "code"), TOLD)
def test_what_only_people_can_mend_is_told(tag: str, text: str, code: str) -> None:
    assert code in checked(tag, text)


@pytest.mark.parametrize(("tag", "text"), FINE)
def test_what_is_right_is_left_alone(tag: str, text: str) -> None:
    assert not checked(tag, text)


def test_code_keys_addresses_and_other_languages_are_not_touched() -> None:
    text = "`a - b` [@k - 5] [z. B. S. 5]{lang=ru} <https://a.org/-,x> er - sie $a - b$"
    with Pandoc() as pandoc:
        found = mended(made([("1", text)]), "de", pandoc)
    assert found[text] == text.replace("er - sie", "er – sie").replace("k - 5", "k – 5")


@pytest.mark.parametrize("tag", TAGS)
def test_mending_a_spoilt_catalogue_gives_it_back(tag: str) -> None:
    """No-break spaces lost on the way through a word processor come back."""
    pairs = catalogues()[tag]
    flat = {n: pair.entry.translation.replace("\u00a0", " ") for n, pair in enumerate(pairs)}
    with Pandoc() as pandoc:
        parsed = pandoc.inlines(list(flat.values()))
        spoilt = [
            Pair(pair.message, pair.entry.changed(translation=flat[n]), pair.path, inlines)
            for (n, pair), inlines in zip(enumerate(pairs), parsed, strict=True)
        ]
        fixed = {
            id(fix.pair): fix.translation
            for fix in translations.fixes(spoilt, language(tag), pandoc)
        }
    back = [fixed.get(id(pair), pair.entry.translation) for pair in spoilt]
    same = sum(one == pair.entry.translation for one, pair in zip(back, pairs, strict=True))
    assert same >= len(pairs) - 8  # a few spaces that are a matter of taste do not come back


_SIGNS = "aäя가 .,;:!?-–—…“”„«»‘’\"'()[]*`$@{}§№%0129гzB\u00a0\u202f１、\n"


@given(text=some.text(alphabet=_SIGNS, max_size=60))
def test_mending_breaks_nothing_and_never_fails(pandoc: Pandoc, text: str) -> None:
    (inlines,) = pandoc.inlines([text])
    pair = made_of(text, inlines)
    for tag in ("de", "ru", "ko", "fr"):
        list(translations.check([pair], language(tag), language("en")))
        for fix in translations.fixes([pair], language(tag), pandoc):
            (after,) = pandoc.inlines([fix.translation])
            assert after is not None
            assert not list(faults(inlines or [], after))


def made_of(text: str, inlines: trees.Inlines | None) -> Pair:
    message = Message("1", None, "", "", Location("a.md", 1), [trees.string("1")])
    return Pair(message, Entry("1", text, line=1), "a.po", inlines)


@pytest.mark.parametrize("tag", ["de", "ru", "ko", "fr", "ar", "ja"])
@pytest.mark.parametrize(
    "piece", ["a", " ", "1", ".", "(", "„", "“", "’", "가 ", "1.", "z. ", "А. ", "V", "-", "1만"]
)
def test_time_is_linear_in_a_long_text(tag: str, piece: str) -> None:
    text = piece * (20_000 // len(piece))
    pair = made_of(text, [trees.string(text)])
    start = perf_counter()
    list(translations.check([pair], language(tag), language("en")))
    assert perf_counter() - start < 3


def test_prose_is_what_a_reader_reads() -> None:
    text = 'A "b" `c` $d$ [*e*]{lang=ru} [f](https://g.org)[^1] <https://h.org> {number} [see @i, p. 5]'  # noqa: E501  # one text, as it is read
    (pair,) = made([("1", text)])
    read = prose.read(pair.inlines or [], "de")
    thing, op, cl = prose.THING, prose.OPEN, prose.CLOSE
    assert read.text.startswith(f"A {op}b{cl} {thing} {thing} {thing} f{thing} {thing} {thing} see")
    assert "".join(piece for _, piece in read.pieces).replace(" ", "").startswith("Abfsee")
