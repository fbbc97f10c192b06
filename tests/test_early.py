"""Pages of a PDF that are told before its file is written."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future

import pytest

from publish.editions import PageStart
from publish.pipeline.making import early

PAGES = [PageStart("1", "", 0, "It begins"), PageStart("2", "id", 17, "and 끝")]


def test_pages_are_heard_under_their_number() -> None:
    ear = early.Ear()
    (_, first), (number, second) = ear.awaited(), ear.awaited()
    early.tell(ear.mouth, number, PAGES)
    assert second.result(timeout=10) == PAGES
    assert not first.done()
    ear.close()


def test_more_than_can_be_written_at_once_is_not_told() -> None:
    ear = early.Ear()
    (long, never), (short, heard) = ear.awaited(), ear.awaited()
    early.tell(ear.mouth, long, PAGES * 2000)
    early.tell(ear.mouth, short, PAGES)
    assert heard.result(timeout=10) == PAGES
    assert not never.done()
    ear.close()


@pytest.mark.parametrize("told", [True, False])
def test_nobody_listens_any_more_when_the_ear_is_closed(told: bool) -> None:
    before = {*threading.enumerate()}
    ear = early.Ear()
    number, heard = ear.awaited()
    if told:
        early.tell(ear.mouth, number, PAGES)
        heard.result(timeout=10)
    ear.close()
    end = time.monotonic() + 10
    while (new := {*threading.enumerate()} - before) and time.monotonic() < end:
        time.sleep(0.01)
    assert not new


def test_what_was_said_is_not_said_again() -> None:
    future = Future[early.Pages]()
    early.settle(future, PAGES)
    early.settle(future, ())
    assert future.result() == PAGES
