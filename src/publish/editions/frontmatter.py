"""Front matter: the metadata of an edition in its own language, from the metadata's texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from publish.documents.words import filled
from publish.editions import Credit, Publisher, Series, Text
from publish.languages import Language
from publish.metadata import Contributor, EditionFile, Metadata

Texts = Mapping[str, Text]
Words = Mapping[str, str]
_CREATIVE_COMMONS = {
    "CC-BY-4.0": "by/4.0",
    "CC-BY-SA-4.0": "by-sa/4.0",
    "CC-BY-NC-4.0": "by-nc/4.0",
    "CC-BY-ND-4.0": "by-nd/4.0",
}
_NONE = Text("", "")


def fields(
    metadata: Metadata,
    added: EditionFile,
    texts: Texts,
    words: Words,
    language: Language,
    source: Language,
) -> dict[str, Any]:
    """The fields of an `Edition` that come from metadata; what the edition adds goes first."""
    date = added.date or metadata.date
    return {
        "title": texts["title"],
        "subtitle": texts.get("subtitle", _NONE),
        "abstract": texts.get("abstract", _NONE),
        "keywords": tuple(texts[f"keywords.{n}"].plain for n, _ in enumerate(metadata.keywords)),
        "credits": tuple(_credits(metadata, added, texts, words)),
        "date": date,
        "date_text": language.date(date),
        "version": added.version or metadata.version,
        "rights": added.rights or texts.get("rights", _NONE).plain,
        "funding": added.funding or texts.get("funding", _NONE).plain,
        "publisher": _publisher(metadata, added, texts),
        "series": _series(metadata, texts),
        "identifiers": _identifiers(metadata, added, own=language.tag == source.tag),
        "base_url": metadata.base_url.rstrip("/"),
        "translation_note": _translation_note(metadata, words, language, source),
        **_licence(metadata.licence, words),
    }


def _credits(
    metadata: Metadata, added: EditionFile, texts: Texts, words: Words
) -> Iterator[Credit]:
    for n, person in enumerate(metadata.contributors):
        name = texts[f"contributors.{n}.name"].plain
        affiliation = texts.get(f"contributors.{n}.affiliation", _NONE).plain
        bio = texts.get(person.bio, _NONE).html
        yield _credit(person, name, affiliation, bio, words)
    for person in added.contributors:
        yield _credit(person, person.name, person.affiliation, "", words)


def _credit(person: Contributor, name: str, affiliation: str, bio: str, words: Words) -> Credit:
    translated = name != person.name
    inverted = f"{person.family}, {person.given}" if person.family and person.given else ""
    return Credit(
        name=name,
        role=person.role,
        role_name=words.get(f"role-{person.role}", words["role-ctb"]),
        organisation=person.organisation,
        affiliation=affiliation,
        orcid=person.orcid,
        url=person.url,
        sort_name=name if translated or not inverted else inverted,
        original_name=person.name if translated and not person.organisation else "",
        bio=bio,
        bio_title=words.get(f"about-{person.role}", words["about-ctb"]) if bio else "",
    )


def _publisher(metadata: Metadata, added: EditionFile, texts: Texts) -> Publisher:
    if added.publisher:
        return Publisher(added.publisher.name, added.publisher.place, added.publisher.url)
    name = texts.get("publisher.name", _NONE).plain
    return Publisher(name, metadata.publisher.place, metadata.publisher.url)


def _series(metadata: Metadata, texts: Texts) -> Series:
    if not (series := metadata.series):
        return Series()
    return Series(texts.get("series.title", _NONE).plain, series.number, series.issn)


def _identifiers(metadata: Metadata, added: EditionFile, *, own: bool) -> dict[str, str]:
    """Identifiers of the edition; of the work's only the UUID is passed on to a translation."""
    work = metadata.identifiers.given()
    kept = {kind: value for kind, value in work.items() if own or kind == "uuid"}
    return kept | added.identifiers.given()


def _translation_note(
    metadata: Metadata, words: Words, language: Language, source: Language
) -> str:
    if language.tag == source.tag:
        return ""
    return filled(
        words["translated-from"],
        language=language.name_of(source.tag),
        version=metadata.version,
        date=language.date(metadata.date),
    )


def _licence(spdx: str, words: Words) -> dict[str, str]:
    """Name and address of a licence given by its SPDX identifier (https://spdx.org/licenses)."""
    path = _CREATIVE_COMMONS.get(spdx)
    url = f"https://creativecommons.org/licenses/{path}/" if path else ""
    if spdx == "CC0-1.0":
        url = "https://creativecommons.org/publicdomain/zero/1.0/"
    if spdx and not url:
        url = f"https://spdx.org/licenses/{spdx}.html"
    name = words.get(f"licence-{spdx.lower()}", spdx)
    return {"licence": spdx, "licence_url": url, "licence_name": name}
