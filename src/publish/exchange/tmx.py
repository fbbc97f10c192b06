"""TMX 1.4b, the memory of what was translated: https://www.gala-global.org/tmx-14b.

Approved translations only, a message a unit; `bpt`, `ept` and `ph` hold codes. Read back by
the ids of our own units; what others remembered under other names is for `memories`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from publish.exchange import xmls
from publish.exchange.safety import refused
from publish.exchange.values import Code, Delivery, Parcel, Part, Parts, Returned, Unit, lot, tidy
from publish.problems import Location

_OURS = re.compile("m[0-9a-f]{16}")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(parcel: Parcel) -> bytes:
    """A parcel's translations as TMX."""
    root = etree.Element("tmx", version="1.4")
    header = etree.SubElement(root, "header", _header(parcel.source_language))
    etree.SubElement(header, "prop", type="x-publish-edition").text = parcel.edition
    body = etree.SubElement(root, "body")
    for unit in parcel.units:
        if unit.target and not unit.entry.fuzzy:
            _unit(body, unit, parcel)
    xmls.indent(root, leave={"seg"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _header(language: str) -> dict[str, str]:
    return {
        "creationtool": "publish",
        "creationtoolversion": "1",
        "segtype": "paragraph",
        "o-tmf": "gettext",
        "adminlang": "en",
        "srclang": language,
        "datatype": "plaintext",
    }


def _unit(body: etree._Element, unit: Unit, parcel: Parcel) -> None:
    element = etree.SubElement(body, "tu", tuid=unit.id)
    for text in unit.entry.extracted:
        etree.SubElement(element, "note").text = text
    etree.SubElement(element, "prop", type="x-publish-state").text = unit.base
    for language, parts in ((parcel.source_language, unit.source), (parcel.language, unit.target)):
        variant = etree.SubElement(element, "tuv", {_LANG: language})
        _fill(etree.SubElement(variant, "seg"), parts, unit)


def _fill(seg: etree._Element, parts: Parts, unit: Unit) -> None:
    """Words and codes (TMX 1.4b, “Content Markup Rules”).

    `x` matches a code with that of the other language, `i` an end with its beginning. Both are
    numbers, so our ids go into `type`.
    """
    numbers = {id: str(number) for number, id in enumerate(unit.shells, 1)}
    tags = {"open": "bpt", "close": "ept", "lone": "ph"}
    for part in parts:
        if isinstance(part, str):
            xmls.say(seg, part)
            continue
        number, shell = numbers[part.id], unit.shells[part.id]
        code = etree.SubElement(seg, tags[part.form])
        if part.form != "lone":
            code.set("i", number)
        if part.form != "close":
            code.set("x", number)
            code.set("type", f"publish-{part.id}")
        code.text = shell.end if part.form == "close" else shell.start


def read(root: etree._Element, path: str) -> Delivery:
    """What came back as TMX."""
    header, body = root.find("header"), root.find("body")
    if header is None or body is None:
        raise refused("exchange-broken", "this TMX has no header or no body", path)
    source = header.get("srclang", "")
    found = [_returned(unit, source, path) for unit in body.iter("tu")]
    if found and not any(each and _OURS.fullmatch(each.id) for each in found):
        what = "this is the memory of another tool: no message is named in it by its id"
        hint = "Take it in with `publish update LANG --memory FILE`."
        raise refused("exchange-memory", what, path, hint)
    returned = [each for each in found if each and each.target]
    edition = _prop(header, "x-publish-edition")
    by = next((tu.get("changeid", "") for tu in body.iter("tu") if tu.get("changeid")), "")
    edition = edition or _language(body, source)
    return Delivery("TMX", edition, returned, by, lot=lot("TMX", returned))


def _language(body: etree._Element, source: str) -> str:
    languages = (tuv.get(_LANG) or tuv.get("lang") or "" for tuv in body.iter("tuv"))
    return next((tag for tag in languages if tag.lower() != source.lower()), "")


def _returned(unit: etree._Element, source: str, path: str) -> Returned | None:
    targets = [t for t in unit.iter("tuv") if (t.get(_LANG) or "").lower() != source.lower()]
    seg = targets[-1].find("seg") if targets else None
    if seg is None:
        return None
    place = Location(path, unit.sourceline)
    parts = tidy(tuple(_inside(seg)))
    return Returned(unit.get("tuid", ""), parts, place, None, _prop(unit, "x-publish-state"))


def _inside(seg: etree._Element) -> Iterator[Part]:
    if seg.text:
        yield seg.text
    begun: dict[str, str] = {}
    for child in seg:
        if child.tag == "hi":
            yield from _inside(child)
        else:
            yield _code(child, begun)
        if child.tail:
            yield child.tail


def _code(element: etree._Element, begun: dict[str, str]) -> Code:
    id = element.get("type", "").removeprefix("publish-") or "?"
    if element.tag == "bpt":
        begun[element.get("i", "")] = id
        return Code(id, "open")
    if element.tag == "ept":
        return Code(begun.get(element.get("i", ""), "?"), "close")
    return Code(id, "lone")


def _prop(element: etree._Element, name: str) -> str:
    props = (prop for prop in element.findall("prop") if prop.get("type") == name)
    return next((prop.text or "" for prop in props), "").strip()
