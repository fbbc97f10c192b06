"""Reading PO files without losing a character.

A file is entries one after another (`grammar`) and a tail. Where no entry matches, `diagnosis`
says why, and reading goes on behind, so that all problems of a file are told at once.
"""

import os
import re
from collections.abc import Iterable
from typing import TypeAlias

from publish.catalogues import diagnosis
from publish.catalogues.escapes import unescape
from publish.catalogues.formatting import WIDTH
from publish.catalogues.grammar import (
    FORM,
    LIVE,
    OBSOLETE,
    PIECE,
    PREVIOUS,
    REFERENCE,
    TAIL,
    WRAPPED,
)
from publish.catalogues.values import Catalogue, Entry, Previous, Raw
from publish.problems import Location, Problem, PublishError

_BOM = "\ufeff"


def read(path: str | os.PathLike[str]) -> Catalogue:
    """The catalogue in a file. Raises PublishError with every problem found in it."""
    name = os.fspath(path)
    try:
        with open(name, "rb") as file:
            data = file.read()
    except OSError as error:
        raise PublishError(diagnosis.unreadable(name, error)) from error
    return parse(data, name)


def parse(source: str | bytes, path: str = "") -> Catalogue:
    """The catalogue that a PO file's characters or bytes are; `path` names it in problems.

    Raises PublishError with every problem found: see `diagnosis` and `syntax`.
    """
    text, problems = (source, []) if isinstance(source, str) else diagnosis.decoded(source, path)
    if conflicts := diagnosis.conflicts(text, path):
        raise PublishError(*conflicts)  # two versions make no sense as one file
    parsed = _Parser(text.removeprefix(_BOM), path)
    problems += parsed.problems
    if problems:
        raise PublishError(*sorted(problems, key=lambda problem: problem.location.line or 0))
    header, *entries = parsed.entries
    return Catalogue(
        path,
        header,
        tuple(entries),
        tail=parsed.tail,
        eol="\r\n" if "\r\n" in text else "\n",
        bom=text.startswith(_BOM),
        width=WIDTH if WRAPPED.search(text) else None,
    )


_Comments: TypeAlias = tuple[
    tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], Previous | None
]
"""What the lines before a message say, by kind, in the order in which an `Entry` has them."""

_SILENCE: _Comments = (), (), (), (), None


class _Parser:
    """One pass over a file: its entries, its tail and what is wrong with them."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.line, self.counted = 1, 0
        position = 0
        while not TAIL.match(text, position):
            position = self._entry(position)
        self.tail = text[position:]
        self._judge(self._line_at(len(text)))

    def _judge(self, last: int) -> None:
        """What is wrong with the file as a whole, whose last line is `last`."""
        if not self.entries and not self.problems and not self.tail.strip():
            self.problems.append(diagnosis.empty(self.path))
        elif not self.problems or (self.entries and self.entries[0].key == (None, "")):
            self.problems += diagnosis.header(self.entries, self.path)
        self.problems += diagnosis.duplicates(self.entries, self.path)
        self.problems += diagnosis.tail(self.tail, last, self.path)

    def _line_at(self, position: int) -> int:
        self.line += self.text.count("\n", self.counted, position)
        self.counted = position
        return self.line

    def _entry(self, position: int) -> int:
        match = LIVE.match(self.text, position) or re.compile(OBSOLETE).match(self.text, position)
        if not match:
            from publish.catalogues import syntax

            problem, end = syntax.syntax(self.text, position, self._line_at(position), self.path)
            self.problems.append(problem)
            return end
        line = self._line_at(match.start("source"))
        try:
            self.entries.append(_entry(match, line, self.path))
        except ValueError as error:
            from publish.catalogues import syntax

            self.problems.append(syntax.content(str(error), Location(self.path, line)))
        return match.end()


def _entry(match: re.Match[str], line: int, path: str) -> Entry:
    comments, source, context, text, plural, translation, single, forms = match.groups()
    said = _comments(comments) if "#" in comments else _SILENCE
    if (plural is None) != (forms is None):
        raise ValueError("msgid_plural and msgstr[0] belong together, and one of them is missing")
    return Entry(
        _joined(text),
        "" if single is None else _joined(single),
        None if context is None else _joined(context),
        None if plural is None else _joined(plural),
        () if forms is None else _forms(forms),
        *said,
        obsolete=source.startswith("#"),
        line=line,
        path=path,
        raw=Raw(comments, source, translation),
    )


def _joined(strings: str) -> str:
    if strings.count('"') == 2:  # noqa: PLR2004 (one piece, the usual case, needs no search)
        return unescape(strings[strings.index('"') + 1 : -1])
    return unescape("".join(PIECE.findall(strings)))


def _forms(forms: str) -> tuple[str, ...]:
    numbered = re.findall(FORM, forms)
    if [number for number, _ in numbered] != list(map(str, range(len(numbered)))):
        raise ValueError("the plural forms are not numbered msgstr[0], msgstr[1] and so on")
    return tuple(_joined(strings) for _, strings in numbered)


def _comments(text: str) -> _Comments:
    said: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, text.split("\n"))):
        mark, rest = _split(line)
        said.setdefault(mark, []).append(rest)
    return (
        tuple(said.get("", ())),
        tuple(said.get(".", ())),
        tuple(REFERENCE.findall(" ".join(said[":"]))) if ":" in said else (),
        _flags(said[","]) if "," in said else (),
        _previous("\n".join(said["|"])) if "|" in said else None,
    )


def _flags(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(flag for line in lines for flag in map(str.strip, line.split(",")) if flag)


_KINDS = {"#.": ".", "#:": ":", "#,": ",", "#=": ",", "#|": "|", "#~": "|"}


def _split(line: str) -> tuple[str, str]:
    """The kind of a comment line, and what it says."""
    kind = _KINDS.get(line[:2], "")
    if kind == "|":
        return kind, line.lstrip("#~ \t").removeprefix("|")
    return kind, line[2 if kind else 1 :].removeprefix(" ")


def _previous(text: str) -> Previous:
    match = re.fullmatch(PREVIOUS, text)
    if not match:
        raise ValueError("the former text in its comments (#|) is not well-formed")
    context, former, plural = (
        None if strings is None else _joined(strings) for strings in match.groups()
    )
    return Previous(context, former, plural)
