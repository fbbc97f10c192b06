"""Recording: the records of editions, in `build/<edition>/metadata/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish import artefacts, styles
from publish.distribution import records
from publish.distribution.records import Subject, Work, crossref
from publish.editions.archiving import archive
from publish.editions.making import Order, make
from publish.metadata import Depositor
from publish.pipeline import naming
from publish.pipeline.editing import Editing
from publish.problems import Collected
from publish.project import Project
from publish.renderers.epub import claims, cover


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written: names by edition, and why an edition does not have a record."""

    names: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


def record(project: Project, editions: Sequence[str], *, release: bool = False) -> Recorded:
    """Write the records of these editions, of all for none.

    PublishError with everything that is wrong in any of them; then nothing is written.
    """
    with Editing(project) as editing:
        source = editing.read().manuscript.metadata.language
        wanted = naming.asked(project, editions, source)
        subjects = list(of(editing, wanted, release=release))
    made = write(project, subjects)
    notes = [note for subject in subjects for note in _notes(subject)]
    return Recorded({name: tuple(sorted(found)) for name, found in made.items()}, tuple(notes))


def write(project: Project, subjects: Sequence[Subject]) -> dict[str, Mapping[str, bytes]]:
    """The records of editions by their ids, each put in its folder; PublishError `file-…`."""
    made = {subject.edition.id: records.make(subject) for subject in subjects}
    for edition, found in made.items():
        shown = f"build/{edition}/metadata"
        artefacts.write_folder(project.build / edition / "metadata", found, shown)
    return made


def of(editing: Editing, editions: Sequence[str], *, release: bool = False) -> Iterator[Subject]:
    """What the records of these editions are made from; PublishError as `record`.

    All editions of the work are made for it, since each record names the others.
    """
    errors = Collected()
    orders: dict[str, Order] = {}
    for name in naming.asked(editing.project, (), editing.read().manuscript.metadata.language):
        with errors.each():
            orders[name] = editing.order(name, release=release and name in editions)
    errors.stop()
    work = Work(tuple(make(order, editing.pandoc, editing.shelf) for order in orders.values()))
    own = styles.read(editing.project.styles)
    for edition in work.editions:
        style = own.with_tokens(edition.tokens)
        if edition.id in editions:
            yield Subject(
                edition=edition,
                work=work,
                archive=archive(orders[edition.id], editing.pandoc),
                accessibility=claims.of(edition, style),
                cover=cover.draw(edition, style),
                depositor=_depositor(orders[edition.id]),
            )


def _notes(subject: Subject) -> Iterator[str]:
    edition = subject.edition
    if lacking := crossref.lacking(subject):
        yield (
            f"{edition.id}: no deposit for Crossref (crossref.xml), which wants "
            f"{', '.join(lacking)}"
        )
    if edition.kind == "book":
        yield f"{edition.id}: no jats.xml: JATS is for articles"


def _depositor(order: Order) -> Depositor | None:
    """Who deposits: the house whose edition it is; for one of no partner, that of the work."""
    own = order.imprint.values
    return own.depositor or (None if own.partner else order.manuscript.metadata.depositor)
