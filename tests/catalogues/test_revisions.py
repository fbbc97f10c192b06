"""Revisions: which text of the source a catalogue renders, and how much came since."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish import catalogues
from publish.catalogues import Catalogue, Entry, revisions
from publish.catalogues.revisions import Difference, Revision

HEADER = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
FIRST = Revision("1.0", date(2026, 5, 3))
SECOND = Revision("1.1 beta: x", date(2026, 11, 22))


def catalogue(*entries: Entry) -> Catalogue:
    found = catalogues.parse(HEADER, "de.po")
    return Catalogue(found.path, found.header, entries)


def brought(before: Catalogue, template: Catalogue, now: Revision) -> Catalogue:
    return revisions.marked(before, catalogues.update(before, template).catalogue, now)


def again(found: Catalogue) -> Catalogue:
    return catalogues.parse(catalogues.serialise(found), "de.po")


OLD = catalogue(Entry("One two three.", "Eins zwei drei."), Entry("It goes away.", "Geht weg."))
NEW = catalogue(Entry("One two four."), Entry("Seven new words have come to us."))


def test_a_catalogue_without_a_note_is_of_nobody_knows_what() -> None:
    assert revisions.of(OLD) is None


def test_a_whole_translation_renders_what_it_was_brought_up_to() -> None:
    assert revisions.of(again(brought(OLD, OLD, FIRST))) == FIRST


def test_one_that_lags_renders_what_it_last_had_whole() -> None:
    first = again(brought(OLD, OLD, FIRST))
    second = again(brought(first, NEW, SECOND))
    assert second.fields[revisions.SOURCE] == "2026-11-22 version 1.1 beta: x"
    assert revisions.of(second) == FIRST
    third = again(brought(second, NEW, Revision("1.2", date(2026, 12, 1))))
    assert revisions.of(third) == FIRST
    entries = [entry.with_translation("Neu.") for entry in third.messages]
    assert revisions.of(third.with_entries(entries)) == Revision("1.2", date(2026, 12, 1))


@pytest.mark.parametrize("updated", [False, True])
def test_words_that_came_and_went_are_counted_once(*, updated: bool) -> None:
    first = brought(OLD, OLD, FIRST)
    found = brought(first, NEW, SECOND) if updated else first
    change = catalogues.update(found, NEW)
    assert [entry.text for entry in change.catalogue.messages if entry.fuzzy] == ["One two four."]
    assert revisions.since(found, change) == Difference(words_in=1 + 7, words_out=1 + 3)


def test_what_went_before_does_not_count() -> None:
    gone = Entry("Long forgotten words.", "Vergessen.", obsolete=True)
    first = brought(catalogue(*OLD.entries, gone), OLD, FIRST)
    second = brought(first, NEW, SECOND)
    assert revisions.since(second, catalogues.update(second, NEW)) == Difference(8, 4)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (["One two three four words. Five six seven eight nine ten eleven."],
         ["One two three four words.", "Five six seven eight nine ten eleven."]),
        (["One two three four words.", "Five six seven eight nine ten eleven."],
         ["One two three four words. Five six seven eight nine ten eleven."]),
    ],
)  # fmt: skip
def test_a_paragraph_that_was_split_or_joined_has_the_words_it_had(
    before: list[str], now: list[str]
) -> None:
    found = catalogue(*(Entry(text, f"[{text}]") for text in before))
    first = again(brought(found, found, FIRST))
    template = catalogue(*map(Entry, now))
    second = again(brought(first, template, SECOND))
    assert not any(entry.translated for entry in second.messages)
    assert revisions.since(second, catalogues.update(second, template)) == Difference(0, 0)


def test_a_change_that_was_taken_back_is_none() -> None:
    first = again(brought(OLD, OLD, FIRST))
    second = again(brought(first, NEW, SECOND))
    third = again(brought(second, OLD, FIRST))
    assert revisions.since(third, catalogues.update(third, OLD)) == Difference(0, 0)


def test_fixed_words_are_no_text_of_the_source() -> None:
    first = brought(OLD, OLD, FIRST)
    wordy = catalogue(*first.entries, Entry("Contents", context="publish"))
    found = catalogue(*wordy.entries).with_field(revisions.SOURCE, "2026-05-03 version 1.0")
    assert revisions.of(found) == FIRST
    assert revisions.since(found, catalogues.update(found, wordy)) == Difference(0, 0)


@given(st.text(max_size=40))
def test_no_note_that_somebody_made_up_breaks_anything(text: str) -> None:
    found = OLD.with_field(revisions.SOURCE, text).with_field(revisions.COMPLETE, text)
    revisions.of(found)
    assert revisions.of(OLD.with_field(revisions.SOURCE, "2026-13-40 version 1")) is None
