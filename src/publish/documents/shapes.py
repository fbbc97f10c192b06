"""Shapes: what pandoc's tree looks like, to be sure of one that was kept.

The types are those of https://hackage.haskell.org/package/pandoc-types (Text.Pandoc.Definition),
in a table: what a node of each type has in it.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

T = TypeVar("T")

Attr = tuple[str, list[str], list[tuple[str, str]]]


class Term(msgspec.Struct, forbid_unknown_fields=True):
    """A word of pandoc's own, as for how a column is aligned."""

    t: str


class Width(msgspec.Struct, forbid_unknown_fields=True):
    """The width of a column."""

    t: str
    c: float | None = None


class Citation(msgspec.Struct, forbid_unknown_fields=True):
    """One work of a citation."""

    citationId: str  # noqa: N815  # as pandoc calls it
    citationPrefix: list[Inline]  # noqa: N815  # likewise
    citationSuffix: list[Inline]  # noqa: N815  # likewise
    citationMode: Term  # noqa: N815  # likewise
    citationNoteNum: int  # noqa: N815  # likewise
    citationHash: int  # noqa: N815  # likewise


_INLINES = {
    "Str": "str",
    **dict.fromkeys(("Space", "SoftBreak", "LineBreak"), ""),
    **dict.fromkeys(
        ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"),
        "list[Inline]",
    ),
    "Quoted": "tuple[Term, list[Inline]]",
    "Cite": "tuple[list[Citation], list[Inline]]",
    "Code": "tuple[Attr, str]",
    "Math": "tuple[Term, str]",
    "RawInline": "tuple[str, str]",
    **dict.fromkeys(("Link", "Image"), "tuple[Attr, list[Inline], tuple[str, str]]"),
    "Note": "list[Block]",
    "Span": "tuple[Attr, list[Inline]]",
}
_BLOCKS = {
    **dict.fromkeys(("Plain", "Para"), "list[Inline]"),
    "LineBlock": "list[list[Inline]]",
    "CodeBlock": "tuple[Attr, str]",
    "RawBlock": "tuple[str, str]",
    "BlockQuote": "list[Block]",
    "OrderedList": "tuple[tuple[int, Term, Term], list[list[Block]]]",
    "BulletList": "list[list[Block]]",
    "DefinitionList": "list[tuple[list[Inline], list[list[Block]]]]",
    "Header": "tuple[int, Attr, list[Inline]]",
    **dict.fromkeys(("HorizontalRule", "Null"), ""),
    "Table": "tuple[Attr, Caption, list[tuple[Term, Width]], Rows, list[Body], Rows]",
    "Figure": "tuple[Attr, Caption, list[Block]]",
    "Div": "tuple[Attr, list[Block]]",
}


def _shape(name: str, contents: str) -> type[msgspec.Struct]:
    fields = [("c", contents)] if contents else []
    return msgspec.defstruct(
        f"_{name}", fields, tag=name, tag_field="t", forbid_unknown_fields=True, module=__name__
    )


if TYPE_CHECKING:
    Inline: TypeAlias = Any
    Block: TypeAlias = Any
else:
    Inline = reduce(or_, (_shape(*each) for each in _INLINES.items()))
    Block = reduce(or_, (_shape(*each) for each in _BLOCKS.items()))
Caption = tuple["list[Inline] | None", "list[Block]"]
Cell = tuple[Attr, Term, int, int, "list[Block]"]
Row = tuple[Attr, list[Cell]]
Rows = tuple[Attr, list[Row]]
Body = tuple[Attr, int, list[Row], list[Row]]


def read(data: bytes | msgspec.Raw, shape: type[T]) -> T | None:
    """What was kept, if it has this shape."""
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def plain(data: bytes | msgspec.Raw, shape: Any) -> Any:
    """What was kept as plain JSON values, None if it has not this shape."""
    return None if read(data, shape) is None else msgspec.json.decode(data)


def parsed(data: bytes | str) -> Any:
    """What pandoc has just written, as plain JSON values."""
    return msgspec.json.decode(data)


def written(value: object) -> bytes:
    """Plain values as bytes to be kept."""
    return msgspec.json.encode(value)
