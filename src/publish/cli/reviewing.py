"""`publish review`: who found which translation good, and what still waits for somebody."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish import project
from publish.cli.talking import say, tell
from publish.problems import short

STATES = ("reviewed", "approved", "translated")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("edition", metavar="LANG", help="a translated edition")
    parser.add_argument(
        "message",
        nargs="*",
        metavar="MESSAGE",
        help="an id (m…), a line of the catalogue (412), a place (article.md:41) or a passage of "
        "a review copy (p40); default: all",
    )
    parser.add_argument(
        "--as",
        dest="state",
        choices=STATES,
        help="translated takes a review back; without --as, what awaits review is listed",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who reviewed or approved")
    parser.add_argument("--chapter", default="", metavar="NAME", help="only messages of this file")


def run(options: argparse.Namespace) -> int:
    """List, or record a verdict; the exit status."""
    if options.state is None:
        return _list(options)
    if options.state != "translated" and not options.by.strip():
        say("publish review: say who reviewed: --by NAME")
        return 2
    return _record(options)


def _list(options: argparse.Namespace) -> int:
    from publish.catalogues.reviews import id_of
    from publish.pipeline.translation import reviewing

    found = project.find(Path(options.project))
    waiting = reviewing.awaiting(found, options.edition, options.message, options.chapter)
    for each in waiting:
        said = [f"{review.state.word} by {review.by} on {review.date}" for review in each.reviews]
        state, id = "; ".join(said) or each.state.word, id_of(each.entry.key)
        tell(f"{each.location}: {state}: {id}: {short(each.entry.text)}")
    if not options.message:
        say(f"{options.edition}: {len(waiting)} messages await approval")
    return 0


def _record(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from publish.catalogues.reviews import State, id_of
    from publish.pipeline.translation import reviewing

    found = project.find(Path(options.project))
    state, by = State[options.state.upper()], " ".join(options.by.split())
    verdict = reviewing.Verdict(state, by, f"{datetime.now(UTC):%Y-%m-%d}")
    done = reviewing.review(found, options.edition, verdict, options.message, options.chapter)
    for entry in done.passed:
        say(f"not translated, and passed over: {short(entry.text)}")
    for entry in done.done if options.message else ():
        tell(f"{entry.location}: {options.state}: {id_of(entry.key)}: {short(entry.text)}")
    signed = f", by {by}" if by else ""
    nothing = "" if done.changed else "; nothing changed"
    say(f"{done.path}: {len(done.done)} messages {options.state}{signed}{nothing}")
    return 0
