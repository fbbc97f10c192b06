"""What was translated elsewhere, read from TMX of any tool and from other catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from publish import catalogues
from publish.exchange import safety
from publish.exchange.values import LONGEST, Code, Part, Parts, size, tidy
from publish.problems import Location, Problem, PublishError

if TYPE_CHECKING:
    from lxml import etree

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OURS = "publish-"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A passage and its translation; `origin` is the file they are from.

    Codes of our own are known by what they show (`shown`); those of other tools are numbered.
    `markdown` says that the words are Markdown, in a catalogue's `context`.
    """

    source: Parts
    target: Parts
    origin: str
    shown: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    markdown: bool = False
    context: str | None = None

    @property
    def text(self) -> str:
        """The source as one text, for comparing it."""
        return flat(self.source, self.shown)

    @property
    def translation(self) -> str:
        """The target as one text; codes of other tools are left out."""
        return flat(self.target, self.shown)


def flat(parts: Parts, shown: Mapping[str, str]) -> str:
    """Words and what is shown of codes."""
    pieces = (p if isinstance(p, str) else shown.get(f"{p.form} {p.id}", "") for p in parts)
    return " ".join("".join(pieces).split())


def read(data: bytes, path: str, source: str, language: str) -> list[Remembered]:
    """What a file remembers of a language pair; nothing if it is of others.

    PublishError `memory-type`, and what is wrong in a file of its kind.
    """
    safety.sized(data, path)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return list(_tmx(safety.xml(data, path), path, source, language))
    if b"msgid" in data:
        return list(_catalogue(data, path, language))
    raise _unknown(path)


def _unknown(path: str) -> PublishError:
    hint = "Export TMX from the tool, or name a PO catalogue."
    what = "this is neither TMX nor a PO catalogue"
    return PublishError(Problem("memory-type", what, Location(path), hint=hint))


def _catalogue(data: bytes, path: str, language: str) -> Iterator[Remembered]:
    """The approved translations of a catalogue, old ones too."""
    found = catalogues.parse(data, path)
    said = found.fields.get("Language", "").replace("_", "-")
    if said and not _same(said, language):
        return
    for entry in (*found.messages, *found.obsolete):
        if entry.translated and entry.plural is None:
            pair = (entry.text,), (entry.translation,)
            yield Remembered(*pair, path, markdown=True, context=entry.context)


def _same(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever its region."""
    return one.lower().split("-")[0] == other.lower().split("-")[0]


def _tmx(root: etree._Element, path: str, source: str, language: str) -> Iterator[Remembered]:
    if root.tag != "tmx":
        raise _unknown(path)
    for unit in root.iter("tu"):
        first, second = _seg(unit, source), _seg(unit, language)
        if first is not None and second is not None:
            found = _pair(first, second, path)
            if found.source and found.target and size(found.source) + size(found.target) < LONGEST:
                yield found


def _seg(unit: etree._Element, language: str) -> etree._Element | None:
    """The words in a language, the very tag before one of another region."""
    found = [(tuv.get(_LANG) or tuv.get("lang") or "", tuv.find("seg")) for tuv in unit.iter("tuv")]
    near = [each for each in found if _same(each[0].replace("_", "-"), language)]
    near.sort(key=lambda each: each[0].lower() != language.lower())
    return near[0][1] if near else None


def _pair(first: etree._Element, second: etree._Element, path: str) -> Remembered:
    names = _Names()
    source = tidy(tuple(_parts(first, names)))
    names.counting = False
    target = tidy(tuple(_parts(second, names)))
    return Remembered(source, target, path, names.shown)


def _parts(seg: etree._Element, names: _Names) -> Iterator[Part]:
    if seg.text:
        yield seg.text
    for child in seg:
        if child.tag in {"hi", "sub"}:
            yield from _parts(child, names)
        else:
            yield names.code(child)
        if child.tail:
            yield child.tail


class _Names:
    """Names of codes: our ids, if they are ours, else numbers.

    Those of the source are counted; those of the target are the same by `x`, `i` or contents.
    """

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.counting = True
        self._known: dict[str, str] = {}
        self._begun: dict[str, str] = {}

    def code(self, element: etree._Element) -> Code:
        form = {"bpt": "open", "ept": "close"}.get(str(element.tag), "lone")
        i = element.get("i", "")
        if form == "close":
            id = self._begun.get(i, "?")
        else:
            id = self._id(element)
            self._begun[i] = id if form == "open" else self._begun.get(i, "?")
        if element.get("type", "").startswith(_OURS) or (
            form == "close" and f"open {id}" in self.shown
        ):
            self.shown[f"{form} {id}"] = element.text or ""
        return Code(id, "open" if form == "open" else "close" if form == "close" else "lone")

    def _id(self, element: etree._Element) -> str:
        said = element.get("type", "")
        if said.startswith(_OURS):
            return said.removeprefix(_OURS)
        said = element.get("x") or element.get("i") or element.text or ""
        key = f"{element.tag!s} {said}"
        if self.counting:
            return self._known.setdefault(key, str(len(self._known) + 1))
        return self._known.get(key, "?")
