"""Page list: where the pages of the edition's PDF begin, marked in the book's documents.

The PDF tells each place (`renderers.pagination`); here it is found, made sure of by the first
words of the page, and marked. If one page is not found there is no list at all: one that is
wrong helps nobody to cite.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from lxml import etree

from publish.editions import Edition, PageStart
from publish.records import Record
from publish.renderers.epub.documents import XHTML, Page
from publish.renderers.pages import taken
from publish.renderers.pagination import PICTURE, SILENT, counted

# Where a mark may stand beside blocks: elsewhere only within text (HTML Standard, content models).
_FLOW = frozenset("article blockquote body dd div figure header li main section td th".split())
CONTENTS = "contents.xhtml"
_IMAGE = f"{XHTML}img"
_MATH = "{http://www.w3.org/1998/Math/MathML}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_SURE = 8  # signs that are enough in the right place
_FAR = 2_000  # signs; farther from where it was said to be, no page is looked for


class Mark(Record, frozen=True):
    """An entry of the page list: the page's number and the place of its mark."""

    label: str
    href: str


class _Piece(Record, frozen=True):
    """A text of a document, or a picture; `start` counts the signs before it."""

    start: int
    element: etree._Element
    part: str


class _Flow(Record, frozen=True):
    """A document as it is read: its signs, its pieces of text, how many signs precede each id."""

    page: Page
    signs: str
    pieces: tuple[_Piece, ...]
    ids: dict[str, int]


def write(edition: Edition, pages: Sequence[Page]) -> None:
    """The pages of the edition's PDF, if there are any, marked and listed in the documents.

    Source: EPUB 3.3, 7.4.2.3 (the page-list nav); EPUB Accessibility 1.1, 3.2.
    """
    marks = mark(pages, edition.pages)
    contents = next(page for page in pages if page.name == CONTENTS)
    body = contents.tree.find(f"{XHTML}body")
    if not marks or body is None:
        return
    title = edition.words["page-list"]
    nav = etree.SubElement(body, f"{XHTML}nav", {"aria-label": title, "hidden": "hidden"})
    nav.attrib.update({_TYPE: "page-list", "role": "doc-pagelist"})
    entries = etree.SubElement(nav, f"{XHTML}ol")
    for each in marks:
        item = etree.SubElement(entries, f"{XHTML}li")
        etree.SubElement(item, f"{XHTML}a", {"href": each.href}).text = each.label


def mark(pages: Sequence[Page], starts: Sequence[PageStart]) -> tuple[Mark, ...]:
    """Marks in the trees of `pages`, which are changed; the entries of the list, in order.

    In: the finished documents in reading order. Out: nothing, and nothing changed, if the
    places are not all found one after the other.
    """
    if not starts:
        return ()
    flows = [_flow(page) for page in pages if page.name != "cover.xhtml"]
    found = [_place(flows, start) for start in starts]
    places = [place for place in found if place is not None]
    if len(places) < len(found) or sorted(places) != places:
        return ()
    marks = list(zip(starts, places, strict=True))
    for start, (number, sign) in reversed(marks):  # from the end: what is before stays countable
        _insert(flows[number], sign, start.label)
    return tuple(
        Mark(start.label, f"{flows[number].page.name}#{_id(start.label)}")
        for start, (number, _) in marks
    )


def _place(flows: Sequence[_Flow], start: PageStart) -> tuple[int, int] | None:
    """The document and the sign at which a page begins."""
    for number, flow in enumerate(flows):
        begin = flow.ids.get(start.anchor)
        if begin is not None and flow.page.name == CONTENTS:
            return number, 0  # nothing may stand within a navigation: its pages begin before it
        if begin is not None and not start.signs:
            return number, begin
        if begin is not None:
            sign = _nearest(flow.signs, start.opening, begin + start.signs)
            return None if sign is None else (number, sign)
    return None


def _nearest(signs: str, opening: str, place: int) -> int | None:
    """Where a page's first signs stand, as near to a place as can be."""
    if signs[place:].startswith(opening[: min(_SURE, len(signs) - place)]) and place < len(signs):
        return place
    after = signs.find(opening, place, place + _FAR)
    before = signs.rfind(opening, max(0, place - _FAR), place + len(opening))
    near = [each for each in (before, after) if each >= 0]
    return min(near, key=lambda each: abs(each - place), default=None)


def _flow(page: Page) -> _Flow:
    body = page.tree.find(f"{XHTML}body")
    pieces, ids, parts = list[_Piece](), {_beginning(page.name): 0}, list[str]()
    count = 0
    texts: list[tuple[etree._Element, str, str]] = []
    _gather(page.tree if body is None else body, texts)
    for element, part, text in texts:
        if part == "id":
            ids.setdefault(text, count)
        elif signs := PICTURE if part == "picture" else counted(text):
            pieces.append(_Piece(count, element, part))
            parts.append(signs)
            count += len(signs)
    return _Flow(page, "".join(parts), tuple(pieces), ids)


def _beginning(name: str) -> str:
    """What the PDF calls the place where a document begins, beside the ids that are in it."""
    return {"title.xhtml": "", CONTENTS: "pub-contents"}.get(
        name, name.replace("text-", "pub-chapter-").removesuffix(".xhtml")
    )


def _gather(element: etree._Element, found: list[tuple[etree._Element, str, str]]) -> None:
    """Ids, texts and pictures in the order in which they are read."""
    tag = element.tag
    if not isinstance(tag, str) or tag.rpartition("}")[2] in SILENT:
        return
    if id := element.get("id"):
        found.append((element, "id", id))
    if tag == _IMAGE:
        found.append((element, "picture", ""))
    if text := element.text:
        found.append((element, "text", text))
    for child in element:
        _gather(child, found)
        if text := child.tail:
            found.append((child, "tail", text))


def _insert(flow: _Flow, sign: int, label: str) -> None:
    """A mark before a sign: at the beginning of the block that begins with it, or in its text."""
    mark = etree.Element(f"{XHTML}span", {"id": _id(label), "role": "doc-pagebreak"})
    mark.set(_TYPE, "pagebreak")
    mark.set("aria-label", label)
    mark.text = ""
    piece = flow.pieces[bisect_right(flow.pieces, sign, key=lambda each: each.start) - 1]
    _put(mark, piece, sign - piece.start)
    _hoist(mark)


def _put(mark: etree._Element, piece: _Piece, sign: int) -> None:
    formula = next((each for each in _upward(piece.element) if each.tag == f"{_MATH}math"), None)
    if piece.part == "picture" or (formula is not None and piece.part == "text"):
        target = piece.element if formula is None else formula
        target.addprevious(mark)
        return
    text = getattr(piece.element, piece.part)
    cut = _cut(text, sign)
    if piece.part == "text":
        piece.element.insert(0, mark)
    else:
        piece.element.tail = None  # lxml moves it with the element otherwise
        piece.element.addnext(mark)
    setattr(piece.element, piece.part, text[:cut])
    mark.tail = text[cut:]


def _cut(text: str, sign: int) -> int:
    """Where a sign stands in a text; a word that a hyphen divides is not divided here."""
    places = [place for place, letter in enumerate(text) if letter.isalnum()]
    cut = places[sign]
    while cut and _is_cased(text[cut]) and _is_cased(text[cut - 1]):
        cut -= 1
    return cut


def _is_cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


def _hoist(mark: etree._Element) -> None:
    """Out of the elements that begin with the mark, as far as it may stand there."""
    best = None
    for element in _upward(mark):
        parent = element.getparent()
        if parent is None or not _is_first(element):
            break
        above = parent.getparent()
        if etree.QName(parent).localname == "body" or above is None:
            break
        if etree.QName(above).localname in _FLOW and above.get("role") != "list":
            best = parent
    if best is not None:
        taken(mark)
        best.addprevious(mark)


def _is_first(element: etree._Element) -> bool:
    """Whether nothing of its parent that counts stands before an element."""
    parent = element.getparent()
    before = list(element.itersiblings(preceding=True))
    texts = [each.tail for each in before] + [parent.text if parent is not None else None]
    silent = all(etree.QName(each).localname in SILENT for each in before)
    return silent and not any((text or "").strip() for text in texts)


def _upward(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _id(label: str) -> str:
    return f"pub-page-{label}"
