"""Memory: what pandoc answered is not asked again, and nothing can be wrong for it."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

import pytest

from publish.documents.memory import Memory
from publish.documents.pandoc import Pandoc


def counting(asked: list[str], questions: list[str]) -> object:
    def ask(places: list[int]) -> list[str]:
        asked.extend(questions[n] for n in places)
        return [questions[n].upper() for n in places]

    return ask


def run(path: Path, questions: list[str], about: str = "a program") -> tuple[list[str], list[str]]:
    """The answers to questions, and those that had to be asked."""
    asked: list[str] = []
    memory = Memory(path, about)
    answers = memory.answers(("kind", str), questions, counting(asked, questions))  # type: ignore[arg-type]  # a test's own
    memory.save()
    return answers, asked


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "memory.json"
    assert run(path, ["a", "b"]) == (["A", "B"], ["a", "b"])
    assert run(path, ["b", "c"]) == (["B", "C"], ["c"])
    assert run(path, ["a", "b", "c"]) == (["A", "B", "C"], [])


def test_another_program_is_asked_itself(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    run(path, ["a"])
    assert run(path, ["a"], about="another") == (["A"], ["a"])


def sealed(data: bytes) -> bytes:
    """What anybody can write, and would be believed if its seal were all that is looked at."""
    return blake2b(data, digest_size=16).hexdigest().encode() + b"\n" + data


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"0123\n{}",
        *map(sealed, (b"[]", b"5", b'{"a": \xff}', b"[" * 99_999, b'{"a":' * 99_999)),
    ],
)
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "memory.json"
    run(path, ["a"])
    path.write_bytes(damage)
    assert run(path, ["a"]) == (["A"], ["a"])


def test_one_changed_letter_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    run(path, ["a"])
    path.write_bytes(path.read_bytes().replace(b'"A"', b'"B"'))
    assert run(path, ["a"]) == (["A"], ["a"])


@pytest.mark.parametrize("answer", [b"5", b'{"t":5}', b'[{"t":"Strange"}]', b"[" * 99_999, b"null"])
def test_an_answer_that_is_none_is_not_believed(tmp_path: Path, answer: bytes) -> None:
    path, texts = tmp_path / "memory.json", ["a *b* [^1]"]
    with Pandoc(memory=path) as pandoc:
        fresh = pandoc.inlines(texts)
    ((key, _),) = json.loads(path.read_bytes().partition(b"\n")[2]).items()
    path.write_bytes(sealed(b'{"%s":%s}' % (key.encode(), answer)))
    with Pandoc(memory=path) as pandoc:
        assert pandoc.inlines(texts) == fresh


def test_a_refusal_is_not_kept(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.json", "")
    assert memory.answers(("kind", str), ["a"], lambda places: [None for _ in places]) == [None]
    assert memory.answers(("kind", str), ["a"], lambda _: ["now"]) == ["now"]


def test_a_memory_that_cannot_be_written_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file where a folder should be")
    assert run(tmp_path / "folder" / "memory.json", ["a"]) == (["A"], ["a"])


def test_pandoc_answers_the_same_with_and_without_a_memory(tmp_path: Path) -> None:
    texts = ["19. Juni 2024", "a *b* [^1]", "two\n\nparagraphs", '"quoted" – and so on']
    with Pandoc() as pandoc:
        fresh = pandoc.inlines(texts)
        written = pandoc.texts([each for each in fresh if each])
    for _ in range(2):
        with Pandoc(memory=tmp_path / "memory.json") as pandoc:
            assert pandoc.inlines(texts) == fresh
            assert pandoc.texts([each for each in fresh if each]) == written
