"""Watching: a publication's files, to build again whenever one of them has changed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from publish.project import Project, files

_PAUSE = 0.05  # seconds between two looks; and so long nothing may change before it is told
_SHARE = 10  # looking takes a tenth of the time at most


def changes(project: Project) -> Iterator[None]:
    """Once at the beginning, then whenever what people write has changed, and is at rest."""
    told: Mapping[str, tuple[int, int]] | None = None
    before: Mapping[str, tuple[int, int]] | None = None
    while True:
        begin = time.monotonic()
        now = _seen(project)
        took = time.monotonic() - begin
        if now == before and now != told:
            told = now
            yield
        before = now
        time.sleep(max(_PAUSE, _SHARE * took))


def _seen(project: Project) -> Mapping[str, tuple[int, int]]:
    """Times and sizes of all files that a build may read."""
    seen = {}
    for folder in (project.manuscript, project.translations, project.styles):
        for path in files(folder):
            try:
                about = path.stat()
            except OSError:  # it went while we looked
                continue
            seen[str(path)] = (about.st_mtime_ns, about.st_size)
    return seen
