"""The full text in JATS is valid whatever an author writes in Markdown, and no word is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree

import generated
from publish.distribution.records import jats
from publish.pipeline.editing import Editing
from publish.pipeline.handover import recording
from publish.project import Project
from records.everything import MANUSCRIPT, REFERENCES
from records.judging import jats as judge

pytestmark = pytest.mark.xdist_group("records")

METADATA = """\
title: "S *t* [한국]{lang=ko} $x$ `c` H~2~O"
language: en
date: 2026-05-03
references: references.yaml
abstract: |
  One [link](https://example.org) and $x^2$ & **b** *i*.

  Two ~~s~~ [u]{.underline} [sc]{.smallcaps}.
"""


def written(folder: Path, text: str) -> bytes:
    """The JATS of an article with this text."""
    pages = folder / "manuscript"
    (pages / "figures").mkdir(parents=True)
    shutil.copy(MANUSCRIPT / "figures" / "line.svg", pages / "figures")
    shutil.copy(MANUSCRIPT / "figures" / "line.svg", pages / "law.svg")
    (pages / "metadata.yaml").write_text(METADATA, "utf-8")
    more = "- {id: doe, type: book, title: T}\n- {id: roe99, type: chapter, title: U}\n"
    (pages / "references.yaml").write_text(REFERENCES + more, "utf-8")
    (pages / "article.md").write_text(text.replace("law.png", "law.svg"), "utf-8")
    with Editing(Project(folder)) as editing:
        (subject,) = recording.of(editing, ["en"])
    return jats.render(subject)


def test_a_manuscript_with_everything_in_every_place(tmp_path: Path) -> None:
    data = written(tmp_path, Path(__file__).with_name("stress.md").read_text("utf-8"))
    assert judge(data) == []
    words = "".join(etree.fromstring(data).itertext())
    wanted = (
        "Head note, linked, Caption note, In a cell, Def two, Example two, nested quote, "
        "Heading in quote, Heading in div, Inner, raw html, verse in, after empty line"
    )
    for word in wanted.split(", "):
        assert word in words, word


HOSTILE = """\
# Head &#1; &#xFFFE; ]]>

`<a>`{=jats} and $\\text{]]>}$ and [words](javascript:alert) and [more](java\tscript:x) [^1]

[^1]: Note &#5; <![CDATA[ x ]]>

```{=jats}
<p>unclosed
```
"""


def test_a_manuscript_that_would_break_xml_or_act(tmp_path: Path) -> None:
    data = written(tmp_path, HOSTILE)
    assert judge(data) == []
    assert b"script:" not in data.replace(b"](java\tscript:x)", b"")
    assert b"words" in data
    assert b"unclosed" not in data


@pytest.mark.parametrize("seed", [15, 39, 40])
def test_manuscripts_made_by_dice(tmp_path: Path, seed: int) -> None:
    text = generated.made(seed, 120).text.replace("{#id ", "{")  # which the dice give often
    assert judge(written(tmp_path, text)) == []
