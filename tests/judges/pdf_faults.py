"""A good PDF with one fault put into it, which a judge that is half deaf would not hear."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf


def silence(good: Path, spoilt: Path) -> None:
    """The pieces of the second page's text are artifacts, as running heads are."""
    with pikepdf.open(good) as pdf:
        page = pdf.pages[1]
        content = page.Contents.read_bytes()
        silent = re.sub(rb"/\w+\s*<<[^>]*/MCID \d+[^>]*>>\s*BDC", b"/Artifact BMC", content)
        assert silent != content
        page.Contents = pdf.make_stream(silent)
        pdf.save(spoilt)


def scramble(good: Path, spoilt: Path) -> None:
    """The sections and their paragraphs are read from the last to the first."""
    with pikepdf.open(good) as pdf:
        part = next(kid for kid in pdf.Root.StructTreeRoot.K[0].K if kid.S == "/Part")
        for section in part.K:
            section.K = pikepdf.Array(reversed(list(section.K)))
        pdf.save(spoilt)


def behead(good: Path, spoilt: Path) -> None:
    """The head cells of all tables are cells like the others, and look as they did."""
    with pikepdf.open(good) as pdf:
        heads = [each for each in pdf.objects if _is(each, "/TH")]
        assert heads
        for head in heads:
            head.S = pikepdf.Name.TD
            del head.A
        for cell in (each for each in pdf.objects if _is(each, "/TD") and "/A" in each):
            del cell.A  # the names of its heads
        pdf.save(spoilt)


def _is(node: object, kind: str) -> bool:
    return isinstance(node, pikepdf.Dictionary) and node.get("/S") == kind
