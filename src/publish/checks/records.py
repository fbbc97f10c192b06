"""Records: whether all files of an edition name it alike, those for readers and those for others.

Each file is asked in its own words (`stating.py`) for title, identifier, date, language and
licence; what it says is compared with the edition as its sources have it now. A file that was made
before the sources were changed is told as well as one that somebody has edited by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publish import languages
from publish.checks import stating
from publish.checks.stating import UnreadableError
from publish.editions import Edition, citing, identifiers
from publish.problems import Location, Problem, Severity

FORMATS = ("epub", "html", "pdf")  # of the files that records name


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of statement: the code of a difference, what it is called, where it comes from."""

    code: str
    name: str
    origin: str


def _kind(code: str, name: str, origin: str) -> _Kind:
    return _Kind(code, name, origin)


_IDENTIFIER = _kind("record-identifier", "identifier", "identifiers in metadata.yaml, edition.yaml")
_LANGUAGE = _kind("record-language", "language", "the edition's name")
_LICENCE = _kind("record-licence", "licence", "licence in metadata.yaml, edition.yaml")
_KINDS = {
    "code": _LANGUAGE,
    "date": _kind("record-date", "date", "date in metadata.yaml, edition.yaml"),
    "doi": _IDENTIFIER,
    "identifier": _IDENTIFIER,
    "language": _LANGUAGE,
    "licence": _LICENCE,
    "spdx": _LICENCE,
    "title": _kind("record-title", "title", "title in metadata.yaml, and its translation"),
}


def check(edition: Edition, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """What is not as it should be in the files of an edition, by their names in its folder.

    Problems `record-title`, `record-identifier`, `record-date`, `record-language`,
    `record-licence`, `record-unreadable`, `record-file-missing`.
    """
    expected = _expected(edition)
    for name, data in files.items():
        place = Location(f"build/{edition.id}/{name}")
        try:
            said = stating.said(name, data, identifiers.urn(edition))
        except UnreadableError as error:
            yield _unreadable(place, str(error), edition)
        else:
            yield from _differences(place, said, expected, edition)
    yield from _missing(edition, files)


def _expected(edition: Edition) -> dict[str, frozenset[str]]:
    """What files may say, by the kind of statement; the first of each is shown to people."""
    title, subtitle = edition.title.plain, edition.subtitle.plain
    doi = edition.identifiers.get("doi", "")
    tag = edition.language.tag
    values: dict[str, Iterable[str]] = {
        "title": (title, citing.full_title(edition), f"{title} – {subtitle}"),
        "identifier": (doi, identifiers.main(edition)) if doi else _names(edition),
        "doi": (doi, identifiers.doi_address(doi)) if doi else (),
        "date": (edition.date.isoformat(),),
        "language": (tag,),
        "code": (tag.partition("-")[0], languages.bibliographic(tag)),
        "licence": (edition.licence_url,),
        "spdx": (edition.licence,),
    }
    return {kind: frozenset(filter(None, known)) for kind, known in values.items()}


def _names(edition: Edition) -> Iterator[str]:
    """The edition's URN, and what its products are called in ONIX."""
    yield identifiers.urn(edition)
    yield from (f"{identifiers.urn(edition)}#{format}" for format in ("epub", "pdf"))


def _differences(
    place: Location,
    said: Mapping[str, tuple[str, ...]],
    expected: Mapping[str, frozenset[str]],
    edition: Edition,
) -> Iterator[Problem]:
    for kind, values in said.items():
        right = expected[kind]
        several = kind in {"identifier", "doi"}  # a file may have more names than this one
        wrong = [value for value in values if value not in right]
        if right and not values:
            yield _differs(_KINDS[kind], place, "none", right, edition)
        elif wrong and not (several and len(wrong) < len(values)):
            yield _differs(_KINDS[kind], place, f"“{wrong[0]}”", right, edition)


def _differs(
    kind: _Kind, place: Location, said: str, right: frozenset[str], edition: Edition
) -> Problem:
    wanted = f"“{min(right, key=len)}”" if right else "none"
    what = f"the {kind.name} is {said} here, and {wanted} in the edition"
    hint = (
        f"If the edition is right, make the file again: {_again(place, edition)}. "
        f"Otherwise correct {kind.origin}."
    )
    return Problem(kind.code, what, place, hint=hint)


def _again(place: Location, edition: Edition) -> str:
    """The command that makes a file."""
    if "/metadata/" in place.path:
        return f"publish records -l {edition.id}"
    return f"publish build -l {edition.id} -f {place.path.rpartition('.')[2]}"


def _unreadable(place: Location, why: str, edition: Edition) -> Problem:
    what = f"this file cannot be read: {why}"
    hint = f"Make it again: {_again(place, edition)}."
    return Problem("record-unreadable", what, place, hint=hint)


def _missing(edition: Edition, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files that the catalogue names and that are not there; whoever follows it finds nothing."""
    if "metadata/opds.json" not in files:
        return
    for format in FORMATS:
        name = f"{edition.slug}.{format}"
        if name not in files:
            what = f"the records name {name}, which is not there"
            hint = f"Make it: publish build -l {edition.id} -f {format}."
            place = Location(f"build/{edition.id}/metadata/opds.json")
            yield Problem("record-file-missing", what, place, Severity.WARNING, hint)
