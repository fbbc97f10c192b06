"""The list of references beside what CSL can say: each work in its own language, scripts in order.

CSL knows one language for a whole list, so that a Russian book is “edited by” somebody in an
English one (https://github.com/jgm/pandoc-citeproc/issues/252). Where a publication wants a
work's own terms («под ред.»), the list is set once more for each other language in it, and
each entry taken from its own.

CLDR puts a language's own script first: Russian works before English ones in a Russian list.
Pandoc's collation does not know that rule (`[reorder Cyrl]`), so the list is parted here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from publish import languages
from publish.documents import trees
from publish.documents.trees import Node
from publish.languages import Language
from publish.problems import PublishError

_SORT = re.compile(r"<bibliography.*?<sort>\s*<key\b([^>]*)", re.DOTALL)
_BY_NUMBER = re.compile("citation-number|issued|date|year|accessed|type")
_HAN = {"CJK", "HIRAGANA", "KATAKANA"}


def in_own_languages(
    references: Node, works: Mapping[str, str], language: Language, listed: Callable[[str], Node]
) -> Node:
    """References with each work set in its own language, and marked as such.

    In: the languages of works by their ids; a function that sets the list in another language.
    A language that CLDR does not know is passed over.
    """
    tags = {id: tag for id, tag in works.items() if _other(tag, language.tag)}
    cited = {_id(entry) for entry in references["c"][1]}
    lists = {tag: _by_id(listed(tag)) for tag in sorted({tags[id] for id in cited & tags.keys()})}

    def own(entry: Node) -> Node:
        tag = tags.get(_id(entry))
        return _marked(lists[tag].get(_id(entry), entry), tag) if tag else entry

    entries = list(map(own, references["c"][1]))
    return {"t": "Div", "c": [references["c"][0], entries]}


def native_first(references: Node, language: Language, style: str) -> Node:
    """References in the order that they have, those in the language's own script first.

    A list that is not sorted by names, or whose works are cited by their numbers in it, stays.
    """
    found = _SORT.search(style)
    if style and (not found or "citation-number" in style or _BY_NUMBER.search(found[1])):
        return references
    own = _scripts(language.name)
    entries = sorted(references["c"][1], key=lambda entry: not _scripts(_words(entry)) & own)
    return {"t": "Div", "c": [references["c"][0], entries]}


def languages_of(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The languages of works in CSL-JSON by their ids, as far as they are named."""
    return {str(item["id"]): str(item["language"]) for item in items if item.get("language")}


def _other(tag: str, than: str) -> bool:
    with suppress(PublishError):
        return languages.locale(tag).language != languages.locale(than).language
    return False


def _id(entry: Node) -> str:
    return str(entry["c"][0][0]).removeprefix("ref-")


def _by_id(references: Node) -> dict[str, Node]:
    return {_id(entry): entry for entry in references["c"][1]}


def _marked(entry: Node, tag: str) -> Node:
    """An entry that says its language: by it, words are divided, quoted and spoken."""
    (id, classes, pairs), blocks = entry["c"]
    return {"t": "Div", "c": [[id, classes, [*pairs, ["lang", tag]]], blocks]}


def _words(entry: Node) -> str:
    return "".join(trees.strings(entry["c"][1]))


def _scripts(words: str) -> set[str]:
    """The script of the first letter, by its name in Unicode; those of Japanese are one."""
    script = next(_names(words), "")
    return _HAN if script in _HAN else {script}


def _names(words: str) -> Iterator[str]:
    return (unicodedata.name(sign, "").partition(" ")[0] for sign in words if sign.isalpha())
