"""Origins: from what an edition was made, as a manifest says it: sources, tools, fonts, checks."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from publish import fonts
from publish.checks.judges import Verdict
from publish.editions import Edition
from publish.problems import Problem, Severity
from publish.project import Project, files

_TOOLS = ("publish-toolchain", "pypandoc_binary", "weasyprint", "pydyf", "pyphen", "ebooklib",
          "fonttools", "uharfbuzz", "lxml", "pillow", "jinja2", "babel")  # fmt: skip


def of(edition: Edition) -> dict[str, Any]:
    """What an edition is, and of what."""
    source = {
        "language": edition.source_language.tag,
        "version": edition.source_version or edition.version,
        "date": (edition.source_date or edition.date).isoformat(),
    }
    return {
        "edition": edition.id,
        "language": edition.language.tag,
        "title": edition.title.plain,
        "publisher": edition.publisher.name,
        "version": edition.version,
        "date": edition.date.isoformat(),
        "identifiers": dict(edition.identifiers),
        "untranslated": round(edition.untranslated, 4),
        "source": source,
    }


def sources(project: Project, editions: Sequence[str]) -> dict[str, str]:
    """The SHA-256 of every file that goes into some editions, by its name."""
    paths = [*files(project.manuscript), *files(project.styles)]
    for edition in editions:
        paths += [*project.catalogues(edition), *project.imprint_files(edition)]
    found = dict.fromkeys(path for path in paths if path.is_file())
    return {project.name(path): sha256(path.read_bytes()).hexdigest() for path in sorted(found)}


def tools() -> dict[str, str]:
    """The version of everything that can change what comes out."""
    found = {"python": platform.python_version()}
    for name in _TOOLS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "from its sources"
    return found


def typefaces(edition: Edition) -> dict[str, str]:
    """The versions of the edition's own typefaces, by their families."""
    return {face.family: fonts.version(face) for face in fonts.faces(edition.language.fonts)}


def checks(problems: Sequence[Problem], verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """What was checked, by whom, and how much was found; an absent judge is named as such."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    ours = {"by": "publish check", "errors": errors, "warnings": len(problems) - errors}
    return [ours, *map(_verdict, verdicts)]


def _verdict(verdict: Verdict) -> dict[str, Any]:
    said: dict[str, Any] = {"by": verdict.judge.name, "about": verdict.judge.about}
    if verdict.absent or verdict.failed:
        return said | {"verdict": "absent" if verdict.absent else "none"}
    return said | {"files": len(verdict.files), "findings": verdict.count}
