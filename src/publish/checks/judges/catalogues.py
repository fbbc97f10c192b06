"""Catalogues: gettext's own msgfmt."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from publish.checks.judges.programs import Findings, each, program, run


def msgfmt(catalogues: Sequence[Path]) -> Findings:
    """The header, format and plural forms of catalogues."""
    program("msgfmt", get="install gettext")

    def judge(catalogue: Path) -> list[str]:
        done = run("msgfmt", "-c", "-o", os.devnull, catalogue, fine=(0, 1), LC_ALL="C.UTF-8")
        return done.stderr.splitlines()

    return each(judge, catalogues)
