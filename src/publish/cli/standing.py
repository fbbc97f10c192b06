"""`publish extract` and `publish status`: the messages, and how far each edition has come."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish import artefacts, project
from publish.cli.talking import report, say, tell


def extract(options: argparse.Namespace) -> int:
    """Write the template; the exit status."""
    from publish.pipeline.translation import translating

    found = project.find(Path(options.project))
    template = translating.extract(found).catalogue
    say(f"{template.path}: {len(template.messages)} messages")
    return 0


def add_status(parser: argparse.ArgumentParser) -> None:
    """Give `status` its options."""
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--html", default="", metavar="FILE", help="a report that can be mailed")


def status(options: argparse.Namespace) -> int:
    """Tell how far each edition has come; the exit status."""
    from publish.pipeline.translation import progress, reporting

    publication = project.find(Path(options.project))
    found, problems = progress.of(publication)
    if options.html:
        page = reporting.as_page(publication, found)
        artefacts.write(Path(options.html), page, options.html)
        say(f"made {options.html}")
    if options.json:
        tell(progress.as_json(found))
    elif found and not options.html:
        tell(reporting.as_table(found))
    elif not found and not problems:
        say("There is no translated edition yet; `publish add LANG` starts one.")
    return report(problems)
