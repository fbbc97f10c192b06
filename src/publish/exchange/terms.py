"""What a glossary that came back changes in the one there is.

Three states of each term are compared, as of each message: as it was handed out, as it came
back, as it is here. What is here alone stays: a sheet may be a part, or older than the term.
"""

from __future__ import annotations

from collections.abc import Sequence

from publish.exchange import glossaries
from publish.exchange.plans import Prefer
from publish.exchange.values import Term, sent
from publish.problems import Location, Problem, PublishError, Severity


def merged(
    data: bytes, path: str, before: Sequence[Term], prefer: Prefer = ""
) -> tuple[list[Term], list[Problem]]:
    """The terms there will be, and a warning `glossary-unlisted`; PublishError `exchange-conflict`.

    Where no row says what was handed out, each that is other than here counts.
    """
    rows = glossaries.returned(data, path)
    here = {_key(term): term for term in before}
    blind = not any(base for _, _, base in rows)
    conflicts, changed = list[Problem](), dict[str, Term]()
    for place, term, base in rows:
        ours = here.get(_key(term))
        if term == ours or base == sent(term):
            continue
        if ours is None or blind or base == sent(ours) or prefer == "file":
            changed.setdefault(_key(term), term)
        elif not prefer:
            conflicts.append(_conflict(ours, place))
    if conflicts:
        raise PublishError(*conflicts)
    listed = {_key(term) for _, term, _ in rows}
    unlisted = [term.term for term in before if _key(term) not in listed]
    after = [changed.pop(_key(term), term) for term in before]
    return [*after, *changed.values()], [_unlisted(unlisted, path)] if unlisted else []


def _key(term: Term) -> str:
    return term.term.casefold()


def _conflict(ours: Term, place: Location) -> Problem:
    what = f"“{ours.term}” was changed here too since it was handed out; here it is "
    what += f"“{' / '.join(filter(None, (ours.translation, glossaries.said(ours))))[:60]}”"
    hint = "Import with --prefer file or --prefer catalogue, or make the two the same."
    return Problem("exchange-conflict", what, place, hint=hint)


def _unlisted(terms: Sequence[str], path: str) -> Problem:
    what = f"{len(terms)} terms of ours are not in this sheet: {', '.join(terms)}"
    hint = "They stay; delete in the glossary what is not to be agreed any more."
    return Problem("glossary-unlisted", what, Location(path), Severity.WARNING, hint)
