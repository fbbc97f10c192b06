"""PDF: two judges of what it claims and says, and whether file and fonts are whole.

`page` (PDF/UA-1, PDF/A-3a) and `outloud` are Python packages; each is asked in a process of its
own (`conformance`, `speech`). No judge of PDF/X can be had that runs without a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from publish.checks.judges.programs import (
    Findings,
    NoVerdictError,
    each,
    package,
    program,
    python,
    run,
)

_FAULTS = ("not embedded", "whole, not a subset", "its text cannot be searched")


def conformance(documents: Sequence[Path], *profiles: str) -> Findings:
    """What breaks PDF/UA-1 and PDF/A-3a, or only these profiles, by `page`."""
    package("page", "page-validation")
    return _asked("conformance", documents, ",".join(profiles or ("ua1", "3a")))


def speech(documents: Sequence[Path]) -> Findings:
    """What readers would hear, by `outloud`, without its proven false alarms."""
    package("outloud", "outloud")
    return _asked("speech", documents)


def _asked(module: str, documents: Sequence[Path], *options: str) -> Findings:
    found = python(module, *options, *documents)
    return {document: found[str(document)] for document in documents}


def structure(documents: Sequence[Path]) -> Findings:
    """Qpdf: whether the file is whole."""
    program("qpdf", get="install qpdf")

    def judge(document: Path) -> list[str]:
        done = run("qpdf", "--check", document, fine=(0, 2, 3))
        return [] if done.returncode == 0 else (done.stderr or done.stdout).splitlines()

    return each(judge, documents)


def fonts(documents: Sequence[Path]) -> Findings:
    """Pdffonts: every font embedded, subset, and with a way back from glyphs to characters."""
    program("pdffonts", get="install poppler-utils")

    def judge(document: Path) -> list[str]:
        head, _, *rows = run("pdffonts", document).stdout.splitlines()
        if not rows or "emb sub uni object ID" not in head:
            raise NoVerdictError(f"pdffonts sees no font in {document}")
        return [
            f"{row.split()[0]}: {fault}"
            for row in rows
            for fault, answer in zip(_FAULTS, row.split()[-5:-2], strict=True)
            if answer != "yes"
        ]

    return each(judge, documents)
