"""Checks of what citations are made with: the bibliography, and the style that sets them.

Citation Style Language: https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree

from publish.documents import trees
from publish.documents.pandoc import Bibliography, Pandoc
from publish.documents.serving import PandocError
from publish.documents.trees import Blocks
from publish.editions.citations import calling
from publish.manuscripts import File
from publish.metadata import Source, bibliographies, load
from publish.problems import Location, Problem, PublishError

_STYLE = "{http://purl.org/net/xbiblio/csl}style"
_PLACE = re.compile(r"(Error )?\(?\b(at )?\(?line \d+,? column \d+\)?( \(char \d+\))?")
_STYLED = "en"  # the language in which a style is tried …
# … on two works that are to be sorted: what pandoc needs for that it then has for all editions.
_WORKS = b"""
- {id: a, type: book, title: A, author: [{family: Roe, given: R.}], issued: 2001}
- {id: b, type: book, title: B, author: [{family: Doe, given: J.}], issued: 2001}
"""
_SAVE = "Take the style from https://www.zotero.org/styles once more, or mend the line."


def keys(file: File | None, pandoc: Pandoc) -> set[str]:
    """The citation keys of a bibliography.

    PublishError `bibliography-syntax`, `bibliography-duplicate`, `metadata-yaml`.
    """
    if file is None:
        return set()
    if file.format == "yaml":
        load(file.data.decode(), file.path)
    elif file.format == "csljson":
        _load_json(file)
    try:
        return pandoc.keys(file.data, file.format)
    except PandocError as error:
        raise PublishError(_syntax(str(error), file.path)) from error


def _load_json(file: File) -> None:
    try:
        works = json.loads(file.data)
    except (ValueError, RecursionError) as error:
        raise PublishError(_syntax(str(error), file.path)) from error
    problems = list(bibliographies.check(works, Source(file.path, {})))
    if problems:
        raise PublishError(*problems)


def _syntax(said: str, path: str) -> Problem:
    """A bibliography that cannot be read, at the line that its reader names."""
    found = re.search(r"\bline (\d{1,9})", said)
    words = " ".join(_PLACE.sub("", said).split()).strip(" :")
    what = f"the bibliography cannot be read: {words[:200]}"
    hint = "See that every bracket and quotation mark in the works above is closed."
    place = Location(path, int(found[1]) if found else None)
    return Problem("bibliography-syntax", what, place, hint=hint)


def style(file: File | None, pandoc: Pandoc) -> Iterator[Problem]:
    """Whether a citation style can be used: `citation-style`, `citation-style-dependent`.

    A style that only names another is refused here, because pandoc would fetch that one.
    """
    if file is None:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(file.data, parser)
    except etree.XMLSyntaxError as error:
        yield _wrong(f"this is not XML: {error.msg}", Location(file.path, error.lineno or 1))
        return
    if root.tag != _STYLE:
        yield _wrong("this is not a citation style (CSL)", Location(file.path, root.sourceline))
        return
    links = [link for link in root.iter("{*}link") if link.get("rel") == "independent-parent"]
    if links:
        what = "this style has no rules of its own, it only names another"
        hint = f"Put that one in its place: {links[0].get('href')}"
        place = Location(file.path, links[0].sourceline)
        yield Problem("citation-style-dependent", what, place, hint=hint)
        return
    try:
        pandoc.cite(_cited(), Bibliography("yaml", _WORKS), file.data.decode(), _STYLED)
    except PandocError as error:
        what = " ".join(str(error).split())[:200]
        yield _wrong(f"the style cannot be used: {what}", Location(file.path, 1))


def _cited() -> Blocks:
    """The two works, called in a text."""
    call = {"t": "Cite", "c": [[calling("a"), calling("b")], []]}
    return [{"t": "Plain", "c": [call]}, trees.div([], "refs")]


def _wrong(what: str, place: Location) -> Problem:
    return Problem("citation-style", what, place, hint=_SAVE)
