"""Judges: independent programs that look at what was built, side by side.

Each judge is a line in `JUDGES`; its module knows where to find it and how to ask it. A judge
that did not really look gives no verdict: silence is never a good one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from publish.checks.judges import catalogues, epubs, pdfs, programs, webs
from publish.checks.judges.programs import AbsentError, Findings, NoVerdictError


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge: what it looks at, by the ends of files' names, and for what."""

    name: str
    suffixes: tuple[str, ...]
    about: str
    ask: Callable[[Sequence[Path]], Findings]

    def takes(self, path: Path) -> bool:
        """Whether a file is for this judge; what goes to the press only asks to be whole."""
        ends = ("".join(path.suffixes[-2:]), path.suffix)
        return next((end in self.suffixes for end in ends if end in _KINDS), False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge said of some files; `absent` and `failed` tell why it said nothing."""

    judge: Judge
    files: tuple[Path, ...]
    findings: Findings = field(default_factory=dict)
    absent: str = ""
    failed: str = ""

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(map(len, self.findings.values()))


# The slowest first, so that the others run beside them.
JUDGES = (
    Judge("Ace", (".epub",), "accessibility of EPUB", epubs.ace),
    Judge("axe", (".html",), "accessibility of pages, at three widths, by day and night", webs.axe),
    Judge("EPUBCheck", (".epub",), "EPUB 3.3", epubs.epubcheck),
    Judge("Nu", (".html",), "HTML", webs.nu),
    Judge("page", (".pdf",), "PDF/UA-1 and PDF/A-3a", pdfs.conformance),
    Judge("outloud", (".pdf",), "what a PDF says when it is read aloud", pdfs.speech),
    Judge("qpdf", (".pdf", ".press.pdf"), "whether the PDF is whole", pdfs.structure),
    Judge("pdffonts", (".pdf", ".press.pdf"), "fonts embedded, text can be searched", pdfs.fonts),
    Judge("msgfmt", (".po",), "gettext catalogues", catalogues.msgfmt),
)
_KINDS = {suffix for judge in JUDGES for suffix in judge.suffixes}


def verdicts(files: Sequence[Path]) -> Iterator[Verdict]:
    """What each judge says of those of the files that are for it; in the order of `JUDGES`.

    However this ends, no judge is left running.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        asked = [
            pool.submit(_verdict, judge, own)
            for judge in JUDGES
            if (own := tuple(path for path in files if judge.takes(path)))
        ]
        try:
            for future in asked:
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            programs.stop()


def _verdict(judge: Judge, files: tuple[Path, ...]) -> Verdict:
    try:
        return Verdict(judge, files, judge.ask(files))
    except AbsentError as error:
        return Verdict(judge, files, absent=str(error))
    except NoVerdictError as error:
        return Verdict(judge, files, failed=str(error))
