"""A part of a catalogue as a PO file of its own, for whoever translates only that.

What was handed out is remembered in its header: whose edition it is, and for each message a
digest of its translation, so that work done here in the meantime is seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from publish import catalogues
from publish.catalogues import Catalogue, Entry
from publish.catalogues.reviews import State
from publish.exchange.safety import sized
from publish.exchange.values import Delivery, Returned, Unit, id_of, lot, sent_state, words
from publish.problems import Location

EDITION, STATE = "X-Publish-Edition", "X-Publish-State"


def write(catalogue: Catalogue, chosen: Sequence[Unit], edition: str) -> bytes:
    """The chosen messages with the catalogue's header, each as it stands in its file."""
    entries = tuple(unit.entry for unit in chosen)
    states = " ".join(f"{unit.id}:{unit.base}" for unit in chosen)
    part = catalogue._replace(entries=entries, tail="")
    return catalogues.serialise(part.with_field(EDITION, edition).with_field(STATE, states))


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
    return Delivery("PO", edition, done, by, markdown=True, lot=lot("PO", read))


def _state(entry: Entry, base: str) -> State:
    """Fuzzy or not is all that PO can say; what was reviewed is so still."""
    return State.FUZZY if entry.fuzzy else max(State.TRANSLATED, sent_state(base))
