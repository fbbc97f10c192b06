"""Makes a book, always the same: `python benchmarks/book.py FOLDER CHAPTERS`.

Each chapter has 2,000 words in sections, with notes of its own, tables, lists, quotations, emphasis
and links to other chapters: what a real book asks of the toolchain.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

CHAPTER_WORDS = 1925
SECTION_WORDS = 440  # about
SMALL_SHARE = 0.45
VOCABULARY = """
about account across administration agreement alliance although amendment argument article
assembly assistance authority balance because before between border capital century chapter charter
citizen claim coalition commerce committee conference consent constitution consultation context
council country court custom debate decision declaration defence delegation development difference
diplomacy dispute doctrine document economy election embassy empire enforcement equality evidence
example exception exchange executive federation foreign foundation freedom frontier general
government guarantee history however independence influence institution instrument interest
international interpretation judgement jurisdiction justice language legislation legitimacy limit
majority measure member military minister monarchy movement nation negotiation neighbour neutral
obligation occupation opinion opposition order organisation parliament partnership party peace
people permanent policy political population position power practice precedent president principle
privilege procedure promise proposal protection protocol province provision public purpose question
ratification reason recognition reform region regulation relation religion representation republic
resolution responsibility restraint revolution right sanction secretary security self-determination
settlement sovereignty state statute strategic subject succession support territory theory trade
tradition treaty tribunal under union unity universal violation whether while within without world
""".split()
SMALL = "the of and to in a that is was by for as with on it from at an which not its".split()


def write(folder: Path, chapters: int) -> None:
    """Writes a publication of so many chapters."""
    manuscript = folder / "manuscript"
    manuscript.mkdir(parents=True)
    (manuscript / "metadata.yaml").write_text(METADATA, encoding="utf-8")
    for number in range(1, chapters + 1):
        path = manuscript / f"chapter-{number:02}.md"
        path.write_text(chapter(number, chapters), encoding="utf-8")


METADATA = """\
title: A Book of Many Chapters
subtitle: Written by a Machine to Be Measured
language: en
date: 2026-11-22
version: "1.0"
kind: book
contributors:
  - name: The publish contributors
    organisation: true
    role: aut
abstract: A book of which only the length matters.
keywords: [length, time, memory]
licence: CC-BY-4.0
identifiers:
  uuid: 5a1cfe4e-6c0b-4f1a-9d8e-0d6a1f1b7c11
publisher:
  name: The publish project
base_url: https://example.org/book
"""


def chapter(number: int, chapters: int) -> str:
    """A chapter of pandoc Markdown, about CHAPTER_WORDS words long."""
    dice = random.Random(number)
    parts = [f"# {title(dice)} {{#sec-{number}}}"]
    notes: list[str] = []
    while words_in(parts + notes) < CHAPTER_WORDS - SECTION_WORDS / 2:
        parts.append(f"## {title(dice)}")
        for _ in range(4):
            name = f"n{number}-{len(notes)}"
            notes.append(f"[^{name}]: {prose(dice, 2)}")
            parts.append(f"{prose(dice, 4)}[^{name}] {prose(dice, 2)}")
        parts.append(f"See @sec-{dice.randint(1, chapters)} on this. {prose(dice, 2)}")
        parts.append(dice.choice([listing, quotation, table])(dice))
    return "\n\n".join(parts + notes) + "\n"


def listing(dice: random.Random) -> str:
    return "\n".join(f"{i}. {prose(dice, 1)}" for i in range(1, 5))


def quotation(dice: random.Random) -> str:
    return f"> {prose(dice, 3)}"


def table(dice: random.Random) -> str:
    rows = "\n".join(f"| {title(dice)} | {prose(dice, 1)} |" for _ in range(5))
    return f"| Term | Meaning |\n|:-----|:--------|\n{rows}\n\n: {title(dice)}"


def prose(dice: random.Random, sentences: int) -> str:
    return " ".join(sentence(dice) for _ in range(sentences))


def sentence(dice: random.Random) -> str:
    """Eight to twenty words, small ones between large, one of them emphasised."""
    count = dice.randint(8, 20)
    words = [
        dice.choice(SMALL if dice.random() < SMALL_SHARE else VOCABULARY) for _ in range(count)
    ]
    at = dice.randrange(1, count)
    words[at] = f"*{words[at]}*"
    return " ".join(words).capitalize() + "."


def title(dice: random.Random) -> str:
    return " ".join(dice.sample(VOCABULARY, 3)).capitalize()


def words_in(parts: list[str]) -> int:
    return sum(len(part.split()) for part in parts)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
