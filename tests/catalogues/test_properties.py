"""What holds for every catalogue, however it was made and whatever its template became."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from publish import catalogues
from publish.catalogues import Catalogue, Entry, Previous
from publish.catalogues.order import out_of_order
from publish.catalogues.values import Raw
from publish.problems import PublishError

HEADER = Entry("", "Content-Type: text/plain; charset=UTF-8\nLanguage: ko\n")

words = st.sampled_from(
    ["the", "treaty", "of", "1961", '"so"', "\\", "\n", "조약은", "条約", "é", "-", "a b\tc"]
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    st.lists(words, min_size=1, max_size=40).map(" ".join),
)
lines = texts.map(lambda text: " ".join(text.split())).filter(lambda text: text.isprintable())
previous = st.builds(Previous, st.none() | texts, texts, st.none() | texts)
flags = st.lists(st.sampled_from(["fuzzy", "markdown-text", "no-wrap", "x-foo"]), unique=True)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    plural = draw(st.none() | texts)
    forms = draw(st.lists(st.just("") | texts, min_size=1, max_size=3)) if plural else []
    return Entry(
        draw(texts),
        "" if plural else draw(st.just("") | texts),
        context=draw(st.none() | texts),
        plural=plural,
        translations=tuple(forms),
        comments=tuple(draw(st.lists(lines, max_size=2))),
        extracted=tuple(draw(st.lists(lines, max_size=2))),
        references=tuple(draw(st.lists(st.sampled_from(["a.md:1", "b/c.md:22"]), unique=True))),
        flags=tuple(draw(flags)),
        previous=draw(st.none() | previous),
        obsolete=draw(st.booleans()),
    )


files = st.builds(
    lambda entries, width, eol, bom: Catalogue(
        "", HEADER, tuple(entries), width=width, eol=eol, bom=bom
    ),
    st.lists(entries(), unique_by=lambda entry: entry.key, max_size=6),
    st.sampled_from([None, 79]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)

MANUSCRIPT = (
    "The treaty was signed in Pyongyang on 19 June 2024 by both heads of state.",
    "The treaty was signed in Pyongyang on 19 June 2024.",
    "It has 23 articles, of which the fourth obliges both parties to military assistance.",
    "It has 22 articles. The fourth obliges both parties to assist.",
    "The treaty was signed in Pyongyang on 19 June 2024. It has 22 articles and obliges both.",
    "by both heads of state, and it has 23 articles, of which the fourth",
    "Notes",
    "Note",
    "Quite another matter: the history of the two states since the year 1961.",
)


@st.composite
def states(draw: st.DrawFn, *, obsolete: bool) -> list[Entry]:
    """A state of the manuscript: some paragraphs, translated or not."""
    keys = st.tuples(st.sampled_from([None, "title"]), st.sampled_from(MANUSCRIPT))
    found = []
    for number, (context, text) in enumerate(draw(st.lists(keys, unique=True))):
        found.append(
            Entry(
                text,
                draw(st.sampled_from(["", f"번역 {number} {text[:9]}"])),
                context=context,
                comments=draw(st.sampled_from([(), (f"remark {number}",)])),
                flags=tuple(draw(flags)),
                references=(f"a.md:{number}",),
                obsolete=obsolete and draw(st.booleans()),
            )
        )
    return found


old_ones = states(obsolete=True).map(lambda entries: Catalogue("", HEADER, tuple(entries)))
templates = states(obsolete=False).map(
    lambda entries: Catalogue(
        "",
        HEADER,
        tuple(entry._replace(translation="", flags=(), comments=()) for entry in entries),
    )
)


def said(entries: Iterable[Entry]) -> str:
    return "\0".join(form for entry in entries for form in (entry.translation, *entry.translations))


@given(files)
def test_what_is_written_is_read_again(catalogue: Catalogue) -> None:
    assert catalogues.parse(catalogues.serialise(catalogue)).entries == catalogue.entries


@given(files)
def test_what_is_read_is_written_again(catalogue: Catalogue) -> None:
    data = catalogues.serialise(catalogue)
    assert catalogues.serialise(catalogues.parse(data)) == data


pieces = st.sampled_from(
    (
        "msgctxt",
        "msgid",
        'msgid "a"',
        "msgid_plural",
        'msgstr "b"',
        'msgstr[0] "c"',
        '"d\\n"',
        "#~ ",
        "#| ",
        "#, fuzzy",
        "# e",
        "<<<<<<< f",
        "\n\n",
        "\r\n",
        "\n",
        "\0",
        "\x85",
        " ",
        '"',
        "\\",
    )
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_any_file_is_kept_to_the_byte_or_refused(text: str) -> None:
    data = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' + text.encode()
    with suppress(PublishError):
        assert catalogues.serialise(catalogues.parse(data)) == data


@given(files, st.data())
def test_any_part_laid_out_anew_says_the_same(catalogue: Catalogue, data: st.DataObject) -> None:
    read = catalogues.parse(catalogues.serialise(catalogue))
    parts = st.tuples(st.booleans(), st.booleans(), st.booleans())
    entries = []
    for entry in read.entries:
        kept = zip(data.draw(parts), entry.raw, strict=True)
        entries.append(entry._replace(raw=Raw(*(part if keep else None for keep, part in kept))))
    again = catalogues.parse(catalogues.serialise(read._replace(entries=tuple(entries))))
    assert again.entries == read.entries


@given(files)
def test_an_entry_made_obsolete_and_revived_says_the_same(catalogue: Catalogue) -> None:
    read = catalogues.parse(catalogues.serialise(catalogue))
    for changes in (True, False), (False, True):
        entries = read.entries
        for obsolete in changes:
            entries = tuple(entry.changed(obsolete=obsolete) for entry in entries)
            again = catalogues.parse(catalogues.serialise(read._replace(entries=entries)))
            assert again.entries == entries


@given(old_ones, templates)
def test_an_update_has_the_messages_of_the_template_in_its_order(
    old: Catalogue, template: Catalogue
) -> None:
    new = catalogues.update(old, template).catalogue
    assert [entry.key for entry in new.messages] == [entry.key for entry in template.messages]


@given(old_ones, templates)
def test_an_update_loses_nothing_that_a_translator_wrote(
    old: Catalogue, template: Catalogue
) -> None:
    new = catalogues.update(old, template).catalogue
    for entry in old.entries:
        assert entry.translation in said(new.entries)
        assert all(any(line in each.comments for each in new.entries) for line in entry.comments)


@given(old_ones, templates)
def test_an_update_approves_nothing_that_was_not_approved_for_that_text(
    old: Catalogue, template: Catalogue
) -> None:
    approved = {(entry.text, entry.translation) for entry in old.entries if entry.translated}
    new = catalogues.update(old, template).catalogue
    assert {
        (entry.text, entry.translation) for entry in new.messages if entry.translated
    } <= approved


@given(old_ones, templates)
def test_an_update_done_twice_is_done_once(old: Catalogue, template: Catalogue) -> None:
    once = catalogues.update(old, template).catalogue
    assert catalogues.update(once, template).catalogue is once


@given(old_ones)
def test_an_update_from_its_own_messages_changes_nothing(old: Catalogue) -> None:
    assert catalogues.update(old, old._replace(entries=old.messages)).catalogue is old


@given(old_ones, templates)
def test_an_update_says_of_every_message_what_became_of_it(
    old: Catalogue, template: Catalogue
) -> None:
    update = catalogues.update(old, template)
    matches = [match.entry for match in update.fuzzy + update.carried]
    told = [*update.unchanged, *update.moved, *update.revived, *update.new, *matches]
    assert sorted(map(id, told)) == sorted(map(id, update.catalogue.messages))


@given(old_ones, templates)
def test_an_updated_catalogue_is_read_again(old: Catalogue, template: Catalogue) -> None:
    read = catalogues.parse(catalogues.serialise(old))
    new = catalogues.update(read, template).catalogue
    assert catalogues.parse(catalogues.serialise(new)).entries == new.entries


@given(st.permutations(range(8)))
def test_what_stays_in_order_is_ascending_and_what_moved_is_least(order: list[int]) -> None:
    moved = out_of_order(order)
    stayed = [position for index, position in enumerate(order) if index not in moved]
    assert stayed == sorted(stayed)
    longest = [1] * 8
    for end in range(8):
        longest[end] += max((longest[i] for i in range(end) if order[i] < order[end]), default=0)
    assert len(stayed) == max(longest)
