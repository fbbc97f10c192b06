"""Hyphens: patterns read for the words that are divided and no others, and the right ones.

Pyphen reads all patterns of a language before it divides the first word: 0.43 s for the
66,000 of German, of which an article needs some 1,000. Here a dictionary is an index of its
lines by their letters, and a line is read when its letters are met in a word; by Pyphen's own
reader, if it is more than letters and digits.

Pyphen's German of 2017 divides one compound in twelve where it must not (Über-g-ang). The
patterns of the German-speaking TeX users are made from a list of words that people have
checked. Of all packages that can be installed from the index, `readsight` has them, among
its data; none of its code is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import pyphen

from publish.renderers.pdf import patching

Eager: Any = pyphen.HyphDict
KNOWN = {  # what its author relies on below
    Eager.__init__: "self.patterns[''.join(tags)] = start, values[start:end]",
    Eager.positions: "pattern = self.patterns.get(pointed_word[i:j])",
}
BETTER = dict.fromkeys(("de", "de_AT", "de_CH", "de_DE"), "hyph-de-1996.tex")
Said = Sequence[tuple[int, int]]  # of a pattern: a place in its letters, a number that stands there
_ODD_SIGNS = (b" ", b"\t", b"/", b"^", b"%", b"#")
_ODD = re.compile(r"[\s/^%#]")  # comments, settings, alternative spellings, encoded letters


@cache
def hasten() -> bool:
    """Let Pyphen read its dictionaries in this way; whether it is the Pyphen known here."""
    if any(line not in patching.source(function) for function, line in KNOWN.items()):
        return False
    pyphen.HyphDict = Patterns
    pyphen.LANGUAGES |= {name: path for name, path in _better().items() if path.is_file()}
    return True


def beginnings(word: str, lang: str, limits: tuple[int, int, int], context: Any) -> list[str]:
    """What of a word may stand before a hyphen, the longest first.

    In: how many letters a word has at least, and how many stand before and behind a hyphen;
    WeasyPrint's context, which keeps the dictionaries.
    """
    total, left, right = limits
    key = lang, left, right, total
    if key not in context.dictionaries:
        context.dictionaries[key] = pyphen.Pyphen(lang=lang, left=left, right=right)
    return [start for start, _ in context.dictionaries[key].iterate(word)]


def _better() -> dict[str, Path]:
    """The files of patterns that take the place of Pyphen's, by the names it gives languages."""
    package = find_spec("readsight")  # found, not imported
    folder = Path(package.origin).parent if package and package.origin else Path()
    return {name: folder / "data" / "patterns" / file for name, file in BETTER.items()}


class Patterns(Eager):  # type: ignore[misc]  # Pyphen is untyped
    """A language's patterns, with the same answers as Pyphen's own `HyphDict`."""

    def __init__(self, path: Path) -> None:
        self.encoding, body = _contents(path)
        lines = body.decode(self.encoding).split("\n")
        letters = body.translate(None, b"0123456789").decode(self.encoding).split("\n")
        self.patterns: dict[str, Any] = _index(letters, lines)  # lines until they are met
        self.cache: dict[str, Any] = {}
        if any(sign in body for sign in _ODD_SIGNS):
            self._read([key for key in self.patterns if _ODD.search(key)])
        self.maxlen = max(map(len, self.patterns))

    def positions(self, word: str) -> Any:
        """Where a word can be divided; Pyphen's own way, on patterns read when they are met."""
        word = word.lower()
        if word not in self.cache:
            values = enumerate(self._values(f".{word}."))
            self.cache[word] = [pyphen.DataInt(n - 1, reference=v) for n, v in values if v % 2]
        return self.cache[word]

    def _values(self, word: str) -> list[int]:
        """What the patterns say of each place in a word: an odd number where it can be divided."""
        result, known, end = [0] * (len(word) + 1), self.patterns.get, len(word)
        for start in range(end - 1):
            for stop in range(start + 1, min(start + self.maxlen, end) + 1):
                if found := known(word[start:stop]):
                    if type(found) is str:
                        found = self._met(word[start:stop], found)
                    for place, value in found:
                        result[start + place] = max(value, result[start + place])
        return result

    def _met(self, key: str, line: str) -> Said:
        """The pattern with these letters, read."""
        if "\n" in line:
            self._read([key])
            return self.patterns[key]  # type: ignore[no-any-return]  # Pyphen is untyped
        found, place = [], 0
        for sign in line:
            if "0" <= sign <= "9":
                found.append((place, int(sign)))
            else:
                place += 1
        self.patterns[key] = found
        return found

    def _read(self, keys: Iterable[str]) -> None:
        """Have Pyphen read the lines with these letters."""
        lines = [line for key in keys for line in self.patterns[key].split("\n")]
        self.patterns |= dict.fromkeys(keys, ())
        if any(map(_counts, lines)):
            read = Eager(_Excerpt(self.encoding, lines)).patterns
            self.patterns |= {key: [*enumerate(values, at)] for key, (at, values) in read.items()}


def _contents(path: Path) -> tuple[str, bytes]:
    """The encoding of a file of patterns, and their lines; of TeX's, which is UTF-8, no others."""
    data = path.read_bytes().replace(b"\r", b"")
    if path.suffix == ".tex":
        return "utf-8", data.partition(b"\n\\patterns{%\n")[2].partition(b"\n}")[0]
    header, _, body = data.partition(b"\n")
    return header.decode(), body


def _index(letters: list[str], lines: list[str]) -> dict[str, Any]:
    """Lines by their letters; those with the same letters together, in their order."""
    index = dict(zip(letters, lines, strict=True))
    if len(index) < len(lines):
        index.clear()
        for key, line in zip(letters, lines, strict=True):
            index[key] = f"{index[key]}\n{line}" if key in index else line
    return index


class _Excerpt:
    """Some lines of a dictionary, as the file that Pyphen wants."""

    def __init__(self, encoding: str, lines: list[str]) -> None:
        self.encoding, self.text = encoding, "\n".join(("", *lines))

    def open(self, _mode: str) -> BytesIO:
        return BytesIO(self.encoding.encode())

    def read_text(self, _encoding: str) -> str:
        return self.text


def _counts(line: str) -> bool:
    """Whether a line is a pattern that divides or forbids to; Pyphen fails without any."""
    return not line.startswith(pyphen.ignored) and re.search("[1-9]", line) is not None
