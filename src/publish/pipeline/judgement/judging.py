"""Judging: what independent judges say of the editions that are in `build/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from publish import manuscripts
from publish.checks import judges
from publish.checks.judges import Verdict
from publish.pipeline import naming
from publish.pipeline.making import wishes
from publish.pipeline.making.wishes import SITE
from publish.problems import Location, Problem, Severity
from publish.project import Project
from publish.renderers import file_name

_CATALOGUE = "po"  # which is judged, and not built
_HINTS = {
    ".epub": "Look in the manuscript for what is named; if it is right there, report it to us.",
    ".po": "Mend it in the catalogue, or run `publish update`, which writes the header anew.",
}
_GET_ALL = "`make judges` in publish's own folder gets them all"


def endings(formats: Sequence[str]) -> list[str]:
    """How files of some formats end (none named: none); PublishError `format-unknown`."""
    named = wishes.named([format for format in formats if format != _CATALOGUE])
    found = [file_name("", format) for format in named]
    found += [".html"] if SITE in formats else []
    return [*found, f".{_CATALOGUE}"] if _CATALOGUE in formats else found


def files(project: Project, editions: Sequence[str], formats: Sequence[str]) -> list[Path]:
    """What there is to judge of some editions (none named: of all), in some formats or in all."""
    ends = tuple(endings(formats))
    source = manuscripts.read(project).metadata.language
    found = list[Path]()
    for edition in naming.asked(project, editions, source):
        built = sorted((project.build / edition).glob("*"))
        found += [*built, *(project.catalogues(edition) if edition != source else [])]
    if not editions:
        found += sorted((project.build / SITE).rglob("*.html"))
    return [path for path in found if path.is_file() and _is_asked(path, ends)]


def _is_asked(path: Path, ends: tuple[str, ...]) -> bool:
    """Whether a file ends so; a copy for review goes to no reader, unless asked for."""
    if ".review." in path.name:
        return path.name.endswith(tuple(end for end in ends if ".review." in end))
    return not ends or path.name.endswith(ends)


def problems(verdicts: Sequence[Verdict], project: Project) -> Iterator[Problem]:
    """Findings, judges that broke down, and (as warnings) those that are not on this machine."""
    for verdict in verdicts:
        name = verdict.judge.name
        place = Location(project.name(verdict.files[0]))
        for path, found in verdict.findings.items():
            for finding in found:
                yield _finding(f"{name}: {finding}", Location(project.name(path)), path.suffix)
        if verdict.failed:
            hint = "Run the command once more; if it says the same again, report it to us."
            what = f"{name} gave no verdict: {verdict.failed}"
            yield Problem("judge-failed", what, place, hint=hint)
        if verdict.absent:
            what = f"{name} ({verdict.judge.about}) is not on this machine and has judged nothing"
            hint = f"{verdict.absent}; {_GET_ALL}."
            yield Problem("judge-absent", what, Location("judges"), Severity.WARNING, hint)


def _finding(what: str, place: Location, suffix: str) -> Problem:
    hint = _HINTS.get(suffix, _HINTS[".epub"])
    return Problem("judge-finding", " ".join(what.split()), place, hint=hint)


def as_table(verdicts: Sequence[Verdict]) -> str:
    """A line a judge: what it looks at, how many files, what it found."""
    rows = [("judge", "looks at", "files", "found"), *map(_row, verdicts)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join(lines)


def _row(verdict: Verdict) -> tuple[str, str, str, str]:
    found = str(verdict.count) if verdict.count else "nothing"
    if verdict.absent or verdict.failed:
        found = "absent" if verdict.absent else "no verdict"
    return verdict.judge.name, verdict.judge.about, str(len(verdict.files)), found


__all__ = ["as_table", "files", "judges", "problems"]
