"""`publish release`: all editions checked, built, judged and put in one place, or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from publish import project
from publish.cli import delivering
from publish.cli.talking import count, report, say, tell

if TYPE_CHECKING:
    from publish.pipeline.making.wishes import Job


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.set_defaults(refuse=parser.error)
    parser.add_argument("version", metavar="VERSION", nargs="?", default="", help="such as 1.2")
    delivering.add_signing(parser)
    parser.add_argument("--no-judges", action="store_true", help="leave what was built unjudged")
    parser.add_argument(
        "--verify", default="", metavar="DIR", help="build a release once more, and compare"
    )
    parser.add_argument(
        "--no-rebuild", action="store_true", help="verify only the signature and the files"
    )
    delivering.add_public_key(parser)
    parser.add_argument(
        "--jobs", type=count, default=0, metavar="N", help="processes (default: one a core)"
    )


def run(options: argparse.Namespace) -> int:
    """Make a release, or verify one; the exit status."""
    if options.verify:
        return _verify(options)
    if not options.version:
        options.refuse("which version? Say its number, such as 1.2")
    from publish.pipeline.handover import releasing

    found = project.find(Path(options.project))
    key = delivering.signing_key(options, "release")
    manner = releasing.Manner(key, not options.no_judges, options.jobs)
    path, problems = releasing.release(found, options.version, manner, _tell)
    status = report(problems)
    by = f"signed with the key {key.public.name}" if key else "not signed"
    say(f"made {found.name(path)}, {by}")
    return status


def _verify(options: argparse.Namespace) -> int:
    from publish.pipeline.handover import rebuilding

    folder, key = Path(options.verify), delivering.public_key(options)
    again = not options.no_rebuild
    status = report(rebuilding.verify(folder, key, options.jobs, _tell, rebuilt=again))
    if not status:
        signed = ", signed with that key" if key else ""
        tell(f"{folder}: whole{signed}{', and built once more the same' if again else ''}")
    return status


def _tell(job: Job) -> None:
    say(f"built {job.name}")
