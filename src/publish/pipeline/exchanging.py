"""Exchanging: what goes to translators' own tools, and what comes back from them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from publish import artefacts, catalogues, manuscripts
from publish.catalogues import Catalogue, Entry
from publish.documents.pandoc import Pandoc
from publish.exchange import glossaries, plans, portions, recognition, safety, units
from publish.exchange.plans import Change, Plan, Prefer
from publish.exchange.values import Parcel, Term
from publish.pipeline import naming, preparing
from publish.pipeline.naming import tag_of
from publish.problems import Location, Problem, PublishError
from publish.project import Project

__all__ = ["Change", "Imported", "Manner", "Wish", "export", "import_", "name"]

Form: TypeAlias = Literal["xliff", "xliff1", "docx", "tmx", "po", "csv"]

SUFFIXES: dict[Form, str] = {
    "xliff": "xlf",
    "xliff1": "xlf",
    "docx": "docx",
    "tmx": "tmx",
    "po": "po",
    "csv": "csv",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What part of a catalogue is wanted: all of it, unless something is said.

    `since` is a date that git knows (2026-11-22, “2 weeks ago”): messages that the template did
    not have then. `chapter` is a file of the manuscript, with or without folder and suffix.
    """

    form: Form
    since: str = ""
    chapter: str = ""
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is taken back.

    `edition` and `by` where the file does not say them, or not truly; `prefer` says who wins
    where a message was changed on both sides.
    """

    edition: str = ""
    by: str = ""
    as_fuzzy: bool = False
    dry_run: bool = False
    prefer: Prefer = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import; `terms` are a glossary's lines that are other or new."""

    edition: str
    kind: str
    path: str
    by: str
    written: bool
    plan: Plan | None = None
    terms: Sequence[Term] = ()


def export(project: Project, edition: str, wish: Wish) -> bytes:
    """An edition's messages, or a part of them, in the form wished for.

    PublishError `edition-unknown`, `exchange-nothing`, `exchange-chapter`, `exchange-history`.
    """
    naming.asked(project, [edition])
    if wish.form == "csv":
        return glossaries.write(_terms(project, edition), bom=True)
    catalogue = preparing.catalogue(project, edition)
    chosen = _chosen(project, catalogue, wish)
    if wish.form == "po":
        return portions.write(catalogue, units.markdown(chosen), edition)
    metadata = manuscripts.read(project).metadata
    with Pandoc() as pandoc:
        found = units.of(chosen, pandoc)
    source, title = metadata.language, metadata.title
    parcel = Parcel(
        edition, source, tag_of(edition), title, catalogue.path, found, _terms(project, edition)
    )
    return _writer(wish.form)(parcel)


def name(project: Project, edition: str, wish: Wish) -> str:
    """What an exported file is called if nobody says otherwise; glossaries are known by it."""
    part = f"-{Path(wish.chapter).stem}" if wish.chapter else ""
    what = "glossary" if wish.form == "csv" else f"{project.root.resolve().name}{part}"
    return f"{what}.{edition}.{SUFFIXES[wish.form]}"


def _writer(form: Form) -> Callable[[Parcel], bytes]:
    """Loaded when it is due: each brings lxml."""
    if form == "docx":
        from publish.exchange import docx

        return docx.write
    if form == "tmx":
        from publish.exchange import tmx

        return tmx.write
    if form == "xliff1":
        from publish.exchange import xliff1

        return xliff1.write
    from publish.exchange import xliff

    return xliff.write


def _chosen(project: Project, catalogue: Catalogue, wish: Wish) -> list[Entry]:
    chosen = list(catalogue.messages)
    if wish.chapter:
        chosen = _of_chapter(chosen, wish.chapter)
    if wish.fuzzy:
        chosen = [entry for entry in chosen if entry.fuzzy]
    if wish.since:
        former = {entry.key for entry in _template(project, wish.since).messages}
        chosen = [entry for entry in chosen if entry.key not in former]
    if not chosen:
        what = "there is nothing to hand out: no message is of the part that was asked for"
        place = Location(catalogue.path)
        raise PublishError(Problem("exchange-nothing", what, place, hint="Ask for a larger part."))
    return chosen


def _of_chapter(entries: Sequence[Entry], chapter: str) -> list[Entry]:
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


def _template(project: Project, since: str) -> Catalogue:
    """The template as it was at a date, by git; PublishError `exchange-history`."""
    name = project.name(project.template)
    found = (
        _git(project, "rev-list", "-1", f"--before={since}", "HEAD", "--", name).decode().strip()
    )
    if not found:
        raise _no_history(f"git knows no {name} from before {since}")
    return catalogues.parse(_git(project, "show", f"{found}:./{name}"), name)


def _git(project: Project, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(project.root), *arguments],
            capture_output=True,
            check=True,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _no_history("git cannot say what was changed since then") from error
    return done.stdout


def _no_history(what: str) -> PublishError:
    hint = "Keep the publication in git with its template, or ask for --fuzzy or --chapter."
    place = Location("translations/manuscript.pot")
    return PublishError(Problem("exchange-history", what, place, hint=hint))


def _terms(project: Project, edition: str) -> list[Term]:
    path = project.glossary(edition)
    return glossaries.read(project.bytes(path), project.name(path)) if path.exists() else []


def import_(project: Project, file: Path, manner: Manner | None = None) -> Imported:
    """Take a file back, all of it or nothing; what it changes, or would change in a dry run.

    PublishError with all that speaks against it, `exchange-edition` if it says not whose it is.
    """
    data, path, how = _data(file), file.name, manner or Manner()
    if recognition.is_glossary(data):
        return _import_terms(project, data, file, how)
    delivery = recognition.read(data, path)
    name = _edition(project, how.edition or delivery.edition, path)
    catalogue = preparing.catalogue(project, name)
    with Pandoc() as pandoc:
        plan = plans.plan(delivery, catalogue, pandoc, as_fuzzy=how.as_fuzzy, prefer=how.prefer)
    written = False
    who = how.by or delivery.by
    if not how.dry_run:
        after = plan.applied(who, f"{datetime.now(UTC):%Y-%m-%d %H:%M+0000}")
        written = _write(project, catalogue, after)
    return Imported(name, delivery.kind, catalogue.path, who, written, plan)


def _write(project: Project, before: Catalogue, after: Catalogue) -> bool:
    if after is before:
        return False
    path = project.root / before.path
    artefacts.write(path, catalogues.serialise(after), before.path)
    return True


def _data(file: Path) -> bytes:
    try:
        if file.stat().st_size <= safety.LARGEST:
            return file.read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        place, hint = Location(file.as_posix()), "Check its name and its permissions."
        raise PublishError(Problem("exchange-unreadable", what, place, hint=hint)) from error
    raise safety.refused("exchange-too-large", "the file is larger than any translation", file.name)


def _edition(project: Project, wanted: str, path: str) -> str:
    """The edition that a file is for; the only one of its language, if it names just that."""
    known = project.editions()
    near = [name for name in project.languages() if tag_of(name).lower() == wanted.lower()]
    if wanted in known or len(near) == 1:
        return wanted if wanted in known else near[0]
    what = (
        f"this is for “{wanted}”, and there is no such edition"
        if wanted
        else "it does not say for which edition it is"
    )
    hint = f"Say it with --edition: {', '.join(known) or 'there is none yet'}."
    raise PublishError(Problem("exchange-edition", what, Location(path), hint=hint))


def _import_terms(project: Project, data: bytes, file: Path, how: Manner) -> Imported:
    """A glossary that came back stands in the place of the one there was."""
    named = next((part for part in file.stem.split(".")[:0:-1]), "")
    name = _edition(project, how.edition or named, file.name)
    terms = glossaries.read(data, file.name)
    path = project.glossary(name)
    before = _terms(project, name)
    written = terms != before and not how.dry_run
    if written:
        artefacts.write(path, glossaries.write(terms), project.name(path))
    other = [term for term in terms if term not in before]
    return Imported(name, "glossary", project.name(path), "", written, terms=other)
