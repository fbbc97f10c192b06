"""Translations made word for word, always the same: for a book that nobody has translated.

A word gets one of the words of this publication's own translations. Scripts, lengths, fonts and
hyphenation are those of the language, and whoever cuts the text into messages in their own way
gets the same words from it.
"""

from __future__ import annotations

import re
from pathlib import Path
from zlib import crc32

LANGUAGES = ("ko", "ru", "de")
LETTERS = {"ko": r"[가-힣]{2,}", "ru": r"[А-Яа-яё]{2,}", "de": r"[A-Za-zäöüßÄÖÜ]{2,}"}
# A note's mark, attributes, a reference, an escape; else a word.
TOKEN = re.compile(r"\[\^[^\]]*\]|\{[^}]*\}|@[\w-]+|\\.|(?P<word>[A-Za-z]+(?:-[a-z]+)*)")
EMPTY = re.compile(r'^msgid (?P<text>(?:".*"\n)+)msgstr ""\n(?=\n|\Z)', re.MULTILINE)
TRANSLATED = re.compile(r"^msgstr (.*)$", re.MULTILINE)


def vocabulary(catalogue: Path, language: str) -> list[str]:
    """The words of a language that a catalogue has."""
    texts = " ".join(TRANSLATED.findall(catalogue.read_text(encoding="utf-8")))
    return sorted({word.lower() for word in re.findall(LETTERS[language], texts)})


def translated(text: str, words: list[str]) -> str:
    """A text of the book with every word of it in another language."""

    def other(found: re.Match[str]) -> str:
        word = found["word"]
        if not word:
            return found[0]
        new = words[crc32(word.lower().encode()) % len(words)]
        return new.capitalize() if word[0].isupper() else new

    return TOKEN.sub(other, text)


def fill(catalogue: Path, words: list[str]) -> None:
    """Translates every message of a catalogue that has no translation."""
    text = EMPTY.sub(
        lambda found: f"msgid {found['text']}msgstr {translated(found['text'], words)}",
        catalogue.read_text(encoding="utf-8"),
    )
    catalogue.write_text(text, encoding="utf-8")
