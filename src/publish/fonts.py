"""Fonts: which faces of which families this machine has, and what they can draw.

Fontconfig knows the answer (Pango asks it too), so its `fc-list` is asked once a process.
Only real faces count: a slant or a weight that a program would have to fake is not a face.
"""

from __future__ import annotations

import subprocess
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from io import BytesIO
from typing import Literal

from publish.charsets import Charset
from publish.problems import Location, Problem, PublishError

MONOSPACE = ("Noto Sans Mono", "DejaVu Sans Mono")

# After an edition's own families: words of other scripts in it, e.g. Hangul in English text.
OTHER_SCRIPTS = (
    "NanumMyeongjo",
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Noto Serif Thai",
    "Noto Serif Devanagari",
    "Noto Serif Georgian",
    "Noto Serif Armenian",
    "Noto Sans Symbols2",
    "Noto Sans Math",
)

_PACKAGES = {  # the beginning of a family's name, and the Debian package that has it
    "Gentium": "fonts-sil-gentiumplus",
    "Nanum": "fonts-nanum",
    "Noto Serif CJK": "fonts-noto-cjk",
    "Noto Sans CJK": "fonts-noto-cjk",
    "Noto": "fonts-noto-core",
    "DejaVu": "fonts-dejavu",
}
_FIELDS = ("family", "slant", "weight", "width", "file", "index", "charset")
_FORMAT = "\t".join(f"%{{{field}}}" for field in _FIELDS)

# Fontconfig's weights: regular is 80, or 100 (“medium”) as Gentium Book calls its own; bold is
# 200, or 205. Lighter and darker faces are none that a publication asks for.
_WEIGHTS: dict[str, Literal[400, 700]] = {"80": 400, "100": 400, "200": 700, "205": 700}
_OTHER_FAMILY = (
    "(Or name a family that has it under `fonts` in styles/languages.toml:"
    " `fc-list ':charset={:x}' family` lists those on this machine.)"
)
_NORMAL_WIDTH = "100"
_EMOJI = range(0x1F000, 0x1FB00)
_NAMED = 3  # characters that are named of those that no font has
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_FEATURES = ["smcp", "c2sc", "onum", "lnum", "pnum", "tnum"]  # beyond those HarfBuzz keeps


@dataclass(frozen=True, slots=True, order=True)
class Face:
    """One drawn face of a family: a font file, or one of the fonts in a collection."""

    family: str
    style: Literal["normal", "italic"]
    weight: Literal[400, 700]
    path: str
    index: int


def version(face: Face) -> str:
    """The version of a face's file, as its designers number it (OpenType, `head`)."""
    from fontTools.ttLib import TTFont

    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        return f"{font['head'].fontRevision:.3f}"


def faces(families: Sequence[str]) -> tuple[Face, ...]:
    """The real faces of some families that are installed here.

    In: family names in order of preference; those not installed are passed over. Out: the
    faces, family by family, upright before italic and regular before bold. Errors:
    PublishError `font-missing`, if none of the families is installed.
    """
    known = _installed()
    found = tuple(face for family in families for face in known.get(family.casefold(), ()))
    if not found:
        raise PublishError(_no_font(families))
    return found


def files(families: Iterable[str]) -> tuple[str, ...]:
    """All font files of some families, of whatever weight; none of those not installed."""
    known = _files()
    found = (path for name in families for path in known.get(name.casefold(), ()))
    return tuple(dict.fromkeys(found))


def coverage(face: Face) -> Charset:
    """The code points that a face has glyphs for, by fontconfig's reading of its `cmap`."""
    return _coverage(face.path, face.index)


def missing(text: str, families: Sequence[str]) -> dict[str, str]:
    """The characters of a text that no face of the families can draw.

    Out: each such character with the words around its first place in the text. Spaces and
    characters without a picture (joiners, soft hyphens, direction marks) never miss. Errors:
    PublishError `font-missing`.
    """
    left = {ord(sign) for sign in set(text) if _has_picture(sign)}
    for face in faces(families):
        if left:  # most texts need the first family alone
            drawn = coverage(face)
            left = {each for each in left if each not in drawn}
    return {chr(sign): _excerpt(text, chr(sign)) for sign in sorted(left)}


def require(text: str, families: Sequence[str], place: str) -> None:
    """See to it that a text can be drawn.

    In: all that will be drawn with these families; `place` is where a person would look for
    it, e.g. the edition. Errors: PublishError `font-missing` if none of the families is
    installed, `font-glyph-missing` naming the characters that none of them has.
    """
    lost = missing(text, families)
    if lost:
        raise PublishError(_no_glyphs(lost, families, place))


def slanted(text: str, families: Sequence[str]) -> str | None:
    """The first of the families with a real italic for every character of a text, if any."""
    for face in faces(families):
        if (face.style, face.weight) == ("italic", 400):
            drawn = coverage(face)
            if all(ord(sign) in drawn or not _has_picture(sign) for sign in set(text)):
                return face.family
    return None


def characters(data: bytes, index: int) -> dict[int, str]:
    """The character that each glyph of a font file is drawn for; the first, if there are some."""
    import uharfbuzz as hb

    face = hb.Face(hb.Blob(data), index)
    font = hb.Font(face)
    found: dict[int, str] = {}
    for sign in face.unicodes:
        glyph = font.get_nominal_glyph(sign)
        if glyph is not None:
            found.setdefault(glyph, chr(sign))
    return found


def package(family: str) -> str:
    """The Debian package that has a family, or '' if it is not known here."""
    return next((name for start, name in _PACKAGES.items() if family.startswith(start)), "")


def prepare() -> None:
    """Do beforehand what finding and cutting down fonts takes; PublishError without fontconfig."""
    for name in ("fontTools.ttLib.sfnt", "uharfbuzz"):
        import_module(name)
    _installed()


def subset(face: Face, characters: str, flavour: Literal["woff"] | None = None) -> bytes:
    """A font file with just the characters asked for, the same bytes on every day.

    In: the characters that the font is to keep, those it lacks are passed over; "woff" for
    the web (WOFF 2 would be a fifth smaller and take twenty times as long), None for a plain
    OpenType file. Out: the font, with its kerning, ligatures, small capitals and figure
    styles. Source: HarfBuzz, “hb-subset”.
    """
    return _subset(face, "".join(sorted(set(characters))), flavour)


@lru_cache(maxsize=64)  # the web page and the EPUB of an edition ask for the same
def _subset(face: Face, characters: str, flavour: Literal["woff"] | None) -> bytes:
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).set(map(ord, characters))
    wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG).update(map(_tag, _FEATURES))
    wanted.sets(hb.SubsetInputSets.NAME_ID).update({13, 14})  # the licence stays with the font
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update({_tag("FFTM"), _tag("Silt")})
    wanted.flags = hb.SubsetFlags.NO_HINTING  # screens and printers of today do without
    blob = hb.Blob.from_file_path(face.path)
    data = hb.subset(hb.Face(blob, face.index), wanted).blob.data
    return _woff(data) if flavour else data


def _tag(name: str) -> int:
    """An OpenType tag as HarfBuzz has it: four letters in one number."""
    return int.from_bytes(name.encode(), "big")


def _woff(data: bytes) -> bytes:
    """The same font compressed (WOFF 1.0, https://www.w3.org/TR/WOFF/), table by table."""
    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    target, font = BytesIO(), SFNTReader(BytesIO(data))
    writer = SFNTWriter(target, len(font.keys()), font.sfntVersion, "woff")
    for tag in font.keys():  # noqa: SIM118  # it is no mapping
        writer[tag] = font[tag]
    writer.close()
    return target.getvalue()


@cache
def _listing() -> tuple[tuple[str, ...], ...]:
    """What fontconfig knows: the fields of `_FORMAT`, a row a font, in an order of our own."""
    command = ["fc-list", "--format", _FORMAT + "\n"]
    try:
        run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    except (OSError, subprocess.CalledProcessError) as error:
        raise PublishError(_no_fontconfig(error)) from error
    rows = (tuple(line.split("\t")) for line in run.stdout.splitlines())
    whole = (row for row in rows if len(row) == len(_FIELDS))
    return tuple(sorted(whole, key=lambda row: (row[4], row[5])))


@cache
def _files() -> Mapping[str, list[str]]:
    """Font files by the casefolded name of their family."""
    found = defaultdict[str, list[str]](list)
    for names, *_, path, _, _ in _listing():
        for name in names.casefold().split(","):
            found[name].append(path)
    return dict(found)


@cache
def _installed() -> dict[str, tuple[Face, ...]]:
    """Faces by the casefolded name of their family; of two alike the first by path."""
    chosen: dict[str, dict[tuple[str, int], Face]] = {}
    for face in (face for row in _listing() for face in _faces_of(row)):
        family = chosen.setdefault(face.family.casefold(), {})
        family.setdefault((face.style, face.weight), face)
    return {
        name: tuple(sorted(family.values(), key=lambda face: (face.style != "normal", face)))
        for name, family in chosen.items()
    }


def _faces_of(row: tuple[str, ...]) -> Iterator[Face]:
    """The faces that a row stands for: one a name of the family.

    None for a narrow or a light face, and none for a variable font, whose weight is a range.
    """
    names, slant, weight, width, path, index, _ = row
    if width == _NORMAL_WIDTH and weight in _WEIGHTS and index.isdecimal():
        for name in names.split(","):
            style: Literal["normal", "italic"] = "normal" if slant == "0" else "italic"
            yield Face(name, style, _WEIGHTS[weight], path, int(index))


@cache
def _coverage(path: str, index: int) -> Charset:
    return Charset(_charsets()[path, index])


@cache
def _charsets() -> dict[tuple[str, int], str]:
    """What fontconfig says of each font's characters, unread: most are never asked about."""
    return {(row[4], int(row[5])): row[6] for row in _listing() if row[5].isdecimal()}


def _has_picture(sign: str) -> bool:
    """Whether a character needs a glyph: not spaces, controls, joiners, variation selectors."""
    kind = unicodedata.category(sign)
    return kind not in {"Cc", "Cf", "Zs", "Zl", "Zp"} and ord(sign) not in _VARIATION_SELECTORS


def _excerpt(text: str, sign: str) -> str:
    place = text.index(sign)
    return " ".join(text[max(0, place - 20) : place + 21].split())


def _no_glyphs(lost: Mapping[str, str], families: Sequence[str], place: str) -> Problem:
    """What cannot be drawn, told once: a word in another script lacks all of its letters."""
    tried = [family for family in families if family.casefold() in _installed()]
    absent = [family for family in families if family not in tried]
    names = [f"“{each}” (U+{ord(each):04X}, {unicodedata.name(each, 'unnamed')})" for each in lost]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    first, excerpt = next(iter(lost.items()))
    emoji = all(ord(sign) in _EMOJI for sign in lost)  # no family of ours has them
    return Problem(
        "font-glyph-missing",
        f"no font has {', '.join(names[:_NAMED])}{more} in “{excerpt}”;"
        f" tried {', '.join(tried)}; not installed: {', '.join(absent) or 'none'}",
        Location(place),
        hint=f"{'' if emoji else _command(absent)} {_OTHER_FAMILY.format(ord(first))}".strip(),
    )


def _no_font(families: Sequence[str]) -> Problem:
    return Problem(
        "font-missing",
        f"none of the fonts {', '.join(families)} is installed",
        Location("styles/languages.toml"),
        hint=_command(families) or "Install one of them, or name another under `fonts`.",
    )


def _command(families: Iterable[str]) -> str:
    """The line that installs some families, if their packages are known."""
    packages = dict.fromkeys(filter(None, map(package, families)))
    return f"sudo apt install {' '.join(packages)}" if packages else ""


def _no_fontconfig(error: Exception) -> Problem:
    return Problem(
        "font-missing",
        f"the installed fonts cannot be listed: {error}",
        Location("styles/languages.toml"),
        hint="sudo apt install fontconfig",
    )
