"""Bibliographies in CSL YAML: what pandoc would pass over without a word.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publish.metadata import nodes
from publish.metadata.nodes import Source
from publish.problems import Problem, PublishError

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
