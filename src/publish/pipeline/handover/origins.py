"""Origins: from what an edition was made, as a manifest says it: sources, tools, fonts, checks."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from publish import artefacts, fonts, styles
from publish.checks.judges import Verdict
from publish.editions import Edition
from publish.pipeline.naming import tag_of
from publish.problems import Problem, Severity
from publish.project import Project, files

_TOOLS = ("pypandoc_binary", "weasyprint", "pydyf", "pyphen", "ebooklib",
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
    found = {"python": platform.python_version(), "publish": _program()}
    for name in _TOOLS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "from its sources"
    return found


def _program() -> str:
    """A digest of publish itself, which may be between two versions."""
    package = Path(__file__).parents[2]
    paths = [path for path in files(package) if path.suffix not in {".pyc", ".pyo"}]
    paths += files(styles.DEFAULTS)
    return artefacts.digest_of_files(package, paths)


def typefaces(edition: Edition) -> dict[str, str]:
    """The versions of the edition's own typefaces, by their families."""
    return {face.family: fonts.version(face) for face in fonts.faces(edition.language.fonts)}


def checks(
    project: Project, problems: Sequence[Problem], verdicts: Sequence[Verdict], edition: str = ""
) -> list[dict[str, Any]]:
    """What was checked, by whom, and how much was found; an absent judge is named as such.

    With an edition: what concerns it, whatever was checked with it.
    """
    own = [each for each in problems if _concerns(each.location.path, edition)]
    errors = sum(problem.severity is Severity.ERROR for problem in own)
    ours = {"by": "publish check", "errors": errors, "warnings": len(own) - errors}
    return [ours, *(_verdict(project, verdict, edition) for verdict in verdicts)]


def _verdict(project: Project, verdict: Verdict, edition: str) -> dict[str, Any]:
    said: dict[str, Any] = {"by": verdict.judge.name, "about": verdict.judge.about}
    if verdict.absent or verdict.failed:
        return said | {"verdict": "absent" if verdict.absent else "none"}
    own = [path for path in verdict.files if _concerns(project.name(path), edition)]
    findings = sum(len(verdict.findings.get(path, ())) for path in own)
    return said | {"files": len(own), "findings": findings}


def _concerns(name: str, edition: str) -> bool:
    """Whether a file is an edition's, its language's, or everybody's."""
    folder, _, rest = name.partition("/")
    own = {"build": {edition}, "translations": {edition, tag_of(edition)}}
    return not edition or folder not in own or rest.partition("/")[0] in own[folder]
