"""Watching: a publication's files, to build again whenever one of them has changed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from publish.project import Project, files

_PAUSE = 0.25  # seconds between two looks; and so long nothing may change before it is told


def changes(project: Project) -> Iterator[None]:
    """Once at the beginning, then whenever what people write has changed, and is at rest."""
    told: Mapping[str, tuple[int, int]] | None = None
    while True:
        now = _seen(project)
        if now != told and now == _after_a_pause(project):
            told = now
            yield
        time.sleep(_PAUSE)


def _after_a_pause(project: Project) -> Mapping[str, tuple[int, int]]:
    time.sleep(_PAUSE)
    return _seen(project)


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
