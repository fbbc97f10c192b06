"""`publish exchange`: files for translators' own tools, and what comes back in them."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from publish import project
from publish.cli import delivering
from publish.cli.talking import add_project, report, say, tell
from publish.exchange import SUFFIXES
from publish.problems import short

if TYPE_CHECKING:
    from publish.pipeline.handover.returning import Returned
    from publish.pipeline.translation.exchanging import Imported


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command its two halves."""
    ways = parser.add_subparsers(required=True, metavar="export|import", dest="way")
    out = ways.add_parser("export", help="write a file for a translator's tool")
    out.add_argument("edition", metavar="LANG")
    out.add_argument(
        "--as", dest="form", choices=SUFFIXES, required=True, help="csv is the glossary"
    )
    out.add_argument("--chapter", default="", metavar="NAME", help="only messages of this file")
    out.add_argument("--changed-since", default="", metavar="DATE", help="new since then (git)")
    out.add_argument("--fuzzy", action="store_true", help="only messages that need work")
    out.add_argument("-o", "--output", default="", metavar="FILE", help="- is standard output")
    back = ways.add_parser("import", help="take such a file back: all of it or nothing")
    back.add_argument("file", metavar="FILE")
    back.add_argument("--edition", default="", metavar="LANG", help="if the file does not say")
    back.add_argument("--by", default="", metavar="WHO", help="who translated")
    back.add_argument("--as-fuzzy", action="store_true", help="somebody is to look at each")
    back.add_argument(
        "--prefer", choices=("file", "catalogue"), default="", help="who wins in a conflict"
    )
    delivering.add_public_key(back)
    back.add_argument("--dry-run", action="store_true", help="only show what would change")
    for way in (out, back):
        add_project(way)


def run(options: argparse.Namespace) -> int:
    """Do one of the two; the exit status."""
    return _export(options) if options.way == "export" else _import(options)


def _export(options: argparse.Namespace) -> int:
    from publish.pipeline.translation import exchanging, mailing

    found = project.find(Path(options.project))
    wish = exchanging.Wish(options.form, options.changed_since, options.chapter, options.fuzzy)
    data = exchanging.export(found, options.edition, wish)
    if options.output == "-":
        sys.stdout.buffer.write(data)
        return 0
    path = Path(options.output or exchanging.name(found, options.edition, wish))
    mailing.put(found, path, data)
    say(f"made {path.as_posix()}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from publish.pipeline.handover import returning
    from publish.pipeline.translation import exchanging

    manner = exchanging.Manner(
        options.edition, options.by, options.as_fuzzy, options.dry_run, options.prefer
    )
    found, file = project.find(Path(options.project)), Path(options.file)
    if returning.is_bundle(file):
        key = delivering.public_key(options)
        return _told(returning.import_(found, file, manner, key))
    return _show(exchanging.import_(found, file, manner))


def _told(returned: Returned) -> int:
    """What came of a bundle that came back."""
    if not returned.taken:
        say(f"{returned.edition}: nothing was changed in it that could be taken in")
    statuses = [_show(done) for done in returned.taken]
    return max([report(returned.warnings), *statuses])


def _show(done: Imported) -> int:
    """What one file changes, and what is wrong with it."""
    plan = done.plan
    if plan is None:
        for term in done.terms:
            tell(f"{done.path}: {short(term.term)}: {short(term.translation)}")
        end = "" if done.written else "; nothing written"
        say(f"{done.path}: {len(done.terms)} terms are new or other{end}")
        return report(done.told)
    for change in plan.changes:
        tell(f"{change.location}: {change.kind}: {short(change.before.text)}")
    counts = Counter(str(change.kind) for change in plan.changes)
    parts = [*(f"{n} {kind}" for kind, n in counts.items()), f"{plan.unchanged} unchanged"]
    by = f", by {done.by}" if done.by else ""
    say(f"{done.edition}: {', '.join(parts)}{by}{'' if done.written else '; nothing written'}")
    return report([*plan.warnings, *plan.errors])
