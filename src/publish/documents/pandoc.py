"""Pandoc, one process for many requests (`serving`): the only place that asks it anything.

Trees are pandoc's own JSON (https://hackage.haskell.org/package/pandoc-types).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

from publish.documents import plain, shapes, trees
from publish.documents.memory import Memory
from publish.documents.serving import (
    PACE,
    PandocLimitError,
    Server,
)
from publish.pandoc import Begun, about
from publish.shelves import BARE, Shelf

Tree = dict[str, Any]
Node = dict[str, Any]
Inlines = list[Node]
Blocks = list[Node]

API = [1, 23, 1]

T = TypeVar("T")
A = TypeVar("A")

_READING = 30  # seconds for any file, and one more for each …
_LARGEST = 24 * 2**20  # of a file's tree; 750 pages in one file have 10 MiB
_SMALL = 2**16  # bytes of a question whose answer is kept
_PATIENCE = 5  # texts that may take too long before no more are asked for
_TEXT, _INLINES = ("text", str), ("inlines", list[shapes.Inline])  # what is kept in the memory

# Signs that pandoc's smart punctuation would read or write as something else (“–” as “--”,
# “’” as the end of a quotation). In a message they are hidden behind private characters:
# what a translator types is what stands there, and only straight quotes are quotation marks.
_SIGNS = "–—…‘’“”‚„‹›«»\u00a0\u202f\u00ad"
_HIDE = str.maketrans({sign: chr(0xF0010 + n) for n, sign in enumerate(_SIGNS)})
_SHOW = str.maketrans({chr(0xF0010 + n): sign for n, sign in enumerate(_SIGNS)})


_HEAD = [{"t": "Str", "c": "\U000f0000"}, {"t": "Space"}]  # what `server.lua` has before a message


class Bibliography(NamedTuple):
    """A bibliography in one of pandoc's formats, and CSL YAML that an edition lays over it."""

    format: str
    data: bytes
    over: bytes = b""


class Pandoc(Server):
    """A running pandoc, which may spend some seconds on a text; use it as a context manager.

    `memory` is a file for its answers about messages, so that they need not be asked for again; on
    the shelf are those to other small questions.
    """

    def __init__(
        self,
        seconds: float = 4,
        memory: Path | None = None,
        shelf: Shelf = BARE,
        begun: Begun | None = None,
    ) -> None:
        super().__init__(begun)
        self._seconds = seconds
        self._memory = Memory(memory, about() if memory else "")
        self._shelf = shelf

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not error:
            self._memory.save()
        super().__exit__(kind, error, trace)

    def save(self) -> None:
        """Keep what it answered, as at its end."""
        self._memory.save()

    def read(self, source: bytes, format: str) -> tuple[Tree, list[str], dict[str, bytes]]:
        """A file's bytes as a tree, pandoc's warnings, and the pictures that it carried.

        PandocLimitError if that takes more time or memory than any honest file.
        """
        seconds = _READING + len(source) / PACE
        tree, warnings, *media = self._ask("read", format.encode(), source, seconds=seconds)
        if len(tree) > _LARGEST:
            raise PandocLimitError(f"it is {len(tree) >> 20} MiB of words and cells")
        pictures = dict(zip((name.decode() for name in media[::2]), media[1::2], strict=True))
        return shapes.parsed(tree), _messages(warnings), pictures

    def texts(self, passages: Iterable[Inlines]) -> list[str | None]:
        """Inlines as pandoc Markdown; None where it would not be read back as the same inlines."""
        return _completed(plain.text, list(passages), self._difficult_texts)

    def _difficult_texts(self, passages: Sequence[Inlines]) -> list[str | None]:
        blocks: Blocks = [{"t": "Plain", "c": inlines} for inlines in passages]

        def ask(places: list[int]) -> list[Any]:
            return [text or None for text in self._each([blocks[n] for n in places], self._texts)]

        return self._memory.answers(_TEXT, [_dump(block) for block in blocks], ask)

    def _texts(self, blocks: Sequence[Node], seconds: float) -> list[Any]:
        """Texts that are read back as they were; those that are not are written literally."""
        texts = self._written(blocks, b"", seconds)
        rest = [n for n, text in enumerate(texts) if text is None]
        again = self._written([blocks[n] for n in rest], b"literally", seconds) if rest else []
        for n, text in zip(rest, again, strict=True):
            texts[n] = text
        return texts

    def _written(self, blocks: Sequence[Node], how: bytes, seconds: float) -> list[str | None]:
        headed: Blocks = [{"t": "Plain", "c": [*_HEAD, *block["c"]]} for block in blocks]
        tree = _dump(document(headed)).translate(_HIDE).encode()
        found = self._ask("texts", tree, how, seconds=seconds)
        texts, back = (shapes.parsed(each.decode().translate(_SHOW)) for each in found)
        return [
            text if read["t"] != "Div" and _settled(read["c"]) == _settled(own["c"]) else None
            for text, read, own in zip(texts, back["blocks"], headed, strict=True)
        ]

    def inlines(self, texts: Sequence[str]) -> list[Inlines | None]:
        """Messages read as inlines; None for a text that is not one paragraph."""
        return _completed(plain.inlines, texts, self._difficult_inlines)

    def _difficult_inlines(self, texts: Sequence[str]) -> list[Inlines | None]:
        def ask(places: list[int]) -> list[Any]:
            return self._each([texts[n] for n in places], self._inlines)

        return self._memory.answers(_INLINES, texts, ask)

    def _inlines(self, texts: Sequence[str], seconds: float) -> list[Inlines | None]:
        (tree,) = self._ask("inlines", _dump(texts).translate(_HIDE).encode(), seconds=seconds)
        blocks = shapes.parsed(tree.decode().translate(_SHOW))["blocks"]
        return [_message(block["c"]) if block["t"] != "Div" else None for block in blocks]

    def _each(
        self, items: Sequence[T], ask: Callable[[Sequence[T], float], list[Any]]
    ) -> list[Any]:
        """Answers to many items at once, or if that takes too long, to one after the other.

        None for one that takes too long by itself; after a few of those, for all that follow.
        """
        try:
            return ask(items, self._seconds * (1 + len(items) / 20))
        except (PandocLimitError, RecursionError):
            answers: list[Any] = []
            patience = _PATIENCE
            for item in items:
                try:
                    answers += ask([item], self._seconds) if patience else [None]
                except (PandocLimitError, RecursionError):
                    answers.append(None)
                    patience -= 1
            return answers

    def keys(self, bibliography: bytes, format: str) -> set[str]:
        """The citation keys of a bibliography (CSL YAML or JSON, BibTeX)."""

        def ask() -> list[str]:
            (keys,) = self._ask("keys", format.encode(), bibliography)
            return shapes.parsed(keys)  # type: ignore[no-any-return]  # the server writes a list

        return set(self._kept([b"keys", format.encode(), bibliography], list[str], ask))

    def cite(
        self, blocks: Blocks, bibliography: Bibliography, style: str, language: str
    ) -> tuple[Blocks, list[str]]:
        """Blocks with their citations set, a Div `refs` with the references last; warnings.

        `style` is a CSL style's XML ('' for pandoc's own, Chicago author-date), `language` a
        BCP 47 tag.
        """
        uri = f"data:text/xml;base64,{b64encode(style.encode()).decode()}" if style else ""
        format, data, over = bibliography
        tree = shapes.written(document(blocks))
        parts = (tree, format.encode(), data, over, uri.encode(), language.encode())

        def ask() -> tuple[Blocks, list[str]]:
            cited, warnings = self._ask("cite", *parts)
            return shapes.parsed(cited)["blocks"], _messages(warnings)

        shape = tuple[list[shapes.Block], list[str]]
        return self._kept([b"cite", *parts], shape, ask, lambda kept: _cited(blocks, kept[0]))

    def html(self, parts: Sequence[Blocks]) -> list[str]:
        """Blocks as HTML 5, each list of blocks by itself."""
        if not parts:
            return []
        divs = [{"t": "Div", "c": [["", [], []], blocks]} for blocks in parts]
        tree = shapes.written(document(divs))

        def ask() -> list[str]:
            (texts,) = self._ask("html", tree)
            return shapes.parsed(texts)  # type: ignore[no-any-return]  # the server writes a list

        return self._kept([b"html", tree], list[str], ask, lambda kept: len(kept) == len(parts))

    def archive(
        self, blocks: Blocks, bibliography: Bibliography
    ) -> tuple[str, str, list[dict[str, Any]]]:
        """A cited text as JATS twice, and the works of its bibliography as CSL-JSON.

        The JATS is an `article` of body and back: first with each reference as it is set, then
        with its parts. A bibliography of no format is an empty one.
        """
        format, data, over = bibliography
        tree = shapes.written(document(blocks))
        texts = self._ask("archive", tree, format.encode(), data, over)
        whole, parted, works = (text.decode() for text in texts)
        return whole, parted, shapes.parsed(works)

    def _kept(
        self,
        question: Sequence[bytes],
        shape: Any,
        ask: Callable[[], A],
        fits: Callable[[A], bool] = lambda _: True,
    ) -> A:
        """The answer to a question, from the shelf if it is a small one and was asked before.

        What lies there may be a stranger's: it is none unless it has the shape, and `fits`.
        """
        if sum(map(len, question)) > _SMALL:
            return ask()
        question = [b"pandoc", *question]
        found: A | None = shapes.plain(self._shelf.find(question) or b"", shape)
        if found is None or not fits(found):
            found = ask()
            self._shelf.keep(question, shapes.written(found))
        return found


def _message(inlines: Inlines) -> Inlines:
    """A message that was read, without the word before it."""
    return _settled(inlines[2 if inlines[1:2] == [trees.SPACE] else 1 :])


def _settled(inlines: Inlines) -> Inlines:
    """What two readings of the same words may differ in, taken away.

    That is the number and the source text that pandoc keeps in a citation, and how lines broke.
    """

    def change(node: Node) -> Node:
        if node["t"] == "SoftBreak":
            return trees.SPACE
        works = [work | {"citationNoteNum": 0, "citationHash": 0} for work in node["c"][0]]
        return {"t": "Cite", "c": [works, []]}

    return trees.rewritten(inlines, change, {"Cite", "SoftBreak"})  # type: ignore[no-any-return]  # a list for a list


def _cited(asked: Blocks, given: Blocks) -> bool:
    """Whether blocks can be what became of others: as many, of the same types, in Divs too.

    What was an empty Div is the list of references: of Divs that have something in them.
    """
    if [block["t"] for block in asked] != [block["t"] for block in given]:
        return False
    inner = [(a["c"][1], b["c"][1]) for a, b in zip(asked, given, strict=True) if a["t"] == "Div"]
    return all(_cited(a, b) if a else _listed(b) for a, b in inner)


def _listed(entries: Blocks) -> bool:
    return all(entry["t"] == "Div" and entry["c"][1] for entry in entries)


def _completed(
    easily: Callable[[T], A | None], items: Sequence[T], ask: Callable[[list[T]], list[A | None]]
) -> list[A | None]:
    """An answer to each item: what is easily had, and the others asked for together."""
    found = [easily(item) for item in items]
    rest = [item for item, answer in zip(items, found, strict=True) if answer is None]
    asked = iter(ask(rest) if rest else ())
    return [next(asked) if answer is None else answer for answer in found]


def document(blocks: Blocks, meta: dict[str, Any] | None = None) -> Tree:
    """A whole tree around some blocks."""
    return {"pandoc-api-version": API, "meta": meta or {}, "blocks": blocks}


def _dump(value: object) -> str:
    return shapes.written(value).decode()


def _messages(encoded: bytes) -> list[str]:
    """Pandoc's warnings as sentences; mere notices are left out."""
    entries = shapes.parsed(encoded)
    return [str(entry["pretty"]) for entry in entries if entry.get("verbosity") == "WARNING"]
