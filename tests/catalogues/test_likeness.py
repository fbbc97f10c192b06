"""How like two texts are is told without RapidFuzz too, and the answers are the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from publish.catalogues import likeness

texts = st.one_of(st.text(), st.text("abc ", max_size=200), st.text("조약 의", max_size=80))
FIRST = "The treaty was signed in Pyongyang on 19 June 2024 by both heads of state."
SECOND = "It obliges both parties to immediate military assistance in case of war."


@given(texts, texts)
@example("", "")
@example(FIRST, SECOND)
@example(FIRST * 20, (FIRST + SECOND) * 9)
def test_a_ratio_is_the_one_of_rapidfuzz(one: str, other: str) -> None:
    assert likeness.ratio(one, other) == fuzz.ratio(one, other)


@given(texts, texts, st.floats(0, 100))
def test_what_lengths_rule_out_is_not_so_like(one: str, other: str, least: float) -> None:
    assert likeness.reachable(one, other, least) or fuzz.ratio(one, other) < least


def by_rapidfuzz(part: str, wholes: Mapping[int, str], least: float) -> tuple[float, int] | None:
    found = [(fuzz.partial_ratio(part, whole), place) for place, whole in wholes.items()]
    return max((each for each in found if each[0] >= least), default=None)


@st.composite
def wholes(draw: st.DrawFn, part: str) -> dict[int, str]:
    """Texts longer than a part, some with it in them, changed or not."""
    cut = draw(st.integers(0, len(part)))
    inside = st.sampled_from(
        ["", part, part[:cut] + part[cut + 1 :], part[:cut] + "x" + part[cut:]]
    )
    around = st.text("abc ", max_size=30)
    found = draw(st.lists(st.builds("{}{}{}".format, around, inside, around), max_size=4))
    return {place: text for place, text in enumerate(found) if len(text) > len(part)}


@given(st.data(), st.text("abc ", min_size=1, max_size=40), st.sampled_from([75.0, 90.0]))
def test_the_likest_stretch_is_the_one_of_rapidfuzz(
    data: st.DataObject, part: str, least: float
) -> None:
    among = data.draw(wholes(part))
    assert likeness.likest(part, among, least) == by_rapidfuzz(part, among, least)


def test_for_many_texts_rapidfuzz_is_asked() -> None:
    assert likeness.measure(10**6) is fuzz.ratio
    assert likeness.measure(1000) is not fuzz.ratio
    assert likeness.measure(1000)(FIRST, SECOND) == fuzz.ratio(FIRST, SECOND)


UPDATED = """
import sys
from publish import catalogues, replacing
old, new = (catalogues.parse(open(path, "rb").read()) for path in sys.argv[1:])
done = catalogues.update(old, new)
replacing.replace(sys.argv[1], catalogues.serialise(done.catalogue))
print(len(done.fuzzy), *{"dataclasses", "inspect", "pathlib", "rapidfuzz"} & set(sys.modules))
"""


def test_a_few_changes_are_brought_in_with_nothing_imported_that_takes_long(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    old, new = tmp_path / "old.po", tmp_path / "new.pot"
    old.write_text(f'{head}\nmsgid "{FIRST} {SECOND}"\nmsgstr "조약"\n', encoding="utf-8")
    texts = (FIRST, SECOND, "Nothing is like this.")
    new.write_text(head + "".join(f'\nmsgid "{text}"\nmsgstr ""\n' for text in texts), "utf-8")
    command = [sys.executable, "-c", UPDATED, str(old), str(new)]
    assert subprocess.check_output(command, text=True).split() == ["2"]
