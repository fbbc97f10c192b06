"""Foreseeing: a pandoc that reads chapters before we know how a manuscript is read.

To import that takes as long as pandoc does for a chapter. What is foreseen wrongly, or not at all,
costs time and nothing else: an answer is taken only by who asks just that question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from publish import pandoc
from publish.problems import PublishError
from publish.project import Project

_MARKDOWN = b"markdown"
_CHAPTERS = re.compile(r"^chapters:[ \t]*\n((?:[ \t]*-[ \t]+[\w.-]+\.md[ \t]*\n)+)", re.MULTILINE)
_SECONDS = 120  # of a processor, until somebody waits for its answers


def begun(project: Project) -> pandoc.Begun:
    """A pandoc that has begun with the chapters, as far as these can be told by a look.

    Errors: PublishError `pandoc-missing`.
    """
    early = pandoc.Begun(pandoc.start(), [])
    pandoc.let_end(early.process.pid, _SECONDS)
    with suppress(PublishError, OSError):  # told by whoever reads it next
        for text in _chapters(project):
            early.ask(pandoc.request("read", [_MARKDOWN, text.encode()]))
    return early


def _chapters(project: Project) -> Iterator[str]:
    """The texts of chapters that stand in the manuscript's folder, where a list names them."""
    found = _CHAPTERS.search(project.text(project.manuscript / "metadata.yaml"))
    for name in re.findall(r"\S+\.md", found[1] if found else ""):
        yield project.text(project.manuscript / name)
