"""What is kept of a publication changes nothing in its editions, and saves asking pandoc."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

import generated
from publish.artefacts import digest
from publish.documents import shapes, trees
from publish.documents.pandoc import Bibliography, Pandoc
from publish.documents.trees import Blocks
from publish.editions import Edition
from publish.editions.outlines import outline
from publish.pipeline.editing import Editing
from publish.pipeline.translation.translating import add
from publish.problems import PublishError
from publish.project import Project
from publish.shelves import BARE

HEAD = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="{}">
<info><title>T</title><id>t</id><updated>2026-11-22T00:00:00Z</updated></info>"""
LIST = """<bibliography><sort><key variable="author"/></sort>
<layout><names variable="author"/><text variable="title" prefix=", "/></layout></bibliography>
</style>"""
NUMBERS = f"""{HEAD.format("in-text")}<citation collapse="citation-number">
<sort><key variable="citation-number"/></sort><layout prefix="[" suffix="]" delimiter=", ">
<text variable="citation-number"/><text variable="locator" prefix=": "/></layout></citation>
{LIST}"""
NOTES = f"""{HEAD.format("note")}<citation><layout suffix="." delimiter="; "><choose>
<if position="ibid"><text value="ibid"/></if>
<else-if position="subsequent"><text variable="title" form="short" prefix="as before, "/></else-if>
<else><names variable="author"/><text variable="title" prefix=", "/></else></choose>
<text variable="locator" prefix=", "/></layout></citation>{LIST}"""
DATES = f"""{HEAD.format("in-text")}<citation disambiguate-add-year-suffix="true"
disambiguate-add-names="true"><layout prefix="(" suffix=")" delimiter="; ">
<names variable="author"/>
<date variable="issued" prefix=" "><date-part name="year"/></date><text variable="locator"/>
</layout></citation>{LIST}"""
STYLES = {"numbers": NUMBERS, "notes": NOTES, "dates": DATES, "ours": ""}

WORKS = """\
- {id: doe, type: book, title: The Law of War, author: [{family: Doe, given: A}], issued: 2020}
- {id: doe2, type: book, title: The Law of Peace, author: [{family: Doe, given: A}], issued: 2020}
- {id: roe99, type: book, title: "Borders", author: [{family: Roe, given: B}], issued: 1999}
"""
METADATA = """\
title: A Book
language: en
date: 2026-11-22
kind: book
abstract: 'It has a "quotation" and *emphasis*.'
keywords: [treaty, law]
references: works.yaml
"""
CHAPTER = """\
# Chapter {n} {{#sec-{n}}}

See @sec-{after}, [there](chapter-{after}.md) and [here](#place); @doe [p. {n}] says "so".[^a]

## Same heading {{#same}}

![A picture](a.svg){{#fig-{n} alt="A line"}}

| A | B |
|---|---|
| 1 | [-@roe99, p. 2] |

: A table {{#tbl-{n}}}

[$x^{n}$]{{#eq-{n}}} is in @eq-{after} and @fig-{after}, as [see @doe2; @roe99, S. 4] have it.

[^a]: A note, in which @doe2 is cited [@doe, p. 8].

## Without a number {{.unnumbered #sec-free-{n}}}

@sec-free-{after} *ends* [this]{{#place}}, @sec-{after} does not:
'quoted "twice"' in Mr. Roe's 19 pages.
"""

FOREWORD = """\
# Foreword

It cites nothing but https://[x.example](https://x.example), and "quotes" (@sec-free-2).
"""
SIGNS = r'(?:[^"\\\n]|\\.)+'  # within the quotation marks of a catalogue
Asked = list[tuple[str, bytes]]
Edit = Callable[[Path, Random], object]


def _of(path: Path, pattern: str, new: Callable[[re.Match[str]], str], dice: Random) -> None:
    """One place in a file made another."""
    text = path.read_text("utf-8")
    found = dice.choice(list(re.finditer(pattern, text, re.MULTILINE)))
    path.write_text(text[: found.start()] + new(found) + text[found.end() :], "utf-8")


def catalogue(root: Path) -> Path:
    return root / "translations/ko/LC_MESSAGES/manuscript.po"


def reword(root: Path, dice: Random) -> None:
    _of(catalogue(root), rf'^msgstr "{SIGNS}(?="\n(?!"))', lambda m: f"{m[0]} 낱말 『책』은", dice)


def forget(root: Path, dice: Random) -> None:
    _of(catalogue(root), rf'^msgstr "{SIGNS}"(?=\n(?!"))', lambda _: 'msgstr ""', dice)


def recite(root: Path, dice: Random) -> None:
    """Another page in a citation of the translation."""
    _of(
        catalogue(root),
        r'(?<=^msgstr )".*p\.\W{1,6}\d',
        lambda m: f"{m[0]}{dice.randint(0, 9)}",
        dice,
    )


def write(root: Path, dice: Random) -> None:
    path = dice.choice(sorted((root / "manuscript").glob("*.md")))
    text = path.read_text("utf-8")
    more = [
        "A new paragraph cites @roe99.",
        "# Another {.unnumbered}",
        "## Second",
        f"[a]{{#new-{len(text)}}}",
        "A note.^[It is *new*.]",
        f"[$y$]{{#eq-{len(text)}}}",
    ]
    path.write_text(f"{text}\n{dice.choice(more)}\n", "utf-8")


def retitle(root: Path, dice: Random) -> None:
    path = dice.choice(sorted((root / "manuscript").glob("*.md")))
    _of(path, r"(?<=^# )\w+", lambda m: f"{m[0]}s", dice)


EDITS: Sequence[Edit] = (reword, forget, recite, write, retitle)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which everything refers to everything, with an edition in its own words."""
    root = tmp_path_factory.mktemp("model") / "book"
    (root / "manuscript").mkdir(parents=True)
    for n in range(1, 5):
        text = CHAPTER.format(n=n, after=n % 4 + 1)
        (root / f"manuscript/chapter-{n}.md").write_text(text, "utf-8")
    (root / "manuscript/chapter-0.md").write_text(FOREWORD, "utf-8")
    (root / "manuscript/a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (root / "manuscript/works.yaml").write_text(WORKS, "utf-8")
    (root / "manuscript/metadata.yaml").write_text(METADATA, "utf-8")
    add(Project(root), "ko")
    path = catalogue(root)
    same = re.sub(r'(?m)^msgid ((?:".*"\n)+)msgstr ""\n(?=\n|\Z)', r"msgid \1msgstr \1",
                  path.read_text("utf-8"))  # fmt: skip
    path.write_text(same, "utf-8")
    return root


@pytest.fixture
def root(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "book"))


def edition(root: Path, name: str = "ko", *, kept: bool = True) -> Edition:
    with Editing(Project(root)) as editing:
        if not kept:
            editing.shelf, editing.pandoc = BARE, Pandoc()
        return editing.edition(name)


@pytest.mark.parametrize("style", STYLES)
def test_an_edition_is_the_same_with_what_was_kept_and_without(root: Path, style: str) -> None:
    if STYLES[style]:
        (root / "manuscript/style.csl").write_text(STYLES[style], "utf-8")
        (root / "manuscript/metadata.yaml").write_text(METADATA + "csl: style.csl\n", "utf-8")
    dice = Random(style)
    for edit in (*EDITS, *dice.choices(EDITS, k=2)):
        edit(root, dice)
        for name in ("en", "ko"):
            assert edition(root, name) == edition(root, name, kept=False), edit
    assert edition(root) == edition(root, kept=False)


def test_what_changed_and_came_back_is_as_it_was(root: Path) -> None:
    before, text = edition(root), catalogue(root).read_text("utf-8")
    reword(root, Random(1))
    assert edition(root) != before
    catalogue(root).write_text(text, "utf-8")
    assert edition(root) == before


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What pandoc is asked meanwhile."""
    found: list[tuple[str, bytes]] = []
    ask = Pandoc._ask

    def heard(self: Pandoc, word: str, *parts: bytes, seconds: float = 0) -> list[bytes]:
        found.append((word, parts[0]))
        return ask(self, word, *parts, seconds=seconds)

    monkeypatch.setattr(Pandoc, "_ask", heard)
    return found


def test_nothing_is_asked_about_what_is_as_it_was(root: Path, asked: Asked) -> None:
    edition(root)
    assert Counter(word for word, _ in asked)["read"] == 5
    asked.clear()
    edition(root)
    assert not asked


def test_a_message_changed_has_its_chapter_written_and_no_other(root: Path, asked: Asked) -> None:
    before = edition(root)
    asked.clear()
    _of(catalogue(root), r'(?<=^msgstr ")See @sec-3', lambda m: f"낱말 {m[0]}", Random(1))
    after = edition(root)
    same = [one == other for one, other in zip(before.chapters, after.chapters, strict=True)]
    assert same == [True, True, False, True, True]
    (html,) = [tree for word, tree in asked if word == "html"]
    assert "낱말" in html.decode()
    assert b"sec-1" not in html.replace(b"#sec-1", b"")  # whose heading would be there
    assert {word for word, _ in asked} <= {"html", "cite", "inlines"}


def test_chapters_changed_are_read_and_no_others(root: Path, asked: Asked) -> None:
    edition(root)
    asked.clear()
    for n in (1, 3):
        path = root / f"manuscript/chapter-{n}.md"
        path.write_text(f"{path.read_text('utf-8')}\nMore.\n", "utf-8")
    edition(root)
    assert Counter(word for word, _ in asked)["read"] == 2


def test_an_error_is_told_whatever_was_kept(root: Path) -> None:
    edition(root)
    (root / "manuscript/chapter-1.md").write_text("# Short {#sec-1}\n\nA\n", "utf-8")
    for _ in range(2):
        with Editing(Project(root)) as editing, pytest.raises(PublishError) as told:
            editing.read()
        places = {problem.location.path for problem in told.value.problems}
        assert places == {"manuscript/chapter-4.md"}  # which refers to what is no longer there


CITED = tuple[list[shapes.Block], list[str]]  # what is kept of citations
STRANGE = [b"", b"null", b"{}", b'"x"', b"[[],[],[]]",
           b'[{"t":"Para","c":"x"}]', b"\xff", b"sound", b"[" * 5_000]  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE)
def test_what_is_strange_or_damaged_is_not_there(root: Path, strange: bytes) -> None:
    made = edition(root)
    reword(root, Random(3))
    wanted = edition(root, kept=False)
    for path in (root / "build/.cache/artefacts").iterdir():
        path.write_bytes(f"{digest(strange)}\n".encode() + strange)
    assert edition(root) == wanted != made
    for path in (root / "build/.cache/artefacts").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert edition(root) == wanted


def test_a_tree_that_is_none_is_read_again(root: Path) -> None:
    """The small part of what was kept is taken, the large one is looked at when it is needed."""
    edition(root)
    for path in (root / "build/.cache/artefacts").iterdir():
        data = path.read_bytes().partition(b"\n")[2]
        spoilt = data.replace(b'"t":"Para"', b'"t":"Other"')
        path.write_bytes(f"{digest(spoilt)}\n".encode() + spoilt)
    for seed in range(3):
        reword(root, Random(seed))
    assert edition(root) == edition(root, kept=False)


RULE = {"t": "HorizontalRule"}
MISFITS: dict[str, Callable[[Blocks], Blocks]] = {
    "a text less": lambda cited: cited[1:],
    "a passage less": lambda cited: [
        *(_with(div, div["c"][1][1:]) for div in cited[:-1]),
        cited[-1],
    ],
    "no texts": lambda cited: [*[RULE for _ in cited[:-1]], cited[-1]],
    "other passages": lambda cited: [_with(div, [RULE for _ in div["c"][1]]) for div in cited],
    "no works": lambda cited: [*cited[:-1], _with(cited[-1], [RULE])],
    "an empty work": lambda cited: [*cited[:-1], _with(cited[-1], [trees.div([])])],
}


def _with(div: trees.Node, blocks: Blocks) -> trees.Node:
    return {"t": "Div", "c": [div["c"][0], blocks]}


@pytest.mark.parametrize("misfit", MISFITS)
def test_citations_that_do_not_fit_what_was_asked_are_set_again(root: Path, misfit: str) -> None:
    wanted, spoilt = edition(root), False
    for path in (root / "build/.cache/artefacts").iterdir():
        kept = shapes.plain(path.read_bytes().partition(b"\n")[2], CITED)
        if kept and [block["t"] for block in kept[0]] == ["Div"] * 6:  # five chapters, and works
            data = shapes.written((MISFITS[misfit](kept[0]), kept[1]))
            path.write_bytes(f"{digest(data)}\n".encode() + data)
            spoilt = True
        else:
            path.unlink()
    assert spoilt
    assert edition(root) == wanted


@pytest.fixture(scope="module")
def pandoc() -> Iterator[Pandoc]:
    with Pandoc() as running:
        yield running


@pytest.mark.parametrize("style", ["numbers", "notes", "dates"])
@pytest.mark.parametrize("seed", range(3))
def test_citations_of_a_chapter_come_out_the_same_beside_the_outlines_of_others(
    pandoc: Pandoc, seed: int, style: str
) -> None:
    texts = [generated.made(3 * seed + n, 400).text for n in range(3)]
    chapters = [trees.normal(pandoc.read(t.encode(), "markdown")[0]["blocks"]) for t in texts]

    def cited(chapters: Sequence[Blocks]) -> list[Any]:
        blocks = [*map(trees.div, chapters), trees.div([], "refs")]
        return pandoc.cite(blocks, Bibliography("yaml", WORKS.encode()), STYLES[style], "en")[0]

    whole = cited(chapters)
    outlines = [outline(each) for each in chapters]
    for n, chapter in enumerate(chapters):
        mixed = cited([*outlines[:n], chapter, *outlines[n + 1 :]])
        assert mixed[n] == whole[n]
        assert mixed[-1] == whole[-1]


def _ids(blocks: Blocks) -> list[str]:
    return list(trees.ids_of(trees.every(blocks)))


@pytest.mark.parametrize("seed", range(3))
def test_an_outline_is_a_tree_and_the_outline_of_itself(pandoc: Pandoc, seed: int) -> None:
    text = generated.made(seed, 400).text
    blocks = trees.normal(pandoc.read(text.encode(), "markdown")[0]["blocks"])
    found = outline(blocks)
    assert _ids(found) == _ids(blocks)
    assert shapes.plain(shapes.written(blocks), list[shapes.Block]) == blocks
    assert shapes.plain(shapes.written(found), list[shapes.Block]) is not None
    again = outline(found)
    assert shapes.written(again) == shapes.written(found)


def test_what_acts_does_not_come_into_an_edition_from_what_was_kept(root: Path) -> None:
    edition(root)
    for path in (root / "build/.cache/artefacts").iterdir():
        data = path.read_bytes().partition(b"\n")[2]
        spoilt = data.replace(b"<em>", b"<em onclick='x()'>").replace(
            b"</p>", b"<script>x()</script></p>"
        )
        path.write_bytes(f"{digest(spoilt)}\n".encode() + spoilt)
    html = "".join(chapter.html for chapter in edition(root).chapters)
    assert "<em>" in html
    assert "onclick" not in html
    assert "<script" not in html
