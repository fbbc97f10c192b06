"""Glossaries: `glossary.csv` with the columns term, translation, forbidden, note (RFC 4180).

One that is handed out has a fifth, `sent`: a digest of each row, by which a change is seen.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from publish.exchange.safety import refused, sized
from publish.exchange.values import Term, sent
from publish.problems import Location, PublishError
from publish.project import NO_TEXT

COLUMNS = ("term", "translation", "forbidden", "note")
_BOM = "\ufeff"
_SENT = re.compile(r"(?:t[0-9a-f]{12})?")


def rows(data: bytes, path: str) -> Iterator[tuple[Location, list[str]]]:
    """The rows below the heads and where each begins, without what was noted when they went out.

    PublishError `glossary-table`, `glossary-header`, `file-character`.
    """
    return ((place, row) for place, row, _ in _rows(data, path))


def returned(data: bytes, path: str) -> list[tuple[Location, Term, str]]:
    """The terms of a sheet that came back, each with the digest that it went out with, or ""."""
    return [(place, _term(row), base) for place, row, base in _rows(data, path)]


def _rows(data: bytes, path: str) -> Iterator[tuple[Location, list[str], str]]:
    """The rows below the heads, where each begins, and its digest, whichever spreadsheet wrote."""
    sized(data, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save it as “CSV UTF-8”."
        raise refused("glossary-table", "the glossary is not in UTF-8", path, hint) from error
    if found := NO_TEXT.search(text):
        what, line = (
            f"U+{ord(found[0]):04X} is no character of a text",
            text.count("\n", 0, found.start()),
        )
        raise refused("file-character", what, path, "Delete it.", line + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    head, line = True, 1
    try:
        for row in reader:
            if head and [cell.strip().lower() for cell in row[:2]] != list(COLUMNS[:2]):
                raise _headless(row, path)
            if not head and any(map(str.strip, row)):
                yield Location(path, line), *_parted(row)
            head, line = False, reader.line_num + 1
    except csv.Error as error:
        what, hint = f"the table is broken: {error}", "Save it again as CSV."
        raise refused("glossary-table", what, path, hint, line) from error
    if head:
        raise _headless([], path)


def read(data: bytes, path: str) -> list[Term]:
    """The terms of a glossary as they stand there; PublishError as `rows`."""
    return [_term(row) for _, row in rows(data, path)]


def _headless(row: Sequence[str], path: str) -> PublishError:
    what = f"the first line is “{','.join(row)[:60]}”"
    hint = f"Make it: {','.join(COLUMNS)}"
    return refused("glossary-header", what, path, hint, 1)


def write(terms: Iterable[Term]) -> bytes:
    """A glossary's bytes."""
    return _table([COLUMNS, *map(_cells, terms)])


def handed_out(terms: Iterable[Term]) -> bytes:
    """The same for a spreadsheet, which sees by a byte order mark that it is UTF-8."""
    return _BOM.encode() + _table([(*COLUMNS, "sent"), *((*_cells(t), sent(t)) for t in terms)])


def _cells(term: Term) -> tuple[str, ...]:
    return term.term, term.translation, term.forbidden, term.note


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def occurring(terms: Iterable[Term], text: str) -> list[Term]:
    """The terms that a text has, as whole words, however their first letter is written."""
    lower = text.casefold()
    near = (term for term in terms if term.translation and term.term.casefold() in lower)
    return [term for term in near if re.search(rf"\b{re.escape(term.term.casefold())}", lower)]


def said(term: Term) -> str:
    """What is to be known about a term, in one line."""
    never = f"not: {term.forbidden}" if term.forbidden else ""
    return "; ".join(part for part in (term.note, never) if part)


def _delimiter(text: str) -> str:
    """What stands between the cells; in half of Europe spreadsheets write semicolons."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _parted(row: list[str]) -> tuple[list[str], str]:
    """A row's own cells and its digest; a row that somebody added has none, or an empty cell."""
    last = row[-1].strip() if len(row) == len(COLUMNS) + 1 else None
    if last is None or not _SENT.fullmatch(last):
        return row, ""
    return row[:-1], last


def _term(row: list[str]) -> Term:
    cells = [" ".join(cell.split()) for cell in [*row, "", "", "", ""][:4]]
    return Term(*cells)
