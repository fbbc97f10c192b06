"""What the judges judge: the artefacts, and the catalogues they were made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Built:
    """A publication that was built in every format."""

    editions: list[str]
    pages: list[Path]
    books: list[Path]
    documents: list[Path]
    catalogues: list[Path]
