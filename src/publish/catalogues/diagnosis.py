"""What can be wrong with a catalogue somebody sent, as problems with a line and a remedy.

Here what concerns a file as a whole; `syntax` has what concerns single lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from publish.catalogues.values import Entry
from publish.problems import Location, Problem, PublishError

RESEND = "Ask for the file again, or take the last good one from version control."

# These are compiled when they are first needed: most files need few of them.
_CHARSET = r'charset=([^\s;\\"]*)'
_FIELD = rb'"Content-Type:[^\n]*?charset=([-\w.:]+)'
_KNOWN = (  # by Python and by gettext; some of Python's codecs are no charsets
    r"(?i:utf-?8|(?:us-)?ascii|iso-?8859-\d{1,2}|koi8-[rut]|(?:cp|windows-)\d{3,4}|gb(?:k|2312|18030)"
    r"|euc-(?:kr|jp)|big5|shift_jis|johab|tis-620)"
)
_CONFLICT = r"(?m)^(?:<<<<<<<|>>>>>>>)(?=[ \r\n]|\Z)"
_CONTENT_TYPE = '"Content-Type: text/plain; charset=UTF-8\\n"'
_LONGEST = 60


def unreadable(path: str, error: OSError) -> Problem:
    """The file is not there, or may not be read."""
    what = f"the catalogue cannot be read: {error.strerror or error}"
    hint = "Check its name and its permissions; `publish add LANG` starts a new one."
    return Problem("catalogue-unreadable", what, Location(path), hint=hint)


def empty(path: str) -> Problem:
    """The file has nothing in it."""
    return Problem("catalogue-truncated", "the file is empty", Location(path), hint=RESEND)


def decoded(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file by the charset its header names, and its bytes that are none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "Save the file as UTF-8 (in most editors: “Save with encoding”)."
        what = "the file is in UTF-16, not in UTF-8"
        raise PublishError(Problem("catalogue-charset", what, Location(path, 1), hint=hint))
    field = re.search(_FIELD, data)
    charset = field[1].decode("ascii") if field else "UTF-8"
    if charset != "UTF-8" and not re.fullmatch(_KNOWN, charset):
        return data.decode(errors="replace"), []  # `header` says that it must be UTF-8
    try:
        return data.decode(charset), []
    except LookupError:  # cp999: named like one that there is
        return data.decode(errors="replace"), []
    except UnicodeDecodeError as error:
        place = Location(path, data.count(b"\n", 0, error.start) + 1)
        what = f"byte 0x{data[error.start]:02X} is not {charset}"
        hint = (
            "Save the file as UTF-8; or name its true charset in the header, then msgconv -t UTF-8."
        )
        problem = Problem("catalogue-charset", what, place, hint=hint)
        return data.decode(charset, errors="replace"), [problem]


def conflicts(text: str, path: str) -> list[Problem]:
    """The places where git left two versions side by side."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return []
    what = "two versions of these lines stand side by side (a merge conflict)"
    hint = "Keep one version of each message; delete the lines of <<<<<<<, ======= and >>>>>>>."
    marks = list(re.finditer(_CONFLICT, text))
    begins = [mark for mark in marks if mark[0] == "<<<<<<<"] or marks
    places = [Location(path, text.count("\n", 0, mark.start()) + 1) for mark in begins]
    return [Problem("catalogue-conflict", what, place, hint=hint) for place in places]


def header(entries: Sequence[Entry], path: str) -> list[Problem]:
    """A header that is missing, or that names no charset, or another one than UTF-8."""
    first = entries[0] if entries else None
    if first is None or first.text or first.context is not None or first.obsolete:
        what = 'the file does not begin with a header (msgid "" and its msgstr)'
        hint = f'Put in front: msgid "" msgstr {_CONTENT_TYPE}'
        return [Problem("catalogue-header", what, Location(path, 1), hint=hint)]
    place = Location(path, first.line)
    charset = re.search(_CHARSET, first.translation)
    if not charset or not charset[1]:
        hint = f"Add to its msgstr: {_CONTENT_TYPE}"
        return [Problem("catalogue-header", "the header names no charset", place, hint=hint)]
    if charset[1].lower().replace("-", "") == "utf8":
        return []
    what = f"the file is in {charset[1]}, says its header; catalogues are in UTF-8"
    hint = f"Convert it (msgconv -t UTF-8 -o {path} {path}), or correct the header if it errs."
    return [Problem("catalogue-charset", what, place, hint=hint)]


def duplicates(entries: Iterable[Entry], path: str) -> list[Problem]:
    """Messages in use that stand there twice; twice in memory (obsolete) does no harm."""
    first: dict[tuple[str | None, str], int] = {}
    problems = []
    for entry in entries:
        if not entry.obsolete and first.setdefault(entry.key, entry.line) != entry.line:
            what = f"“{short(entry.text)}” again; it was in line {first[entry.key]} already"
            hint = "Keep the better translation and delete the other entry; msguniq helps."
            place = Location(path, entry.line)
            problems.append(Problem("catalogue-duplicate", what, place, hint=hint))
    return problems


def tail(text: str, line: int, path: str) -> list[Problem]:
    """A last line (`line`) that breaks off within the comments of a message; others do no harm."""
    if not re.search(r"^[ \t]*#[:.,|][^\n]*\Z", text, re.MULTILINE):
        return []
    what = "the file ends in the middle of an entry: comments without their message"
    return [Problem("catalogue-truncated", what, Location(path, line), hint=RESEND)]


def short(text: str) -> str:
    """The beginning of a text, in one line."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
