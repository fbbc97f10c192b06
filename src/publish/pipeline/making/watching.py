"""Watching: a publication's files, to build again whenever one of them has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress

from publish.project import Project

_PAUSE = 0.02  # seconds between two looks; and so long nothing may change before it is told
_SHARE = 20  # looking takes a twentieth of the time at most

# Times and sizes of files by their paths.
_Seen = Mapping[str, tuple[int, int]]


def changes(project: Project) -> Iterator[None]:
    """Once at the beginning, then whenever what people write has changed, and is at rest."""
    told: _Seen | None = None
    before: _Seen | None = None
    while True:
        begin = time.monotonic()
        now = _seen(project)
        took = time.monotonic() - begin
        if now == before and now != told:
            told = now
            yield
        before = now
        time.sleep(max(_PAUSE, _SHARE * took))


def _seen(project: Project) -> _Seen:
    """All files that a build may read."""
    folders = (project.manuscript, project.translations, project.styles)
    return dict(each for folder in folders for each in _below(folder))


def _below(folder: str | os.PathLike[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    with suppress(OSError), os.scandir(folder) as found:
        for each in found:
            if each.is_dir(follow_symlinks=False):
                yield from _below(each.path)
                continue
            with suppress(OSError):  # it went while we looked
                about = each.stat()
                yield each.path, (about.st_mtime_ns, about.st_size)
