"""Choosing: a part of a catalogue, by chapter, by date or by what needs work."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import time

from publish import catalogues
from publish.catalogues import Catalogue, Entry, Key
from publish.problems import Location, Problem, PublishError
from publish.project import Project

# A folder's own settings of git can name programs to run and addresses to fetch from.
_NOTHING_RUN = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
)


def entries(
    project: Project,
    catalogue: Catalogue,
    *,
    since: str = "",
    chapter: str = "",
    fuzzy: bool = False,
    done: bool = False,
) -> list[Entry]:
    """The messages of a part: all, unless something is said.

    `since` is a date that git knows (2026-11-22, “2 weeks ago”): messages that the template did
    not have then. `chapter` is a file of the manuscript, with or without folder and suffix; `done`
    are those that are translated.
    PublishError `exchange-nothing`, `exchange-chapter`, `exchange-date`, `exchange-history`.
    """
    chosen = list(catalogue.messages)
    if chapter:
        chosen = of_chapter(chosen, chapter)
    if fuzzy:
        chosen = [entry for entry in chosen if entry.fuzzy]
    if done:
        chosen = [entry for entry in chosen if entry.translated]
    if since:
        former = _former(project, since)
        chosen = [entry for entry in chosen if entry.key not in former]
    if not chosen:
        what = "there is nothing to hand out: no message is of the part that was asked for"
        place = Location(catalogue.path)
        raise PublishError(Problem("exchange-nothing", what, place, hint="Ask for a larger part."))
    return chosen


def of_chapter(entries: Sequence[Entry], chapter: str) -> list[Entry]:
    """The messages that come from a file of the manuscript; PublishError `exchange-chapter`."""
    paths = {entry: {r.rpartition(":")[0] or r for r in entry.references} for entry in entries}
    known = sorted({path for found in paths.values() for path in found})
    meant = {
        p
        for p in known
        if chapter in {p, Path(p).name, Path(p).stem, p.removeprefix("manuscript/")}
    }
    if not meant:
        what, place = f"no message comes from “{chapter}”", Location("manuscript")
        hint = f"There are {', '.join(known)}."
        raise PublishError(Problem("exchange-chapter", what, place, hint=hint))
    return [entry for entry in entries if paths[entry] & meant]


def _former(project: Project, since: str) -> set[Key]:
    """The messages that the template had at a date, by git.

    PublishError `exchange-history`, `exchange-date`.
    """
    if not _is_over(project, since):
        what, place = f"“{since}” is no day that is over", Location("--changed-since")
        hint = "Write it as 2026-11-22, or in English words such as “2 weeks ago”."
        raise PublishError(Problem("exchange-date", what, place, hint=hint))
    folder = f"{project.name(project.translations)}/"
    found = _git(project, "rev-list", "-1", f"--before={since}", "HEAD", "--", f"{folder}*.pot")
    commit = found.decode().strip()
    if not commit:
        raise _no_history(f"git knows no {project.name(project.template)} from before {since}")
    names = _git(project, "ls-tree", "--name-only", "-z", commit, folder).decode().split("\0")
    return {
        entry.key
        for name in names
        if name.endswith(".pot")
        for entry in catalogues.parse(_git(project, "show", f"{commit}:./{name}"), name).messages
    }


def _is_over(project: Project, since: str) -> bool:
    """Whether a date is one: what git does not understand it takes for now, or for some day."""
    before = int(time())
    seconds = int(_git(project, "rev-parse", f"--since={since}").rpartition(b"=")[2])
    if day := re.match(r"\d+-\d+-\d+", since):
        with suppress(ValueError):
            return bool(date.fromisoformat(day[0]))
        return False
    return seconds < before


def _git(project: Project, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", *_NOTHING_RUN, "-C", str(project.root), *arguments],
            capture_output=True,
            check=True,
            timeout=60,
            env=os.environ | {"GIT_ALLOW_PROTOCOL": "none"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _no_history("git cannot say what was changed since then") from error
    return done.stdout


def _no_history(what: str) -> PublishError:
    hint = "Keep the publication in git with its template, or ask for --fuzzy or --chapter."
    place = Location("translations/manuscript.pot")
    return PublishError(Problem("exchange-history", what, place, hint=hint))
