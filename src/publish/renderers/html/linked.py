"""What a web page tells machines about its work: addresses, and schema.org's words for it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from publish.editions import Alternate, Chapter, Credit, Edition
from publish.editions.citing import ROLES
from publish.renderers import pages

_IMAGE = re.compile(r"<img\b[^>]*>")
_DESCRIBED = re.compile(r"""\balt="[^"]*\S[^"]*"|\brole="(?:presentation|none)\"""")


def original(edition: Edition) -> str:
    """The address of the edition in the source language, '' if there is none."""
    tag = edition.source_language.tag
    found = (
        edition.address(edition=each.edition) for each in edition.alternates if each.tag == tag
    )
    return next(found, "")


def data(edition: Edition) -> str:
    """The work in JSON-LD, safe to stand within a `script` element.

    In: an edition. Out: one object, a ScholarlyArticle or a Book; what is not known is left
    out. Source: schema.org (inLanguage, translationOfWork, workTranslation).
    """
    return _written(_properties(edition))


def chapter(edition: Edition, chapter: Chapter, address: str) -> str:
    """A chapter of a book that has a page of its own, in JSON-LD."""
    return _written(
        {
            "@context": "https://schema.org",
            "@type": "Chapter",
            "@id": address,
            "url": address,
            "name": chapter.title.plain,
            "inLanguage": edition.language.tag,
            "license": edition.licence_url,
            "isPartOf": _known(
                {
                    "@type": "Book",
                    "@id": edition.address(),
                    "name": edition.title.plain,
                    **_people(edition),
                }
            ),
        }
    )


def _known(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value}


def _written(properties: Mapping[str, Any]) -> str:
    text = json.dumps(_known(properties), ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _properties(edition: Edition) -> dict[str, Any]:
    home = edition.address()
    return {
        "@context": "https://schema.org",
        "@type": "Book" if edition.kind == "book" else "ScholarlyArticle",
        "@id": home,
        "url": home,
        "name": edition.title.plain,
        "headline": edition.title.plain,
        "alternativeHeadline": edition.subtitle.plain,
        "abstract": edition.abstract.plain,
        "keywords": list(edition.keywords),
        "inLanguage": edition.language.tag,
        "datePublished": edition.date.isoformat(),
        "version": edition.version,
        "license": edition.licence_url,
        "copyrightNotice": edition.rights,
        "identifier": _identifiers(edition),
        "publisher": _named("Organization", edition.publisher.name, edition.publisher.url),
        "creditText": edition.translation_note,
        "funder": [_named("Organization", each.name, each.url) for each in edition.funders],
        "sponsor": _named("Organization", edition.on_behalf_of.name, edition.on_behalf_of.url),
        "isAccessibleForFree": True,
        **_accessibility(edition),
        **_people(edition),
        **_translations(edition),
    }


def _accessibility(edition: Edition) -> dict[str, list[str]]:
    """What is seen in the HTML (pictures with words, formulas, headings) and in the pictures."""
    html = "".join(chapter.html for chapter in edition.chapters)
    pictures = _IMAGE.findall(html)
    described = all(_DESCRIBED.search(picture) for picture in pictures)
    found = {
        "structuralNavigation": bool(edition.headings),
        "tableOfContents": bool(edition.headings),
        "alternativeText": bool(pictures) and described,
        "MathML": "<math" in html,
    }
    sufficient = [["textual"] if described else [], ["textual,visual"] if pictures else []]
    return {
        "accessMode": ["textual", *(["visual"] if pictures else [])],
        "accessModeSufficient": [mode for modes in sufficient for mode in modes],
        "accessibilityFeature": ["readingOrder", *(name for name, true in found.items() if true)],
        "accessibilityHazard": [pages.hazard(still=pages.are_still(edition.resources))],
    }


def _identifiers(edition: Edition) -> list[dict[str, str]]:
    return [
        {"@type": "PropertyValue", "propertyID": scheme, "value": value}
        for scheme, value in edition.identifiers.items()
    ]


def _people(edition: Edition) -> dict[str, Any]:
    """Contributors by what they did; of the work that this one draws on, its author (`ant`)."""
    found: dict[str, Any] = {}
    for credit in edition.credits:
        if credit.role == "ant":
            source = {"@type": "CreativeWork", "author": _person(credit)}
            found.setdefault("isBasedOn", []).append(source)
        else:
            name = ROLES.get(credit.role, "contributor")
            found.setdefault(name, []).append(_person(credit))
    return found


def _person(credit: Credit) -> dict[str, Any]:
    kind = "Organization" if credit.organisation else "Person"
    person = _named(kind, credit.name, credit.url)
    if credit.affiliation:
        person["affiliation"] = _named("Organization", credit.affiliation)
    if credit.orcid:
        person["@id"] = pages.orcid_url(credit.orcid)
    if credit.original_name and credit.original_name != credit.name:
        person["alternateName"] = credit.original_name
    return person


def _named(kind: str, name: str, url: str = "") -> dict[str, Any]:
    known = {"@type": kind, "name": name, "url": url}
    return {key: value for key, value in known.items() if value} if name else {}


def _translations(edition: Edition) -> dict[str, Any]:
    """The source edition names its translations, each translation its source."""
    source = edition.source_language.tag
    if edition.language.tag == source:
        others = [each for each in edition.alternates if each.tag != source]
        return {"workTranslation": [_work(edition, each) for each in others]}
    originals = [each for each in edition.alternates if each.tag == source][:1]  # no partner's
    return {"translationOfWork": [_work(edition, each) for each in originals]}


def _work(edition: Edition, other: Alternate) -> dict[str, str]:
    known = {
        "@type": "Book" if edition.kind == "book" else "ScholarlyArticle",
        "@id": edition.address(edition=other.edition),
        "inLanguage": other.tag,
    }
    return {key: value for key, value in known.items() if value}
