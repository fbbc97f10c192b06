"""Exchanging: what goes to translators' own tools, and what comes back from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from publish import manuscripts
from publish.catalogues.reviews import NONE, Reviews, serialise
from publish.catalogues.volumes import Home
from publish.documents.pandoc import Pandoc
from publish.exchange import (
    SUFFIXES,
    Form,
    glossaries,
    plans,
    portions,
    recognition,
    remarks,
    safety,
    terms,
    units,
)
from publish.exchange.plans import Change, Plan, Prefer
from publish.exchange.values import Parcel, Term
from publish.pipeline import keeping, naming, preparing
from publish.pipeline.naming import tag_of
from publish.pipeline.translation import choosing, mailing, receiving
from publish.problems import Location, Problem, PublishError
from publish.project import Project

__all__ = ["Change", "Imported", "Manner", "Wish", "export", "import_", "name"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What part of a catalogue is wanted, as `choosing.entries` has it, and in which form."""

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
    """What came of an import; `terms` are a glossary's lines that are other or new.

    `told` is what is odd about a glossary; of a text, its plan says that.
    """

    edition: str
    kind: str
    path: str
    by: str
    written: bool
    plan: Plan | None = None
    terms: Sequence[Term] = ()
    told: Sequence[Problem] = ()

    @property
    def errors(self) -> Sequence[Problem]:
        """What keeps it out."""
        return self.plan.errors if self.plan else ()


class Ready(NamedTuple):
    """A file that came back and was read: what it would change, with nothing written yet.

    `reviews` are those there are, `more` the files that go beside the catalogue; `lot` is what
    it has in common with all that comes from the same hand and the same export.
    """

    done: Imported
    reviews: Reviews = NONE
    more: Mapping[Path, bytes] = MappingProxyType({})
    lot: str = ""


def export(project: Project, edition: str, wish: Wish) -> bytes:
    """An edition's messages, or a part of them, in the form wished for.

    PublishError `edition-unknown`, `exchange-nothing`, `exchange-chapter`, `exchange-history`,
    `exchange-date`, `exchange-part`.
    """
    naming.translated(project, edition)
    if wish.form == "csv":
        _whole(wish)
        return glossaries.handed_out(_terms(project, edition))
    catalogue = preparing.catalogue(project, edition)
    reviews = preparing.reviews(project, edition)
    chosen = choosing.entries(
        project,
        catalogue,
        since=wish.since,
        chapter=wish.chapter,
        fuzzy=wish.fuzzy,
        done=wish.form == "tmx",
    )
    if wish.form == "po":
        return portions.write(catalogue, units.markdown(chosen, reviews), edition)
    metadata = manuscripts.read(project).metadata
    with Pandoc() as pandoc:
        found = units.of(chosen, pandoc, reviews)
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


def _whole(wish: Wish) -> None:
    """PublishError `exchange-part` if a part of a glossary is wished for."""
    if wish.fuzzy or wish.chapter or wish.since:
        what, place = "a glossary is always handed out as a whole", Location("--as csv")
        hint = "Leave out --fuzzy, --chapter and --changed-since: they choose messages."
        raise PublishError(Problem("exchange-part", what, place, hint=hint))


def _terms(project: Project, edition: str) -> list[Term]:
    path = project.glossary(edition)
    return glossaries.read(project.bytes(path), project.name(path)) if path.exists() else []


def import_(project: Project, file: Path, manner: Manner | None = None) -> Imported:
    """Take a file back, all of it or nothing; what it changes, or would change in a dry run.

    PublishError with all that speaks against it, `exchange-edition` if it says not whose it is.
    """
    how = manner or Manner()
    found = ready(project, contents(file), file, how)
    return found.done if how.dry_run else take(project, f"exchange import {file.name}", [found])[0]


def ready(project: Project, data: bytes, file: Path, how: Manner) -> Ready:
    """What a file's bytes would change, however they came; errors are in the plan, or raised."""
    path = file.name
    if recognition.is_glossary(data):
        return _terms_ready(project, data, file, how)
    delivery = recognition.read(data, path)
    name = _edition(project, how.edition or delivery.edition, path)
    catalogue = preparing.catalogue(project, name)
    reviews = preparing.reviews(project, name)
    who = how.by or delivery.by
    lot = f"{delivery.lot} {who}"
    delivery = replace(delivery, own=mailing.own(project, name, catalogue, lot))
    with Pandoc() as pandoc:
        plan = plans.plan(
            delivery, catalogue, pandoc, reviews, as_fuzzy=how.as_fuzzy, prefer=how.prefer
        )
        plan = receiving.judged(remarks.laid(plan, delivery), project, name, pandoc)
    plan = receiving.signed(plan, who)
    done = Imported(name, delivery.kind, catalogue.path, who, written=False, plan=plan)
    return Ready(done, reviews, lot=lot)


def take(project: Project, command: str, files: Sequence[Ready]) -> list[Imported]:
    """Let in what some files change, as one step that can be undone; what came of each.

    PublishError with everything that speaks against any of them; then nothing is written.
    """
    if errors := [problem for each in files for problem in each.done.errors]:
        raise PublishError(*errors)
    changes, more, taken = list[tuple[keeping.Change, Home]](), dict[Path, bytes](), []
    for each in files:
        change, beside = _wanted(project, each)
        changes += [(change, keeping.where_it_is(change.before))] if change else []
        more |= beside
        changed = bool(beside) or bool(change and change.after is not change.before)
        taken.append(replace(each.done, written=changed))
    keeping.write(project, command, changes, more)
    for each in files:
        if each.done.plan:
            both = [(change.before, change.after) for change in each.done.plan.changes]
            came = [now for was, now in both if now.translation != was.translation]
            mailing.arrived(project, each.done.edition, each.lot, came)
    return taken


def _wanted(project: Project, ready: Ready) -> tuple[keeping.Change | None, dict[Path, bytes]]:
    """A file's catalogue as it is to be, and what is to be written beside it."""
    done, plan, more = ready.done, ready.done.plan, dict(ready.more)
    if plan is None:
        return None, more
    now = datetime.now(UTC)
    found = plan.reviewed(ready.reviews, done.by, f"{now:%Y-%m-%d}")
    if found is not ready.reviews:
        more[project.reviews(done.edition)] = serialise(found)
    after = plan.applied(done.by, f"{now:%Y-%m-%d %H:%M+0000}")
    return keeping.Change(plan.catalogue, after), more


def contents(file: Path, largest: int = safety.LARGEST) -> bytes:
    """A file that came from outside; PublishError `exchange-unreadable`, `exchange-too-large`."""
    try:
        with file.open("rb") as opened:
            if len(data := opened.read(largest + 1)) <= largest:
                return data
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
        found = wanted if wanted in known else near[0]
        naming.translated(project, found)
        return found
    what = (
        f"this is for “{wanted}”, and there is no such edition"
        if wanted
        else "it does not say for which edition it is"
    )
    hint = f"Say it with --edition: {', '.join(known) or 'there is none yet'}."
    raise PublishError(Problem("exchange-edition", what, Location(path), hint=hint))


def _terms_ready(project: Project, data: bytes, file: Path, how: Manner) -> Ready:
    """What a glossary that came back adds to the one there is, and changes in it."""
    named = next((part for part in file.stem.split(".")[:0:-1]), "")
    name = _edition(project, how.edition or named, file.name)
    told, before = receiving.agreed(data, file.name), _terms(project, name)
    after, unlisted = terms.merged(data, file.name, before, how.prefer)
    path = project.glossary(name)
    more = {path: glossaries.write(after)} if after != before else {}
    other, told = [term for term in after if term not in before], [*told, *unlisted]
    where = project.name(path)
    done = Imported(name, "glossary", where, "", written=False, terms=other, told=told)
    return Ready(done, more=more)
