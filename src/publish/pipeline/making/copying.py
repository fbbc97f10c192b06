"""Copying: an edition as a copy for review, whatever state its catalogue is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from publish.catalogues import Catalogue, Entry, Key
from publish.catalogues.reviews import id_of
from publish.checks import translations
from publish.checks.translations import CODES, Pair, waivers
from publish.documents import trees
from publish.documents.trees import Blocks, Inlines, Node
from publish.editions import Edition, classes, markup, quotes
from publish.editions.copies import Copy, Doubt, Part, Passage, Place, Signature, Waived
from publish.editions.making import make
from publish.languages import Language
from publish.messages import Message
from publish.messages.comparison import faults
from publish.messages.placeholders import number_of
from publish.pipeline import preparing
from publish.pipeline.editing import Editing
from publish.pipeline.naming import tag_of
from publish.pipeline.translation import receiving
from publish.problems import Problem
from publish.records import replace

_SCHEMES = ("http://", "https://", "mailto:")


def edition(editing: Editing, name: str) -> Edition:
    """An edition with its copy for review, and without its text.

    PublishError as `Editing.order`, but not for what is wrong in translations: that is shown.
    """
    made = make(editing.order(name, lenient=True), editing.pandoc, editing.shelf)
    return replace(made, chapters=(), resources={}, logo="", copy=_Copying(editing, name).copy())


class _Copying:
    """One copy in the making."""

    def __init__(self, editing: Editing, name: str) -> None:
        prepared = editing.read()
        self.editing, self.name = editing, name
        self.source = preparing.language(editing.project, prepared.manuscript.metadata.language)
        self.language = preparing.language(editing.project, tag_of(name))
        self.catalogue = preparing.catalogue(editing.project, name)
        self.reviews = preparing.reviews(editing.project, name)
        self.messages = prepared.passages
        self.entries = _entries(self.catalogue, preparing.own_words(self.language.tag))

    def copy(self) -> Copy:
        """All passages; one that comes twice stands where it comes first."""
        every = [message for part in self.messages for message in part]
        translated = self._translations(every)
        doubts = self._doubts(every, translated)
        sources = self._html([message.inlines for message in every], self.source)
        targets = self._html([translated.get(m.key) or [] for m in every], self.language)
        written = zip(every, sources, targets, strict=True)
        passages = {
            message.key: self._passage(number, message, (source, target), doubts)
            for number, (message, source, target) in enumerate(written, 1)
        }
        parts = defaultdict[str, list[Passage]](list)
        for message in every:
            parts[message.location.path].append(passages[message.key])
        return Copy(tuple(Part(path, tuple(found)) for path, found in parts.items()))

    def _passage(
        self,
        number: int,
        message: Message,
        html: tuple[str, str],
        doubts: Mapping[Key, list[Doubt]],
    ) -> Passage:
        entry = self.entries.get(message.key) or Entry(message.text, context=message.context)
        signed = self.reviews.of(entry)
        allowed = [w for w in waivers.read(entry, "") if w.code]
        return Passage(
            number=number,
            id=id_of(message.key),
            source=html[0],
            translation=html[1] or _plain(entry.translation),
            state=self.reviews.state(entry).word,
            label=message.place,
            former=_former(entry),
            context=message.context or "",
            manuscript=entry.references or _reference(message),
            catalogue=Place(entry.path, entry.line) if entry.line and entry.path else None,
            signatures=tuple(Signature(r.state.word, r.by, r.date) for r in signed),
            notes=(message.comment,) if message.comment else (),
            remarks=tuple(c for c in entry.comments if c.strip() and not _is_waiver(c)),
            doubts=tuple(doubts.get(message.key, ())),
            waivers=tuple(Waived(w.code, w.reason) for w in allowed if w.code in CODES),
            heading=message.place == trees.text(message.inlines),
        )

    def _translations(self, messages: Sequence[Message]) -> dict[Key, Inlines | None]:
        """What has been written, fuzzy or not, as pandoc reads it; None for what is no passage."""
        entries = [e for m in messages if (e := self.entries.get(m.key)) and e.translation]
        read = self.editing.pandoc.inlines([entry.translation for entry in entries])
        return {entry.key: inlines for entry, inlines in zip(entries, read, strict=True)}

    def _doubts(
        self, messages: Sequence[Message], translated: Mapping[Key, Inlines | None]
    ) -> dict[Key, list[Doubt]]:
        """What `publish check` says of each message."""
        keys = {entry.location: entry.key for entry in self.catalogue.messages}
        found = defaultdict[Key, list[Doubt]](list)
        for problem in self._problems(messages, translated):
            if key := keys.get(problem.location):
                about = str(problem.severity), problem.code, problem.message, problem.hint
                found[key].append(Doubt(*about))
        return found

    def _problems(
        self, messages: Sequence[Message], translated: Mapping[Key, Inlines | None]
    ) -> Iterator[Problem]:
        pairs = []
        for message in messages:
            entry = self.catalogue.by_key.get(message.key)
            if entry and entry.translated:
                inlines = translated.get(message.key)
                pairs.append(Pair(message, entry, entry.path, inlines))
                for fault in faults(message.inlines, inlines):
                    yield Problem(fault.code, fault.message, entry.location, hint=fault.hint)
        terms = receiving.glossary(self.editing.project, self.name).terms
        yield from translations.check(pairs, self.language, self.source, terms)
        yield from translations.states(self.catalogue.messages)

    def _html(self, passages: Sequence[Inlines], language: Language) -> list[str]:
        """Passages as fragments of HTML in which nothing acts and no id stands twice."""
        writing = quotes.Quotes(language.quotes, lambda _: None)
        blocks: list[Blocks] = [
            writing.written([{"t": "Plain", "c": trees.rewritten(inlines, _shown)}])
            for inlines in trees.rewritten(passages, classes.apart, trees.ATTRIBUTED)
        ]
        return [markup.clean(html).strip() for html in self.editing.pandoc.html(blocks)]


def _entries(catalogue: Catalogue, words: Catalogue | None) -> dict[Key, Entry]:
    """The entries of a catalogue; where nothing is written, what publish itself says."""
    own = {key: e._replace(line=0) for key, e in words.by_key.items()} if words else {}
    return own | {e.key: e for e in catalogue.messages if e.written or e.key not in own}


def _reference(message: Message) -> tuple[str, ...]:
    return (str(message.location),) if message.location.path else ()


def _is_waiver(comment: str) -> bool:
    return comment.strip().lower().startswith("publish:")


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _former(entry: Entry) -> str:
    """The source that was translated, beside what it is now: words gone and words new."""
    from difflib import SequenceMatcher

    former = entry.previous.text if entry.previous and entry.fuzzy else None
    if not former:
        return ""
    before, after = former.split(), entry.text.split()
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, new = _plain(" ".join(before[i1:i2])), _plain(" ".join(after[j1:j2]))
        if tag == "equal":
            pieces.append(new)
        else:
            pieces += [f"<del>{gone}</del>"] * bool(gone) + [f"<ins>{new}</ins>"] * bool(new)
    return " ".join(pieces)


def _shown(node: Node) -> Node | list[Node] | None:
    """An inline as a reviewer sees it: nothing that acts, that is fetched or that is named."""
    kind, contents = node["t"], node.get("c")
    if kind == "Note":
        number = number_of(node)
        return trees.span([trees.string(f"[{number or '…'}]")], classes=["call"])
    if kind == "RawInline" and contents:
        return {"t": "Code", "c": [["", [], []], contents[1]]}
    if kind == "Image" and contents:
        words = trees.attribute(node, "alt") or trees.text(contents[1])
        return trees.span([trees.string(f"▧ {words}")], classes=["picture"])
    if kind == "Link" and contents and not contents[2][0].startswith(_SCHEMES):
        return trees.span(contents[1], classes=["link"])
    if kind == "Cite" and contents:
        return trees.span([trees.string(_citation(contents[0]))], classes=["citation"])
    return _nameless(node)


def _citation(citations: Sequence[Node]) -> str:
    """A citation as it stands in the catalogue: `[see @doe-2020, p. 3; @mill]`, `@doe [p. 3]`."""
    texts = []
    for each in citations:
        before, after = (trees.text(each[f"citation{part}"]) for part in ("Prefix", "Suffix"))
        mark = "-@" if each["citationMode"]["t"] == "SuppressAuthor" else "@"
        named = each["citationMode"]["t"] == "AuthorInText"
        key = f"{before} {mark}{each['citationId']}".strip()
        texts.append(f"{key} [{after.strip(', ')}]" if named and after else f"{key}{after}")
    plain = citations[0]["citationMode"]["t"] == "AuthorInText"
    return texts[0] if plain and len(texts) == 1 else f"[{'; '.join(texts)}]"


def _nameless(node: Node) -> Node | None:
    """A node without its id, which may stand elsewhere on the page."""
    attr = trees.attr_of(node)
    if not attr or not attr[0]:
        return None
    return {"t": node["t"], "c": [["", *attr[1:]], *node["c"][1:]]}
