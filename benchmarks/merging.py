"""Measures how catalogues are brought up to date, beside GNU gettext's msgmerge.

    python benchmarks/merging.py [--messages 100,1000,10000] [--rounds N]

A catalogue of paragraphs, translated, and a template in which one in twenty-five was edited in a
known way. Both bring the catalogue up to date in a process of their own; what each says that an
edited paragraph was made from is compared with what it was made from.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import book
from publish import catalogues
from publish.catalogues import Entry

SHARE = 25  # one in so many is edited
SLOW = 5000  # messages, from which msgmerge is asked once: it takes most of a minute
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: ko\\n"\n'
OURS = (
    "import sys\nfrom publish import catalogues, replacing\n"
    "old, new = (catalogues.parse(open(name, 'rb').read()) for name in sys.argv[1:3])\n"
    "done = catalogues.serialise(catalogues.update(old, new).catalogue)\n"
    "replacing.replace(sys.argv[3], done, synced=True)\n"
)
COMPILED = {key: each for key, each in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""The environment of both: modules are compiled once, as wherever one works."""
COMMANDS = {
    "publish": [sys.executable, "-c", OURS, "old.po", "new.pot", "publish.po"],
    "msgmerge": "msgmerge --quiet --previous --no-wrap -o msgmerge.po old.po new.pot".split(),
}

Edit = Callable[[random.Random, str], list[str]]


@dataclass
class Paragraph:
    """A paragraph of the new manuscript, the old ones it was made from, and how."""

    text: str
    origins: set[int]
    kind: str = ""


@dataclass(frozen=True)
class Result:
    """Seconds, right and wrong matches, and how many there were to find."""

    seconds: float
    right: int
    wrong: int
    wanted: int
    missed: Counter[str]

    @property
    def recall(self) -> float:
        return self.right / max(1, self.wanted)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)


def main() -> None:
    """Measures, and prints a table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--messages", default="100,1000,10000")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--missed", action="store_true", help="what kinds were not found")
    chosen = options.parse_args()
    for count in map(int, chosen.messages.split(",")):
        found = measure(count, chosen.rounds)
        print(row(count, found))
        if chosen.missed:
            print({name: dict(result.missed) for name, result in found.items()})


def row(count: int, found: Mapping[str, Result]) -> str:
    """A row of the report: seconds of both, their ratio, what each found and found rightly."""
    ours, theirs = found["publish"], found["msgmerge"]
    cells = [
        f"{count:,}",
        f"{ours.seconds:.3f} s",
        f"{theirs.seconds:.3f} s",
        f"{ours.seconds / theirs.seconds:.2g}",
        *(
            f"{100 * r:.1f} %"
            for r in (ours.recall, theirs.recall, ours.precision, theirs.precision)
        ),
    ]
    return f"| {' | '.join(cells)} |"


def measure(count: int, rounds: int) -> dict[str, Result]:
    """What both make of a catalogue of so many paragraphs."""
    dice = random.Random(count)
    old = [paragraph(dice) for _ in range(count)]
    new = list(edited(old, dice))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "old.po").write_text(HEADER + "".join(map(translated, range(count), old)))
        pot = "".join(f'\n#: a.md:{n}\nmsgid "{p.text}"\nmsgstr ""\n' for n, p in enumerate(new))
        (folder / "new.pot").write_text(HEADER.replace("ko", "") + pot)
        seconds = timed(folder, rounds, once=count >= SLOW)
        return {
            name: judged(
                catalogues.parse((folder / f"{name}.po").read_bytes()).messages, new, seconds[name]
            )
            for name in COMMANDS
        }


def translated(number: int, text: str) -> str:
    words = f"T{number:06} " + " ".join(reversed(text.lower().split()))
    return f'\n#: a.md:{number}\nmsgid "{text}"\nmsgstr "{words}"\n'


def timed(folder: Path, rounds: int, *, once: bool) -> dict[str, float]:
    """The median of what each command takes; they take turns."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):
        for name, command in COMMANDS.items():
            if once and name == "msgmerge" and taken[name]:
                continue
            (folder / f"{name}.po").unlink(missing_ok=True)  # so that it is written each time
            before = processor()
            subprocess.run(command, cwd=folder, env=COMPILED, check=True)
            taken[name].append(processor() - before)
    return {name: median(each) for name, each in taken.items()}


def processor() -> float:
    """Seconds of processor time of all processes that ended: others on the machine do not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def judged(messages: Sequence[Entry], new: Sequence[Paragraph], seconds: float) -> Result:
    """What was found for the edited paragraphs."""
    found = {
        entry.text: {int(number) for number in re.findall(r"T(\d{6})", entry.translation)}
        for entry in messages
    }
    right = wrong = wanted = 0
    missed: Counter[str] = Counter()
    for each in new:
        if not each.kind:
            continue
        wanted += bool(each.origins)
        got = found[each.text]
        good = bool(got) and got <= each.origins
        right, wrong = right + good, wrong + (bool(got) and not good)
        if not good and (got or each.origins):
            missed[each.kind] += 1
    return Result(seconds, right, wrong, wanted, missed)


# --- Paragraphs ---------------------------------------------------------------------------------

SYLLABLES = """
al an ar be con de di en er es for gen in ka li lo ma men mo na or per po ra re sal so ta ter ti
tor un ur va ver vi
""".split()
VOCABULARY = ["".join(random.Random(n).choices(SYLLABLES, k=2 + n % 3)) for n in range(4000)]


def paragraph(dice: random.Random) -> str:
    return " ".join(sentence(dice) for _ in range(4))


def sentence(dice: random.Random) -> str:
    """Eight to twenty words, small ones between large, as in `book`, of a larger vocabulary."""
    count = dice.randint(8, 20)
    small = (dice.random() < book.SMALL_SHARE for _ in range(count))
    found = [dice.choice(book.SMALL if each else VOCABULARY) for each in small]
    return " ".join(found).capitalize() + "."


# --- Edits of known kinds -----------------------------------------------------------------------


def edited(old: Sequence[str], dice: random.Random) -> Iterator[Paragraph]:
    """The new manuscript: every so many paragraphs one is edited, the kinds in turn."""
    places = set(dice.sample(range(len(old) - 1), len(old) // SHARE))
    kinds = sorted(EDITS)
    dice.shuffle(kinds)
    later: list[Paragraph] = []
    joined: set[int] = set()
    for number, text in enumerate(old):
        if number in joined:
            continue
        kind = kinds[number % len(kinds)] if number in places else ""
        if kind == "joined":
            joined.add(number + 1)
            yield Paragraph(f"{text} {old[number + 1]}", {number, number + 1}, kind)
        elif kind == "moved and a typo":
            later.append(Paragraph(typo(dice, text)[0], {number}, kind))
        elif kind == "new":
            yield Paragraph(text, {number})
            yield Paragraph(paragraph(dice), set(), kind)
        elif kind:
            yield from (Paragraph(each, {number}, kind) for each in EDITS[kind](dice, text))
        else:
            yield Paragraph(text, {number})
    yield from later


def typo(dice: random.Random, text: str) -> list[str]:
    at = dice.choice([n for n in range(len(text) - 1) if text[n : n + 2].isalpha()])
    return [
        text[:at]
        + text[at + 1]
        + text[at]
        + text[at + 2 :]
        + ("" if text[at] != text[at + 1] else " so")
    ]


def words(count: int) -> Edit:
    def edit(dice: random.Random, text: str) -> list[str]:
        found = text.split(" ")
        for at in dice.sample(range(len(found)), count):
            found[at] = dice.choice(VOCABULARY)
        return [" ".join(found)]

    return edit


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.) ", text)


def added(dice: random.Random, text: str) -> list[str]:
    found = sentences(text)
    found.insert(dice.randrange(len(found) + 1), sentence(dice))
    return [" ".join(found)]


def removed(dice: random.Random, text: str) -> list[str]:
    found = sentences(text)
    del found[dice.randrange(len(found))]
    return [" ".join(found)]


def rewritten(dice: random.Random, text: str) -> list[str]:
    found = sentences(text)
    for at in dice.sample(range(len(found)), 2):
        found[at] = sentence(dice)
    return [" ".join(found)]


def split(dice: random.Random, text: str) -> list[str]:
    found = sentences(text)
    at = dice.randrange(1, len(found))
    return [" ".join(found[:at]), " ".join(found[at:])]


EDITS: dict[str, Edit] = {
    "a typo": typo,
    "a word": words(1),
    "five words": words(5),
    "a sentence more": added,
    "a sentence less": removed,
    "half of it anew": rewritten,
    "split": split,
    "joined": split,  # with the next one: see `edited`
    "moved and a typo": typo,
    "new": typo,  # nothing is to be found: see `edited`
}

if __name__ == "__main__":
    if not shutil.which("msgmerge"):
        sys.exit("msgmerge is not on this machine (GNU gettext)")
    main()
