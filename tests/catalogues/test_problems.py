"""Each thing that can be wrong with a catalogue is named, with its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish import catalogues
from publish.problems import Problem, PublishError

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
GOOD = 'msgid "good"\nmsgstr "gut"\n\n'


def problems(source: str | bytes) -> list[Problem]:
    with pytest.raises(PublishError) as caught:
        catalogues.parse(source, "ko.po")
    assert all(problem.hint for problem in caught.value.problems)
    assert all(problem.location.path == "ko.po" for problem in caught.value.problems)
    return list(caught.value.problems)


def told(source: str | bytes) -> list[tuple[str, int | None]]:
    return [
        (problem.code.removeprefix("catalogue-"), problem.location.line)
        for problem in problems(source)
    ]


@pytest.mark.parametrize(
    ("entry", "line", "what"),
    [
        ('msgid "a\nmsgstr "b"\n', 4, "closing quotation mark"),
        ('msgid "a" b\nmsgstr "b"\n', 4, "outside its quotation marks"),
        ('msgid "the "word" here"\nmsgstr "b"\n', 4, "outside its quotation marks"),
        ('msgid "a"\nmsgtsr "b"\n', 5, "neither a keyword"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 5, "without msgstr"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 5, "without msgstr"),
        ('msgstr "b"\n', 4, "msgstr in the wrong place"),
        ('# remark\n"text"\n', 5, "neither a keyword"),
        ('msgid "a"\nmsgstr "b\\q"\n', 4, r"\q"),
        ('msgid "a"\nmsgstr "b\\377"\n', 4, r"\377"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "a"\nmsgstr[2] "b"\n', 4, "numbered"),
        (f'msgid "a"\nmsgid_plural "b"\nmsgstr[{"1" * 5000}] "a"\n', 4, "numbered"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "a"\n', 4, "msgid_plural"),
        ('msgid "a"\nmsgstr[0] "a"\n', 4, "msgid_plural"),
        ('#| what was\nmsgid "a"\nmsgstr "a"\n', 5, "#|"),
        ('#~ msgid "a"\nmsgstr "a"\n', 5, "half of which"),
    ],
)
def test_a_mistake_in_an_entry_is_shown_with_its_line(entry: str, line: int, what: str) -> None:
    (problem,) = problems(HEADER + entry + "\n" + GOOD)
    assert (problem.code, problem.location.line) == ("catalogue-syntax", line)
    assert what in problem.message


@pytest.mark.parametrize(
    ("end", "line"),
    [
        ('msgid "a"\nmsgstr "b', 5),
        ('msgid "a"\nmsgstr "b\n', 5),
        ('msgid "a"\nmsgstr "b\\', 5),
        ('msgid "a"\nmsgs', 5),
        ('msgid "a"\n', 4),
        ('msgid "a"', 4),
        ("#: manuscript/arti", 4),
        ("# remark\n#. heading › para", 5),
    ],
)
def test_a_file_that_breaks_off_is_called_truncated(end: str, line: int) -> None:
    assert told(HEADER + end) == [("truncated", line)]


def test_an_empty_file_is_called_truncated() -> None:
    assert told(b"") == told("\n\n") == [("truncated", None)]


def test_every_way_of_cutting_a_file_short_gives_problems_or_a_shorter_catalogue() -> None:
    data = (Path(__file__).parent / "cases" / "poedit.po").read_bytes()
    whole = catalogues.parse(data)
    for end in range(len(data)):
        try:
            part = catalogues.parse(data[:end])
        except PublishError:
            continue
        assert len(part.entries) <= len(whole.entries)
        assert catalogues.serialise(part) == data[:end]


def test_a_file_without_a_header_is_refused() -> None:
    assert told(GOOD) == told("# a remark\n") == [("header", 1)]


def test_a_header_must_name_a_charset() -> None:
    assert told('msgid ""\nmsgstr "Language: ko\\n"\n\n' + GOOD) == [("header", 1)]


@pytest.mark.parametrize(
    "charset",
    "EUC-KR KOI8-R ISO-8859-1 CHARSET no-such-thing cp999 iso-8859-12 windows-9999".split(),
)
def test_another_charset_than_utf8_is_refused_with_the_way_to_convert_it(charset: str) -> None:
    (problem,) = problems(HEADER.replace("UTF-8", charset).encode() + GOOD.encode())
    assert problem.code == "catalogue-charset"
    assert charset in problem.message


def test_a_file_in_its_own_charset_is_read_for_further_problems() -> None:
    text = HEADER.replace("UTF-8", "EUC-KR") + 'msgid "북한"\nmsgstr "한국"\n\n' * 2
    first, second = problems(text.encode("euc-kr"))
    assert (first.code, second.code) == ("catalogue-charset", "catalogue-duplicate")
    assert "북한" in second.message


def test_bytes_that_are_not_utf8_are_shown_with_their_line() -> None:
    (problem,) = problems((HEADER + 'msgid "a"\nmsgstr "für"\n').encode("latin-1"))
    assert (problem.code, problem.location.line) == ("catalogue-charset", 5)
    assert "0xFC" in problem.message


def test_a_message_that_is_there_twice_names_both_lines() -> None:
    (problem,) = problems(HEADER + GOOD + GOOD)
    assert (problem.code, problem.location.line) == ("catalogue-duplicate", 7)
    assert "line 4" in problem.message


def test_the_same_text_in_two_contexts_or_as_memory_is_no_duplicate() -> None:
    other = 'msgctxt "x"\n' + GOOD
    memory = '#~ msgid "good"\n#~ msgstr "fein"\n'
    assert len(catalogues.parse(HEADER + GOOD + other + memory).entries) == 3


def test_each_merge_conflict_is_shown_and_nothing_that_follows_from_it() -> None:
    conflict = '<<<<<<< HEAD\nmsgstr "a"\n=======\nmsgstr "b"\n>>>>>>> theirs\n\n'
    text = HEADER + 'msgid "a"\n' + conflict + 'msgid "b"\n' + conflict
    assert told(text) == [("conflict", 5), ("conflict", 12)]


def test_the_marks_of_a_conflict_may_stand_in_a_message() -> None:
    catalogue = catalogues.parse(HEADER + 'msgid "\\n<<<<<<< HEAD"\nmsgstr ""\n')
    assert catalogue.untranslated


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_lines() -> None:
    text = HEADER + 'msgid "a" b\nmsgstr ""\n\n' + GOOD + 'msgid "c\\q"\nmsgstr ""\n\n' + GOOD
    assert told(text + "msgid") == [
        ("syntax", 4),
        ("syntax", 10),
        ("duplicate", 13),
        ("truncated", 16),
    ]


def test_a_broken_header_is_one_problem_and_not_two() -> None:
    assert told('msgid ""\nmsgstr "Content-Type: x\n\n' + GOOD) == [("syntax", 2)]


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path / "none.po", tmp_path):
        with pytest.raises(PublishError) as caught:
            catalogues.read(path)
        (problem,) = caught.value.problems
        assert problem.code == "catalogue-unreadable"
        assert problem.location.path == str(path)


def test_hostile_input_takes_no_more_than_its_length() -> None:
    for text in ('"' * 100_000, "#" * 100_000, "\\" * 100_000, "\n" * 100_000, "#~ " * 50_000):
        assert problems(HEADER + 'msgid "a' + text)
        assert problems(HEADER + 'msgid "a"\nmsgstr' + text + "x")
    assert len(problems(HEADER + 'msgid "a\n\n' * 2_000)) == 2_000
