"""Readiness: what in a source makes every translator stumble, told before it is sent out.

Only what can be told with few false alarms; what “this” refers to, a machine does not know.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath
from urllib.parse import unquote

from publish.checks.translations import prose
from publish.documents import Document, trees
from publish.documents.trees import Node
from publish.languages import Language
from publish.messages import Message
from publish.problems import Location, Problem, Severity

LONGEST_SENTENCE = 60

_RASTER = {".gif", ".jpeg", ".jpg", ".png", ".webp"}
_SENTENCE = re.compile(r"(?<=[.!?…])[)\]”’»\ue001\ufffc]*\s+(?=[^\W\d_a-zа-яё])")
_CUT = re.compile(r"[^\W\d_]{2}-\Z")
_JOINS = set("and or nor to und oder bis sowie et ou y o e i и или или и/или".split())


def check(
    documents: Iterable[Document],
    messages: Sequence[Message],
    language: Language,
    longest: int = LONGEST_SENTENCE,
) -> Iterator[Problem]:
    """`source-picture`, `-hyphen`, `-break`, `-sentence`, `-context` of a manuscript."""
    for document in documents:
        yield from _pictures(document)
    for message in messages:
        yield from _cut(message)
        yield from _sentences(message, language, longest)
    yield from _contexts(messages)


def _warning(code: str, what: str, place: Location, hint: str) -> Problem:
    return Problem(code, what, place, Severity.WARNING, hint)


def _pictures(document: Document) -> Iterator[Problem]:
    """Pictures made of points, whose words no translator can reach, and that nothing describes."""
    for node in document.nodes:
        if node["t"] == "Image" and not trees.attribute(node, "alt"):
            name = node["c"][2][0]
            said = trees.text(node["c"][1])
            if PurePath(unquote(name)).suffix.lower() in _RASTER and not said:
                what = f"words in {name}, if there are any, cannot be translated or read aloud"
                hint = 'Draw it as SVG, whose words are translated, or say them in {alt="…"}.'
                place = Location(document.path, document.line_of(name))
                yield _warning("source-picture", what, place, hint)


def _cut(message: Message) -> Iterator[Problem]:
    """Words with a soft hyphen, or cut at the end of a line; lines broken within a sentence."""
    nodes = list(_walked(message.inlines))
    for node in nodes:
        if node["t"] == "Str" and "\u00ad" in node["c"]:
            what = f"a soft hyphen in “{node['c'].replace(chr(0xAD), '-')}”"
            yield _warning(
                "source-hyphen", what, message.location, "Delete it; pages are hyphenated anyway."
            )
    for (first, between), (_, after) in pairwise(pairwise(nodes)):
        if between["t"] in trees.BREAKS and first["t"] == after["t"] == "Str":
            yield from _broken(first["c"], between["t"], after["c"], message)


def _broken(before: str, between: str, after: str, message: Message) -> Iterator[Problem]:
    if _CUT.search(before) and after[0].islower() and after.strip(",.;") not in _JOINS:
        what = f"“{before} {after}” seems to be one word, cut at the end of a line"
        yield _warning("source-hyphen", what, message.location, "Write it in one piece.")
    elif between == "LineBreak" and after[0].islower():
        what = f"a line break within a sentence: “{before} / {after}”"
        yield _warning(
            "source-break", what, message.location, "Take it out (two spaces or a \\ at the end)."
        )


def _walked(inlines: list[Node]) -> Iterator[Node]:
    for node in inlines:
        inner = trees.inlines_of(node)
        if inner is None:
            yield node
        else:
            yield from _walked(inner)


def _sentences(message: Message, language: Language, longest: int) -> Iterator[Problem]:
    text = prose.read(message.inlines, language.tag).text
    for sentence in _SENTENCE.split(text):
        words = sentence.split()
        if len(words) > longest:
            what = f"a sentence of {len(words)} words: “{' '.join(words[:6])} …”"
            hint = "Make two of it; what is hard to read is hard to translate."
            yield _warning("source-sentence", what, message.location, hint)


def _contexts(messages: Sequence[Message]) -> Iterator[Problem]:
    """Single words that stand in several places, which languages may have to tell apart."""
    places: dict[tuple[str | None, str], list[Message]] = defaultdict(list)
    for message in messages:
        if message.text.isalpha() and message.context is None:
            places[message.key].append(message)
    for (_, text), found in places.items():
        lines = {str(message.location) for message in found}
        if len(lines) > 1 and not any(message.comment for message in found):
            what = f"“{text}” stands in {len(lines)} places and will be translated once for all"
            hint = "If it means the same everywhere, say so: <!-- translators: … -->."
            yield _warning("source-context", what, found[0].location, hint)
