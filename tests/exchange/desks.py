"""Three translators' desks: what each does to the file that it is given.

A desk knows a message by how its source begins, and changes its translation by patterns. Codes
stand in those as ⟦1⟧, where a file has elements or longer tokens.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

Work = Mapping[str, tuple[str, str]]
"""Beginning of a source → (what is to go, by a pattern; what comes). No pattern: it is new."""

XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TOKEN = re.compile(r"⟦(/?\w[\w.]*)(?:\|[^⟧]*)?⟧")


def _done(work: Work, source: str, target: str) -> str | None:
    """The translation as this desk leaves it; None if the message is none of its."""
    for beginning, (old, new) in work.items():
        if source.startswith(beginning):
            if not old:
                return new or target
            done, count = re.subn(old, new, target, count=1, flags=re.DOTALL)
            assert count == 1, (source, target)
            return done
    return None


# --- XLIFF 2.1 ----------------------------------------------------------------------------------


def xliff(data: bytes, work: Work) -> bytes:
    """By hand, as an editor of XLIFF does it, and then through translate-toolkit's reader."""
    from translate.storage import xliff2

    root = etree.fromstring(data)
    left = set(work)
    for unit in root.iter(f"{XLIFF}unit"):
        segments = list(unit.iter(f"{XLIFF}segment"))
        left -= _translate_unit(unit, segments, {each: work[each] for each in left})
    assert not left
    parsed = xliff2.Xliff2File.parsestring(etree.tostring(root))  # type: ignore[no-untyped-call]  # has no types
    return bytes(parsed)


def _translate_unit(unit: etree._Element, segments: list[etree._Element], work: Work) -> set[str]:
    first = _flat(segments[0].find(f"{XLIFF}source"))
    before = "\n".join(_flat(segment.find(f"{XLIFF}target")) for segment in segments)
    done = _done(work, first, before)
    if done is None:
        return set()
    codes = {e.get("id"): e for e in unit.iter(f"{XLIFF}ph", f"{XLIFF}pc")}
    for segment, words in zip(segments, done.split("\n"), strict=True):
        for target in segment.findall(f"{XLIFF}target"):
            segment.remove(target)
        segment.append(_target(words, codes))
        segment.set("state", "translated")
        segment.attrib.pop("subState", None)
    return {each for each in work if first.startswith(each)}


def _flat(part: etree._Element | None) -> str:
    """Words and codes in a row."""
    return "" if part is None else (part.text or "") + "".join(map(_code, part))


def _code(element: etree._Element) -> str:
    name, tail = element.get("id"), element.tail or ""
    inner = f"{_flat(element)}⟦/{name}⟧" if element.tag == f"{XLIFF}pc" else ""
    return f"⟦{name}⟧{inner}{tail}"


def _target(words: str, codes: Mapping[str | None, etree._Element]) -> etree._Element:
    at = root = etree.Element(f"{XLIFF}target")
    last: etree._Element | None = None
    for place, piece in enumerate(re.split(TOKEN.pattern, words)):
        if not place % 2:
            if last is None:
                at.text = (at.text or "") + piece
            else:
                last.tail = piece
        elif piece.startswith("/"):
            at, last = at.getparent(), at  # type: ignore[assignment]  # it was opened below one
        else:
            new = copy.deepcopy(codes[piece])
            new.tail = new.text = None
            del new[:]
            at.append(new)
            at, last = (new, None) if new.tag == f"{XLIFF}pc" else (at, new)
    return root


# --- Word ---------------------------------------------------------------------------------------


def docx(data: bytes, work: Work) -> bytes:
    """Typed into the last column, as a word processor writes it: one run, no style."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, _typed(part, work) if name == "word/document.xml" else part)
    return made.getvalue()


def _typed(part: bytes, work: Work) -> bytes:
    root = etree.fromstring(part)
    done = {each for row in root.iter(f"{WORD}tr") for each in _type_row(row, work)}
    assert done == set(work)
    return etree.tostring(root)


def _type_row(row: etree._Element, work: Work) -> Iterator[str]:
    cells = [c for c in row.iter(f"{WORD}tc") if c.getparent() is row]
    if len(cells) != 4:
        return
    source, target = map(_typed_text, cells[-2:])
    words = _done(work, source, TOKEN.sub(r"⟦\1⟧", target))
    if words is None:
        return
    tokens = {found[1]: found[0] for found in TOKEN.finditer(target + source)}
    paragraph = next(cells[-1].iter(f"{WORD}p"))
    for each in list(paragraph.iter(f"{WORD}r")):
        paragraph.remove(each)
    run = etree.SubElement(paragraph, f"{WORD}r")
    etree.SubElement(run, f"{WORD}t").text = TOKEN.sub(lambda found: tokens[found[1]], words)
    for shade in list(cells[-1].iter(f"{WORD}shd")):
        shade.getparent().remove(shade)  # type: ignore[union-attr]  # yellow goes: it is done
    yield next(each for each in work if source.startswith(each))


def _typed_text(cell: etree._Element) -> str:
    return "".join(text.text or "" for text in cell.iter(f"{WORD}t"))


# --- PO -----------------------------------------------------------------------------------------


def po(data: bytes, work: Work) -> bytes:
    """By translate-toolkit, which wraps lines in its own way."""
    from translate.storage import pypo

    store = pypo.pofile.parsestring(data)  # type: ignore[no-untyped-call]  # it has no types
    left = set(work)
    for unit in store.units:
        source = str(unit.source)
        done = _done(work, source, str(unit.target)) if source else None
        if done is not None:
            unit.target = done
            unit.markfuzzy(False)
            left -= {each for each in left if source.startswith(each)}
    assert not left
    return bytes(store)


DESKS: dict[str, Callable[[bytes, Work], bytes]] = {"xliff": xliff, "docx": docx, "po": po}
