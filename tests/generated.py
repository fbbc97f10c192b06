"""Manuscripts made up by dice: Markdown of every kind, and the line of each passage in it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from textwrap import wrap

WORDS = (
    "the treaty of two states and what it says about law Korea Russia see below again 1961 12 "
    "promise help war peace a an in on for with without border trade council article text"
).split()
CELLS = "yes no yes no 12 1961 the law none Korea Russia".split()
MARKS = """\
*{}*  **{}**  ~~{}~~  [{}]{.smallcaps}  [{}]{lang=de}  [{} {}](http://x.example/law/of/war)  `{}`
"{}"  '{}'  "{} '{}' {}"  <http://auto.example/{}>  [see {} and @doe, p. 3; -@roe99, {}]  @doe
H~{}~O  x^{}^  ${}^2$  {}…  {}--{}  19.&nbsp;{}  caf&eacute;-{}  [{}]{.underline}  [{}]{.mark}
`<b>`{=html}{}  日本語{}  한국어*{}*는  العربية  <!--{}-->  {}\\_{}  don't  👍  1986\\. {}  \\*{}\\*
@roe99 [p. 3]  -@doe [{}]  \\@{}  a&nbsp;{}  [*{}* **{}**]{#id key="{}"}  ***{}***
""".replace("\n", "  ").split("  ")


class Made:
    """A manuscript in the making; `lines` are those of its passages, in order."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.written: list[str] = []
        self.wanted: list[list[int]] = []
        self.notes: list[tuple[str, list[int]]] = []

    @property
    def text(self) -> str:
        return "\n".join(self.written) + "\n"

    @property
    def lines(self) -> list[int]:
        return [line for (line,) in self.wanted]

    def write(self, *lines: str) -> None:
        self.written += lines

    def passage(self, offset: int = 1) -> None:
        """A passage starts on the line that is written next, or some lines after it."""
        self.wanted.append([len(self.written) + offset])

    def words(self, least: int = 1, most: int = 8) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(least, most)))

    def sentence(self, marked: float = 0.15) -> str:
        pieces = [self.words(1, 2).capitalize()]
        for _ in range(self.dice.randint(1, 25)):
            word = self.dice.choice(WORDS)
            mark = self.dice.choice(MARKS) if self.dice.random() < marked else "{}"
            pieces.append(mark.replace("{}", word))
        return " ".join(pieces) + "."

    def call(self) -> str:
        """A note's call; the note itself is written at the end, or now and then at once."""
        label = f"n{len(self.notes)}"
        wanted = [0]
        self.notes.append((label, wanted))
        self.wanted.append(wanted)
        return f"[^{label}]"

    def note(self, label: str, wanted: list[int]) -> None:
        wanted[0] = len(self.written) + 1
        self.write(f"[^{label}]: " + self.sentence(0), "")

    def flush(self) -> None:
        for label, wanted in self.notes:
            if not wanted[0]:
                self.note(label, wanted)


def paragraph(made: Made) -> None:
    made.passage()
    text = made.sentence()
    if made.dice.random() < 0.2:
        text += made.call()
    made.write(*wrap(text, 70, break_long_words=False, break_on_hyphens=False), "")


def heading(made: Made) -> None:
    made.passage()
    made.write(f"{'#' * made.dice.randint(1, 3)} {made.words()} {{#h{len(made.written)} .law}}", "")


def bullets(made: Made) -> None:
    for _ in range(made.dice.randint(1, 4)):
        made.passage()
        made.write(f"- {made.words()}")
        for _ in range(made.dice.randint(0, 2)):
            made.passage()
            made.write(f"    {made.dice.choice('-*+')} {made.words()}")
    made.write("")
    rest(made)


def numbered(made: Made) -> None:
    for n in range(1, made.dice.randint(2, 5)):
        made.passage()
        made.write(f"{n}. {made.dice.choice(['', '[ ] '])}{made.words()}")
    made.write("")
    rest(made)


def rest(made: Made) -> None:
    """A comment: it ends a list, and keeps a caption from the next table."""
    made.write(f"<!-- {made.words()} -->", "")


def definitions(made: Made) -> None:
    made.passage()
    made.write(made.words(1, 3), "")
    made.passage()
    made.write(f":   {made.words()}", "")
    rest(made)


def quotation(made: Made) -> None:
    made.passage()
    made.write(*(f"> {line}" for line in wrap(made.sentence(0), 40)), "")


def verse(made: Made) -> None:
    made.passage()
    made.write(*(f"| {made.words()}" for _ in range(made.dice.randint(1, 4))), "")


def code(made: Made) -> None:
    made.write("```text", *(made.words() for _ in range(made.dice.randint(1, 5))), "```", "")


def division(made: Made) -> None:
    made.write("::: {.box #law-" + str(len(made.written)) + " data-law=war}")
    paragraph(made)
    made.write(":::", "")


def untranslated(made: Made) -> None:
    made.write("::: {translate=no}", made.words(), ":::", "")


def figure(made: Made) -> None:
    made.passage()
    made.passage()
    made.write(f'![{made.words(2)}.](law.png){{alt="{made.words(2)}"}}', "")


def pipe_table(made: Made) -> None:
    _table(made, lambda cells: f"| {' | '.join(cells)} |", "|-----|:---:|----:|")


def simple_table(made: Made) -> None:
    rule = "-" * 9 + " " + "-" * 9 + " " + "-" * 9
    _table(made, lambda cells: " ".join(cell.ljust(9) for cell in cells), rule)


def _table(made: Made, row: Callable[[list[str]], str], rule: str) -> None:
    """A table with its caption before or after it."""
    rows = made.dice.randint(1, 5)
    caption, before = made.words(2), made.dice.random() < 0.5
    if before:
        made.passage()
        made.write(f"Table: {caption}", "")
    else:
        made.passage(rows + 4)
    for n in range(rows + 1):
        for _ in range(3):
            made.passage()
        made.write(row(made.dice.choices(CELLS, k=3)), *([] if n else [rule]))
    made.write("", *([] if before else [f"Table: {caption}", ""]))
    rest(made)


def grid_table(made: Made) -> None:
    rule = "+------------+------------+"
    made.write(rule)
    for _ in range(made.dice.randint(1, 3)):
        made.passage()
        made.passage()
        cells = [made.words(1, 4) for _ in range(2)]
        columns = [wrap(cell, 10) for cell in cells]
        for n in range(max(map(len, columns))):
            lines = [(column[n] if n < len(column) else "").ljust(10) for column in columns]
            made.write(f"| {lines[0]} | {lines[1]} |")
        made.write(rule)
    made.write("")


def inline_note(made: Made) -> None:
    made.passage()
    made.passage()
    made.write(f"{made.words()}^[{made.words(3)}] {made.words()}.", "")


BLOCKS = [paragraph] * 8 + [
    heading, bullets, numbered, definitions, quotation, verse, code, division, untranslated,
    figure, pipe_table, simple_table, grid_table, inline_note,
]  # fmt: skip


def made(seed: int, lines: int, *, front: bool = False) -> Made:
    """A manuscript of about so many lines."""
    result = Made(seed)
    if front:
        result.write("---", f"title: {result.words()}", "---", "")
    while len(result.written) < lines:
        result.dice.choice(BLOCKS)(result)
        if result.dice.random() < 0.02:
            result.flush()
    result.flush()
    return result
