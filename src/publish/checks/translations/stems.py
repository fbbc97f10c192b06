"""Stems: words without their endings, so that a term is found in whatever form it stands.

Snowball's stemmers are met only here. Languages without one whose words are glued to
particles (Korean, Japanese) are searched as they are written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Protocol

from publish.languages import Language

_NAMES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_GLUED = {"ja", "ko", "lo", "my", "th", "zh"}
WORD = re.compile(r"[^\W_]+")


class Stemmer(Protocol):
    """What cuts a word's ending off."""

    def stemWord(self, word: str) -> str:  # noqa: D102, N802  # Snowball's own name
        ...


def glued(language: Language) -> bool:
    """Whether words of a language are written together with what follows them, or with all."""
    return language.tag.partition("-")[0] in _GLUED


def words(text: str) -> list[str]:
    """The words of a text, folded; a hyphen parts words."""
    return WORD.findall(fold(text))


def fold(text: str) -> str:
    """A text as it is compared: composed, in small letters, without accents of stress."""
    return unicodedata.normalize("NFC", text).casefold().replace("ё", "е").replace("\u0301", "")


@cache
def stem(word: str, tag: str) -> str:
    """A folded word without its ending; English only without that of a plural or a genitive."""
    language = tag.partition("-")[0]
    if language == "en":
        return _singular(word)
    stemmer = _stemmer(_NAMES.get(language, ""))
    return _flat(stemmer.stemWord(word)) if stemmer else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004  # not: ties
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _flat(word: str) -> str:
    """A stem without umlauts, which a plural may bring (Macht, Mächte)."""
    return word.replace("ä", "a").replace("ö", "o").replace("ü", "u")


@cache
def _stemmer(name: str) -> Stemmer | None:
    if not name:
        return None
    import snowballstemmer

    known = name in snowballstemmer.algorithms()  # an older release has fewer
    stemmer: Stemmer | None = snowballstemmer.stemmer(name) if known else None
    return stemmer
