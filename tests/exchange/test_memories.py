"""What was translated elsewhere fills what nobody has translated here, and says its origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.samples import of_language, small, written
from publications import ARTICLE, CATALOGUE, append, made, told
from publish import catalogues, cli
from publish.catalogues import Catalogue, Entry, Previous
from publish.documents.pandoc import Pandoc
from publish.exchange import memories, remembering
from publish.exchange.remembering import Filled
from publish.problems import PublishError

TREATY = "The *treaty*[^1] was signed on 19 June 2024 by both heads of state."
VERTRAG = "Der *Vertrag*[^1] wurde am 19. Juni 2024 von beiden Staatschefs unterzeichnet."
LATER = "The *treaty*[^1] was signed on 20 June 2024 by both heads of state."


def fill(
    found: Catalogue, data: bytes, pandoc: Pandoc, name: str = "old.po", *, approve: bool = True
) -> tuple[Catalogue, list[Filled]]:
    known = memories.read(data, name, "en", "de")
    return remembering.fill(found, known, pandoc, approve=approve)


def tmx(*units: tuple[str, str], language: str = "de-AT", source: str = "en_US") -> bytes:
    """What another tool wrote."""
    variants = "".join(
        f'<tu><tuv xml:lang="{source}"><seg>{one}</seg></tuv>'
        f'<tuv xml:lang="{language}"><seg>{other}</seg></tuv></tu>'
        for one, other in units
    )
    head = '<?xml version="1.0"?><tmx version="1.4"><header srclang="en" creationtool="x"/>'
    return f"{head}<body>{variants}</body></tmx>".encode()


def emptied(found: Catalogue) -> Catalogue:
    entries = tuple(Entry(e.text, context=e.context, flags=("no-wrap",)) for e in found.messages)
    return found._replace(entries=entries)


def test_a_memory_of_all_messages_gives_all_translations_back(pandoc: Pandoc) -> None:
    found = of_language("ko")
    data = written("tmx", found, "ko", pandoc)
    known = memories.read(data, "ko.tmx", "en-GB", "ko")
    after, filled = remembering.fill(emptied(found), known, pandoc, approve=True)
    translations = {
        e.key: e.translation for e in found.messages if e.translated and e.context is None
    }
    assert {e.key: e.translation for e in after.messages if e.translated} == translations
    assert {line for each in filled for line in each.entry.comments} == {"memory: ko.tmx"}


@pytest.mark.parametrize("approve", [True, False])
def test_the_very_same_passage_is_what_is_asked(pandoc: Pandoc, *, approve: bool) -> None:
    data = catalogues.serialise(small((TREATY, VERTRAG)))
    after, _ = fill(small((TREATY, "")), data, pandoc, approve=approve)
    (entry,) = after.messages
    assert (entry.translation, entry.fuzzy) == (VERTRAG, not approve)
    assert entry.comments == ("memory: old.po",)
    assert entry.previous is None


def test_a_passage_like_it_is_fuzzy_and_keeps_what_was_translated(pandoc: Pandoc) -> None:
    data = catalogues.serialise(small((TREATY, VERTRAG), ("Quite another thing.", "Anderes.")))
    after, (filled,) = fill(small((LATER, ""), ("No such words here.", "")), data, pandoc)
    assert filled.entry.fuzzy
    assert filled.entry.previous == Previous(None, TREATY)
    assert filled.entry.comments == ("memory: old.po, 97 %",)
    assert [e.written for e in after.messages] == [True, False]


def test_what_somebody_translated_here_stays(pandoc: Pandoc) -> None:
    data = catalogues.serialise(small((TREATY, VERTRAG)))
    for here in (small((TREATY, "Hier.")), small((TREATY, "Hier."), fuzzy=True)):
        after, filled = fill(here, data, pandoc)
        assert not filled
        assert after.messages == here.messages


def test_another_context_and_two_opinions_are_for_somebody_to_look_at(pandoc: Pandoc) -> None:
    note = small(("Note", "Anmerkung"))._replace(entries=(Entry("Note", "Notiz", "verb"),))
    _, (filled,) = fill(small(("Note", "")), catalogues.serialise(note), pandoc)
    assert (filled.entry.translation, filled.entry.fuzzy) == ("Notiz", True)
    known = memories.read(catalogues.serialise(small(("Note", "Notiz"))), "a.po", "en", "de")
    known += memories.read(catalogues.serialise(small(("Note", "Anmerkung"))), "b.po", "en", "de")
    _, (filled,) = remembering.fill(small(("Note", "")), known, pandoc, approve=True)
    assert (filled.entry.translation, filled.entry.fuzzy) == ("Notiz", True)


def test_fuzzy_translations_elsewhere_are_no_memory() -> None:
    data = catalogues.serialise(small((TREATY, VERTRAG), fuzzy=True))
    assert not memories.read(data, "a.po", "en", "de")


def test_another_tools_words_are_taken_and_its_codes_looked_at(pandoc: Pandoc) -> None:
    data = tmx(
        ("Both heads of state.", "Beide Staatschefs."),
        (
            'The <bpt i="1" x="1">&lt;i&gt;</bpt>treaty<ept i="1">&lt;/i&gt;</ept> of 1961.',
            'Der <bpt i="1" x="1">&lt;i&gt;</bpt>Vertrag<ept i="1">&lt;/i&gt;</ept> von 1961.',
        ),
        (TREATY, VERTRAG),
    )
    here = small(("Both heads of state.", ""), ("The *treaty* of 1961.", ""), (TREATY, ""))
    after, _ = fill(here, data, pandoc, "other.tmx")
    assert [(e.translation, e.fuzzy) for e in after.messages] == [
        ("Beide Staatschefs.", False),
        ("Der *Vertrag* von 1961.", True),
        (VERTRAG, False),
    ]


def test_a_translation_that_would_lose_something_is_not_approved(pandoc: Pandoc) -> None:
    data = tmx((TREATY, "Der Vertrag wurde unterzeichnet."))
    _, (filled,) = fill(small((TREATY, "")), data, pandoc, "other.tmx")
    assert filled.entry.fuzzy


@pytest.mark.parametrize(
    "data",
    [
        tmx(("Note", "Note"), language="fr"),
        tmx(("Note", "Notiz"), source="ko"),
        catalogues.serialise(small(("Note", "Notiz")).with_field("Language", "ru")),
    ],
)
def test_memories_of_other_languages_are_none(data: bytes) -> None:
    assert not memories.read(data, "other", "en", "de")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\3\4", "memory-type"),
        (b"<xliff/>", "memory-type"),
        (b"<tmx><body>", "exchange-broken"),
        (b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx>&a;</tmx>', "exchange-unsafe"),
    ],
)
def test_what_is_no_memory_is_told(data: bytes, code: str) -> None:
    with pytest.raises(PublishError) as caught:
        memories.read(data, "file", "en", "de")
    assert [problem.code for problem in caught.value.problems] == [code]


def test_update_fills_from_memory_and_takes_it_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = made(tmp_path / "publication", built=False)
    append(ARTICLE, "\nBoth heads of state.\n")(folder)
    memory = tmp_path / "other.tmx"
    memory.write_bytes(tmx(("Both heads of state.", "두 나라 정상."), language="ko"))
    wrong = tmp_path / "wrong.tmx"
    wrong.write_bytes(tmx(("Both heads of state.", "Les deux."), language="fr"))
    before = (folder / CATALOGUE).read_bytes()
    start = ["--project", str(folder), "update", "ko", "--exact", "translated", "--memory"]
    assert cli.main([*start, str(memory), str(wrong)]) == 1
    assert [one.code for one in told(capsys.readouterr().err)] == ["memory-language"]
    assert (folder / CATALOGUE).read_bytes() == before
    assert cli.main([*start, str(memory)]) == 0
    assert "from memory 1 translated, 0 fuzzy" in capsys.readouterr().err
    after = (folder / CATALOGUE).read_text("utf-8")
    assert "# memory: other.tmx\n" in after
    assert cli.main(["--project", str(folder), "update", "--undo"]) == 0
    assert (folder / CATALOGUE).read_bytes() == before
