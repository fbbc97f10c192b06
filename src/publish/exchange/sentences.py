"""Passages cut into sentences, as translators' tools want them, and never within a code.

A full stop ends a sentence before white space and no small letter, unless it stands behind an
abbreviation, an initial or, where the language counts so, a number. (A small part of
UAX #29, 5, with what SRX files add to it.) What is between sentences is kept, so that they
joined again are the passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.exchange.values import Code, Part, Parts

Cut = tuple[Parts, str]
"""A sentence, and the white space behind it."""

_FIRST = 0x100000  # codes stand as characters of a private plane while sentences are looked for
_CODE = "\U00100000-\U0010fffd"
_END = re.compile(
    rf"(?:[.!?…]+[\"'’”»“)\]{_CODE}]*(?P<space>[ \u00a0\t\r\n]+)|[。！？]+[」』”’）{_CODE}]*)"
    rf"(?=[\"'“‘„«(\[¿¡{_CODE}]*(?P<next>.))",
    re.DOTALL,
)
_WORD = re.compile(r"[\w.\-]+\Z")

_ABBREVIATIONS = {
    "en": "mr mrs ms dr prof st vs cf al art arts para paras p pp vol vols ed eds ch chap fig figs "
    "no nos e.g i.e viz etc ca sec jan feb mar apr aug sept sep oct nov dec gen col lt u.s u.n",
    "de": "z.b d.h u.a s.o s.u nr art abs s bd bde hg hrsg aufl bzw vgl ca dr prof ggf usw usf etc "
    "evtl inkl ff f st ziff kap abb tab jan feb apr aug sept okt nov dez o.ä u.ä i.d.r v.a",
    "ru": "г гг в вв т д п др пр ст с см ср стр им руб тыс млн млрд напр акад проф ред изд вып ч "
    "рис табл гл чл абз св т.е т.д т.п н.э",
    "fr": "m mm mme mlle dr prof art al p pp vol éd cf etc chap fig env no",
    "es": "sr sra dr dra prof art arts p pp vol ed cf etc cap fig núm ee.uu",
}
_COUNT_WITH_DOTS = {"de", "cs", "sk", "pl", "hu", "fi", "da", "nb", "nn", "no", "sl", "hr", "tr"}


def cut(parts: Parts, tag: str) -> list[Cut]:
    """The sentences of a passage; one, if its codes would be torn apart by any cut."""
    flat, codes = _flat(parts)
    places = [
        end for end in _ends(flat, tag.partition("-")[0]) if not _inside(flat[: end[0]], codes)
    ]
    cuts: list[Cut] = []
    start = 0
    for end, next_start in places:
        cuts.append((_parts(flat[start:end], codes), flat[end:next_start]))
        start = next_start
    return [*cuts, (_parts(flat[start:], codes), "")]


def _flat(parts: Parts) -> tuple[str, list[Code]]:
    codes: list[Code] = []
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += re.sub(f"[{_CODE}]", "\ufffd", part)
        else:
            text += chr(_FIRST + len(codes))
            codes.append(part)
    return text, codes


def _parts(flat: str, codes: list[Code]) -> Parts:
    pieces = re.split(f"([{_CODE}])", flat)
    found: list[Part] = []
    for number, piece in enumerate(pieces):
        if piece:
            found.append(codes[ord(piece) - _FIRST] if number % 2 else piece)
    return tuple(found)


def _ends(flat: str, language: str) -> Iterator[tuple[int, int]]:
    """Where a sentence ends, and where the next one begins."""
    for match in _END.finditer(flat):
        if match["space"] is None:
            yield match.end(), match.end()
        elif not match["next"].islower() and not _abbreviated(
            flat[: match.start()], match, language
        ):
            yield match.start("space"), match.end("space")


def _abbreviated(before: str, match: re.Match[str], language: str) -> bool:
    if not match[0].startswith(".") or match[0].startswith(".."):
        return False
    found = _WORD.search(before)
    word = found[0].lower() if found else ""
    if word.isdecimal():
        return language in _COUNT_WITH_DOTS
    initial = len(word) == 1 and word.isalpha()
    return initial or word in _ABBREVIATIONS.get(language, "").split()


def _inside(flat: str, codes: list[Code]) -> bool:
    """Whether a code is open at the end of this."""
    depth = 0
    for sign in re.findall(f"[{_CODE}]", flat):
        depth += {"open": 1, "close": -1, "lone": 0}[codes[ord(sign) - _FIRST].form]
    return depth != 0
