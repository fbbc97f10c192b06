"""The fonts of a web page: the faces that it uses, cut down to the letters they draw."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from lxml import etree

from publish import fonts
from publish.editions import Edition
from publish.renderers import pages

# Elements whose words web.css sets in another face than those around them …
BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th dt".split())
EMPHASISED = frozenset("em i cite dfn var".split())
MONOSPACED = frozenset("code pre kbd samp tt".split())
UNSEEN = frozenset("head style script title desc annotation".split())
# … and what a face may be asked for beside the text: figures of lists, signs from the sheet.
ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("·–—…‘’“”")
LARGE = "\u2e80"  # from here on in Unicode, the scripts of East Asia

Kind = tuple[str, str, int]  # "text", "latin" or "mono"; "normal" or "italic"; 400 or 700
Letters = dict[Kind, set[str]]


def rules(page: str, edition: Edition) -> str:
    """`@font-face` rules for a page, with the fonts inside.

    In: the whole page as HTML, and the edition for its language. Out: CSS. Errors:
    PublishError `font-missing`, `font-glyph-missing` naming what no font can draw.
    """
    families = pages.families(edition)
    letters = _letters(page, edition)
    fonts.require("".join(sorted(set().union(*letters.values()))), families["text"], edition.id)
    chosen: dict[fonts.Face, set[str]] = {}
    for (kind, slant, weight), wanted in letters.items():
        for face, drawn in _faces(families[kind], slant, weight, wanted):
            chosen.setdefault(face, set()).update(drawn)
    return "".join(_rule(face, chosen[face]) for face in sorted(chosen))


def _letters(page: str, edition: Edition) -> Letters:
    """The letters of a page by the kind of face that draws them.

    Bold and italic faces get all letters of small scripts, since a sheet may use them
    anywhere; of the large ones (a thousand syllables weigh 100 kB) only what is needed. The
    plain face gets everything, since a sheet may undo what is bold or slanted by element.
    """
    found: Letters = {("text", "normal", 400): set(ALWAYS)}
    tree = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    own = edition.language.tag if edition.language.emphasis == "weight" else ""
    _collect(tree, ("text", "normal", 400), own, found)
    texts = [letters for kind, letters in found.items() if kind[0] == "text"]
    small = {sign for sign in set().union(*texts) if sign < LARGE}
    for letters in texts:
        letters.update(small)
    found["text", "normal", 400].update(*texts)
    return found


def _collect(element: etree._Element, around: Kind, own: str, found: Letters) -> None:
    if element.tag in UNSEEN or not isinstance(element.tag, str):
        return
    kind = _kind(element, around, own)
    found.setdefault(kind, set()).update(element.text or "")
    for child in element:
        _collect(child, kind, own, found)
        found[kind].update(child.tail or "")


def _kind(element: etree._Element, around: Kind, own: str) -> Kind:
    """The kind of face for an element's words, after web.css and `pages.language_rules`.

    `own` is the edition's language if that has emphasis by weight, else ''.
    """
    family, slant, weight = around
    tag = str(element.tag)
    if own and (language := element.get("lang")):
        at_home = f"{language}-".startswith(f"{own}-") and not language.endswith("-Latn")
        family = "text" if at_home else "latin"
    elif own and "csl-entry" in element.get("class", ""):
        family = "latin"
    if tag in MONOSPACED:
        family = "mono"
    if tag in EMPHASISED and own and family == "text":
        weight = 700
    elif tag in EMPHASISED or element.get("font-style") == "italic":
        slant = "italic"
    if tag in BOLD or element.get("font-weight") in ("bold", "600", "700"):
        weight = 700
    return family, slant, weight


def _faces(
    families: Sequence[str], slant: str, weight: int, wanted: set[str]
) -> Iterator[tuple[fonts.Face, set[str]]]:
    """The faces that draw some letters: the first in order that has a letter draws it.

    Letters without a slanted or bold form come in the plain one: nothing is faked.
    """
    left = set(wanted)
    for form in dict.fromkeys([(slant, weight), ("normal", weight), ("normal", 400)]):
        for face in fonts.faces(families):
            if (face.style, face.weight) == form:
                drawn = {sign for sign in left if ord(sign) in fonts.coverage(face)}
                left -= drawn
                if drawn - ALWAYS or (drawn and face.family == families[0]):
                    yield face, drawn


def _rule(face: fonts.Face, letters: set[str]) -> str:
    content = b64encode(fonts.subset(face, "".join(sorted(letters)), "woff")).decode()
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style};'
        f" font-weight: {face.weight};"
        f' src: url("data:font/woff;base64,{content}") format("woff") }}\n'
    )
