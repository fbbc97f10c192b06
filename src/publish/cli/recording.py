"""`publish records`: what libraries, shops and archives are told of each edition."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish import project
from publish.cli.options import add_language
from publish.cli.talking import say


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    add_language(parser)
    parser.add_argument(
        "--release", action="store_true", help="only of editions that may be released"
    )


def run(options: argparse.Namespace) -> int:
    """Write the records; the exit status."""
    from publish.pipeline.handover import recording

    found = project.find(Path(options.project))
    done = recording.record(found, options.language, release=options.release)
    for edition, names in done.names.items():
        say(f"build/{edition}/metadata: {', '.join(names)}")
    for note in done.notes:
        say(f"note: {note}")
    return 0
