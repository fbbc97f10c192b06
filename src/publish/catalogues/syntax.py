"""Why lines are no entry: the slow look at what the `grammar` did not match."""

from __future__ import annotations

import re

from publish.catalogues.diagnosis import RESEND
from publish.problems import Location, Problem, short

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?![\w\[])\s*")
_STRINGS = re.compile(r'(?:"[^"\\]*(?:\\.[^"\\]*)*"\s*)+')
_UNCLOSED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*\\?')
_OBSOLETE = re.compile(r"^\s*#~[ \t]*(?![|#])")
_ROW = re.compile(r"[^\n]*\n|[^\n]+")
_END = re.compile(r"\s*+\Z")
_BLANK = re.compile(r"^[ \t]*\r?\n", re.MULTILINE)
_QUOTES = 'Every line of text stands between "…"; a quotation mark inside is written \\".'
_UNCLOSED_STRING = "text without its closing quotation mark"
_NO_TRANSLATION = "a message without msgstr"

_FOLLOWS = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr", "msgstr[0]"),
    "msgid_plural": ("msgstr", "msgstr[0]"),
}


def syntax(text: str, start: int, line: int, path: str) -> tuple[Problem, int]:
    """Why no entry can be read from `start`, which is in `line`; and where the next may be."""
    done: list[tuple[str, bool]] = []
    number = line
    for number, row in enumerate(_ROW.finditer(text, start), line):
        if wrong := _wrong(row[0].strip(), done):
            return _located(text, row, wrong, Location(path, number))
    return _truncated(_NO_TRANSLATION, Location(path, number)), len(text)


def content(what: str, location: Location) -> Problem:
    """An entry of right form with wrong strings or numbers in it."""
    if what.startswith("\\"):
        hint = 'A backslash is written \\\\; \\n is a line break, \\" a quotation mark.'
        what = f"the message has {what} in it, which means nothing"
    else:
        hint = "Correct the entry, or ask for the file again."
    return Problem("catalogue-syntax", what, location, hint=hint)


def _located(text: str, row: re.Match[str], wrong: str, place: Location) -> tuple[Problem, int]:
    end = _END.match(text, row.end()) if wrong == _UNCLOSED_STRING else row.end() == len(text)
    if end:
        return _truncated(wrong, place), len(text)
    blank = _BLANK.search(text, row.start())
    what = f"{wrong}: {short(row[0])}"
    problem = Problem("catalogue-syntax", what, place, hint=_QUOTES)
    return problem, blank.end() if blank else len(text)


def _truncated(wrong: str, place: Location) -> Problem:
    what = f"the file ends in the middle of an entry: {wrong}"
    return Problem("catalogue-truncated", what, place, hint=RESEND)


def _wrong(row: str, done: list[tuple[str, bool]]) -> str:
    """What is wrong with a line, "" if nothing, after the keywords `done` (added to)."""
    bare = _OBSOLETE.sub("", row)
    if not bare or bare.startswith("#"):
        return _NO_TRANSLATION if done else ""
    if keyword := _KEYWORD.match(bare):
        if wrong := _misplaced(keyword[1], done, marked=bare != row):
            return wrong
        done.append((keyword[1], bare != row))
    elif not bare.startswith('"') or not done:
        return "neither a keyword nor text that goes on"
    return _wrong_strings(bare[keyword.end() :] if keyword else bare)


def _misplaced(name: str, done: list[tuple[str, bool]], *, marked: bool) -> str:
    last, last_marked = done[-1] if done else ("", marked)
    if marked != last_marked:
        return "a message half of which is marked as obsolete (#~)"
    if name not in _FOLLOWS.get(last, ()):
        return f"{name} in the wrong place" if name.startswith("msgstr") else _NO_TRANSLATION
    return ""


def _wrong_strings(strings: str) -> str:
    if _STRINGS.fullmatch(strings):
        return ""
    return _UNCLOSED_STRING if _UNCLOSED.fullmatch(strings) else "text outside its quotation marks"
