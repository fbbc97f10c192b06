"""Bringing a catalogue up to date with its template, so that nothing a translator wrote is lost.

Three steps, each for what the one before left over: the same key; the same text in another
context; similar texts (`matching`). What remains of the old is kept as obsolete and comes
back when its text does. Model: GNU gettext manual, section "Invoking msgmerge".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from publish.catalogues import matching
from publish.catalogues.merging import merged, untouched
from publish.catalogues.order import out_of_order
from publish.catalogues.values import Catalogue, Entry, Key

MINOR_SCORE = 85.0
"""How similar a text must be for its change to be taken as minor unseen."""

Minor: TypeAlias = bool | Collection[Key]

DATE = "POT-Creation-Date"


class Match(NamedTuple):
    """A message, the former ones its translation comes from, and how similar they are (to 100)."""

    entry: Entry
    former: tuple[Entry, ...]
    score: float


class Update(NamedTuple):
    """The catalogue brought up to date, and what happened to its messages.

    `moved` have the same text at another place or in another context; `revived` were
    obsolete; `carried` have a similar text, and stay approved as the change was called
    minor; `vanished` are no longer in use.
    """

    catalogue: Catalogue
    unchanged: tuple[Entry, ...]
    moved: tuple[Entry, ...]
    revived: tuple[Entry, ...]
    fuzzy: tuple[Match, ...]
    carried: tuple[Match, ...]
    new: tuple[Entry, ...]
    vanished: tuple[Entry, ...]


class _Kind(Enum):
    """What became of a message."""

    UNCHANGED = auto()
    MOVED = auto()
    REVIVED = auto()
    FUZZY = auto()
    CARRIED = auto()


class _Found(NamedTuple):
    """The former entries for a message of the template."""

    former: tuple[Entry, ...]
    kind: _Kind
    score: float = 100.0


def update(catalogue: Catalogue, template: Catalogue, *, minor: Minor = False) -> Update:
    """The catalogue with the messages of the template, in its order.

    `minor` says that changed texts mean what they meant: of the messages named by their new
    keys, or, if True, of all in which only spelling and punctuation were mended. Their
    translations stay approved. The header keeps all but POT-Creation-Date, and that too if
    nothing else changes: then the catalogue returned is the one given.
    """
    wanted = template.messages
    found = _same_key(catalogue, wanted)
    found |= _same_text(catalogue, wanted, found)
    found |= _similar(catalogue, wanted, found, minor)
    used = {id(entry) for each in found.values() for entry in each.former}
    keys = {entry.key for entry in wanted}
    vanished = tuple(
        entry for entry in catalogue.messages if id(entry) not in used and entry.key not in keys
    )
    messages = tuple(_settled(entry, found.get(place)) for place, entry in enumerate(wanted))
    memory = tuple(entry for entry in catalogue.obsolete if id(entry) not in used) + _retired(
        vanished
    )
    return _reported(_assembled(catalogue, template, messages, memory), messages, found, vanished)


def _same_key(catalogue: Catalogue, wanted: Sequence[Entry]) -> dict[int, _Found]:
    """The messages that are there already; obsolete ones if none in use is translated."""
    memory = {entry.key: entry for entry in catalogue.obsolete if entry.written}
    found = {}
    for place, entry in enumerate(wanted):
        former = catalogue.by_key.get(entry.key)
        if former is None or not former.written:
            former = memory.get(entry.key, former)
        if former:
            kind = _Kind.REVIVED if former.obsolete else _Kind.UNCHANGED
            found[place] = _Found((former,), kind if former.plural == entry.plural else _Kind.FUZZY)
    places = {id(entry): place for place, entry in enumerate(catalogue.messages)}
    same = [
        (place, places[id(each.former[0])])
        for place, each in found.items()
        if each.kind is _Kind.UNCHANGED
    ]
    moved = out_of_order([before for _, before in same])
    return found | {
        same[index][0]: found[same[index][0]]._replace(kind=_Kind.MOVED) for index in moved
    }


def _same_text(
    catalogue: Catalogue, wanted: Sequence[Entry], found: Mapping[int, _Found]
) -> dict[int, _Found]:
    """The messages of which only the context is new.

    A context tells twins apart. If the text neither had a twin nor has one now, it told
    nothing, and the translation stays approved; otherwise it may be the other twin's: fuzzy.
    """
    former: dict[str, list[Entry]] = defaultdict(list)
    for entry in (*catalogue.messages, *catalogue.obsolete):
        if entry.written:
            former[entry.text].append(entry)
    present = Counter(entry.text for entry in wanted)
    used = {id(entry) for each in found.values() for entry in each.former}
    more = {}
    for place, entry in _open(wanted, found):
        if same := sorted(former[entry.text], key=lambda each: id(each) in used):
            alone = len(same) == present[entry.text] == 1 and same[0].plural == entry.plural
            kind = _Kind.REVIVED if same[0].obsolete else _Kind.MOVED
            more[place] = _Found((same[0],), kind if alone else _Kind.FUZZY)
            used.add(id(same[0]))
    return more


def _similar(
    catalogue: Catalogue, wanted: Sequence[Entry], found: Mapping[int, _Found], minor: Minor
) -> dict[int, _Found]:
    """The messages whose text was changed, split or joined."""
    used = {id(entry) for each in found.values() for entry in each.former}
    vanished = [entry for entry in catalogue.messages if entry.written and id(entry) not in used]
    memory = [entry for entry in catalogue.obsolete if entry.written and id(entry) not in used]
    former = vanished + memory
    new = _open(wanted, found)
    texts = [entry.text for _, entry in new], [entry.text for entry in former]
    origins = matching.origins(*texts, len(vanished))
    served = Counter(old for origin in origins.values() for old in origin.old)
    more = {}
    for index, origin in origins.items():
        place, entry = new[index]
        each = _Found(tuple(former[old] for old in origin.old), _Kind.FUZZY, origin.score)
        alone = all(served[old] == 1 for old in origin.old)
        carried = alone and _is_minor(entry, each, minor)
        more[place] = each._replace(kind=_Kind.CARRIED) if carried else each
    return more


def _open(wanted: Sequence[Entry], found: Mapping[int, _Found]) -> list[tuple[int, Entry]]:
    return [(place, entry) for place, entry in enumerate(wanted) if place not in found]


def _is_minor(entry: Entry, found: _Found, minor: Minor) -> bool:
    """Whether the approval of former entries, until now in use, holds for the changed text.

    Of several it can only if their texts were joined and nothing else was done to them.
    """
    former = found.former[0]
    as_plural = (former.plural is None) == (entry.plural is None)
    if any(each.fuzzy or each.obsolete for each in found.former) or not as_plural:
        return False
    if len(found.former) > 1:
        return bool(minor) and " ".join(each.text for each in found.former) == entry.text
    if isinstance(minor, bool):
        return minor and found.score >= MINOR_SCORE and _is_mended(former.text, entry.text)
    return entry.key in minor


def _is_mended(former: str, new: str) -> bool:
    """Whether only spelling was mended, and the figures are the same."""
    from publish.catalogues.spelling import only_mended  # most updates do without

    same_figures = re.findall(r"\d+", former) == re.findall(r"\d+", new)
    return same_figures and only_mended(former, new)


def _settled(entry: Entry, found: _Found | None) -> Entry:
    if found is None:
        return untouched(entry)
    return merged(entry, found.former, fuzzy=found.kind is _Kind.FUZZY)


def _retired(vanished: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(
        entry.changed(obsolete=True) for entry in vanished if entry.written or entry.comments
    )


def _assembled(
    catalogue: Catalogue,
    template: Catalogue,
    messages: tuple[Entry, ...],
    memory: tuple[Entry, ...],
) -> Catalogue:
    if messages == catalogue.messages and memory == catalogue.obsolete:
        return catalogue
    changed = catalogue._replace(entries=messages + memory)
    date = template.fields.get(DATE)
    return changed.with_field(DATE, date) if date else changed


def _reported(
    catalogue: Catalogue,
    messages: Sequence[Entry],
    found: Mapping[int, _Found],
    vanished: tuple[Entry, ...],
) -> Update:
    plain: dict[_Kind | None, list[Entry]] = defaultdict(list)
    matches: dict[_Kind, list[Match]] = defaultdict(list)
    for place, entry in enumerate(messages):
        each = found.get(place)
        if each and each.kind in (_Kind.FUZZY, _Kind.CARRIED):
            matches[each.kind].append(Match(entry, each.former, each.score))
        else:
            plain[each.kind if each else None].append(entry)
    return Update(
        catalogue,
        unchanged=tuple(plain[_Kind.UNCHANGED]),
        moved=tuple(plain[_Kind.MOVED]),
        revived=tuple(plain[_Kind.REVIVED]),
        fuzzy=tuple(matches[_Kind.FUZZY]),
        carried=tuple(matches[_Kind.CARRIED]),
        new=tuple(plain[None]),
        vanished=vanished,
    )
