"""Plain messages: read and written as pandoc would."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from random import Random

import pytest

from publish.documents import plain
from publish.documents.pandoc import Pandoc
from publish.pandoc import program

PIECES = """
the law Vertrag 북한은 договор 1961 vs é. 12. 3) (1) – — … „Wort“ «да» ’s - a-b + = ! ? ; : / %
[^1] [^22] a[^1] [^1]. [^1][^2] [^1]( [^1]! 10,000 http://x.example/z 日本 العربية e.g. p. cf. a.
Mr. M.A. ist. (e.g. x.p. Ph.D. c.[^1] § é .. ... -- ⁠ ­ ß ﬁ 👍 www.x.example a@b
「조약」 © * _x_ [a] `c` \\ ^2^ ~ $ ' " <b> &amp; # {x} | ![^1]
""".split()
PIECES += ["\u00a0", "12\u202f%", ""]


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize("seed", range(3))
def test_plain_messages_are_read_and_written_as_by_pandoc(pandoc: Pandoc, seed: int) -> None:
    dice = Random(seed)
    texts = [" ".join(dice.choices(PIECES, k=dice.randint(1, 6))) for _ in range(600)]
    texts += ["".join(dice.choices(PIECES, k=dice.randint(1, 4))) for _ in range(600)]
    mine = {text: inlines for text in texts if (inlines := plain.inlines(text)) is not None}
    assert len(mine) > 300
    assert list(mine.values()) == pandoc._difficult_inlines(list(mine))
    written = [plain.text(inlines) for inlines in mine.values()]
    assert written == list(mine) == pandoc._difficult_texts(list(mine.values()))


def test_any_letter_between_words_is_as_pandoc_has_it(pandoc: Pandoc) -> None:
    signs = [chr(c) for c in (*range(0x20, 0x3100), *range(0xFE00, 0xFFFE))]
    texts = [f"a{sign}b {sign} c{sign} {sign}d" for sign in signs]
    mine = {text: inlines for text in texts if (inlines := plain.inlines(text)) is not None}
    assert len(mine) > 11_000
    packed = ["".join(each) for each in zip(*[iter(mine)] * 20, strict=False)]
    easy = {text: inlines for text in packed if (inlines := plain.inlines(text)) is not None}
    assert len(easy) > 500
    assert list(easy.values()) == pandoc._difficult_inlines(list(easy))


@pytest.mark.parametrize(
    "text", ["", " a", "a ", "a  b", "a\nb", "*a*", "e.g. this", "p. 3", "a...", "a--b", "[^1](x)"]
)
def test_what_may_mean_something_is_left_to_pandoc(text: str) -> None:
    assert plain.inlines(text) is None


def test_pandoc_has_no_other_abbreviations() -> None:
    command = [program(), "--print-default-data-file", "abbreviations"]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert frozenset(theirs.split()) == plain.ABBREVIATIONS
