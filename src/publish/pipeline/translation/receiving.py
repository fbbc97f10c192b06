"""Receiving: what comes back from outside, as `publish check` would judge it in the catalogue.

`exchange` stands below the checks and knows nothing of them: what they say is laid upon its plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish import manuscripts
from publish.catalogues import Catalogue, Entry
from publish.checks import translations
from publish.checks.translations import Pair, glossaries
from publish.checks.translations.glossaries import Glossary
from publish.documents.pandoc import Pandoc
from publish.exchange.plans import Change, Kind, Plan
from publish.messages import Message
from publish.pipeline.naming import tag_of
from publish.pipeline.preparing import language
from publish.problems import Location, Problem, PublishError, Severity
from publish.project import Project


def judged(plan: Plan, project: Project, edition: str, pandoc: Pandoc) -> Plan:
    """A plan with all that the checks of translations find in what would be let in.

    Errors keep the delivery out, as others do. The rest of the catalogue is looked at too, since
    some checks compare (consistency, length), but only what is new is told of.
    """
    new = (c for c in plan.changes if c.after != c.before and c.kind is not Kind.REMARKED)
    changed = [change for change in new if change.after.translated]
    if plan.errors or not changed:
        return plan
    found = list(_found(plan.catalogue, changed, project, edition, pandoc))
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    warnings = [problem for problem in found if problem.severity is Severity.WARNING]
    return replace(plan, errors=errors, warnings=[*plan.warnings, *warnings])


def signed(plan: Plan, by: str) -> Plan:
    """A plan in which nothing is reviewed by nobody; warnings `exchange-reviewer`."""
    unsigned = [change for change in plan.changes if change.state and not by]
    if not unsigned:
        return plan
    other = [c for c in plan.changes if not (c.state and c.after == c.before)]
    kept = [change._replace(state=None) for change in other]
    unchanged = plan.unchanged + len(plan.changes) - len(other)
    what = f"{len(unsigned)} of the translations in this file: reviewed or approved by nobody"
    hint = "They are taken as translated; say who reviewed them: --by NAME."
    place = Location(unsigned[0].location.path)
    warning = Problem("exchange-reviewer", what, place, Severity.WARNING, hint)
    warnings = [*plan.warnings, warning]
    return replace(plan, changes=kept, unchanged=unchanged, warnings=warnings)


def agreed(data: bytes, path: str) -> Sequence[Problem]:
    """What is odd in a glossary that came back; PublishError if an error is among it."""
    problems = glossaries.read(data, path).problems
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise PublishError(*problems)
    return problems


def glossary(project: Project, edition: str) -> Glossary:
    """The terms agreed for an edition, and what is wrong with them."""
    path = project.glossary(edition)
    if not path.is_file():
        return Glossary((), ())
    return glossaries.read(project.bytes(path), project.name(path))


def _found(
    catalogue: Catalogue, changed: Sequence[Change], project: Project, edition: str, pandoc: Pandoc
) -> Iterator[Problem]:
    """The problems of changed messages, each at its place in the file that came back."""
    after = {change.after.key: change for change in changed}
    entries = [after[e.key].after if e.key in after else e for e in catalogue.messages]
    pairs = _pairs([entry for entry in entries if entry.translated], pandoc)
    source = language(project, manuscripts.read(project).metadata.language)
    terms = glossary(project, edition).terms
    places = {change.after.location: change.location for change in changed}
    own = language(project, tag_of(edition))
    for problem in translations.check(pairs, own, source, terms):
        if place := places.get(problem.location):
            yield problem._replace(location=place)


def _pairs(entries: Sequence[Entry], pandoc: Pandoc) -> list[Pair]:
    """Translations beside their messages, as the catalogue itself has these."""
    read = pandoc.inlines([text for e in entries for text in (e.text, e.translation)])
    return [
        Pair(Message(e.text, e.context, "", "", e.location, source or []), e, e.path, translation)
        for e, source, translation in zip(entries, read[::2], read[1::2], strict=True)
    ]
