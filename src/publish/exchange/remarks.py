"""What people out there said of messages: told with each, and kept where a catalogue keeps it.

A line in the comment of a PO file goes into the message's comment here, a waiver too. Notes in
other forms are told only. No comment of ours is ever taken away.
"""

from __future__ import annotations

from dataclasses import replace

from publish.catalogues import Entry
from publish.exchange import matching
from publish.exchange.plans import Change, Kind, Plan
from publish.exchange.values import Delivery, Remark, id_of
from publish.problems import Problem, Severity, short

_SHOWN, _LONGEST = 40, 200


def laid(plan: Plan, delivery: Delivery) -> Plan:
    """A plan with what was said; a warning `exchange-comment` for all that is new."""
    places, told = matching.places(plan.catalogue), list[Problem]()
    changes = {id(change.before): change for change in plan.changes}
    for remark in delivery.remarks:
        entry = places[remark.id][0] if remark.id in places else None
        if entry and remark.kept and remark.text in entry.comments:
            continue
        told.append(_told(remark, entry))
        if entry and remark.kept:
            changes[id(entry)] = _with(changes.get(id(entry)), entry, remark)
    came = {each.id for each in delivery.returned}
    fewer = [c for c in list(changes.values())[len(plan.changes) :] if id_of(c.before.key) in came]
    return replace(
        plan,
        changes=list(changes.values()),
        unchanged=plan.unchanged - len(fewer),
        warnings=[*plan.warnings, *told],
    )


def _with(change: Change | None, entry: Entry, remark: Remark) -> Change:
    """What happens to a message, and a line more in its comment."""
    if change is None or change.kind is Kind.KEPT:
        change = Change(Kind.REMARKED, entry, entry, remark.location)
    comments = dict.fromkeys((*change.after.comments, remark.text))
    return change._replace(after=change.after.changed(comments=tuple(comments)))


def _told(remark: Remark, entry: Entry | None) -> Problem:
    said = " ".join(remark.text.split())[:_LONGEST]
    text = short(entry.text, _SHOWN) if entry else ""
    what = f"on “{text}”: {said}" if text else said
    hint = "Comments are not imported from here; answer it, or write it into the catalogue."
    if entry and remark.kept:
        hint = "It goes into the comment of the message in the catalogue; answer it there."
    return Problem("exchange-comment", what, remark.location, Severity.WARNING, hint)
