"""CITATION.cff: how an edition is cited, for a repository that holds its files.

Source: Citation File Format 1.2.0. The root may only be software or a data set, so the edition is
the `preferred-citation`; the names of the root are those that the format wants of every file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publish.distribution.records import works
from publish.editions import Credit, Edition, citing, identifiers

_ROLES = {"edt": "editors", "trl": "translators"}


def render(edition: Edition) -> bytes:
    """The file in YAML, its strings quoted as in JSON, which YAML reads."""
    cited = {key: value for key, value in _work(edition).items() if value}
    root = {
        "cff-version": "1.2.0",
        "message": f"{edition.words['cite']}: {edition.citation.plain}",
        "type": "dataset",
        **{key: value for key, value in cited.items() if key in _ROOT},
        "preferred-citation": cited,
    }
    return ("\n".join(_yaml(root)) + "\n").encode()


_ROOT = set("title authors version date-released doi identifiers license url keywords".split())


def _work(edition: Edition) -> dict[str, Any]:
    return {
        "type": "book" if edition.kind == "book" else "report",
        "title": edition.title.plain,
        "authors": _authors(edition),
        **_others(edition),
        "date-released": edition.date.isoformat(),
        "year": edition.date.year,
        "version": edition.version,
        "doi": edition.identifiers.get("doi"),
        "isbn": identifiers.isbn(edition, "epub"),
        "identifiers": _identifiers(edition),
        "languages": [edition.language.tag.partition("-")[0]],
        "license": edition.licence,
        "url": edition.address(),
        "publisher": _house(edition.publisher.name),
        "institution": _house(edition.publisher.name) if edition.kind == "article" else None,
        "collection-title": edition.series.title,
        "issn": edition.series.issn,
        "keywords": list(edition.keywords),
        "abstract": edition.abstract.plain,
    }


def _authors(edition: Edition) -> list[dict[str, str]]:
    """Those who wrote it; CFF wants at least one, so for a work without authors its house."""
    written = [_person(credit) for credit in edition.credits if credit.role in works.AUTHORS]
    return written or [{"name": edition.publisher.name or edition.title.plain}]


def _others(edition: Edition) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for credit in edition.credits:
        if name := _ROLES.get(credit.role):
            found.setdefault(name, []).append(_person(credit))
    return found


def _person(credit: Credit) -> dict[str, str]:
    """Somebody whose name has no parts is named as an entity is: whole."""
    family, given = citing.name_of(credit)
    name = {"family-names": family, "given-names": given} if given else {"name": family}
    known = {**name, "orcid": works.orcid(credit), "website": credit.url}
    if given:
        known["affiliation"] = credit.affiliation
    return {key: value for key, value in known.items() if value}


def _house(name: str) -> dict[str, str]:
    return {"name": name} if name else {}


def _identifiers(edition: Edition) -> list[dict[str, str]]:
    return [{"type": "other", "value": identifiers.urn(edition)}]


def _yaml(value: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """A mapping of strings, numbers, mappings, and lists of strings or mappings, as lines."""
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield f"{indent}{key}:"
            yield from _yaml(item, f"{indent}  ")
        elif isinstance(item, list):
            yield f"{indent}{key}:"
            yield from _listed(item, f"{indent}  ")
        else:
            yield f"{indent}{key}: {_scalar(item)}"


def _listed(items: Sequence[Any], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Mapping):
            first, *rest = _yaml(item)
            yield f"{indent}- {first}"
            yield from (f"{indent}  {line}" for line in rest)
        else:
            yield f"{indent}- {_scalar(item)}"


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
