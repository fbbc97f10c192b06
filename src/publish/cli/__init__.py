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
from shlex import quote
from types import FrameType

from publish import artefacts, locks, project
from publish.cli import (
    building,
    checking,
    delivering,
    exchanging,
    recording,
    releasing,
    reviewing,
    updating,
)
from publish.cli.talking import report, say, tell
from publish.problems import PublishError
from publish.project import Project

Command = Callable[[argparse.Namespace], int]

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
    options = _parser().parse_args(arguments)
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


def _project(options: argparse.Namespace) -> Project:
    return project.find(Path(options.project))


def _build(options: argparse.Namespace) -> int:
    return building.run(options, _alone)


def _extract(options: argparse.Namespace) -> int:
    from publish.pipeline.translation import translating

    found = _project(options)
    template = translating.extract(found).catalogue
    say(f"{template.path}: {len(template.messages)} messages")
    return 0


def _add(options: argparse.Namespace) -> int:
    from publish.pipeline.translation import translating

    for name in translating.add(_project(options), options.edition):
        say(f"made {name}")
    say(f"Translate, then: publish build -l {options.edition}")
    return 0


def _status(options: argparse.Namespace) -> int:
    from publish.pipeline.translation import progress, reporting

    found, problems = progress.of(_project(options))
    if options.html:
        page = reporting.as_page(_project(options), found)
        artefacts.write(Path(options.html), page, options.html)
        say(f"made {options.html}")
    if options.json:
        tell(progress.as_json(found))
    elif found and not options.html:
        tell(reporting.as_table(found))
    elif not found and not problems:
        say("There is no translated edition yet; `publish add LANG` starts one.")
    return report(problems)


def _new(options: argparse.Namespace) -> int:
    from publish.pipeline import starting

    for name in starting.new(Path(options.folder)):
        say(f"made {name}")
    say(f"Next: cd {quote(options.folder)} && publish build")
    return 0


def _schema(options: argparse.Namespace) -> int:
    from publish import metadata

    tell(metadata.schemas()[options.file].decode().rstrip())
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from publish.pipeline import doctoring

    lacking = 0
    for finding in doctoring.examine(Path(options.project)):
        tell(f"{'ok ' if finding.fine else 'no '} {finding.what}")
        if not finding.fine:
            lacking += 1
            tell(f"    {finding.remedy}")
    return int(lacking > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="publish", description="One manuscript, its translations, and every edition of it."
    )
    parser.add_argument("--version", action=_Version)
    parser.add_argument(
        "--project", default=".", metavar="DIR", help="the publication's folder (default: this one)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command, about: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        one.set_defaults(command=run, reads=name in _READING)
        return one

    new = command("new", _new, "make a folder with a publication to start from")
    new.add_argument("folder", metavar="DIR", help="a folder that is new or empty")
    command("extract", _extract, "write the template of all messages: translations/manuscript.pot")
    add = command("add", _add, "start an edition in a language")
    add.add_argument(
        "edition",
        metavar="LANG",
        help="a BCP 47 tag (fr, pt-BR, zh-Hant), or one with whose edition it is (ko+kips)",
    )
    updating.add_to(
        command("update", updating.run, "bring catalogues up to date with the manuscript")
    )
    status = command("status", _status, "show how far each edition has come")
    status.add_argument("--json", action="store_true", help="for machines")
    status.add_argument("--html", default="", metavar="FILE", help="a report that can be mailed")
    build = command("build", _build, "make editions: build/EDITION/NAME.FORMAT")
    _add_language(build)
    building.add_to(build)
    check = command("check", checking.run, "find problems in manuscript, catalogues and build/")
    _add_language(check)
    checking.add_to(check)
    exchange = command("exchange", exchanging.run, "hand messages to translators' tools, and back")
    exchanging.add_to(exchange)
    review = command("review", reviewing.run, "say who found a translation good; list what waits")
    reviewing.add_to(review)
    bundle = command("bundle", delivering.bundle, "pack an edition for a partner, or verify that")
    delivering.add_bundle(bundle)
    releasing.add_to(command("release", releasing.run, "make every edition, all of it or nothing"))
    delivering.add_key(command("key", delivering.key, "make a pair of keys to sign with"))
    schema = command("schema", _schema, "print the JSON Schema of a YAML file, for editors")
    schema.add_argument(
        "file", choices=["edition", "metadata"], help="edition.yaml, or metadata.yaml"
    )
    records = command(
        "records", recording.run, "tell libraries, shops and archives: build/EDITION/metadata/"
    )
    _add_language(records)
    recording.add_to(records)
    command("doctor", _doctor, "show what this machine lacks, and how to mend it")
    return parser


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-l",
        "--language",
        action="append",
        default=[],
        metavar="LANG",
        help="an edition; may be repeated (default: all)",
    )


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
