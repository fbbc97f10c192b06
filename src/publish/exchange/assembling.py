"""Words and codes put together again as pandoc's inlines, by what the codes stand for.

An id that nobody knows, an end without its beginning or a citation without its work is refused:
what comes back is a stranger's.
"""

from __future__ import annotations

from publish.documents import trees
from publish.documents.trees import Inlines, Node
from publish.exchange import codes, quotes
from publish.exchange.values import Code, Parts, Shell, Shells

_DEEPEST = 30


class CodesError(ValueError):
    """Codes that do not belong together; says which."""


def assembled(parts: Parts, shells: Shells, *, quoted: bool = True) -> Inlines:
    """Parts as inlines; raises CodesError. `quoted`: straight marks in pairs are quotations."""
    stack: list[tuple[str, Inlines]] = [("", [])]
    for part in parts:
        level = stack[-1][1]
        if isinstance(part, str):
            level += _words(part)
        elif part.form == "lone":
            level.append(_shell(part, shells).node)
        elif part.form == "open":
            _shell(part, shells)
            stack.append((part.id, []))
            _not_too_deep(stack)
        elif stack[-1][0] != part.id or len(stack) == 1:
            raise CodesError(f"the end of {_name(part.id, shells)} is not where it belongs")
        else:
            stack.pop()
            node = _closed(_shell(part, shells).node, level, quoted=quoted)
            stack[-1][1].append(node)
    if len(stack) > 1:
        raise CodesError(f"the end of {_name(stack[-1][0], shells)} is missing")
    return _normal(_paired(stack[0][1], quoted=quoted))


def _not_too_deep(stack: list[tuple[str, Inlines]]) -> None:
    if len(stack) > _DEEPEST:
        raise CodesError("the codes are nested deeper than any source's")


def _words(text: str) -> Inlines:
    pieces = quotes.SPACES.split(text)
    inlines: Inlines = []
    for number, piece in enumerate(pieces):
        inlines += [trees.SPACE] if number else []
        inlines += [trees.string(piece)] if piece else []
    return inlines


def _shell(code: Code, shells: Shells) -> Shell:
    base = code.id.partition(".")[0]
    found = shells.get(code.id) or shells.get(base) or codes.of_language(base)
    if found is None:
        raise CodesError(f"nobody knows the code {code.id[:20]}")
    if found.pair == (code.form == "lone"):
        what = "has a beginning and an end" if found.pair else "encloses nothing"
        raise CodesError(f"{found.start}…{found.end} {what}")
    return found


def _name(id: str, shells: Shells) -> str:
    shell = shells.get(id)
    return f"{shell.start}…{shell.end}" if shell else f"the code {id[:20]}"


def _closed(node: Node, inner: Inlines, *, quoted: bool) -> Node:
    if node["t"] == "Cite":
        return _cite(inner, quoted=quoted)
    return trees.with_inlines(node, _paired(inner, quoted=quoted))


def _cite(inner: Inlines, *, quoted: bool) -> Node:
    groups: list[Inlines] = [[]]
    for node in inner:
        if node["t"] == ";":
            groups.append([])
        else:
            groups[-1].append(node)
    return {"t": "Cite", "c": [[_citation(group, quoted=quoted) for group in groups], []]}


def _citation(group: Inlines, *, quoted: bool) -> Node:
    keys = [n for n, node in enumerate(group) if node["t"] == "Citation"]
    if len(keys) != 1:
        raise CodesError("a citation wants one work between its separators")
    before = _tail(trees.trimmed(_paired(group[: keys[0]], quoted=quoted))[1])
    after = _tail(_paired(group[keys[0] + 1 :], quoted=quoted))
    key: Node = group[keys[0]]["c"]
    if key["citationMode"]["t"] == "AuthorInText":
        after = trees.trimmed(after)[1]
    return key | codes.BARE | {"citationPrefix": before, "citationSuffix": after}


def _tail(inlines: Inlines) -> Inlines:
    """Without spaces at the end."""
    while inlines and inlines[-1]["t"] in trees.BREAKS:
        inlines = inlines[:-1]
    return inlines


def _paired(inlines: Inlines, *, quoted: bool) -> Inlines:
    joined: Inlines = trees.joined(inlines)
    return quotes.paired(joined) if quoted else joined


def _normal(inlines: Inlines) -> Inlines:
    """As the catalogue's own messages are; what is left of a torn citation is one by itself."""

    def whole(node: Node) -> Node | Inlines | None:
        if node["t"] == "Citation":
            return _cite([node], quoted=False)
        if node["t"] == "Literal":
            return trees.string(node["c"])
        return [] if node["t"] == ";" else None

    blocks = trees.normal([{"t": "Plain", "c": trees.rewritten(inlines, whole)}])
    found: Inlines = blocks[0]["c"]
    return trees.trimmed(found)[1]
