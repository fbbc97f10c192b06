"""`publish check`: what is wrong in the publication, and what judges say of what was built."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish import project
from publish.cli.options import add_language
from publish.cli.talking import report, say, status_of, tell
from publish.problems import Problem, in_order
from publish.project import Project

FORMS = ("text", "json", "sarif")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    add_language(parser)
    parser.add_argument(
        *("-f", "--format"),
        action="append",
        default=[],
        metavar="FORMAT",
        help="let judges look at files of this format only; may be repeated",
    )
    parser.add_argument("--no-judges", action="store_true", help="leave what was built unjudged")
    parser.add_argument(
        "--output",
        choices=FORMS,
        default="text",
        help="for people, or for machines (sarif: SARIF 2.1.0)",
    )
    parser.add_argument(
        "--fix", action="store_true", help="mend in the catalogues what is safe to mend, first"
    )


def run(options: argparse.Namespace) -> int:
    """Check; the exit status. What was built is judged once its sources have no error."""
    from publish.pipeline.judgement import checking, judging, sarif

    judging.endings(options.format)  # a name that is none is told at once
    found = project.find(Path(options.project))
    if options.fix:
        for path, count in checking.fix(found, options.language):
            say(f"{path}: {count} translations mended")
    problems = checking.check(found, options.language)
    if not (options.no_judges or status_of(problems)):
        problems += _judged(found, options)
    problems = in_order(problems)
    if options.output != "text":
        tell(checking.as_json(problems) if options.output == "json" else sarif.write(problems))
        return status_of(problems)
    if not problems:
        say("no problems found")
    return report(problems)


def _judged(found: Project, options: argparse.Namespace) -> list[Problem]:
    """What judges find in build/; for people, also a table of who has judged what."""
    from publish.pipeline.judgement import judging

    files = judging.files(found, options.language, options.format)
    verdicts = list(judging.judges.verdicts(files))
    if options.output == "text" and verdicts:
        tell(judging.as_table(verdicts))
    return list(judging.problems(verdicts, found))
