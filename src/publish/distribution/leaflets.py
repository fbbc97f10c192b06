"""Leaflets: what goes with a bundle for people to read, as plain text in the edition's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from publish.documents.words import filled
from publish.editions import Credit, Edition

LEAFLETS = Path(__file__).parents[1] / "defaults" / "leaflets"


def readme(edition: Edition, name: str, files: Sequence[str], *, signed: bool) -> bytes:
    """What is in a bundle, how to verify it and what to send back.

    In: the edition, the bundle's file name, the names in it. In the edition's language where
    publish has the leaflet in it, else in English.
    """
    *parts, translation, manuscript = _leaflet("readme", edition).split("\n\n")
    translated = any(name.endswith(".po") for name in files)
    kept = [part for part in parts if _is_for(part, translated=translated, signed=signed)]
    kept.append(translation if translated else manuscript)  # what is to be sent back
    title = ": ".join(each.plain for each in (edition.title, edition.subtitle) if each)
    facts = (edition.publisher.name, edition.words["version"], edition.date_text)
    head = filled(" · ".join(fact for fact in facts if fact), version=edition.version)
    whole = "\n\n".join([title, head, *kept])
    return filled(whole, name=name, slug=edition.slug, edition=edition.id).strip().encode() + b"\n"


def people(edition: Edition) -> bytes:
    """Who did what, who published and who paid."""
    lines = list(_people(edition.credits))
    words = edition.words
    houses = [
        (words["publisher"], edition.publisher.name, edition.publisher.source_name),
        (words["on-behalf-of"], edition.on_behalf_of.name, edition.on_behalf_of.source_name),
        *((words["role-fnd"], each.name, each.source_name) for each in edition.funders),
    ]
    lines += [f"{word}: {_both(name, other)}" for word, name, other in houses if name]
    notes = [edition.translation_note, edition.funding, edition.disclaimer]
    return "\n".join([*lines, "", *filter(None, notes)]).strip().encode() + b"\n"


def licence(edition: Edition, text: str) -> bytes:
    """Under what licence the edition is, with the licence's text; without one, where it stands."""
    facts = (edition.rights, edition.licence_name, edition.licence, edition.licence_url)
    head = "\n".join(filter(None, dict.fromkeys(facts)))
    elsewhere = _leaflet("licence", edition) if edition.licence_url else ""
    return "\n\n".join(filter(None, (head, text.strip() or elsewhere.strip()))).encode() + b"\n"


def _leaflet(name: str, edition: Edition) -> str:
    """A text in the edition's language where publish has it in that one, else in English."""
    tag = edition.language.tag
    found = (LEAFLETS / f"{name}.{each}.txt" for each in (tag, tag.partition("-")[0], "en"))
    return next(path for path in found if path.is_file()).read_text("utf-8")


def _is_for(part: str, *, translated: bool, signed: bool) -> bool:
    """Whether a paragraph speaks of something that this bundle has."""
    if "minisign" in part and not signed:
        return False
    return translated or "translation/" not in part


def _people(named: Sequence[Credit]) -> Iterator[str]:
    for credit in named:
        facts = (credit.affiliation, credit.orcid and f"ORCID {credit.orcid}", credit.url)
        about = "; ".join(filter(None, facts))
        name = _both(credit.name, credit.original_name or credit.source_name)
        yield f"{credit.role_name}: {name}{f', {about}' if about else ''}"


def _both(name: str, other: str) -> str:
    return f"{name} ({other})" if other and other != name else name
