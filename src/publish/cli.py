"""The command line: arguments in, results to stdout, talk to stderr, an exit status out.

0 nothing wrong, 1 problems found, 2 wrong use (argparse's own). This is the only place where
a `PublishError` is caught; any other exception is a mistake of ours and keeps its traceback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from publish import project
from publish.problems import Problem, PublishError, Severity
from publish.project import Project

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        return command(options)
    except PublishError as error:
        return _report(error.problems)
    except KeyboardInterrupt:
        _say("stopped; what is in build/ and translations/ is whole")
        return 130


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201  # the one place that talks


def _tell(text: str) -> None:
    print(text)  # noqa: T201  # the one place that answers


def _report(problems: Iterable[Problem]) -> int:
    """Problems, sorted by place, each once; 1 if there is an error among them."""
    unique = sorted(
        dict.fromkeys(problems),
        key=lambda p: (p.location.path, p.location.line or 0, p.code, p.message),
    )
    for problem in unique:
        _say(str(problem))
    return int(any(problem.severity is Severity.ERROR for problem in unique))


def _project(options: argparse.Namespace) -> Project:
    return project.find(Path(options.project))


def _build(options: argparse.Namespace) -> int:
    from publish.pipeline import building, wishes

    found = _project(options)
    wish, jobs = wishes.of(found, options.language, options.format, options.release, options.jobs)
    state, stale = wishes.stale(found, jobs)
    if not stale:
        _say(f"nothing to do: {len(jobs)} files are up to date")
        return 0
    for job in jobs:
        if job not in stale:
            _say(f"build/{job.name} is up to date")
    return _report(building.build(found, wish, stale, state, _say))


def _extract(options: argparse.Namespace) -> int:
    from publish.pipeline import translating

    found = _project(options)
    template = translating.extract(found)
    _say(f"{template.path}: {len(template.messages)} messages")
    return 0


def _add(options: argparse.Namespace) -> int:
    from publish.pipeline import translating

    found = _project(options)
    for name in translating.add(found, options.edition):
        _say(f"made {name}")
    _say(f"Translate, then: publish build -l {options.edition}")
    return 0


def _update(options: argparse.Namespace) -> int:
    from publish.pipeline import translating

    for edition, update in translating.update(_project(options), options.edition):
        counts = [
            f"{len(update.new)} new",
            f"{len(update.fuzzy)} fuzzy",
            f"{len(update.vanished)} vanished",
            f"{len(update.revived)} back again",
        ]
        _say(f"{edition}: {', '.join(counts)}")
    return 0


def _status(options: argparse.Namespace) -> int:
    from publish.pipeline import translating

    progress = translating.status(_project(options))
    if options.json:
        import json
        from dataclasses import asdict

        _tell(json.dumps([asdict(one) for one in progress], indent=2))
        return 0
    heads = ("edition", "language", "translated", "fuzzy", "missing", "words", "obsolete")
    rows = [
        (p.edition, p.name, f"{p.translated} of {p.total}", str(p.fuzzy), str(p.missing),
         f"{p.words_translated} of {p.words}", str(p.obsolete))
        for p in progress
    ]
    _tell(_table([heads, *rows]))
    return 0


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


def _check(options: argparse.Namespace) -> int:
    from publish.pipeline import checking

    problems = list(checking.check(_project(options), options.language))
    if options.output == "json":
        _tell(checking.as_json(problems))
        return int(any(problem.severity is Severity.ERROR for problem in problems))
    if not problems:
        _say("no problems found")
    return _report(problems)


def _new(options: argparse.Namespace) -> int:
    from publish.pipeline import starting

    for name in starting.new(Path(options.folder)):
        _say(f"made {name}")
    _say(f"Next: cd {options.folder} && publish build")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from publish.pipeline import doctoring

    lacking = 0
    for finding in doctoring.examine():
        _tell(f"{'ok ' if finding.fine else 'no '} {finding.what}")
        if not finding.fine:
            lacking += 1
            _tell(f"    {finding.remedy}")
    return int(lacking > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="publish", description="One manuscript, its translations, and every edition of it."
    )
    parser.add_argument(
        "--project", default=".", metavar="DIR", help="the publication's folder (default: this one)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command, about: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(command=run)
        return one

    new = command("new", _new, "make a folder with a publication to start from")
    new.add_argument("folder", metavar="DIR")
    command("extract", _extract, "write the template of all messages: translations/manuscript.pot")
    add = command("add", _add, "start an edition in a language")
    add.add_argument("edition", metavar="LANG", help="a BCP 47 tag: fr, pt-BR, zh-Hant")
    update = command("update", _update, "bring catalogues up to date with the manuscript")
    update.add_argument("edition", metavar="LANG", nargs="*", help="default: all")
    status = command("status", _status, "how far each edition has come")
    status.add_argument("--json", action="store_true", help="for machines")
    _add_build(command("build", _build, "make editions: build/<edition>/<name>.<format>"))
    check = command("check", _check, "find problems in the manuscript and the catalogues")
    check.add_argument("-l", "--language", action="append", default=[], metavar="LANG")
    check.add_argument("--output", choices=["text", "json"], default="text")
    command("doctor", _doctor, "what this machine lacks, and how to mend it")
    return parser


def _add_build(build: argparse.ArgumentParser) -> None:
    add = build.add_argument
    add("-l", "--language", action="append", default=[], metavar="LANG", help="default: all")
    add("-f", "--format", action="append", default=[], metavar="FORMAT", help="pdf, epub, html")
    add("--release", action="store_true", help="only if complete, and all files or none")
    add("--jobs", type=int, default=0, metavar="N", help="processes (default: one a core)")
