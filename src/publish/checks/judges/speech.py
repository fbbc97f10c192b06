"""Asks `outloud` about PDFs: `python -m … FILE…` prints findings as JSON.

It judges by looks what a file means, and so takes some good things for faults. Four kinds of its
findings are left out, each only where a proof of its own holds; all else stays.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise, product
from typing import Any

_ELSEWHERE = ("/Note", "/Figure", "/Lbl", "/Formula")
_FORMS = 4  # places of a letter in a word: alone, first, between, last
_PROSE = 7  # words that outloud takes for a sentence, or nearly
_STYLES = re.compile("Bold|Italic|Oblique|Small-Caps")
_HEADINGS = frozenset(("H", "Title", *(f"H{level}" for level in range(1, 7))))


def main(*paths: str) -> None:
    """Print what is found in each file."""
    found = {path: list(findings(path)) for path in paths}
    print(json.dumps(found))  # noqa: T201  # to the process that has asked


def findings(path: str) -> Iterator[str]:
    """Errors and warnings, but for proven false alarms."""
    import outloud
    from outloud.model import Document

    result = outloud.check(path)
    crashed = [run.rule for run in result.runs if run.status == "crashed"]
    if result.error or crashed or not result.runs:
        raise SystemExit(f"outloud broke down on {path}: {result.error or crashed}")
    document = Document(path)
    for found in result.findings:
        disproved = DISPROOFS.get(found.rule)
        if found.severity != "info" and not (disproved and disproved(document, found.page)):
            page = f"page {found.page}, " if found.page else ""
            yield f"{page}{found.rule}: {found.message} {found.evidence or ''}".strip()


def is_running_head(document: Any, page: int) -> bool:
    """TAG-002, “prose marked as artifact”: it repeats the title and a heading, no more.

    It stands above or below everything that is tagged on the page, and its letters are those of
    the title, of a heading, or of one after the other; an ellipsis stands for some of them.
    """
    content = document.content(page - 1)
    tagged = [run.bbox for run in content.runs if run.tagged and not run.artifact]
    top = max((box[3] for box in tagged), default=0)
    bottom = min((box[1] for box in tagged), default=0)
    said = _titles(document)
    return all(
        (line.bbox[1] >= top or line.bbox[3] <= bottom) and _repeats(line.text, said)
        for line in content.lines
        if line.artifact_share > 0 and len(line.text.split()) >= _PROSE
    )


def is_in_order(document: Any, _page: int) -> bool:
    """ORD-001, “painted out of order”: only notes, pictures, formulas and numbers of lists are.

    Notes are painted at the foot of the page and read after their paragraphs; pictures and numbers
    are painted before other text, brackets of formulas that have grown after it (CSS 2.2, appendix
    E); a formula is read by its words. All else is painted in the order of the
    tree, where the pieces of a paragraph stand between its links: outloud does not see that.
    """
    ranks = {key: rank for rank, key in enumerate(_read(document, document.struct_root, None))}
    for page in document.pages:
        painted = [(page.index, *key) for key in document.content(page.index).paint_order]
        order = [ranks[key] for key in painted if key in ranks]
        if any(first > second for first, second in pairwise(order)):
            return False
    return True


def _read(document: Any, node: Any, page: int | None) -> Iterator[tuple[int | None, Any, int]]:
    """Page, stream and number of each piece of content in the tree, but for `_ELSEWHERE`."""
    import pikepdf

    if node.get("/S") in _ELSEWHERE:
        return
    if isinstance(own := node.get("/Pg"), pikepdf.Dictionary):
        page = document.page_index.get(own.objgen, page)
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page, None, kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield document.page_index.get(kid["/Pg"].objgen, page), None, int(kid["/MCID"])
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") != "/OBJR":
            yield from _read(document, kid, page)


def are_forms_of_letters(document: Any, _page: int) -> bool:
    """TXT-004, “different codes map to one character”: as the letters of Arabic do.

    A letter has a form for each place in a word, and more in ligatures.
    """
    for font in document.fonts.values():
        shown = Counter(text for code, text in font.cmap.items() if code in font.codes_shown)
        many = [text for text, times in shown.items() if times > _FORMS and text.strip()]
        if any(text[0] < " " or "\ue000" <= text[0] <= "\uf8ff" for text in shown if text):
            return False
        if not all(unicodedata.bidirectional(text[0]) == "AL" for text in many):
            return False
    return True


def has_no_head(document: Any, page: int) -> bool:
    """TBL-001, “a table has no header cell”: none on the page looks as if it had one.

    PDF/UA-1, 7.5, asks for no head that a table does not have; whether it should have one is a
    question to its author, which `publish check` puts (`table-head`). First rows or a first column
    set otherwise than the rest are a head to those who see it, and the alarm stands.
    """
    from outloud.rules import _common, tables

    bare = [
        grid.rows
        for grid in tables.grids(document)
        if _common.element_page(grid.table) == page and all(c.kind != "TH" for c in grid.cells)
    ]
    return not any(_stands_out(document, lines) for rows in bare for lines in _ways(rows))


def _ways(rows: list[list[Any]]) -> tuple[list[list[Any]], list[list[Any]]]:
    """A table as its rows, and as its first column and the others together."""
    return rows, [[row[0] for row in rows if row], [cell for row in rows for cell in row[1:]]]


def _stands_out(document: Any, lines: list[list[Any]]) -> bool:
    """Whether first lines are set throughout in another weight, slant or size than those below."""
    looks = [{look for cell in line for look in _looks(document, cell.el)} for line in lines]
    return any(
        set[Any]().union(*looks[:count]).isdisjoint(set[Any]().union(*looks[count:]))
        for count in range(1, len(looks))
        if any(looks[:count]) and any(looks[count:])
    )


def _looks(document: Any, cell: Any) -> Iterator[tuple[str, float]]:
    """Style and size of the letters of a cell; fonts of one style differ by script alone."""
    keys = {
        (ref.page, ref.stream, ref.mcid) for n in (cell, *cell.descendants()) for ref in n.mcrefs
    }
    for page in {key[0] for key in keys}:
        for run in document.content(page).runs:
            if (page, run.stream, run.mcid) in keys and run.text.strip():
                yield "".join(_STYLES.findall(run.font.base_font)), round(run.size, 1)


DISPROOFS: dict[str, Callable[[Any, int], bool]] = {
    "TAG-002": is_running_head,
    "TBL-001": has_no_head,
    "TXT-004": are_forms_of_letters,
    "ORD-001": is_in_order,
}


def _titles(document: Any) -> list[Counter[str]]:
    """The letters of the title and of each heading; and none, for a head of one part."""
    from outloud.rules._common import element_text

    headings = (each for each in document.elements if each.type in _HEADINGS)
    texts = ["", document.title or "", *(element_text(document, each) for each in headings)]
    return [_letters(text) for text in texts]


def _repeats(text: str, titles: list[Counter[str]]) -> bool:
    letters = _letters(text)  # counted, not compared: from right to left they stand the other way
    both = (first + second for first, second in product(titles, titles))
    return any(letters <= each if "…" in text else letters == each for each in both)


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalpha, text.casefold()))


if __name__ == "__main__":
    main(*sys.argv[1:])
