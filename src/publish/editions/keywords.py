"""Keywords in the order of a language's collation, by the means that sorts its references."""

from __future__ import annotations

import json
from collections.abc import Sequence

from publish.documents import trees
from publish.documents.pandoc import Bibliography, Pandoc
from publish.editions import citations, references
from publish.languages import Language

_STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>Titles</title><id>titles</id><updated>2026-11-22T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><sort><key variable="title"/></sort>
<layout><text variable="title"/></layout></bibliography>
</style>"""


def collated(words: Sequence[str], language: Language, pandoc: Pandoc) -> tuple[str, ...]:
    """Words as the language's index has them: those in its own script first.

    In: words without markup. Out: the same words. Source: the Unicode collation algorithm with
    CLDR's rules for the language, which pandoc's citeproc follows in lists of references.
    """
    works = [{"id": f"word-{n}", "type": "book", "title": word} for n, word in enumerate(words)]
    calls = [{"t": "Cite", "c": [[citations.calling(work["id"]) for work in works], []]}]
    blocks = [{"t": "Plain", "c": calls}, trees.div([], "refs")]
    listing = Bibliography("csljson", json.dumps(works).encode())
    (*_, listed), _ = pandoc.cite(blocks, listing, _STYLE, language.tag)
    entries = references.native_first(listed, language, _STYLE)["c"][1]
    places = {entry["c"][0][0]: place for place, entry in enumerate(entries)}
    order = sorted(range(len(words)), key=lambda n: places.get(f"ref-word-{n}", len(words)))
    return tuple(words[n] for n in order)
