"""`publish new`, `add`, `schema` and `doctor`: what there must be before one can go on."""

from __future__ import annotations

import argparse
from pathlib import Path
from shlex import quote

from publish import project
from publish.cli.talking import say, tell


def add_new(parser: argparse.ArgumentParser) -> None:
    """Give `new` its argument."""
    parser.add_argument("folder", metavar="DIR", help="a folder that is new or empty")


def new(options: argparse.Namespace) -> int:
    """Make a publication; the exit status."""
    from publish.pipeline import starting

    for name in starting.new(Path(options.folder)):
        say(f"made {name}")
    say(f"Next: cd {quote(options.folder)} && publish build")
    return 0


def add_edition(parser: argparse.ArgumentParser) -> None:
    """Give `add` its argument."""
    parser.add_argument(
        "edition",
        metavar="LANG",
        help="a BCP 47 tag (fr, pt-BR, zh-Hant), or one with whose edition it is (ko+kips)",
    )


def edition(options: argparse.Namespace) -> int:
    """Start an edition; the exit status."""
    from publish.pipeline.translation import translating

    found = project.find(Path(options.project))
    for name in translating.add(found, options.edition):
        say(f"made {name}")
    say(f"Translate, then: publish build -l {options.edition}")
    return 0


def add_schema(parser: argparse.ArgumentParser) -> None:
    """Give `schema` its argument."""
    parser.add_argument(
        "file", choices=["edition", "metadata"], help="edition.yaml, or metadata.yaml"
    )


def schema(options: argparse.Namespace) -> int:
    """Print a schema; the exit status."""
    from publish import metadata

    tell(metadata.schemas()[options.file].decode().rstrip())
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Tell what this machine has, and has not; the exit status."""
    from publish.pipeline import doctoring

    lacking = 0
    for finding in doctoring.examine(Path(options.project)):
        tell(f"{'ok ' if finding.fine else 'no '} {finding.what}")
        if not finding.fine:
            lacking += 1
            tell(f"    {finding.remedy}")
    return int(lacking > 0)
