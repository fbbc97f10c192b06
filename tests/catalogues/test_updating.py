"""When the manuscript changes, every translation finds its place again."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publish import catalogues
from publish.catalogues import Catalogue, Entry, Key, Previous, Update
from publish.catalogues.updating import Minor

HEADER = Entry("", "POT-Creation-Date: 2026-01-01\nContent-Type: text/plain; charset=UTF-8\n")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

FIRST = "The treaty was signed in Pyongyang on 19 June 2024 by both heads of state."
SECOND = "It obliges both parties to immediate military assistance in case of war."
THIRD = "Its 23 articles replace the treaties of 1961 and 2000, of which nothing is kept."


def translated(*texts: str, **fields: object) -> list[Entry]:
    return [Entry(text, f"[{text}]").changed(**fields) for text in texts]


def update(old: list[Entry], new: list[Entry], minor: Minor = False) -> Update:
    template = catalogues.template(new, "treaty", "1", NOW)
    return catalogues.update(Catalogue("", HEADER, tuple(old)), template, minor=minor)


def plain(*texts: str) -> list[Entry]:
    return [Entry(text) for text in texts]


def forms(update: Update) -> dict[Key, str]:
    return {entry.key: entry.translation for entry in update.catalogue.messages}


def test_an_unchanged_message_keeps_everything() -> None:
    entry = Entry(
        FIRST, "조약", comments=("remark",), flags=("x-foo",), previous=Previous(None, "before")
    )
    assert update([entry], plain(FIRST)).unchanged == (entry,)


def test_what_the_source_says_of_a_message_replaces_what_it_said() -> None:
    old = Entry(
        FIRST,
        "조약",
        extracted=("heading › paragraph 1",),
        references=("a.md:1",),
        flags=("fuzzy", "c-format", "x-foo", "no-wrap"),
    )
    new = Entry(
        FIRST,
        extracted=("heading › paragraph 2",),
        references=("b.md:7",),
        flags=("markdown-text",),
    )
    (entry,) = update([old], [new]).catalogue.messages
    assert entry.extracted == new.extracted
    assert entry.references == new.references
    assert entry.flags == ("fuzzy", "x-foo", "markdown-text")


def test_a_message_that_moved_is_told_and_the_order_is_the_manuscripts() -> None:
    result = update(translated(FIRST, SECOND, THIRD), plain(THIRD, FIRST, SECOND))
    assert [entry.text for entry in result.moved] == [THIRD]
    assert list(forms(result).values()) == [f"[{THIRD}]", f"[{FIRST}]", f"[{SECOND}]"]


def test_a_similar_message_becomes_fuzzy_and_keeps_the_former_text() -> None:
    changed = FIRST.replace("both heads", "the heads")
    (match,) = update(translated(FIRST), plain(changed)).fuzzy
    assert match.entry.flags == ("fuzzy",)
    assert match.entry.previous == Previous(None, FIRST)
    assert match.entry.translation == f"[{FIRST}]"
    assert match.former[0].text == FIRST
    assert 90 < match.score < 100


def test_a_fuzzy_message_that_changes_again_keeps_the_text_it_was_translated_from() -> None:
    twice = FIRST.replace("signed", "concluded")
    (old,) = translated(SECOND, flags=("fuzzy",), previous=Previous(None, FIRST))
    (match,) = update([old.changed(text=FIRST + " And more.")], plain(twice)).fuzzy
    assert match.entry.previous == Previous(None, FIRST)


def test_a_fuzzy_message_whose_text_is_as_it_was_says_so_and_stays_fuzzy() -> None:
    old = Entry(FIRST + " And more.", "조약", flags=("fuzzy",), previous=Previous(None, FIRST))
    (match,) = update([old], plain(FIRST)).fuzzy
    assert match.entry == Entry(FIRST, "조약", flags=("fuzzy",), previous=Previous(None, FIRST))


def test_quite_another_message_is_new_and_the_old_one_is_kept_as_memory() -> None:
    result = update(translated(FIRST, comments=("remark",)), plain("Notes"))
    assert result.new == (Entry("Notes"),)
    assert [entry.text for entry in result.vanished] == [FIRST]
    (memory,) = result.catalogue.obsolete
    assert (memory.translation, memory.comments) == (f"[{FIRST}]", ("remark",))


def test_a_message_nobody_wrote_anything_for_leaves_no_memory() -> None:
    result = update(plain(FIRST), plain("Notes"))
    assert [entry.text for entry in result.vanished] == [FIRST]
    assert not result.catalogue.obsolete


def test_a_message_comes_back_approved_with_its_text() -> None:
    gone = update(translated(FIRST, SECOND), plain(SECOND)).catalogue
    back = update(list(gone.entries), plain(FIRST, SECOND))
    assert [entry.text for entry in back.revived] == [FIRST]
    assert [e.key for e in back.catalogue.messages if e.translated] == [
        (None, FIRST),
        (None, SECOND),
    ]


def test_a_message_comes_back_fuzzy_if_it_went_fuzzy() -> None:
    gone = update(translated(FIRST, flags=("fuzzy",)), plain()).catalogue
    (entry,) = update(list(gone.entries), plain(FIRST)).catalogue.messages
    assert entry.fuzzy


def test_memory_serves_a_similar_text_too() -> None:
    gone = update(translated(FIRST), plain()).catalogue
    result = update(list(gone.entries), plain(FIRST + " So it was."))
    assert [match.entry.translation for match in result.fuzzy] == [f"[{FIRST}]"]
    assert not result.catalogue.obsolete


def test_both_halves_of_a_split_paragraph_get_its_translation() -> None:
    result = update(translated(f"{FIRST} {SECOND} {THIRD}"), plain(FIRST, SECOND, THIRD))
    assert {match.entry.translation for match in result.fuzzy} == {f"[{FIRST} {SECOND} {THIRD}]"}
    assert len(result.fuzzy) == 3


def test_a_joined_paragraph_gets_all_its_translations_in_order() -> None:
    result = update(translated(FIRST, SECOND, THIRD), plain(f"{FIRST} {SECOND} And {THIRD}"))
    (match,) = result.fuzzy
    assert match.entry.translation == f"[{FIRST}] [{SECOND}] [{THIRD}]"
    assert match.entry.previous == Previous(None, f"{FIRST} {SECOND} {THIRD}")
    assert not result.catalogue.obsolete


def test_halves_that_were_edited_too_get_it_as_well() -> None:
    first, second = FIRST.replace("signed", "concluded"), SECOND.replace("immediate", "instant")
    result = update(translated(f"{FIRST} {SECOND}", comments=("remark",)), plain(first, second))
    assert {m.entry.translation for m in result.fuzzy} == {f"[{FIRST} {SECOND}]"}
    assert [m.entry.comments for m in result.fuzzy] == [("remark",)] * 2
    assert {m.entry.previous for m in result.fuzzy} == {Previous(None, f"{FIRST} {SECOND}")}


def test_a_paragraph_split_and_joined_again_says_it_once() -> None:
    whole = f"{FIRST} {SECOND}"
    halves = update(translated(whole, comments=("remark",)), plain(FIRST, SECOND)).catalogue
    (match,) = update(list(halves.entries), plain(whole)).fuzzy
    assert match.entry.translation == f"[{whole}]"
    assert match.entry.comments == ("remark",)


def test_a_join_with_what_nobody_translated_keeps_the_part_that_somebody_did() -> None:
    result = update([*translated(FIRST), *plain(SECOND)], plain(f"{FIRST} {SECOND}"))
    (match,) = result.fuzzy
    assert match.entry.translation == f"[{FIRST}]"
    assert match.entry.previous == Previous(None, FIRST)


def test_a_sentence_that_went_to_the_next_paragraph_leaves_both_their_translations() -> None:
    old = translated(f"{FIRST} {SECOND}", THIRD)
    result = update(old, plain(FIRST, f"{SECOND} {THIRD}"))
    found = {match.entry.text: match.entry.translation for match in result.fuzzy}
    assert found[FIRST] == f"[{FIRST} {SECOND}]"
    assert f"[{THIRD}]" in found[f"{SECOND} {THIRD}"]
    assert not result.catalogue.obsolete


def test_a_former_translation_serves_the_most_similar_message_and_only_that() -> None:
    near, nearer = FIRST.replace("June", "July"), FIRST.replace("both", "the")
    result = update(translated(FIRST, near), plain(FIRST.replace("June", "Juni"), nearer))
    assert sorted(match.former[0].text for match in result.fuzzy) == sorted([FIRST, near])


def test_a_new_context_keeps_the_translation_where_it_told_nothing_apart() -> None:
    (old,) = translated("Abstract")
    result = update([old], [Entry("Abstract", context="heading")])
    assert forms(result) == {("heading", "Abstract"): "[Abstract]"}
    assert [entry.fuzzy for entry in result.moved] == [False]


def test_a_new_context_makes_fuzzy_where_it_tells_twins_apart() -> None:
    (old,) = translated("Note")
    result = update([old], [Entry("Note", context="verb"), Entry("Note", context="noun")])
    assert set(forms(result).values()) == {"[Note]"}
    assert [match.entry.previous for match in result.fuzzy] == [Previous(None, "Note")] * 2


def test_plural_forms_change_without_loss() -> None:
    one, many = Entry("a note", "주"), Entry("a note", plural="notes", translations=("", ""))
    (match,) = update([one], [many]).fuzzy
    assert match.entry.translations == ("주", "")
    full = many.changed(translations=("Anmerkung", "Anmerkungen"))
    (match,) = update([full], [Entry("a note")]).fuzzy
    assert match.entry.translation == "Anmerkung\nAnmerkungen"


def test_a_typo_mended_stays_approved_when_the_change_is_minor() -> None:
    typo = FIRST.replace("treaty", "traety")
    result = update(translated(typo), plain(FIRST), minor=True)
    (match,) = result.carried
    assert match.entry == Entry(FIRST, f"[{typo}]")


@pytest.mark.parametrize(
    ("former", "new"),
    [
        ("signed", "sigend"),
        ("heads of state", "heads of States,"),
        ("Pyongyang", "Pyong-yang"),
        ("heads of", "headsof"),
    ],
)
def test_mended_spelling_is_minor_unseen(former: str, new: str) -> None:
    result = update(translated(FIRST), plain(FIRST.replace(former, new)), minor=True)
    assert result.carried


@pytest.mark.parametrize(
    ("former", "new"),
    [
        ("19", "20"),
        ("was signed", "was not signed"),
        ("by both", "by"),
        ("signed", "unsigned"),
        ("on 19", "no 19"),
        ("was", "may be"),
        ("in Pyongyang", "in Moscow"),
        ("of state.", "of state. It has no end."),
        (" by both heads of state.", "."),
        ("state.", f"state. {SECOND}"),
    ],
)
def test_a_word_more_or_less_or_another_is_not_minor_unseen(former: str, new: str) -> None:
    changed = FIRST.replace(former, new)
    for before, after in ((FIRST, changed), (changed, FIRST)):
        result = update(translated(before), plain(after), minor=True)
        assert not result.carried
        assert result.fuzzy


def test_a_new_message_that_resembles_another_is_no_minor_change() -> None:
    gone = update(translated(FIRST), plain()).catalogue
    assert not update(list(gone.entries), plain(FIRST + "!"), minor=True).carried
    assert not update(translated(FIRST), plain(FIRST + "!", FIRST + "?"), minor=True).carried


def test_paragraphs_joined_and_nothing_else_stay_approved_when_that_is_minor() -> None:
    whole = f"{FIRST} {SECOND}"
    (match,) = update(translated(FIRST, SECOND), plain(whole), minor=True).carried
    assert match.entry == Entry(whole, f"[{FIRST}] [{SECOND}]")
    assert update(translated(FIRST, SECOND), plain(f"{whole} Really."), minor=True).fuzzy
    assert update(translated(FIRST, SECOND), plain(whole)).fuzzy
    half = [*translated(FIRST), *translated(SECOND, flags=("fuzzy",))]
    (entry,) = update(half, plain(whole), minor=True).catalogue.messages
    assert entry.fuzzy


def test_an_editor_may_name_the_messages_whose_change_is_minor() -> None:
    other, figure = SECOND.replace("war", "wars"), FIRST.replace("19", "20")
    result = update(translated(FIRST, SECOND), plain(figure, other), minor={(None, figure)})
    assert [match.entry.text for match in result.carried] == [figure]
    assert [match.entry.text for match in result.fuzzy] == [other]


def test_a_fuzzy_translation_is_never_approved_by_a_minor_change() -> None:
    old = translated(FIRST, flags=("fuzzy",))
    (entry,) = update(old, plain(FIRST + "!"), minor=True).catalogue.messages
    assert entry.fuzzy


def test_a_new_message_takes_on_the_habits_of_the_file() -> None:
    data = (
        b'msgid ""\r\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\r\n\r\n'
        b'msgid ""\r\n"a text that "\r\n"is wrapped"\r\nmsgstr ""\r\n'
    )
    template = catalogues.parse(data.replace(b"\r", b"").replace(b"a text", b"long " * 20))
    result = catalogues.serialise(catalogues.update(catalogues.parse(data), template).catalogue)
    assert result.count(b"\n") == result.count(b"\r\n")
    assert max(map(len, result.splitlines())) < 80


def test_the_header_changes_only_with_the_messages_and_then_only_its_date() -> None:
    old = catalogues.parse(
        '# Anna\nmsgid ""\nmsgstr ""\n"X-Own: 1\\n"\n"POT-Creation-Date: then\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    )
    template = catalogues.template(plain("a"), "treaty", "2", NOW)
    assert catalogues.update(old, template).catalogue is old
    template = catalogues.template(plain("a", "c"), "treaty", "2", NOW)
    new = catalogues.serialise(catalogues.update(old, template).catalogue).decode()
    expected = catalogues.serialise(old).decode().replace("then", "2026-11-22 09:30+0000")
    assert new == expected + '\nmsgid "c"\nmsgstr ""\n'


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="needs GNU gettext")
@pytest.mark.parametrize(
    "case", sorted((Path(__file__).parent / "cases").glob("*.po")), ids=lambda case: case.stem
)
def test_msgfmt_accepts_every_catalogue_brought_up_to_date(case: Path, tmp_path: Path) -> None:
    old = catalogues.parse(case.read_bytes())
    changed = [entry.changed(text=entry.text + " changed") for entry in old.messages[::2]]
    template = catalogues.template([*changed, *plain("new", FIRST)], "treaty", "2", NOW)
    result = catalogues.update(old, template)
    assert result.fuzzy
    (tmp_path / "new.po").write_bytes(catalogues.serialise(result.catalogue))
    subprocess.run(["msgfmt", "-o", "/dev/null", tmp_path / "new.po"], check=True)
