"""The command line: arguments in, results to stdout, talk to stderr, an exit status out.

0 nothing wrong, 1 problems found, 2 wrong use (argparse's own). This is the only place where
a `PublishError` is caught; any other exception is a mistake of ours and keeps its traceback.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType

from publish import locks
from publish.cli import (
    building,
    checking,
    delivering,
    exchanging,
    recording,
    releasing,
    reviewing,
    standing,
    starting,
    updating,
)
from publish.cli.talking import add_project, report, say, tell
from publish.pipeline.making import forking
from publish.problems import PublishError

Command = Callable[[argparse.Namespace], int]
Options = Callable[[argparse.ArgumentParser], None]

_READING = {
    "build",
    "check",
    "doctor",
    "new",
    "schema",
    "status",
}  # commands that change nothing, or see to it
_DEEP = 5000  # calls within calls: some for each list within a list
_STOPPED = 128  # and the number of the signal, as shells have it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(*arguments[:1]).parse_args(arguments)
    command: Command = options.command
    try:
        with _stoppable(), _undisturbed(options):
            return command(options)
    except PublishError as error:
        return report(error.problems)
    except Stopped as stopped:
        say("stopped; what is in build/ and translations/ is whole")
        return _STOPPED + stopped.signal


def entry() -> None:
    """The program `publish`: run a command, and end undisturbed once it is done."""
    sys.setrecursionlimit(_DEEP)
    forking.allow()
    status = main()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(status)


class Stopped(KeyboardInterrupt):
    """Somebody wants an end (Ctrl-C, or `kill`); what is being done is undone on the way out."""

    def __init__(self, signal: int) -> None:
        super().__init__()
        self.signal = signal


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let Ctrl-C and `kill` end a command in the same orderly way."""

    def stop(number: int, _: FrameType | None) -> None:
        for each in wanted:
            signal.signal(each, signal.SIG_IGN)  # impatience must not disturb the tidying up
        raise Stopped(number)

    wanted = (signal.SIGINT, signal.SIGTERM)
    former = [signal.signal(each, stop) for each in wanted]
    try:
        yield
    finally:
        for number, handler in zip(wanted, former, strict=True):
            signal.signal(number, handler)


@contextmanager
def _undisturbed(options: argparse.Namespace) -> Iterator[None]:
    """Keep others from writing in the same publication, if this command writes."""
    folder = Path(options.project)
    reads = options.reads and not getattr(options, "fix", False)
    with nullcontext() if reads else _alone(folder):
        yield


def _alone(
    folder: Path, before: Callable[[], object] = lambda: None
) -> AbstractContextManager[None]:
    """Nobody else writes in a publication's folder meanwhile; `before` comes before a wait."""
    if not (folder / "manuscript").is_dir():
        return nullcontext()

    def waiting() -> None:
        before()
        say("waiting: another publish is at work in this folder")

    return locks.alone(folder, waiting)


def _build(options: argparse.Namespace) -> int:
    return building.run(options, _alone)


_ABOUT = {
    "new": "make a folder with a publication to start from",
    "extract": "write the template of all messages: translations/manuscript.pot",
    "add": "start an edition in a language",
    "update": "bring catalogues up to date with the manuscript",
    "status": "show how far each edition has come",
    "build": "make editions: build/EDITION/NAME.FORMAT",
    "check": "find problems in manuscript, catalogues and build/",
    "exchange": "hand messages to translators' tools, and back",
    "review": "say who found a translation good; list what waits",
    "bundle": "pack an edition for a partner, or verify that",
    "release": "make every edition, all of it or nothing",
    "key": "make a pair of keys to sign with",
    "schema": "print the JSON Schema of a YAML file, for editors",
    "records": "tell libraries, shops and archives: build/EDITION/metadata/",
    "doctor": "show what this machine lacks, and how to mend it",
}
# What runs each command, and what gives it options of its own.
_COMMANDS: dict[str, tuple[Command, Options | None]] = {
    "new": (starting.new, starting.add_new),
    "extract": (standing.extract, None),
    "add": (starting.edition, starting.add_edition),
    "update": (updating.run, updating.add_to),
    "status": (standing.status, standing.add_status),
    "build": (_build, building.add_to),
    "check": (checking.run, checking.add_to),
    "exchange": (exchanging.run, exchanging.add_to),
    "review": (reviewing.run, reviewing.add_to),
    "bundle": (delivering.bundle, delivering.add_bundle),
    "release": (releasing.run, releasing.add_to),
    "key": (delivering.key, delivering.add_key),
    "schema": (starting.schema, starting.add_schema),
    "records": (recording.run, recording.add_to),
    "doctor": (starting.doctor, None),
}


def _parser(first: str = "") -> argparse.ArgumentParser:
    """What reads arguments; if the first one is a command, it knows no other."""
    parser = argparse.ArgumentParser(
        prog="publish", description="One manuscript, its translations, and every edition of it."
    )
    parser.add_argument("--version", action=_Version)
    add_project(parser, default=".")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in [first] if first in _COMMANDS else _COMMANDS:
        about, (run, add_to) = _ABOUT[name], _COMMANDS[name]
        one = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        one.set_defaults(command=run, reads=name in _READING)
        add_project(one)
        if add_to:
            add_to(one)
    return parser


class _Version(argparse.Action):
    """Says the version; only then are the packages' names looked through for it."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and end")

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            tell(f"publish {version('publish-toolchain')}")
        except PackageNotFoundError:
            tell("publish, from its sources")
        parser.exit()
