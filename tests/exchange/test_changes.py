"""What came back otherwise than it went out, and what meanwhile happened here."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from exchange.samples import edited, small, with_document, written
from publish import catalogues
from publish.catalogues import Catalogue, Entry, Previous
from publish.catalogues.reviews import NONE, State
from publish.documents.pandoc import Pandoc
from publish.exchange import plans, recognition, remarks
from publish.exchange.plans import Kind, Plan
from publish.problems import PublishError

SOURCE = "One *thing*, see [@doe, p. 3].[^1]"
TARGET = "Ein *Ding*, siehe [@doe, S. 3].[^1]"
OTHER = ("Two.", "Zwei.")


def plan(data: bytes, here: Catalogue, pandoc: Pandoc, **options: object) -> Plan:
    delivery = recognition.read(data, "file")
    return remarks.laid(plans.plan(delivery, here, pandoc, **options), delivery)  # type: ignore[arg-type]  # as given


def test_a_changed_word_changes_that_and_nothing_else(
    form: str, catalogue: Catalogue, language: str, pandoc: Pandoc
) -> None:
    entry = next(
        e for e in catalogue.messages if len(e.translation) > 300 and "[@" in e.translation
    )
    word = max(entry.translation.split(" "), key=lambda w: len(w) * w.isalpha())
    data = written(form, catalogue, language, pandoc)
    found = plan(edited(form, data, word, word + "xyz"), catalogue, pandoc)
    after = found.applied("Eve <e@x>", "2026-11-22 00:00+0000")
    assert not found.errors
    assert {change.kind for change in found.changes} == {Kind.CHANGED}
    assert after.by_key[entry.key].translation == entry.translation.replace(word, word + "xyz")
    changed = {change.before.key for change in found.changes}
    assert all(
        a is b
        for a, b in zip(after.entries, catalogue.entries, strict=True)
        if a.key not in changed
    )
    assert after.fields["Last-Translator"] == "Eve <e@x>"


def test_a_translation_of_what_had_none_is_new(form: str, pandoc: Pandoc) -> None:
    sent, here = small((SOURCE, TARGET), OTHER), small((SOURCE, ""), OTHER)
    data = written(form, sent, "de", pandoc)
    base = sent.messages[0]
    delivery = recognition.read(data, "f")
    assert base.translated
    delivery = replace(delivery, returned=[replace(r, base="none") for r in delivery.returned[:1]])
    found = plans.plan(delivery, here, pandoc)
    assert [change.kind for change in found.changes] == [Kind.NEW]
    assert found.applied("", "now").messages[0].translation == TARGET


def test_both_sides_changed(form: str, pandoc: Pandoc) -> None:
    sent, here = (
        small((SOURCE, TARGET), OTHER),
        small((SOURCE, TARGET.replace("Ein", "Das")), OTHER),
    )
    data = edited(form, written(form, sent, "de", pandoc), "Ding", "Teil")
    found = plan(data, here, pandoc)
    assert [problem.code for problem in found.errors] == ["exchange-conflict"]
    with pytest.raises(PublishError):
        found.applied("", "now")
    theirs = plan(data, here, pandoc, prefer="file").applied("", "now")
    assert theirs.messages[0].translation == TARGET.replace("Ding", "Teil")
    assert plan(data, here, pandoc, prefer="catalogue").applied("", "now") is here


def test_only_we_changed(form: str, pandoc: Pandoc) -> None:
    sent, here = (
        small((SOURCE, TARGET), OTHER),
        small((SOURCE, TARGET.replace("Ein", "Das")), OTHER),
    )
    found = plan(written(form, sent, "de", pandoc), here, pandoc)
    assert [change.kind for change in found.changes] == [Kind.KEPT]
    assert found.applied("", "now") is here


def test_both_made_the_same_change(form: str, pandoc: Pandoc) -> None:
    sent, here = small((SOURCE, TARGET)), small((SOURCE, TARGET.replace("Ein", "Das")))
    data = edited(form, written(form, sent, "de", pandoc), "Ein", "Das")
    assert plan(data, here, pandoc).changes == []


def moved_on(sent: Catalogue) -> Catalogue:
    """The first message's source has another word now."""
    former = sent.messages[0]
    text = former.text.replace("thing", "stone")
    entry = Entry(text, former.translation, flags=("fuzzy",), previous=Previous(None, former.text))
    return sent._replace(entries=(entry, *sent.entries[1:]))


def test_the_source_moved_on(form: str, pandoc: Pandoc) -> None:
    sent = small((SOURCE, TARGET), OTHER)
    data = edited(form, written(form, sent, "de", pandoc), "Ding", "Teil")
    found = plan(data, moved_on(sent), pandoc)
    after = found.applied("", "now")
    assert [change.kind for change in found.changes] == [Kind.STALE]
    assert [problem.code for problem in found.warnings] == ["exchange-stale"]
    assert after.messages[0].translation == TARGET.replace("Ding", "Teil")
    assert after.messages[0].fuzzy
    assert after.messages[0].previous == Previous(None, SOURCE)


def test_the_source_moved_on_and_the_translation_stayed_approved(form: str, pandoc: Pandoc) -> None:
    sent = small((SOURCE, TARGET), OTHER)
    data = edited(form, written(form, sent, "de", pandoc), "Ding", "Teil")
    minor = small((SOURCE.replace("thing", "things"), TARGET), OTHER)
    found = plan(data, minor, pandoc)
    after = found.applied("", "now")
    assert [change.kind for change in found.changes] == [Kind.STALE]
    assert [problem.code for problem in found.warnings] == ["exchange-stale"]
    assert after.messages[0].translation == TARGET.replace("Ding", "Teil")
    assert after.messages[0].fuzzy
    twins = small((SOURCE + " A", TARGET), (SOURCE + " B", TARGET), OTHER)
    assert [p.code for p in plan(data, twins, pandoc).warnings] == ["exchange-unknown"]


def test_the_source_is_gone(form: str, pandoc: Pandoc) -> None:
    sent = small((SOURCE, TARGET), OTHER)
    data = edited(form, written(form, sent, "de", pandoc), "Ding", "Teil")
    gone = sent._replace(entries=(sent.entries[1], sent.entries[0].changed(obsolete=True)))
    after = plan(data, gone, pandoc).applied("", "now")
    assert after.obsolete[0].translation == TARGET.replace("Ding", "Teil")


def test_a_message_nobody_knows_is_told(form: str, pandoc: Pandoc) -> None:
    found = plan(written(form, small((SOURCE, TARGET), OTHER), "de", pandoc), small(OTHER), pandoc)
    assert [problem.code for problem in found.warnings] == ["exchange-unknown"]
    assert found.changes == []


def test_what_is_lost_keeps_all_out(pandoc: Pandoc) -> None:
    here = small((SOURCE, TARGET), OTHER)
    data = written("docx", here, "de", pandoc)
    data = edited("docx", edited("docx", data, "Zwei", "Drei"), ">⟦4|[^1]⟧<", "><")
    found = plan(data, here, pandoc)
    assert [problem.code for problem in found.errors] == ["translation-lost"]
    with pytest.raises(PublishError):
        found.applied("", "now")


@pytest.mark.parametrize("wrong", ["⟦9⟧", "⟦1⟧", "⟦/1⟧", "⟦1|x⟧", "⟦2⟧ ⟦/2⟧ ⟦1⟧", "⟦x123⟧"])
def test_codes_that_do_not_belong(wrong: str, pandoc: Pandoc) -> None:
    here = small((SOURCE, TARGET))
    data = edited("docx", written("docx", here, "de", pandoc), "Ding", f"Ding {wrong}")
    codes = {problem.code for problem in plan(data, here, pandoc).errors}
    assert codes
    assert codes <= {"exchange-codes", "translation-invented", "translation-lost"}


def test_markup_that_is_typed_is_only_words(pandoc: Pandoc) -> None:
    here = small(("Two.", "Zwei."))
    for form in ("xliff", "docx", "tmx"):
        data = written(form, here, "de", pandoc)
        data = edited(form, data, "Zwei.", "*Zwei* $x$ {#id} &lt;script&gt; [a](javascript:b)")
        (change,) = plan(data, here, pandoc).changes
        (inlines,) = pandoc.inlines([change.after.translation])
        assert inlines
        assert {node["t"] for node in inlines} == {"Str", "Space"}


def test_as_fuzzy(form: str, pandoc: Pandoc) -> None:
    here = small((SOURCE, TARGET), OTHER)
    data = edited(form, written(form, here, "de", pandoc), "Ding", "Teil")
    after = plan(data, here, pandoc, as_fuzzy=True).applied("", "now")
    assert [entry.fuzzy for entry in after.messages] == [True, False]


def test_approved_by_a_tool(pandoc: Pandoc) -> None:
    here = small(OTHER, fuzzy=True)
    fuzzy = 'state="initial" subState="publish:fuzzy"'
    for form, old, new, kind in (
        ("xliff", fuzzy, 'state="translated"', Kind.CONFIRMED),
        ("xliff", fuzzy, 'state="reviewed"', Kind.REVIEWED),
        ("xliff1", 'state="needs-review-translation"', 'state="final"', Kind.APPROVED),
        ("po", "#, fuzzy\n", "", Kind.CONFIRMED),
    ):
        found = plan(edited(form, written(form, here, "de", pandoc), old, new), here, pandoc)
        assert [change.kind for change in found.changes] == [kind]
        assert not found.applied("", "now").messages[0].fuzzy


def test_a_half_translated_passage_waits(pandoc: Pandoc) -> None:
    here = small(("One. Two.", "Eins. Zwei."))
    data = edited("xliff", written("xliff", here, "de", pandoc), "<target>Zwei.</target>", "")
    found = plan(data, here, pandoc)
    assert [problem.code for problem in found.warnings] == ["exchange-incomplete"]
    assert found.changes == []


def test_twice_and_differently(pandoc: Pandoc) -> None:
    here = small(OTHER)
    data = written("tmx", here, "de", pandoc).decode()
    start, end = data.index("    <tu "), data.index("  </body>")
    again = data[:end] + data[start:end].replace("Zwei", "Drei") + data[end:]
    found = plan(again.encode(), here, pandoc)
    assert [problem.code for problem in found.errors] == ["exchange-duplicate"]


@pytest.mark.parametrize(
    ("first", "whole"), [("3", "Zwei. Eins."), ("1" * 5000, "Eins.Zwei."), ("x", "Eins.Zwei.")]
)
def test_segments_joined_split_and_turned_round(pandoc: Pandoc, first: str, whole: str) -> None:
    """XLIFF 2.1, 4.11 (segmentation modification) and `order`."""
    here = small(("One. Two.", ""))
    data = written("xliff", here, "de", pandoc).decode()
    one = data.replace(
        "<source>One.</source>", f'<source>One.</source><target order="{first}">Eins.</target>'
    )
    two = one.replace(
        "<source>Two.</source>", '<source>Two.</source><target order="1">Zwei.</target>'
    )
    (change,) = plan(two.encode(), here, pandoc).changes
    assert change.after.translation == whole


def test_split_codes_and_annotations(pandoc: Pandoc) -> None:
    """A `pc` may come back as `sc` and `ec` (XLIFF 2.1, 4.7.2.3); `mrk` is nobody's text."""
    here = small(("A *b* c", "A *b* c"))
    data = written("xliff", here, "de", pandoc).decode()
    start = data.index("<target>")
    new = '<target>X <sc id="1"/><mrk id="m1" type="term">y</mrk><ec startRef="1"/> z'
    (change,) = plan(
        (data[:start] + new + data[data.index("</target>") :]).encode(), here, pandoc
    ).changes
    assert change.after.translation == "X *y* z"


def test_a_word_processor_did_this_and_that(pandoc: Pandoc) -> None:
    here = small((SOURCE, TARGET), ('He said "yes".', 'Er sagte "ja".'))

    def meddled(text: str) -> str:
        run = '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
        mark = '</w:t></w:r><w:r><w:commentReference w:id="7"/></w:r><w:r><w:t>'
        text = text.replace('"ja"', f"„ja“{mark}")
        text = text.replace("Ding", f"Di{run}n{run}g")
        inserted = '</w:t></w:r><w:ins w:id="1" w:author="E"><w:r><w:t>ganz</w:t></w:r></w:ins>'
        deleted = '<w:del w:id="2"><w:r><w:delText>weg</w:delText></w:r></w:del>'
        rest = '<w:r><w:t xml:space="preserve"> siehe '
        return text.replace(", siehe ", f", {inserted}{deleted}{rest}", 1)

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    said = "<w:p><w:r><w:t>Gut?</w:t></w:r></w:p>"
    one = f'<w:comment w:id="7" w:author="Eva">{said}</w:comment>'
    comment = f"<w:comments {w}>{one}</w:comments>"
    data = with_document(
        written("docx", here, "de", pandoc), meddled, word__comments_xml=comment.encode()
    )
    found = plan(data, here, pandoc)
    assert not found.errors
    (change,) = found.changes
    assert change.after.translation == TARGET.replace("siehe", "ganz siehe")
    assert sorted(problem.code for problem in found.warnings) == [
        "exchange-comment",
        "exchange-tracked",
    ]
    assert 'on “He said "yes".”: Eva: Gut?' in "".join(map(str, found.warnings))


CELL = r"<w:tc>(?:(?!</w:tc>).)*</w:tc>"
EMPTY, REMARK = (f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("", "Hm."))


@pytest.mark.parametrize(
    ("pattern", "new", "after", "code"),
    [
        (r"</w:tr>", EMPTY + "</w:tr>", "Drei.", ""),  # a column more
        (r"</w:tr>", REMARK + "</w:tr>", "Drei.", ""),
        (r"(<w:tr>(?:(?!</w:tc>).)*</w:tc>)", rf"\1{REMARK}", "Drei.", ""),
        (r"(</w:trPr>.*?</w:tc>)<w:tc>(?:(?!</w:tc>).)*</w:tc>", r"\1", "Drei.", ""),  # one less
        (r"m[0-9a-f]{16} ", "", "Zwei.", "exchange-row"),
        (r"m[0-9a-f]{16} ", "m12 ", "Zwei.", "exchange-row"),
        (rf"{CELL}(?=</w:tr></w:tbl>)", "", "Zwei.", "exchange-row"),
    ],
)
def test_columns_rows_and_cells_come_and_go(
    pattern: str, new: str, after: str, code: str, pandoc: Pandoc
) -> None:
    here = small(OTHER)
    data = edited("docx", written("docx", here, "de", pandoc), "Zwei.", "Drei.")
    found = plan(with_document(data, lambda text: re.sub(pattern, new, text)), here, pandoc)
    assert not found.errors
    assert [problem.code for problem in found.warnings] == [code] * bool(code)
    assert found.applied("", "now").messages[0].translation == after


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("po", "#. paragraph", "# Gut?\n#. paragraph"),
        ("xliff", "</notes>", '<note id="n9">Gut?</note></notes>'),
        ("xliff1", "</trans-unit>", "<note>Gut?</note></trans-unit>"),
    ],
)
@pytest.mark.parametrize("translated", ["Zwei.", ""])
def test_what_somebody_says_of_a_message(
    form: str, old: str, new: str, translated: str, pandoc: Pandoc
) -> None:
    """It is told with the message; from a PO it comes in, once."""
    here = small(("Two.", translated))
    data = edited(form, written(form, here, "de", pandoc), old, new)
    found = plan(data, here, pandoc)
    assert [str(one.code) for one in found.warnings] == ["exchange-comment"]
    assert "on “Two.”: Gut?" in str(found.warnings[0])
    after = found.applied("", "now")
    if form == "po":
        assert [change.kind for change in found.changes] == [Kind.REMARKED]
        assert after.messages[0].comments == ("Gut?",)
        assert plan(data, after, pandoc).warnings == []
    else:
        assert after is here


def test_a_comment_that_was_answered_here_does_not_come_back(pandoc: Pandoc) -> None:
    asked = small(OTHER)
    asked = asked._replace(entries=(asked.entries[0].changed(comments=("Gut?", "Ja.")),))
    data = edited("po", written("po", asked, "de", pandoc), "# Ja.", "# Ja.\n# Danke.")
    found = plan(data, small(OTHER), pandoc).applied("", "now")
    assert found.messages[0].comments == ("Danke.",)


def test_a_translation_of_new_codes_can_say_emphasis(pandoc: Pandoc) -> None:
    here = small(("Two words.", "Zwei Worte."))
    data = written("xliff", here, "de", pandoc).decode()
    new = '<pc id="99" type="fmt" subType="xlf:i">Worte</pc>'
    (change,) = plan(data.replace("Worte", new).encode(), here, pandoc).changes
    assert change.after.translation == "Zwei *Worte*."


def test_po_serialises_only_what_changed(
    catalogue: Catalogue, language: str, pandoc: Pandoc
) -> None:
    data = written("xliff", catalogue, language, pandoc)
    entry = catalogue.messages[0]
    found = plan(
        edited("xliff", data, f"<target>{entry.translation}</target>", "<target>X</target>"),
        catalogue,
        pandoc,
    )
    lines = catalogues.serialise(catalogue).splitlines()
    after = catalogues.serialise(
        found.applied("", catalogue.fields["PO-Revision-Date"])
    ).splitlines()
    assert len(lines) == len(after)
    assert sum(a != b for a, b in zip(lines, after, strict=True)) == len(found.changes)


@pytest.mark.parametrize("sent_fuzzy", [True, False])
def test_a_verdict_of_ours_is_not_taken_back(
    form: str, pandoc: Pandoc, *, sent_fuzzy: bool
) -> None:
    """Approved, or doubted, here while the file was away: what it says is what it was told."""
    data = written(form, small(OTHER, fuzzy=sent_fuzzy), "de", pandoc)
    here = small(OTHER, fuzzy=not sent_fuzzy)
    assert plan(data, here, pandoc).changes == []


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("xliff", 'state="initial" subState="publish:fuzzy"', 'state="translated"'),
        ("xliff", 'state="initial" subState="publish:fuzzy"', 'state="reviewed"'),
        ("xliff1", 'state="needs-review-translation"', 'state="translated"'),
        ("po", "#, fuzzy\n", ""),
    ],
)
def test_a_file_read_once_more_takes_no_approval_back(
    form: str, old: str, new: str, pandoc: Pandoc
) -> None:
    """What was fuzzy when it went out came back as good, and was approved here since."""
    data = edited(form, written(form, small(OTHER, fuzzy=True), "de", pandoc), old, new)
    here = small(OTHER)
    approved = NONE.given(here.messages, State.APPROVED, "A", "2026-01-01")
    assert plan(data, here, pandoc, reviews=approved).changes == []


def test_what_a_word_processor_put_in_is_left_out_and_told(pandoc: Pandoc) -> None:
    here = small(OTHER)
    note = '</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>'
    data = edited("docx", written("docx", here, "de", pandoc), "Zwei.", f"Zwei{note}.")
    found = plan(data, here, pandoc)
    assert [problem.code for problem in found.warnings] == ["exchange-left-out"]
    assert found.changes == []
