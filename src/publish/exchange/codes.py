"""Messages taken apart into words and codes; `assembling` puts them together again.

What a code stands for is a node of pandoc's tree without its contents. Quotation marks are
words here as they are in Markdown: a translator types them. A citation whose affixes have
words (`[@un-charter, art. 51]`) is taken apart too, since “art. 51” is to be translated.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from publish.documents import trees
from publish.documents.trees import Inlines, Node
from publish.exchange import shown
from publish.exchange.values import Code, Part, Parts, Shell, Shells
from publish.messages.walk import has_words, untranslatable

_SEPARATOR: Node = {"t": ";"}
_MARKS = {"DoubleQuote": '"', "SingleQuote": "'"}
BARE: Node = {
    "citationPrefix": [],
    "citationSuffix": [],
    "citationNoteNum": 0,
    "citationHash": 0,
}
_TYPED = tuple(_MARKS.values())
_TAG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class Names:
    """Ids for codes: those of the source counted, those of a translation the same where it can."""

    def __init__(self) -> None:
        self.shells: dict[str, Shell] = {}
        self._free: dict[str, list[str]] = defaultdict(list)
        self._counting = True

    def source(self, inlines: Inlines) -> Parts:
        """The parts of a source; its codes are numbered from 1."""
        return tuple(_parts(inlines, self))

    def target(self, inlines: Inlines) -> Parts:
        """The parts of a translation; what it has of its own is named by what it is."""
        self._counting = False
        return tuple(_parts(inlines, self))

    def name(self, shell: Shell) -> str:
        """The id of a code."""
        key = _key(shell)
        if self._counting:
            id = str(len(self.shells) + 1)
            self._free[key].append(id)
        elif self._free[key]:
            return self._free[key].pop(0)
        else:
            id = self._own(shell, key)
        self.shells[id] = shell
        return id

    def _own(self, shell: Shell, key: str) -> str:
        base = _language(shell.node) or _own_name(key)
        ids = (base if n == 1 else f"{base}.{n}" for n in range(1, 1_000_000))
        return next(id for id in ids if id not in self.shells)


def _key(shell: Shell) -> str:
    return json.dumps([shell.node, shell.pair], sort_keys=True, ensure_ascii=False)


def _own_name(key: str) -> str:
    return "x" + sha256(key.encode()).hexdigest()[:6]


def _language(node: Node) -> str:
    """`lang_ko-Latn` for a mark of language and nothing else, which any translation may have."""
    id, classes, pairs = (trees.attr_of(node) if node["t"] == "Span" else None) or ("", [], [])
    alone = not id and not classes and [key for key, _ in pairs] == ["lang"]
    tag = pairs[0][1] if alone else ""
    return f"lang_{tag}" if _TAG.fullmatch(tag) else ""


def of_language(id: str) -> Shell | None:
    """The mark of language that an id names."""
    tag = id.removeprefix("lang_")
    node = trees.span([], lang=tag)
    return shown.shell(node, pair=True) if id != tag and _TAG.fullmatch(tag) else None


def _plain() -> dict[str, Shell]:
    """Emphasis and its like, which a translation may have of its own."""
    nodes: list[Node] = [{"t": kind, "c": []} for kind in sorted(trees.CONTAINERS)]
    found = {node["t"]: shown.shell(node, pair=True) for node in nodes}
    for named in (False, True):
        found[f"Cite{named}"] = shown.shell({"t": "Cite", "c": [[], []], "named": named}, pair=True)
    return found | {";": shown.shell(_SEPARATOR)}


def known(shells: Shells) -> Shells:
    """What any code of a message can stand for: by id, and by what it is.

    A work that the source cites can be cited in another way: by name, in brackets, or without
    its author.
    """
    found = _plain() | dict(shells)
    every = [*found.values(), *(other for shell in shells.values() for other in _otherwise(shell))]
    return found | {_own_name(_key(shell)): shell for shell in every} | dict(shells)


def _otherwise(shell: Shell) -> Iterator[Shell]:
    """A citation of one work in the other modes there are, whole and in pieces."""
    node = shell.node
    whole = node["t"] == "Cite" and len(node["c"][0]) == 1
    if not whole and node["t"] != "Citation":
        return
    cited = node["c"][0][0] if whole else node["c"]
    for mode in ("AuthorInText", "NormalCitation", "SuppressAuthor"):
        key = {"citationId": cited["citationId"], "citationMode": {"t": mode}}
        yield shown.shell({"t": "Citation", "c": key})
        yield shown.shell({"t": "Cite", "c": [[key | BARE], []]})


def _parts(inlines: Inlines, names: Names) -> Iterator[Part]:
    for node in inlines:
        if node["t"] == "Str":
            yield from _string(node["c"], names)
        elif node["t"] in {"Space", "SoftBreak"}:
            yield " "
        elif node["t"] == "Quoted":
            mark = _MARKS[node["c"][0]["t"]]
            yield from (mark, *_parts(node["c"][1], names), mark)
        else:
            yield from _marked(node, names)


def _string(text: str, names: Names) -> Iterator[Part]:
    """Words; a straight quotation mark in them was typed with a backslash, and is a code."""
    while found := [text.index(mark) for mark in _TYPED if mark in text]:
        place = min(found)
        if place:
            yield text[:place]
        yield _lone({"t": "Literal", "c": text[place]}, names)
        text = text[place + 1 :]
    if text:
        yield text


def _marked(node: Node, names: Names) -> Iterator[Part]:
    if node["t"] == "Cite" and has_words([node]):
        yield from _cited(node, names)
        return
    inner = trees.inlines_of(node)
    if (
        node["t"] == "Cite"
        or inner is None
        or untranslatable(node)
        or not has_words(inner)
        or shown.is_address(node)
    ):
        yield _lone(node, names)
    else:
        id = names.name(shown.shell(trees.with_inlines(node, []), pair=True))
        yield from (Code(id, "open"), *_parts(inner, names), Code(id, "close"))


def _lone(node: Node, names: Names) -> Code:
    return Code(names.name(shown.shell(node)), "lone")


def _cited(node: Node, names: Names) -> Iterator[Part]:
    """A citation in its pieces: prefix, key, suffix; the next one behind a separator."""
    citations = node["c"][0]
    by_name = citations[0]["citationMode"]["t"] == "AuthorInText"
    id = names.name(shown.shell({"t": "Cite", "c": [[], []], "named": by_name}, pair=True))
    yield Code(id, "open")
    for number, citation in enumerate(citations):
        if number:
            yield _lone(_SEPARATOR, names)
        before, after = citation["citationPrefix"], citation["citationSuffix"]
        yield from _parts([*before, trees.SPACE] if before else [], names)
        key = {"citationId": citation["citationId"], "citationMode": citation["citationMode"]}
        yield _lone({"t": "Citation", "c": key}, names)
        spaced = by_name and not number and after
        yield from _parts([trees.SPACE, *after] if spaced else after, names)
    yield Code(id, "close")
