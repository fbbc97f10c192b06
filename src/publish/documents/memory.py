"""Memory: what pandoc answered before, so that what has not changed is not asked again.

It is a file below `build/` that may be deleted at any time: one that is missing, damaged or of
another pandoc is an empty one. Only answers are kept, never refusals, since one of those may
have been for want of time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from publish.replacing import replace

_MOST = 100_000  # answers; beyond that only those of the present run are kept


class Memory:
    """Answers by what was asked; `about` names who answers (a program and its version)."""

    def __init__(self, path: Path | None, about: str) -> None:
        self._path = path
        self._about = about
        self._known = self._read()
        self._used: dict[str, Any] = {}
        self._grown = False

    def answers(
        self, kind: str, questions: Sequence[str], ask: Callable[[list[int]], Sequence[Any]]
    ) -> list[Any]:
        """The answer to each question; `ask` is given the places of those that are unknown."""
        keys = [_digest(self._about, kind, question) for question in questions]
        unknown = [n for n, key in enumerate(keys) if key not in self._known]
        asked = dict(zip(unknown, ask(unknown), strict=True)) if unknown else {}
        found = [asked[n] if n in asked else self._known[key] for n, key in enumerate(keys)]
        kept = {key: each for key, each in zip(keys, found, strict=True) if each is not None}
        self._grown |= any(key not in self._known for key in kept)
        self._known |= kept
        self._used |= kept
        return found

    def save(self) -> None:
        """Keep what is new; a memory that cannot be kept is no problem."""
        if self._path is None or not self._grown:
            return
        known = self._known if len(self._known) <= _MOST else self._used
        self._known, self._used, self._grown = known, {}, False
        text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        with suppress(OSError):
            replace(self._path, f"{_digest(text)}\n{text}".encode())

    def _read(self) -> dict[str, Any]:
        try:
            seal, _, text = (
                self._path.read_text("utf-8").partition("\n") if self._path else ("",) * 3
            )
            return json.loads(text) if seal and seal == _digest(text) else {}
        except (OSError, ValueError):
            return {}


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
