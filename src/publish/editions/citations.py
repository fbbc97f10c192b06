"""Citations and the list of references, set by a CSL style in the edition's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from publish.documents import trees
from publish.documents.pandoc import Bibliography, Pandoc
from publish.documents.trees import Blocks, Inlines, Node
from publish.editions import excerpts, references
from publish.editions.citing import Record
from publish.languages import Language
from publish.manuscripts import Manuscript


def resolved(
    chapters: Sequence[Blocks],
    manuscript: Manuscript,
    over: bytes,
    language: Language,
    words: Mapping[str, str],
    pandoc: Pandoc,
) -> list[Blocks]:
    """Chapters with their citations set, the references as a section at the end of the last.

    All chapters are set together, so that a work has one form in all of them. `over` is the
    edition's own CSL YAML: names and titles of works as its language has them.
    """
    bibliography = manuscript.bibliography
    if not bibliography:
        return list(chapters)
    works = Bibliography(bibliography.format, bibliography.data, over)
    divs = [trees.div(excerpts.excerpt(blocks)) for blocks in chapters]
    blocks = [*divs, trees.div([], "refs")]
    cited, _ = pandoc.cite(blocks, works, manuscript.csl, language.tag)
    *changed, listed = cited
    result = [
        excerpts.restored(chapter, div["c"][1])
        for chapter, div in zip(chapters, changed, strict=True)
    ]
    if listed["c"][1]:
        if manuscript.metadata.reference_language == "work":
            listed = _in_own_languages(listed, blocks, works, manuscript.csl, language, pandoc)
        listed = references.native_first(listed, language, manuscript.csl)
        upright = language.emphasis == "weight"
        result[-1] += _section(_titled(listed) if upright else listed, words)
    return result


def _in_own_languages(
    listed: Node,
    blocks: Blocks,
    works: Bibliography,
    style: str,
    language: Language,
    pandoc: Pandoc,
) -> Node:
    """The list with each work's own terms; pandoc is asked again for each other language in it."""
    *_, items = pandoc.archive([], works)
    own = references.languages_of(items)

    def in_language(tag: str) -> Node:
        return pandoc.cite(blocks, works, style, tag)[0][-1]

    return references.in_own_languages(listed, own, language, in_language)


def entry(item: Record, style: str, language: Language, pandoc: Pandoc) -> Inlines:
    """How a work is cited: its entry in a list of references.

    In: an item of CSL-JSON, a CSL style ('' for pandoc's own). Out: nothing if the style makes
    no list.
    """
    works = Bibliography("csljson", json.dumps([item]).encode())
    call = {"t": "Cite", "c": [[calling(item["id"])], []]}
    blocks = [{"t": "Plain", "c": [call]}, trees.div([], "refs")]
    (*_, listed), _ = pandoc.cite(blocks, works, style, language.tag)
    upright = _titled(listed) if language.emphasis == "weight" else listed
    paragraphs = [entry["c"][1][0]["c"] for entry in upright["c"][1]]
    return paragraphs[0] if paragraphs else []


def calling(key: str) -> Node:
    """A call of a work, as it stands in a `Cite`."""
    return {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def _titled(listed: Node) -> Node:
    """References without emphasis on titles in letters that have no slanted form.

    Such a language marks a title with brackets of its own (「」 in Korean), not by weight.
    """

    def change(node: Node) -> list[Node] | None:
        return node["c"] if any(map(_caseless, trees.text(node["c"]))) else None

    return trees.rewritten([listed], change, {"Emph"})[0]  # type: ignore[no-any-return]  # a list for a list


def _caseless(sign: str) -> bool:
    return sign.isalpha() and sign.lower() == sign.upper()


def _section(listed: Node, words: Mapping[str, str]) -> Blocks:
    heading = escape(words["references"])
    start = (
        f'<section id="references" class="references" role="doc-bibliography"><h2>{heading}</h2>'
    )
    raw = [{"t": "RawBlock", "c": ["html", text]} for text in (start, "</section>")]
    return [raw[0], listed, raw[1]]
