"""EPUB: EPUBCheck, the reference validator, and Ace by DAISY, for accessibility."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from publish import locks
from publish.checks.judges.programs import (
    JAVA,
    Findings,
    NoVerdictError,
    node_package,
    package,
    parse,
    program,
    run,
)
from publish.checks.judges.webs import chromium

BOOKS = Path(__file__).with_name("Books.java")
_BAD = {"FATAL", "ERROR", "WARNING"}


def epubcheck(books: Sequence[Path]) -> Findings:
    """EPUBCheck 5: errors and warnings, of all books from one JVM."""
    jar = package("epubcheck", "epubcheck") / "epubcheck.jar"
    program("java", get="install a Java runtime, 11 or later")
    with locks.workplace() as folder:
        reports = {book: folder / f"{n}.json" for n, book in enumerate(books)}
        names = [path for pair in reports.items() for path in pair]
        run(*JAVA, "-cp", jar, BOOKS, *names)
        return {book: _findings(report) for book, report in reports.items()}


def ace(books: Sequence[Path]) -> Findings:
    """Ace: everything that it asserts."""
    node_package("@daisy/ace-core")
    return chromium(books)


def _findings(path: Path) -> list[str]:
    if not path.is_file():
        raise NoVerdictError("EPUBCheck wrote no report")
    report = parse(path.read_text("utf-8"))
    checked = report["checker"]
    count = checked["nFatal"] + checked["nError"] + checked["nWarning"]
    found = [
        f"{message['severity']} {message['ID']} {_place(message)}: {message['message']}"
        for message in report["messages"]
        if message["severity"] in _BAD
    ]
    if bool(count) != bool(found):
        raise NoVerdictError(f"EPUBCheck counts {count} findings and shows {len(found)}")
    return found


def _place(message: dict[str, Any]) -> str:
    """Where EPUBCheck saw it first."""
    location: dict[str, Any] = next(iter(message["locations"]), {})
    return f"{location.get('path', '')}:{location.get('line', '')}"
