"""Reviews: a record holds for the text that was reviewed, and for no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.catalogues import Entry, reviews
from publish.catalogues.reviews import Reviews, State
from publish.problems import PublishError

TEXT = st.text(max_size=20)
WORDS = st.text(min_size=1, max_size=20)
GOOD = Entry("One.", "Eins.")


def approved(*entries: Entry) -> Reviews:
    return Reviews().given(entries, State.APPROVED, "Eva", "2026-11-22")


@given(WORDS, WORDS, st.none() | TEXT, TEXT, st.none() | TEXT)
def test_what_was_approved_is_so_and_nothing_else(
    text: str, words: str, context: str | None, other: str, place: str | None
) -> None:
    entry = Entry(text, words, context)
    found = approved(entry)
    assert found.state(entry) is State.APPROVED
    for changed in (
        entry.changed(text=other),
        entry.changed(translation=other or "x"),
        entry.changed(context=place),
    ):
        same = changed == entry
        assert found.state(changed) is (State.APPROVED if same else State.TRANSLATED)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5), WORDS)
def test_written_and_read_again_is_the_same(pairs: list[tuple[str, str]], by: str) -> None:
    entries = [Entry(text, words) for text, words in pairs]
    found = Reviews().given(entries, State.REVIEWED, " ".join(by.split()), "2026-11-22")
    again = reviews.read(reviews.serialise(found).decode(), "reviews.csv")
    assert reviews.serialise(again) == reviews.serialise(found)
    assert {again.state(e) for e in entries} <= {State.REVIEWED}


def test_it_falls_back_and_comes_back_with_the_text() -> None:
    found = approved(GOOD)
    assert found.state(GOOD.with_translation("Eines.")) is State.TRANSLATED
    assert found.state(GOOD.with_translation("Eins.", fuzzy=True)) is State.FUZZY
    assert found.state(GOOD.changed(translation="")) is State.MISSING
    assert found.state(GOOD.with_translation("Zwei.").with_translation("Eins.")) is State.APPROVED


def test_comments_flags_and_lines_are_no_text() -> None:
    entry = GOOD.changed(comments=("x",), flags=("no-wrap",), references=("a.md:9",), line=9)
    assert approved(GOOD).state(entry) is State.APPROVED


def test_the_highest_state_counts_and_all_are_remembered() -> None:
    found = approved(GOOD).given([GOOD], State.REVIEWED, "Ada", "2026-11-23")
    assert found.state(GOOD) is State.APPROVED
    assert [record.by for record in found.of(GOOD)] == ["Ada", "Eva"]


def test_taken_back_is_translated() -> None:
    assert approved(GOOD).given([GOOD], State.TRANSLATED, "", "").state(GOOD) is State.TRANSLATED


def test_nobody_approves_what_is_not_translated() -> None:
    fuzzy = GOOD.with_translation("Eins.", fuzzy=True)
    assert approved(Entry("Two."), fuzzy) == Reviews()


def test_a_minor_change_carries_it_over() -> None:
    now = GOOD.changed(text="One!")
    found = approved(GOOD).carried([(GOOD, now)])
    assert found.of(now)[0].by == "Eva"
    assert found.state(GOOD) is State.APPROVED
    assert Reviews().carried([(GOOD, now)]) == Reviews()


@pytest.mark.parametrize(
    "line",
    ["a,b,liked,Eva,2026-11-22,x", "a,b", "a,b,approved,E,2026,x,y", '"' + "a" * 200_000],
    ids=lambda line: line[:20],
)
def test_a_line_that_is_no_record(line: str) -> None:
    text = reviews.serialise(approved(GOOD)).decode() + line + "\n"
    with pytest.raises(PublishError) as caught:
        reviews.read(text, "reviews.csv")
    (problem,) = caught.value.problems
    assert (problem.code, problem.location.line) == ("review-record", 3)
