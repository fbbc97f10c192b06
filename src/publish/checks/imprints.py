"""Imprints: what is odd in what an edition says of itself, in numbers, in colours, of its house."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish import styles
from publish.imprints import Imprint
from publish.metadata import EditionFile, Metadata, Source
from publish.problems import Location, Problem, Severity

_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]+)")


def check(edition: str, imprint: Imprint, own: EditionFile, source: Source) -> Iterator[Problem]:
    """Warnings `imprint-partner`, `imprint-number`, `imprint-contrast`.

    In: an edition, its imprint, and what its own file says, with the lines of that.
    """
    if "+" in edition and not (imprint.values.partner and imprint.values.partner.name):
        hint = "Name the institute: partner: {name: …}."
        what = "it is not said whose edition this is"
        yield _warning("imprint-partner", what, source.at("partner"), hint)
    yield from numbers(own, source)
    yield from _contrasts(own, source)


def numbers(own: EditionFile | Metadata, source: Source) -> Iterator[Problem]:
    """Warnings `imprint-number`: numbers whose last digit does not fit the others."""
    given = own.identifiers.given()
    found = {f"identifiers.{kind}": given[kind] for kind in given if kind[:4] in ("isbn", "issn")}
    found |= {f"contributors.{n}.orcid": each.orcid for n, each in enumerate(own.contributors)}
    if own.series:
        found["series.issn"] = own.series.issn
    for key, value in found.items():
        if value and not _is_sound(value):
            hint = "Compare it with where it was assigned."
            what = f"{value} cannot be: its last digit does not fit the others"
            yield _warning("imprint-number", what, source.at(key), hint)


def _is_sound(number: str) -> bool:
    """Whether the last digit fits (ISO 2108 annex B for 13 digits; else modulo 11)."""
    digits = re.sub(r"[^\dX]", "", number.rpartition("/")[2])
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 13:  # noqa: PLR2004  # an ISBN of today
        return sum(value * (1, 3)[n % 2] for n, value in enumerate(values)) % 10 == 0
    if len(values) == 16:  # noqa: PLR2004  # an ORCID: ISO 7064, MOD 11-2
        total = 0
        for value in values[:-1]:
            total = (total + value) * 2
        return (12 - total % 11) % 11 == values[-1]
    size = len(values)  # an ISSN or an old ISBN
    return sum(value * (size - n) for n, value in enumerate(values)) % 11 == 0


def _contrasts(own: EditionFile, source: Source) -> Iterator[Problem]:
    """Colours that can hardly be read, by day and by night."""
    sheet = styles.read().files["tokens.css"]
    colours = dict(_TOKEN.findall(sheet)) | own.tokens.colours()
    for end in ("", "-night"):
        for name in ("accent", "ink", "ink-soft"):
            pair = (f"{name}{end}", f"paper{end}")
            found = styles.contrast(*(_rgb(colours[each]) for each in pair))
            if found < styles.READABLE and set(pair) & own.tokens.colours().keys():
                what = f"“{pair[0]}” on “{pair[1]}” has a contrast of {found:.1f}; text wants 4.5"
                hint = "Choose a darker colour by day, a lighter one by night."
                yield _warning("imprint-contrast", what, source.at(f"tokens.{pair[0]}"), hint)


def _rgb(colour: str) -> list[int]:
    """Red, green and blue of `#rrggbb` or `#rgb`."""
    digits = colour.removeprefix("#")
    size = len(digits) // 3
    return [int(digits[n * size : (n + 1) * size] * (3 - size), 16) for n in range(3)]


def _warning(code: str, what: str, place: Location, hint: str) -> Problem:
    return Problem(code, what, place, Severity.WARNING, hint)
