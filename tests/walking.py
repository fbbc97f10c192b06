"""Pandoc's trees made up for property tests, and the promise of the walk put as assertions."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from publish import messages
from publish.documents import Document, read, trees
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Blocks, Inlines, Node
from publish.manuscripts import File
from publish.messages import Message
from publish.messages.comparison import faults

WORDS = "the treaty of two states and what it says about law again see below 12 1961".split()
TOKENS = r"""
19. + - * # ## > | (@x) (1) (a) a. i) 1986. 1) [^1] [^12] [^x] [x] [x]: {.a} {#i} {=html} { }
** _ __ ~ ~~ ^ ` `` \ \\ $ $5 $$ $x$ @doe @ -@doe [@doe] <b> </b> < > <!-- --> &amp; & &#x20;
http://x.y/z me@x.org <http://x.y> a_b a*b snake_case ' " ’ ‘ “ ” „ ‚ « » ‹ › ... … -- --- – —
---- === *** 日本語 한국어 العربية é é 👍 :smile: x! ! ![ ![x](y) ]( [x](y) ::: ``` ~~~ % Table: :
\foo \begin{x} {{x}} ^[x] []{} #hash 90s '90s ’90s don't 'tis "x" 'x' a"b a'b 5' 6" Mr. e.g. ☐
☒ , . ; == ~x~ ^x^ x^2 H~2 \( \) \[ (C) § _x_ *x* **x x** `x` <x y="z"> <br> <div> |-| +---+
\x \* '' " "" --> <!--x--> [^1]: :x: [a]{.b} a|b \| <a href="b"> </ <? <![CDATA[ {=} {-}
""".split()
WHOLE = [
    *"\u200b \u200f \u00ad \u2009 \u202f \u00a0 \u3000 \u200d \u2028 \u0085 \ufeff".split(" "),
    "x" * 200,
    "\\ ",
    "a b",
    "a  b",
    "tab\tbed",
    "line\nbreak",
    "a\n\nb",
    "",
    "\x07",
    "\ue000",
]


def node(kind: str, *contents: st.SearchStrategy[Any]) -> st.SearchStrategy[Node]:
    return st.tuples(*contents).map(lambda c: {"t": kind, "c": list(c)})


def kinds(*names: str) -> st.SearchStrategy[Node]:
    return st.sampled_from(names).map(lambda name: {"t": name})


text = st.sampled_from(WORDS) | st.sampled_from(WORDS) | st.sampled_from([*TOKENS, *WHOLE])
strings = (text | st.text(max_size=5)).map(trees.string)
attributes = st.tuples(
    st.sampled_from(["", "", "i1", "sec-x", "ä"]),
    st.lists(st.sampled_from(["cls", "smallcaps", "mark", "ul", "a b", "ex%t"]), max_size=2),
    st.dictionaries(
        st.sampled_from(["lang", "key", "data-x", "title"]),
        st.sampled_from(["de", "a b", '"q"', "'", "", "x\\y", "<>", "}", "é"]),
        max_size=2,
    ).map(lambda pairs: [list(pair) for pair in pairs.items()]),
).map(lambda parts: [*parts])
targets = st.tuples(
    st.sampled_from(["http://x.y", "a b.png", "#id", "", "x(y", "mailto:a@b", 'a"b', "02.md#x"]),
    st.sampled_from(["", "", "title", 'a "q"', "fig:", "x\\y"]),
).map(lambda parts: [*parts])
codes = st.sampled_from(["x", "`", "``", "a`b", "\\", "", " x", "[^1]", "|", "{.a}", "...", "–"])
formulas = st.sampled_from(["x", "x^2", r"\frac{1}{2}", "a $ b", " x", "", "5", r"\$"])
raw = st.sampled_from(["<br>", "<b>", "</b>", "\\foo", "`", "<!-- x -->", ""])
leaves = st.one_of(
    strings,
    strings,
    kinds("Space", "SoftBreak", "LineBreak"),
    node("Code", attributes, codes),
    node("Math", kinds("InlineMath", "DisplayMath"), formulas),
    node("RawInline", st.sampled_from(["html", "latex", "openxml"]), raw),
)


def marked_up(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    inlines = st.lists(inner, max_size=4)
    marks = st.sampled_from(sorted(trees.CONTAINERS))
    modes = kinds("AuthorInText", "NormalCitation", "SuppressAuthor")
    citations = st.fixed_dictionaries(
        {
            "citationId": st.sampled_from(["doe", "a:b", "x.", "ü", "a b", "1", "fig-a"]),
            "citationPrefix": inlines,
            "citationSuffix": inlines,
            "citationMode": modes,
            "citationNoteNum": st.just(1),
            "citationHash": st.just(0),
        }
    )
    paragraph = inlines.map(lambda i: [{"t": "Para", "c": i}])
    return st.one_of(
        st.tuples(marks, inlines).map(lambda p: {"t": p[0], "c": p[1]}),
        node("Quoted", kinds("SingleQuote", "DoubleQuote"), inlines),
        node("Span", attributes, inlines),
        node("Link", attributes, inlines, targets),
        node("Image", attributes, inlines, targets),
        node("Cite", st.lists(citations, min_size=1, max_size=2), st.just([])),
        paragraph.map(lambda blocks: {"t": "Note", "c": blocks}),
    )


inlines = st.lists(st.recursive(leaves, marked_up, max_leaves=6), min_size=1, max_size=8)


def blocks_of(passages: list[Inlines]) -> Blocks:
    """A document of paragraphs, as it comes from a reader."""
    blocks = [{"t": "Para", "c": passage} for passage in passages]
    return trees.normal(json.loads(json.dumps(blocks)))


def document(source: str | bytes, pandoc: Pandoc, format: str = "markdown") -> Document:
    data = source.encode() if isinstance(source, str) else source
    return read(File("manuscript/text", format, data), pandoc)[0]


def keeps_the_promise(document: Document, pandoc: Pandoc) -> list[Message]:
    """Every message, translated into itself: the tree is as it was, each was asked for once."""
    (found,) = messages.extract([document], pandoc)
    back = pandoc.inlines([message.text for message in found])
    asked: list[Message] = []
    same = dict(zip([id(message) for message in found], back, strict=True))

    def lookup(message: Message) -> Inlines | None:
        asked.append(message)
        translated = same[id(message)]
        assert translated is not None, message.text
        assert not list(faults(message.inlines, translated)), message.text
        assert "\n\n" not in message.text
        assert message.text.strip()
        return trees.joined(translated)  # type: ignore[no-any-return]  # a list for a list

    assert messages.translate(document, found, lookup) == document.blocks
    assert list(map(id, asked)) == list(map(id, found))
    return found
