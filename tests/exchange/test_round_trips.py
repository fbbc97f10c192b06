"""What goes out and comes back: unchanged it changes nothing, changed it changes that."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.samples import parcel, small, written
from publish import catalogues
from publish.catalogues import Catalogue
from publish.documents import trees
from publish.documents.pandoc import Pandoc
from publish.exchange import assembling, plans, recognition, units, xliff
from publish.exchange.plans import Kind

TEXTS = {
    "words": "The treaty, and what it says.",
    "emphasis": "A *word*, a **strong one**, ~~struck~~, H~2~O, x^2^, [Small]{.smallcaps}.",
    "span": 'It is called [주체]{lang="ko"} and [*Juche*]{lang="ko-Latn"} there.',
    "link": "See [the law](https://example.org/law) and <https://example.org>.",
    "image": "An ![alternative text](a.png) and ![](b.png){#id .class key=value}.",
    "note": "A claim.[^1] Another one[^2], and the first.[^1]",
    "citation": "So it is [@doe], [see @doe, p. 3; -@roe99, art. 5] and @doe says [p. 4].",
    "citations": "So it is [@a; @b; @c], and -@x is @fig-one.",
    "code and math": "Type `a*b` for $x^2$ and `<b>`{=html}.",
    "quotes": "He said \"this 'inner' thing\" and 'that', don't you know.",
    "typed quotes": "A screen of 5\\\" and „that“, «this», it\\'s “so”.",
    "specials": "1986\\. A \\* star, a \\_ line, \\[brackets\\], 3 \\< 4 & 5 > 2, 50 %.",
    "line": "One line\\\nand another.",
    "untranslated": "The name [publish]{translate=no} stays.",
    "place": "Figure {number} of {count}",
    "sentences": "One. Two of Mr. Doe! Three (by N. Korea)? *Four. Five.* Six.[^1] Seven.",
    "spaces": "A\u00a0B\u202fC–D—E… 13\u00a0000",
    "scripts": "日本語。漢字！ 한국어는 *강조*이다. العربية",
    "nested": "**Strong with *emphasis and [a link](x)* in it**.",
}
PIECES = st.sampled_from(
    ["word", "Sentence.", "*em*", "**strong**", "[^1]", "[@doe, p. 3]", "[@a; @b]", "$x$", "`c`",
     '"quoted"', "'single'", "[link](u)", "[x]{lang=ru}", '5\\"', "z. B.", "19.", "한국어는", "…",
     "(in", "brackets)", "\\*", "a\\_b", "’tis", "O'Neill", "*a* *b*", "end?", "“curly”"]
)  # fmt: skip
MESSAGES = st.lists(PIECES, min_size=1, max_size=14).map(" ".join)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_parts_make_the_same_inlines_again(text: str, pandoc: Pandoc) -> None:
    (unit,) = units.of(small((text, text)).messages, pandoc)
    (want,) = pandoc.inlines([text])
    for parts in (unit.source, unit.target):
        assert assembling.assembled(parts, unit.shells) == trees.joined(want)


@settings(max_examples=150)
@given(text=MESSAGES)
def test_any_message_survives(text: str, pandoc: Pandoc) -> None:
    (want,) = pandoc.inlines([text])
    if want is None:
        return
    (unit,) = units.of(small((text, text)).messages, pandoc)
    back = assembling.assembled(unit.target, unit.shells)
    first, second = pandoc.texts([want, back])
    assert first == second


@settings(max_examples=40)
@given(
    pairs=st.lists(st.tuples(MESSAGES, MESSAGES), min_size=1, max_size=4, unique_by=lambda p: p[0])
)
def test_generated_catalogues_come_back_unchanged(
    pairs: list[tuple[str, str]], pandoc: Pandoc
) -> None:
    before = small(*pairs)
    for form in ("xliff", "xliff1", "docx", "tmx", "po"):
        found = plans.plan(
            recognition.read(written(form, before, "de", pandoc), form), before, pandoc
        )
        assert not found.errors
        assert found.applied("somebody", "now") is before


def test_real_catalogues_come_back_unchanged(
    form: str, catalogue: Catalogue, language: str, pandoc: Pandoc
) -> None:
    data = written(form, catalogue, language, pandoc)
    delivery = recognition.read(data, form)
    found = plans.plan(delivery, catalogue, pandoc)
    assert delivery.edition == language
    assert (found.changes, found.errors, found.warnings) == ([], [], [])
    assert found.unchanged == sum(e.translated for e in catalogue.messages)
    assert catalogues.serialise(found.applied("x", "y")) == catalogues.serialise(catalogue)


def test_real_translations_fill_an_empty_catalogue(
    form: str, catalogue: Catalogue, language: str, pandoc: Pandoc
) -> None:
    """What comes from another copy of the publication, or from before an accident."""
    delivery = recognition.read(written(form, catalogue, language, pandoc), form)
    unknown = [dataclasses.replace(each, base="") for each in delivery.returned]
    empty = catalogue.with_entries(entry.with_translation("") for entry in catalogue.messages)
    found = plans.plan(dataclasses.replace(delivery, returned=unknown), empty, pandoc)
    after = found.applied("", "2026-11-22 00:00+0000")
    assert {change.kind for change in found.changes} == {Kind.NEW}
    want, have = ([e.translation for e in each.messages] for each in (catalogue, after))
    assert pandoc.inlines(have) == pandoc.inlines(want)


def test_the_same_catalogue_makes_the_same_bytes(form: str, pandoc: Pandoc) -> None:
    found = small(("One [^1]. *Two*.", "Eins [^1]. *Zwei*."), ("Three", ""))
    assert written(form, found, "de", pandoc) == written(form, found, "de", pandoc)


def test_untranslated_messages_come_back_untranslated(form: str, pandoc: Pandoc) -> None:
    before = small(("One *two* [@doe].", ""), ("Two. Three.", "Zwei. Drei."))
    delivery = recognition.read(written(form, before, "de", pandoc), form)
    assert plans.plan(delivery, before, pandoc).changes == []


def test_fuzzy_ones_stay_fuzzy(form: str, pandoc: Pandoc) -> None:
    before = small(("One *two* [@doe].", "Eins *zwei* [@doe]."), fuzzy=True)
    delivery = recognition.read(written(form, before, "de", pandoc), form)
    assert plans.plan(delivery, before, pandoc).changes == []


def test_sentences_are_segments(pandoc: Pandoc) -> None:
    before = small(("One. Two.[^1] Three", "Eins. Zwei.[^1] Drei"))
    text = xliff.write(parcel(before, "de", pandoc)).decode()
    assert text.count("<segment ") == 3
    assert text.count("<ignorable>") == 2
