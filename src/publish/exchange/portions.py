"""A part of a catalogue as a PO file of its own, for whoever translates only that.

What was handed out is remembered in its header: whose edition it is, and for each message a
digest of its translation and of each line of its comment, so that work done here in the meantime
is seen, and what was said out there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish import catalogues
from publish.catalogues import Catalogue, Entry
from publish.catalogues.reviews import State
from publish.exchange.safety import sized
from publish.exchange.values import (
    Delivery,
    Remark,
    Returned,
    Unit,
    id_of,
    lot,
    noted,
    sent_state,
    words,
)
from publish.problems import Location

EDITION, STATE, SAID = "X-Publish-Edition", "X-Publish-State", "X-Publish-Comments"


def write(catalogue: Catalogue, chosen: Sequence[Unit], edition: str) -> bytes:
    """The chosen messages with the catalogue's header, each as it stands in its file."""
    entries = tuple(unit.entry for unit in chosen)
    states = " ".join(f"{unit.id}:{unit.base}" for unit in chosen)
    said = " ".join(noted(unit.id, line) for unit in chosen for line in unit.entry.comments)
    part = catalogue._replace(entries=entries, tail="").with_field(EDITION, edition)
    return catalogues.serialise(part.with_field(STATE, states).with_field(SAID, said))


def read(data: bytes, path: str) -> Delivery:
    """A PO file that came back; all of a catalogue is a part of it too."""
    sized(data, path)
    part = catalogues.parse(data, path)
    pairs = (pair.partition(":") for pair in part.fields.get(STATE, "").split())
    states = {id: digest for id, _, digest in pairs}
    read = [
        Returned(id, (e.translation,), Location(path, e.line), _state(e, base), base)
        for e in part.messages
        if e.plural is None
        for id in [id_of(e.key)]
        for base in [states.get(id, "")]
    ]
    edition = part.fields.get(EDITION) or part.fields.get("Language", "").replace("_", "-")
    by = part.fields.get("Last-Translator", "")
    done = [each for each in read if words(each.target)]
    said = list(_remarks(part, path))
    return Delivery("PO", edition, done, by, markdown=True, lot=lot("PO", read), remarks=said)


def _remarks(part: Catalogue, path: str) -> Iterator[Remark]:
    """The lines of comments that were not there when it went out."""
    sent = set(part.fields.get(SAID, "").split())
    for entry in part.messages:
        for line in entry.comments:
            if line.strip() and noted(id_of(entry.key), line) not in sent:
                yield Remark(id_of(entry.key), line, Location(path, entry.line), kept=True)


def _state(entry: Entry, base: str) -> State:
    """Fuzzy or not is all that PO can say; what was reviewed is so still."""
    return State.FUZZY if entry.fuzzy else max(State.TRANSLATED, sent_state(base))
