"""One catalogue of several files, a chapter each, and several of one.

However many files there are, all else sees one `Catalogue`. A message in use may for a while
stand in two of them (a move was interrupted, or a copy lies about): once is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from publish.catalogues.values import Catalogue, Entry, Key, Raw
from publish.problems import Problem, PublishError, short

Home: TypeAlias = Callable[[Entry], str]
"""The path of the file that an entry belongs to."""

_SIGNED = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator")


def joined(files: Sequence[Catalogue]) -> Catalogue:
    """The catalogue of some files; the first gives it its name, its header and its habits.

    PublishError `catalogue-duplicate` where two of them translate one message differently.
    """
    first, *others = files
    if not others:
        return first
    entries = [entry for each in files for entry in each.entries]
    return first._replace(entries=tuple(_once(entries)), others=(_bare(first), *others))


def _bare(first: Catalogue) -> Catalogue:
    return first._replace(others=())


def _once(entries: Sequence[Entry]) -> Iterable[Entry]:
    """The entries, of two for one message in use the one that somebody wrote."""
    best: dict[Key, Entry] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.obsolete:
            continue
        other = best.setdefault(entry.key, entry)
        if other is not entry and entry.written:
            if other.written and _said(other) != _said(entry):
                problems.append(_twice(entry, other))
            best[entry.key] = entry if not other.written or other.fuzzy else other
    if problems:
        raise PublishError(*problems)
    return (entry for entry in entries if entry.obsolete or best[entry.key] is entry)


def _said(entry: Entry) -> tuple[str, ...]:
    return entry.translations or (entry.translation,)


def _twice(entry: Entry, other: Entry) -> Problem:
    what = f"“{short(entry.text)}” is translated otherwise in {other.location}"
    hint = "Move away the file that is too many (every .po here counts), or make the two the same."
    return Problem("catalogue-duplicate", what, entry.location, hint=hint)


def files(catalogue: Catalogue) -> tuple[Catalogue, ...]:
    """The files that a catalogue was read from, the first one first."""
    return catalogue.others or (catalogue,)


def parted(before: Catalogue, after: Catalogue, home: Home) -> list[Catalogue]:
    """The files of a catalogue that was changed, the first one first.

    A file in which nothing was changed is the one that was read; one that no entry belongs to
    any more is not among them, and what its header and its end said is in the first.
    """
    known = {file.path: file for file in files(before)}
    homes: dict[str, list[Entry]] = {before.path: []}
    for entry in after.entries:
        homes.setdefault(home(entry), []).append(entry)
    gone = [file for path, file in known.items() if path not in homes]
    first = _inheriting(after._replace(others=()), gone)
    made = [_file(path, entries, known.get(path), first, before) for path, entries in homes.items()]
    return made[:1] + sorted(made[1:], key=lambda file: file.path)


def _file(
    path: str,
    entries: Sequence[Entry],
    known: Catalogue | None,
    first: Catalogue,
    before: Catalogue,
) -> Catalogue:
    file = known or first._replace(path=path, entries=(), tail="")
    own = tuple(_settled(entry, path, file.eol) for entry in entries)
    if path == before.path:
        whole = first._replace(entries=own)
        quiet = own == file.entries and whole.header.comments == file.header.comments
        return file if quiet and whole.tail == file.tail and _unsigned(whole, file) else whole
    return (
        file
        if known and own == file.entries
        else _signed(file._replace(entries=own), first, before)
    )


def _settled(entry: Entry, path: str, eol: str) -> Entry:
    """An entry in its file; one from a file with other line endings is written anew."""
    if not entry.path or entry.path == path:
        return entry
    other = any(("\r\n" in part) != (eol == "\r\n") for part in entry.raw if part)
    return entry._replace(raw=Raw()) if other else entry


def _unsigned(one: Catalogue, other: Catalogue) -> bool:
    """Whether two headers differ in nothing but who changed it and when."""
    names = {*one.fields, *other.fields} - {*_SIGNED}
    return all(one.fields.get(name) == other.fields.get(name) for name in names)


def _signed(file: Catalogue, first: Catalogue, before: Catalogue) -> Catalogue:
    """A changed file with what the first one's header says of the change."""
    for name in _SIGNED:
        value = first.fields.get(name)
        if value is not None and value != before.fields.get(name):
            file = file.with_field(name, value)
    return file


def _inheriting(first: Catalogue, gone: Iterable[Catalogue]) -> Catalogue:
    """The first file with what others said that are no more."""
    for file in gone:
        said = (*file.header.comments, file.fields.get("Last-Translator", ""))
        known = {*first.header.comments, first.fields.get("Last-Translator", ""), ""}
        more = tuple(line for line in said if line not in known)
        header = first.header.changed(comments=first.header.comments + more)
        tail = first.tail if file.tail.strip() in first.tail else first.tail + file.tail
        first = first._replace(header=header, tail=tail)
        for name, value in file.fields.items():
            first = first if name in first.fields else first.with_field(name, value)
    return first
