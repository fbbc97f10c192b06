"""Catalogues that begin: the template of a manuscript, and a language's first one from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.catalogues.values import FUZZY, Catalogue, Entry, Key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_ENCODING = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
_GENERATOR = {"X-Generator": "publish"}


def template(
    entries: Iterable[Entry], project: str, version: str, date: datetime, path: str = ""
) -> Catalogue:
    """The template (.pot) of these messages; one that comes twice is one with both places.

    Source of the header: GNU gettext manual, section "Filling in the Header Entry".
    """
    fields = {
        "Project-Id-Version": f"{project} {version}".strip(),
        "POT-Creation-Date": _stamp(date),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
    }
    unique: dict[Key, Entry] = {}
    for entry in entries:
        unique[entry.key] = _both(unique[entry.key], entry) if entry.key in unique else entry
    header = Entry("", _lines(fields | _ENCODING | _GENERATOR), flags=(FUZZY,))
    return Catalogue(path, header, tuple(unique.values()))


def new(
    language: str,
    template: Catalogue,
    *,
    plural_forms: str,
    date: datetime,
    translator: str = "",
    team: str = "",
) -> Catalogue:
    """The first catalogue of a language: the template's messages, and a header that is true.

    `language` is written as gettext writes it (pt_BR for pt-BR); `plural_forms` is that
    language's "nplurals=…; plural=…;".
    """
    fields = {
        "Project-Id-Version": template.fields.get("Project-Id-Version", ""),
        "POT-Creation-Date": template.fields.get("POT-Creation-Date", ""),
        "PO-Revision-Date": _stamp(date),
        "Last-Translator": translator,
        "Language-Team": team,
        "Language": language.replace("-", "_"),
        **_ENCODING,
        "Plural-Forms": plural_forms,
        **_GENERATOR,
    }
    header = Entry("", _lines(fields), comments=template.header.comments)
    return template._replace(path="", header=header, entries=template.messages, tail="")


def _both(first: Entry, second: Entry) -> Entry:
    names = ("comments", "extracted", "references", "flags")
    return first.changed(
        **{
            name: tuple(dict.fromkeys(getattr(first, name) + getattr(second, name)))
            for name in names
        }
    )


def _lines(fields: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _stamp(date: datetime) -> str:
    return f"{date:%Y-%m-%d %H:%M}{date:%z}" if date.tzinfo else f"{date:%Y-%m-%d %H:%M}+0000"
