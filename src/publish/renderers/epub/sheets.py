"""Sheets: the book's style sheet and the typefaces that go with it.

Many reading systems know no custom properties, so the tokens' values are put in their places.
Typefaces are left to the reader where every device has them: only a family that draws letters
without case (Hangul, Arabic, Hebrew, Chinese …) goes with the book, cut down to its text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from publish import fonts
from publish.editions import Edition
from publish.records import Record
from publish.renderers import pages
from publish.styles import Style

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_ROOT = re.compile(r":root[^{}]*\{[^{}]*\}\s*")
_DECLARED = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_USED = re.compile(r"var\((--[\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)
_AT_RULE = re.compile(r"@[^{;]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


class Font(Record, frozen=True):
    """A face that goes with the book, and its file there."""

    face: fonts.Face
    file: str
    content: bytes


def tokens(sheet: str, language: str) -> Mapping[str, str]:
    """The custom properties of the root as a sheet sets them for a language, e.g. `--accent`."""
    values: dict[str, str] = {}
    for selectors, body in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet))):
        if any(_holds(each.strip(), language) for each in selectors.split(",")):
            values |= {name: value.strip() for name, value in _DECLARED.findall(body)}
    return values


def write(edition: Edition, style: Style, faces: Sequence[Font]) -> str:
    """The style sheet: `@font-face` rules, `epub.css` and the language's rules, all resolved."""
    sheet = style.files["epub.css"] + pages.language_rules(edition)
    values = tokens(style.files["tokens.css"] + sheet, edition.language.tag)
    values = {**values, **_stacks(edition, [font.face.family for font in faces])}
    bare = _ROOT.sub("", _COMMENT.sub("", sheet))
    return "".join(map(_font_face, faces)) + _resolved(bare, values)


def embedded(edition: Edition, text: str) -> tuple[Font, ...]:
    """The faces that a text needs beyond those of any device, cut down to it.

    In: all the text of the book. Out: upright faces, regular and bold. Errors: PublishError
    `font-missing`, or `font-glyph-missing` for a letter that no family can draw.
    """
    letters = {sign for sign in set(text) if _is_caseless(sign)}
    if not letters:
        return ()
    families = (*edition.language.fonts, *fonts.OTHER_SCRIPTS)
    with_letters = (word for word in text.split() if not letters.isdisjoint(word))
    fonts.require(" ".join(with_letters), families, edition.id)
    drawn = _drawn(set(text), families)
    return tuple(_font(face, signs) for face, signs in drawn if letters & signs)


def _stacks(edition: Edition, embedded: Sequence[str]) -> Mapping[str, str]:
    """Families for text: the edition's, the device's own serif, and for what that lacks the rest.

    A device may have a family for another script whose Latin letters nobody wants to see; and
    Latin words in a text of such a script are best drawn by a family that has an italic.
    """
    own = edition.language.fonts
    slanted = fonts.slanted("a", own)
    stacks = {
        "--font-text": (*own, "serif", *embedded),
        "--font-latin": (*([slanted] if slanted else ()), "serif", *own, *embedded),
    }
    return {name: ", ".join(map(_quoted, dict.fromkeys(stack))) for name, stack in stacks.items()}


def _quoted(family: str) -> str:
    return family if family == "serif" else f'"{family}"'


def _holds(selector: str, language: str) -> bool:
    """Whether a rule is one for the root of a document in this language (RFC 4647, 3.3.1)."""
    found = re.fullmatch(r":root(?::lang\((.+)\))?", selector)
    return found is not None and f"{language}-".startswith(f"{found[1] or language}-")


def _resolved(sheet: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return _resolved(values[found[1]], values) if found[1] in values else found[0]

    return _USED.sub(value, sheet)


def _is_caseless(sign: str) -> bool:
    """Latin, Greek and Cyrillic letters have case; below U+0590 only a few signs have not."""
    return sign > "\u058f" and unicodedata.category(sign) == "Lo"


def _drawn(signs: set[str], families: Sequence[str]) -> Iterator[tuple[fonts.Face, set[str]]]:
    """Each upright face with what it draws: a sign is drawn by the first family that has it."""
    left = set(signs)
    upright = [face for face in fonts.faces(families) if face.style == "normal"]
    for family in dict.fromkeys(face.family for face in upright):
        own = [face for face in upright if face.family == family]
        has = {sign for sign in left if any(ord(sign) in fonts.coverage(face) for face in own)}
        yield from ((face, has) for face in own)
        left -= has


def _font(face: fonts.Face, signs: set[str]) -> Font:
    """Plain OpenType, not WOFF2: older reading systems know nothing else, and the zip packs it."""
    content = fonts.subset(face, "".join(sorted(signs)))
    kind = "otf" if content.startswith(b"OTTO") else "ttf"
    name = re.sub(r"\W", "", face.family, flags=re.ASCII)
    return Font(face, f"fonts/{name}-{face.weight}.{kind}", content)


def _font_face(font: Font) -> str:
    return (
        f'@font-face {{ font-family: "{font.face.family}"; font-style: normal;'
        f" font-weight: {font.face.weight}; src: url({font.file}) }}\n"
    )
