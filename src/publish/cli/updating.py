"""`publish update`: what became of the messages, and what was taken back."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publish import project
from publish.cli.talking import say, tell
from publish.project import Project

if TYPE_CHECKING:
    from publish.catalogues import Match, Update
    from publish.exchange.remembering import Filled


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.set_defaults(refuse=parser.error)
    parser.add_argument("edition", metavar="LANG", nargs="*", help="an edition (default: all)")
    parser.add_argument(
        "--minor",
        action="store_true",
        help="typos were mended: what changed only in spelling and punctuation stays approved",
    )
    parser.add_argument(
        "--minor-of",
        action="append",
        default=[],
        metavar="WHAT",
        help="the same for messages named by place (manuscript/article.md:41) or by words in "
        "them, however much they were changed; may be repeated",
    )
    parser.add_argument(
        "--memory",
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="TMX files and other catalogues, from which to fill what nobody has translated",
    )
    parser.add_argument(
        "--exact",
        choices=("fuzzy", "translated"),
        default="fuzzy",
        help="what a translation of the very same passage in a memory is (default: fuzzy)",
    )
    parser.add_argument(
        "--undo",
        action="store_true",
        help="bring back what the last update, import, review or check --fix overwrote",
    )


def run(options: argparse.Namespace) -> int:
    """Bring catalogues up to date, or back; the exit status."""
    asked = options.edition, options.minor, options.minor_of, options.memory
    if options.undo and any(asked):
        options.refuse("--undo takes back the last command as a whole, and stands alone")
    found = project.find(Path(options.project))
    return _undo(found) if options.undo else _update(found, options)


def _update(found: Project, options: argparse.Namespace) -> int:
    from publish.pipeline.translation import updating

    memory = [Path(name) for name in options.memory]
    how = updating.Manner(options.minor, options.minor_of, memory, options.exact == "translated")
    done = updating.update(found, options.edition, how)
    if options.minor or options.minor_of:
        _list({edition: each.update for edition, each in done.items()})
        if not any(each.update.carried for each in done.values()):
            say("nothing was carried over; take back what an update made fuzzy before: --undo")
    for edition, each in done.items():
        remembered = _remembered(each.filled) if memory else ""
        if each.migrated:
            say(f"{edition}: {each.migrated} are only written otherwise now, and stay as they were")
        say(f"{edition}: {_counts(each.update)}{remembered}")
    return 0


def _remembered(filled: Sequence[Filled]) -> str:
    same = [each for each in filled if not each.entry.fuzzy]
    return f"; from memory {len(same)} translated, {len(filled) - len(same)} fuzzy"


def _counts(update: Update) -> str:
    counts = [
        f"{len(update.new)} new",
        f"{len(update.fuzzy)} fuzzy",
        f"{len(update.vanished)} vanished",
        f"{len(update.revived)} back again",
        *([f"{len(update.carried)} carried over"] if update.carried else []),
    ]
    return ", ".join(counts)


def _list(done: Mapping[str, Update]) -> None:
    """Each changed message once, with what was changed and in which editions it is how."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for edition, update in done.items():
        for what, matches in (("minor", update.carried), ("fuzzy", update.fuzzy)):
            for match in matches:
                found[what, *_told(match)].append(edition)
    for (what, place, text), editions in found.items():
        tell(f"{place}: {what}: {text} ({', '.join(editions)})")


def _told(match: Match) -> tuple[str, str]:
    from publish.catalogues.rewording import marked

    former = " ".join(each.text for each in match.former)
    place = match.entry.references[0] if match.entry.references else "publish"
    return place, marked(former, match.entry.text)


def _undo(found: Project) -> int:
    from publish.pipeline import undoing

    undone = undoing.undo(found)
    for edition, count in undone.editions.items():
        tell(f"{edition}: {count} messages are as they were" if count else f"{edition}: as it was")
    say(f"taken back: publish {undone.command}, of {undone.date:%Y-%m-%d %H:%M} UTC")
    return 0
