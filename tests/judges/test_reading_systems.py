"""A reading system opens every book: epub.js in Chromium, by day and by night, at three sizes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from judges import samples
from judges.jury import Built
from publish.checks.judges.programs import CHROMIUM, Findings, node_package, parse, program, run

SCRIPT = Path(__file__).with_name("reader.cjs")


def read(books: list[Path]) -> Findings:
    modules = node_package("epubjs").parent
    browser = program(*CHROMIUM)
    done = run(
        "node", SCRIPT, *books, NODE_PATH=str(modules), PUPPETEER_EXECUTABLE_PATH=browser
    )  # fmt: skip
    verdicts = parse(done.stdout)
    return {book: verdicts[str(book)] for book in books}


def test_every_page_is_painted_and_can_be_read_by_night(built: Built) -> None:
    faults = [
        f"{book.parent.name}: {f}" for book, found in read(built.books).items() for f in found
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("text.xhtml", "Words.", "<span style='color: #722'>Words.</span>", r"contrast.*night"),
        ("text.xhtml", "Words.", "<img alt='A' src='nothing.png'/>", "not painted"),
    ],
)
def test_a_reading_system_bites(tmp_path: Path, part: str, old: str, new: str, fault: str) -> None:
    (found,) = read([samples.book(tmp_path, "faulty", part, old, new)]).values()
    assert any(re.search(fault, each) for each in found), found
