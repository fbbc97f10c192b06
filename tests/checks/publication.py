"""This publication's catalogues as pairs, for tests: read once, in one go."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from publish import languages
from publish.catalogues import Entry
from publish.checks.translations import Pair, Term, glossaries
from publish.documents.pandoc import Pandoc
from publish.languages import Language
from publish.messages import Message
from publish.pipeline import preparing
from publish.problems import Location
from publish.project import Project

ROOT = Path(__file__).parents[2]
PROJECT = Project(ROOT)
TAGS = ("ko", "ru", "de")


@cache
def language(tag: str) -> Language:
    return languages.read(tag, ROOT / "styles" / "languages.toml")


@cache
def terms(tag: str) -> tuple[Term, ...]:
    path = ROOT / "translations" / tag / "glossary.csv"
    return glossaries.read(path.read_bytes(), PROJECT.name(path)).terms


@cache
def catalogues() -> dict[str, list[Pair]]:
    """The pairs of each complete edition."""
    with Pandoc() as pandoc:
        messages = {m.key: m for m in preparing.prepare(PROJECT, pandoc).every_message}
        return {tag: _pairs(tag, messages, pandoc) for tag in TAGS}


def _pairs(tag: str, messages: dict[tuple[str | None, str], Message], pandoc: Pandoc) -> list[Pair]:
    catalogue = preparing.catalogue(PROJECT, tag)
    entries = [entry for entry in catalogue.messages if entry.key in messages]
    parsed = pandoc.inlines([entry.translation for entry in entries])
    return [
        Pair(messages[entry.key], entry, catalogue.path, inlines)
        for entry, inlines in zip(entries, parsed, strict=True)
    ]


def made(pairs: list[tuple[str, str]], comments: tuple[str, ...] = ()) -> list[Pair]:
    """Pairs of a source and a translation, each with a line of its own."""
    with Pandoc() as pandoc:
        sources = pandoc.inlines([source for source, _ in pairs])
        translations = pandoc.inlines([translation for _, translation in pairs])
    return [
        Pair(
            Message(source, None, "", "", Location("manuscript/a.md", n), parsed or []),
            Entry(source, translation, comments=comments, line=10 * n),
            "translations/xx.po",
            inlines,
        )
        for n, ((source, translation), parsed, inlines) in enumerate(
            zip(pairs, sources, translations, strict=True), 1
        )
    ]
