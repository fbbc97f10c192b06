"""Citing: the record of an edition that others put into their bibliographies.

One record, in CSL's terms, and what it is in the formats of reference managers. A work that
stands for itself is a `book` or a `report`: the one kind between a book and a journal's article
that CSL, BibTeX and RIS all know, with a publisher and perhaps a series.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from publish.editions import Credit, Edition

Record = Mapping[str, Any]


class Name(NamedTuple):
    """A person's name; `given` is '' where the name has no parts or they are not known."""

    family: str
    given: str


# MARC relators → what CSL, OPDS and schema.org call them; who did something else contributed.
ROLES = {
    "aut": "author",
    "cre": "author",
    "edt": "editor",
    "ill": "illustrator",
    "trl": "translator",
}
_BIBTEX_ROLES = ("author", "editor", "translator")
_RIS_ROLES = {"author": "AU", "editor": "ED", "translator": "A4"}
# CSL's variables → fields of BibTeX and biblatex, tags of RIS.
_BIBTEX = {
    "publisher": "publisher",
    "publisher-place": "address",
    "collection-title": "series",
    "collection-number": "number",
    "version": "version",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "language": "language",
    "keyword": "keywords",
    "abstract": "abstract",
}
_RIS = {
    "publisher": "PB",
    "publisher-place": "CY",
    "collection-title": "T3",
    "collection-number": "M1",
    "DOI": "DO",
    "ISBN": "SN",
    "ISSN": "SN",
    "URL": "UR",
    "language": "LA",
    "abstract": "AB",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# Signs with a meaning in TeX; addresses are left alone, as biblatex and the url package take them.
_TEX = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_VERBATIM = {"doi", "isbn", "issn", "url", "language"}


def record(edition: Edition) -> Record:
    """An edition as an item of CSL-JSON, in the edition's language; what is not known is left out.

    Source: CSL 1.0.2, appendices III and IV; csl-data.json.
    """
    day = edition.date
    known = {
        "id": key(edition),
        "type": "book" if edition.kind == "book" else "report",
        "title": full_title(edition),
        **_people(edition),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "publisher": edition.publisher.name,
        "publisher-place": edition.publisher.place,
        "collection-title": edition.series.title,
        "collection-number": edition.series.number,
        "version": edition.version,
        "DOI": edition.identifiers.get("doi", ""),
        "ISBN": edition.identifiers.get("isbn", ""),
        "ISSN": edition.identifiers.get("issn", "") or edition.series.issn,
        "URL": edition.address(),
        "language": edition.language.tag,
        "keyword": ", ".join(edition.keywords),
        "abstract": edition.abstract.plain,
    }
    return {name: value for name, value in known.items() if value}


def key(edition: Edition) -> str:
    """What an edition is called in a bibliography: letters of ASCII, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", f"{edition.slug}-{edition.id}").strip("-")


def name_of(credit: Credit) -> Name:
    """A person's name in its parts, or the whole as the family's."""
    family, comma, given = credit.sort_name.partition(", ")
    parted = comma and not credit.organisation and credit.sort_name != credit.name
    return Name(family, given) if parted else Name(credit.name, "")


def full_title(edition: Edition) -> str:
    """Title and subtitle in one line: a colon parts them where nothing else does."""
    title, subtitle = edition.title.plain, edition.subtitle.plain
    return f"{title}{'' if title[-1:] in '?!…:' else ':'} {subtitle}" if subtitle else title


def csl_json(edition: Edition) -> str:
    """The record as CSL-JSON: a list of one item."""
    return json.dumps([record(edition)], ensure_ascii=False, indent=2) + "\n"


def bibtex(edition: Edition) -> str:
    """The record as BibTeX in UTF-8, with the fields that biblatex knows beside it.

    Source: “BibTeXing” (Patashnik), 3; the manual of biblatex, 2.2.
    """
    item = record(edition)
    kind = "book" if item["type"] == "book" else "techreport" if "publisher" in item else "misc"
    lines = [f"  {name} = {value},\n" for name, value in _bibtex(edition, item, kind)]
    return f"@{kind}{{{item['id']},\n{''.join(lines)}}}\n"


def ris(edition: Edition) -> str:
    """The record as RIS; a comma ends a name that has no parts.

    Source: “RIS Format Specifications” (Research Information Systems).
    """
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _ris(edition))


class Format(NamedTuple):
    """A format of reference managers: its name, the suffix and type of its files, its writer."""

    name: str
    suffix: str
    type: str
    write: Callable[[Edition], str]


FORMATS = (
    Format("BibTeX", "bib", "application/x-bibtex", bibtex),
    Format("RIS", "ris", "application/x-research-info-systems", ris),
    Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
)


def _people(edition: Edition) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for credit in edition.credits:
        if role := ROLES.get(credit.role):
            name = name_of(credit)
            parts = name._asdict() if name.given else {"literal": name.family}
            found.setdefault(role, []).append(parts)
    return found


def _bibtex(edition: Edition, item: Record, kind: str) -> Iterator[tuple[str, str]]:
    for role in _BIBTEX_ROLES:
        if names := item.get(role):
            yield role, f"{{{' and '.join(map(_bibtex_name, names))}}}"
    yield "title", f"{{{{{_tex(item['title'])}}}}}"  # twice: no style changes its capitals
    yield "year", f"{{{edition.date.year}}}"
    yield "month", _MONTHS[edition.date.month - 1]
    yield "date", f"{{{edition.date.isoformat()}}}"
    for variable, field in _BIBTEX.items():
        if value := item.get(variable):
            name = "institution" if (kind, field) == ("techreport", "publisher") else field
            yield name, f"{{{value if field in _VERBATIM else _tex(value)}}}"


def _bibtex_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    return f"{_tex(name['family'])}, {_tex(name['given'])}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in " ".join(text.split()))


def _ris(edition: Edition) -> Iterator[tuple[str, str]]:
    item = record(edition)
    yield "TY", "BOOK" if item["type"] == "book" else "RPRT"
    for role, tag in _RIS_ROLES.items():
        for name in item.get(role, ()):
            yield tag, f"{name.get('literal') or name['family']}, {name.get('given', '')}"
    yield "TI", item["title"]
    yield "PY", str(edition.date.year)
    yield "DA", edition.date.strftime("%Y/%m/%d")
    for variable, tag in _RIS.items():
        if value := item.get(variable):
            yield tag, value
    yield from (("KW", keyword) for keyword in edition.keywords)
    yield "ER", ""
