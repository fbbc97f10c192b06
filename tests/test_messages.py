"""The promise of the walk: translating every message into itself changes nothing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generated
from publish import messages
from publish.documents import Document
from publish.documents.pandoc import Pandoc
from publish.documents.trees import Inlines
from publish.pandoc import program
from walking import blocks_of, document, inlines, keeps_the_promise

CASES = sorted(Path(__file__).parent.glob("cases/messages/*.md"))


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


def block_of(page: str, kind: str) -> str:
    found = re.search(rf"^````{kind}\n(.*?)^````$", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_the_messages_of_a_page_are(path: Path, pandoc: Pandoc) -> None:
    page = path.read_text("utf-8")
    found = keeps_the_promise(document(block_of(page, "markdown"), pandoc), pandoc)
    said = [
        f"{m.location.line}: {m.text!r}"
        + (f" ({m.context})" if m.context else "")
        + (f" [{m.comment}]" if m.comment else "")
        for m in found
    ]
    assert said == block_of(page, "messages").splitlines()


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(passages=st.lists(inlines, min_size=1, max_size=10))
def test_translating_into_the_same_words_changes_nothing_in_any_tree(
    pandoc: Pandoc, passages: list[Inlines]
) -> None:
    keeps_the_promise(Document("manuscript/text", blocks_of(passages)), pandoc)


@pytest.mark.parametrize("seed", range(3))
def test_a_long_manuscript_comes_back_as_it_was_and_hides_nothing(
    pandoc: Pandoc, seed: int
) -> None:
    made = generated.made(seed, 3000 if seed == 0 else 600)
    found = keeps_the_promise(document(made.text, pandoc), pandoc)
    assert len(found) == len(made.lines)
    assert not [message.text for message in found if message.hidden]


@pytest.mark.parametrize("format", ["rst", "latex", "html", "docx", "org", "typst", "odt"])
def test_a_manuscript_written_elsewhere_comes_back_as_it_was(pandoc: Pandoc, format: str) -> None:
    made = generated.made(7, 300)
    command = [program(), "--from=markdown", f"--to={format}", "--standalone", "--output=-"]
    data = subprocess.run(command, input=made.text.encode(), capture_output=True, check=True).stdout
    found = keeps_the_promise(document(data, pandoc, format), pandoc)
    assert len(found) > 100
    assert sum(bool(message.hidden) for message in found) <= 0.02 * len(found)


def test_extraction_is_the_same_each_time_and_does_not_mind_how_lines_are_wrapped(
    pandoc: Pandoc,
) -> None:
    made = generated.Made(3)
    for _ in range(60):
        generated.paragraph(made)
    made.flush()
    paragraphs = made.text.split("\n\n")
    wrapped = "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)
    first, again, other = (
        [(m.text, m.place) for m in messages.extract([document(text, pandoc)], pandoc)[0]]
        for text in (made.text, made.text, wrapped)
    )
    assert first == again
    assert first == other
