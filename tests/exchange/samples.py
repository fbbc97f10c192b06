"""What the tests of exchange send out: catalogues of this publication, and small ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from publish import catalogues
from publish.catalogues import Catalogue
from publish.documents.pandoc import Pandoc
from publish.exchange import docx, glossaries, portions, tmx, units, xliff, xliff1
from publish.exchange.values import Parcel

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ko", "ru", "de")
FORMS = ("xliff", "xliff1", "docx", "tmx", "po")


def of_language(language: str) -> Catalogue:
    name = f"translations/{language}/LC_MESSAGES/manuscript.po"
    return catalogues.parse((ROOT / name).read_bytes(), name)


def parcel(found: Catalogue, language: str, pandoc: Pandoc) -> Parcel:
    table = ROOT / "translations" / language / "glossary.csv"
    terms = glossaries.read(table.read_bytes(), "glossary.csv") if table.exists() else []
    made = units.of(found.messages, pandoc)
    return Parcel(language, "en", language, "Borrowed Strength", found.path, made, terms)


def written(form: str, found: Catalogue, language: str, pandoc: Pandoc) -> bytes:
    """A catalogue in a form, as `publish exchange export` writes it."""
    if form == "po":
        return portions.write(found, units.markdown(found.messages), language)
    write = {"xliff": xliff.write, "xliff1": xliff1.write, "docx": docx.write, "tmx": tmx.write}
    return write[form](parcel(found, language, pandoc))


def small(*pairs: tuple[str, str], fuzzy: bool = False) -> Catalogue:
    """A catalogue of a few messages."""
    found = catalogues.parse(
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"PO-Revision-Date: 2026-01-01 00:00+0000\\n"\n"Last-Translator: A\\n"\n',
        "de.po",
    )
    entries = [
        catalogues.Entry(text, references=("manuscript/a.md:1",), extracted=("paragraph 1",))
        for text, _ in pairs
    ]
    filled = tuple(
        entry.with_translation(translation, fuzzy=fuzzy) if translation else entry
        for entry, (_, translation) in zip(entries, pairs, strict=True)
    )
    return found._replace(entries=filled)


def edited(form: str, data: bytes, old: str, new: str) -> bytes:
    """A file in which somebody wrote other words."""
    if form != "docx":
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())
    return with_document(data, lambda text: text.replace(old, new))


def with_document(data: bytes, change: Callable[[str], str], **more: bytes) -> bytes:
    """A Word document whose main part was changed, and parts added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                changed = change(part.decode()).encode()
                assert changed != part
                part = changed
            after.writestr(name, part)
        for name, part in more.items():
            after.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return made.getvalue()
