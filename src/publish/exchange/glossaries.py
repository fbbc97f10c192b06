"""Glossaries: `glossary.csv` with the columns term, translation, forbidden, note (RFC 4180)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from publish.exchange.safety import refused, sized
from publish.exchange.values import Term

COLUMNS = ("term", "translation", "forbidden", "note")
_BOM = "\ufeff"


def read(data: bytes, path: str) -> list[Term]:
    """The terms of a glossary, whichever spreadsheet wrote it; PublishError `exchange-glossary`."""
    sized(data, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save it as “CSV UTF-8”."
        raise refused("exchange-glossary", "the glossary is not in UTF-8", path, hint) from error
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        what, hint = f"the table is broken: {error}", "Save it again as CSV."
        raise refused("exchange-glossary", what, path, hint) from error
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if head[:2] != list(COLUMNS[:2]):
        hint = f"Its first line has to be {','.join(COLUMNS)}."
        what = "this table has no columns term and translation"
        raise refused("exchange-glossary", what, path, hint)
    return [_term(row) for row in rows[1:] if any(map(str.strip, row))]


def write(terms: Iterable[Term], *, bom: bool = False) -> bytes:
    """A glossary's bytes; with a byte order mark a spreadsheet sees that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((t.term, t.translation, t.forbidden, t.note) for t in terms)
    return ((_BOM if bom else "") + text.getvalue()).encode()


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


def _term(row: list[str]) -> Term:
    cells = [" ".join(cell.split()) for cell in [*row, "", "", "", ""][:4]]
    return Term(*cells)
