"""Memory: what pandoc answered before, so that what has not changed is not asked again.

It is a file below `build/` that may be deleted at any time: one that is missing, damaged or of
another pandoc is an empty one. Only answers are kept, never refusals, since one of those may
have been for want of time. It may be a stranger's: each answer is looked at when it is used, since
to look at all of them would take long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Raw

from publish.documents import shapes
from publish.replacing import replace

_MOST = 100_000  # answers; beyond that only those of the present run are kept


class Memory:
    """Answers by what was asked; `about` names who answers (a program and its version)."""

    def __init__(self, path: Path | None, about: str) -> None:
        self._path = path
        self._about = about.encode()
        self._known = self._read()
        self._used: dict[str, Raw] = {}
        self._grown = False

    def answers(
        self,
        kind: tuple[str, Any],
        questions: Sequence[str],
        ask: Callable[[list[int]], Sequence[Any]],
    ) -> list[Any]:
        """The answer to each question; `ask` is given the places of those that are unknown.

        `kind` is the name of such questions and the shape that their answers have.
        """
        name, shape = kind
        keys = [_digest(self._about, name.encode(), question.encode()) for question in questions]
        found = [shapes.plain(self._known.get(key, b""), shape) for key in keys]
        unknown = [n for n, answer in enumerate(found) if answer is None]
        for n, answer in zip(unknown, ask(unknown) if unknown else (), strict=True):
            if answer is not None:
                found[n], self._grown = answer, True
                self._known[keys[n]] = Raw(shapes.written(answer))
        self._used |= {key: self._known[key] for key in keys if key in self._known}
        return found

    def save(self) -> None:
        """Keep what is new; a memory that cannot be kept is no problem."""
        if self._path is None or not self._grown:
            return
        known = self._known if len(self._known) <= _MOST else self._used
        self._known, self._used, self._grown = known, {}, False
        data = shapes.written(known)
        with suppress(OSError):
            replace(self._path, f"{_digest(data)}\n".encode() + data)

    def _read(self) -> dict[str, Raw]:
        try:
            seal, _, data = self._path.read_bytes().partition(b"\n") if self._path else (b"",) * 3
        except OSError:
            return {}
        known = shapes.read(data, dict[str, Raw]) if seal == _digest(data).encode() else None
        return known or {}


def _digest(*parts: bytes) -> str:
    return blake2b(b"\0".join(parts), digest_size=16).hexdigest()
