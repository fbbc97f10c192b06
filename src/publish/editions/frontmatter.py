"""Front matter: the metadata of an edition in its own language, from the metadata's texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from publish.documents import trees
from publish.documents.trees import Blocks
from publish.documents.words import filled
from publish.editions import Credit, Original, Series, Text
from publish.imprints import house
from publish.languages import Language
from publish.metadata import Contributor, EditionFile, Metadata, Organisation

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
    own = language.tag == source.tag and not added.partner
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
        "funders": added.funders or metadata.funders,
        "publisher": _publisher(metadata, added, texts),
        "partner": added.partner or Organisation(),
        "on_behalf_of": added.on_behalf_of or Organisation(),
        "series": _series(metadata, added, texts),
        "disclaimer": added.disclaimer,
        "identifiers": _identifiers(metadata, added, own=own),
        "accessibility": metadata.accessibility,
        "base_url": metadata.base_url.rstrip("/"),
        "tokens": added.tokens.colours(),
        **_source(metadata, added, translated=language.tag != source.tag),
        **_licence(added.licence or metadata.licence, words),
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
        bio = texts.get(person.bio, _NONE).html
        yield _credit(person, person.name, person.affiliation, bio, words)


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
        source_name=person.source_name or person.name,
        affiliation_ror=person.affiliation_ror,
        bio_title=words.get(f"about-{person.role}", words["about-ctb"]) if bio else "",
    )


def _publisher(metadata: Metadata, added: EditionFile, texts: Texts) -> Organisation:
    """Whose imprint it is: the edition's own publisher or partner, else that of the work."""
    if own := house(added):
        return own
    name = texts.get("publisher.name", _NONE).plain
    return metadata.publisher.named(name)


def _series(metadata: Metadata, added: EditionFile, texts: Texts) -> Series:
    """The edition's own series, else that of the work, which is no partner's."""
    if own := added.series:
        return Series(own.title, own.number, own.issn)
    if added.partner or not (series := metadata.series):
        return Series()
    return Series(texts.get("series.title", _NONE).plain, series.number, series.issn)


def _identifiers(metadata: Metadata, added: EditionFile, *, own: bool) -> dict[str, str]:
    """Identifiers of the edition; of the work's only the UUID is passed on to a translation."""
    work = metadata.identifiers.given()
    kept = {kind: value for kind, value in work.items() if own or kind == "uuid"}
    return kept | added.identifiers.given()


def translation_note(
    metadata: Metadata, added: EditionFile, words: Words, language: Language, source: Language
) -> str:
    """From what, by whom and for whom it was translated, and which text counts: one sentence."""
    asked = added.on_behalf_of or added.partner or Organisation()
    people = [person.name for person in added.contributors if person.role == "trl"]
    said: dict[str, dict[str, str]] = {
        "translated-from": {
            "version": added.source_version or metadata.version,
            "date": language.date(added.source_date or metadata.date),
        },
        "translated-by": {"names": language.list(people)},
        "translated-for": {"institution": asked.name},
        "source-counts": {"text": added.authoritative.replace("both", "")},
    }
    note = ""
    for word, values in said.items():
        if all(values.values()):
            name = language.name_of(source.tag)
            note = filled(words[word], language=name, **values, note=note)
    return filled(words["sentence"], note=note.rstrip("."))


def lag_note(
    metadata: Metadata, added: EditionFile, words: Words, language: Language, source: Language
) -> str:
    """That the source has another version now than was translated, or at least another text."""
    translated = (added.source_version or metadata.version, added.source_date or metadata.date)
    same = translated == (metadata.version, metadata.date)
    note = filled(
        words["source-changed" if same else "source-revised"],
        language=language.name_of(source.tag),
        version=metadata.version,
        date=language.date(metadata.date),
    )
    return filled(words["sentence"], note=note.rstrip("."))  # a date may end with one: 2026 г.


def _source(metadata: Metadata, added: EditionFile, *, translated: bool) -> dict[str, Any]:
    """The version from which a translation was made."""
    if not translated:
        return {}
    return {
        "source_version": added.source_version or metadata.version,
        "source_date": added.source_date or metadata.date,
    }


def original(metadata: Metadata, blocks: Blocks) -> Original:
    """What translations are made from; `blocks` are the metadata's fields as they were written."""
    texts = {block["c"][0][0]: block["c"][1] for block in blocks}
    title, subtitle = (
        " ".join(trees.text(block["c"]) for block in texts.get(key, ()))
        for key in ("title", "subtitle")
    )
    return Original(
        edition=metadata.language,
        title=title,
        subtitle=subtitle,
        identifiers=metadata.identifiers.given(),
        version=metadata.version,
        date=metadata.date,
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
