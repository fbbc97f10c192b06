"""Bibliographies in CSL YAML: what pandoc would pass over without a word.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from publish.metadata import nodes
from publish.metadata.nodes import Source
from publish.problems import Problem, PublishError, Severity

_DAY = r"-?\d{1,5}(-\d\d?){0,2}[?~%]*"
_DATE = re.compile(rf"{_DAY}(/({_DAY})?)?")
_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic
collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing
interview legal_case legislation manuscript map motion_picture musical_score pamphlet
paper-conference patent performance periodical personal_communication post post-weblog regulation
report review review-book software song speech standard thesis treaty webpage
""".split()  # CSL 1.0.2, appendix III
_EXAMPLE = "Below `references:` each work begins with “- id: …”; see docs/authors.md."


def load(text: str, path: str) -> list[dict[str, Any]]:
    """The works of a bibliography in CSL YAML, as plain values.

    PublishError `metadata-yaml`, `bibliography-syntax`, `bibliography-duplicate`.
    """
    node = nodes.compose(text, path)
    data, source = nodes.values(node), nodes.source(node, path)
    prefix = "" if isinstance(data, list) else "references."
    works = data.get("references", data or []) if isinstance(data, dict) else data
    problems = [*nodes.duplicates(node, path), *check(works, source, prefix)]
    if problems:
        raise PublishError(*problems)
    return list(works)


def odd(text: str, path: str) -> Iterator[Problem]:
    """Warnings `bibliography-value`: a type that CSL has not, a date that would be none."""
    node = nodes.compose(text, path)
    data, source = nodes.values(node), nodes.source(node, path)
    prefix = "" if isinstance(data, list) else "references."
    works = data.get("references", []) if isinstance(data, dict) else data
    for n, work in enumerate(works or []):
        kind, issued = work.get("type", ""), work.get("issued", "")
        if kind and kind not in _TYPES:
            near = get_close_matches(str(kind), _TYPES, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"There are {', '.join(_TYPES)}."
            what = f"“{kind}” is no type of a work"
            place = source.at(f"{prefix}{n}.type")
            yield Problem("bibliography-value", what, place, Severity.WARNING, hint)
        if isinstance(issued, str) and issued and not _DATE.fullmatch(issued):
            hint = "Write it year-month-day: 2020, 2020-05 or 2020-05-31; a span: 2019/2020."
            what = f"“{issued}” cannot be read as a date; the work would have none"
            place = source.at(f"{prefix}{n}.issued")
            yield Problem("bibliography-value", what, place, Severity.WARNING, hint)


def check(works: Any, source: Source, prefix: str = "") -> Iterator[Problem]:
    """Whether values are a list of works, each with an id of its own."""
    if not isinstance(works, list):
        what = "this is no list of works"
        yield Problem("bibliography-syntax", what, source.at(prefix.strip(".")), hint=_EXAMPLE)
        return
    first: dict[str, int | None] = {}
    for n, work in enumerate(works):
        place = source.at(f"{prefix}{n}")
        id = str(work.get("id", "")) if isinstance(work, dict) else ""
        if not id:
            what = "a work without an id"
            yield Problem("bibliography-syntax", what, place, hint=_EXAMPLE)
        elif id in first:
            what = f"“{id}” again" + (f"; it was in line {first[id]} already" if first[id] else "")
            hint = "Keep one of the two, or give one another id."
            yield Problem("bibliography-duplicate", what, place, hint=hint)
        first.setdefault(id, place.line)
