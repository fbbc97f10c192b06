"""Books laid out chapter by chapter: the same pages, and no work twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as replaced
from PIL import Image

from publish.artefacts import Made, Shelf, Store
from publish.editions import Chapter, Edition, Heading, Text
from publish.problems import PublishError
from publish.records import replace
from publish.renderers import pdf
from publish.renderers.pdf import parts, setting, tags
from publish.renderers.pdf.nodes import Area, Mark, Node
from publish.renderers.pdf.parts import Dictionary, Face, Leaf, ObjectReference, Part, Piece, Stand
from renderers.pdf_samples import STYLE, TEXT, call, edition, notes, told, tool

PAINTED = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60">
<defs><linearGradient id="fade"><stop offset="0" stop-color="#fff" stop-opacity="0.1"/>
<stop offset="1" stop-color="#258"/></linearGradient>
<pattern id="dots" width="8" height="8" patternUnits="userSpaceOnUse"><circle cx="4" cy="4" r="2"/>
</pattern><mask id="half"><rect width="100" height="60" fill="#fff"/></mask></defs>
<rect width="200" height="20" fill="url(#fade)"/><rect y="20" width="200" height="20"
 fill="url(#dots)"/><g opacity="0.5" mask="url(#half)"><rect y="40" width="200" height="20"/></g>
<text x="5" y="55">1961</text></svg>"""
WHOLE = "\n/* target-counter( */\n"  # asks for what only the whole knows: laid out in one part


def picture(red: int = 200) -> bytes:
    """A small picture that one can see through in places."""
    output = BytesIO()
    image = Image.new("RGBA", (8, 8), (red, 30, 60, 120))
    image.putpixel((3, 3), (0, 0, 0, 0))
    image.save(output, "PNG")
    return output.getvalue()


def chapter(number: int, paragraphs: int) -> Chapter:
    """A chapter with notes, a link to the next one, a drawing and a picture."""
    name, following = f"part-{number}", f"part-{number + 1}"
    link = f'<a href="#{following if number < 4 else "part-1"}"><em>elsewhere</em></a>'
    html = (
        f'<section id="{name}" class="level1"><h2><span class="number">{number}</span> Part'
        f" {number}</h2><p>{TEXT[: 60 * number]} {call(number)} {link}</p>"
        f'<figure><img src="figures/line.svg" alt="A line" /><figcaption>Line</figcaption></figure>'
        f'<p><img src="figures/spot.png" alt="A spot" /> <b>bold</b> <code>code</code></p>'
        + f"<p>{TEXT}</p>" * paragraphs
        + f'<section id="{name}-in" class="level2"><h3>Within</h3><p>{TEXT}</p></section></section>'
    )
    note = (
        notes("<p>Note.</p>").replace("fn-1", f"fn-{number}").replace("fnref-1", f"fnref-{number}")
    )
    headings = (
        Heading(1, name, str(number), Text(f"Part {number}", f"Part {number}")),
        Heading(2, f"{name}-in", "", Text("Within", "Within")),
    )
    return Chapter(name, Text(f"Part {number}", f"Part {number}"), html + note, headings)


def book(tag: str = "en", lengths: Sequence[int] = (4, 1, 7, 1)) -> Edition:
    chapters = tuple(chapter(number, length) for number, length in enumerate(lengths, 1))
    resources = {"figures/line.svg": PAINTED, "figures/spot.png": picture()}
    return edition("", tag, kind="book", chapters=chapters, resources=resources)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts that are laid out, by what their text begins with."""
    found = list[str]()
    original = setting._laid_out

    def spy(html: str, *rest: Any) -> Any:
        body = html.partition("<body>")[2]
        found.append((re.findall(r'id="(part-\d|pub-contents|pub-colophon)"', body) or ["?"])[0])
        return original(html, *rest)

    monkeypatch.setattr(setting, "_laid_out", spy)
    return found


@pytest.mark.parametrize("tag", ["en", "he", "ko"])
def test_chapter_by_chapter_the_pages_are_those_of_the_whole(tag: str, tmp_path: Path) -> None:
    sheet = STYLE.files["print.css"]
    contents = ".contents a::after { content: target-counter(attr(href), page) !important }"
    style = STYLE._replace(files={**STYLE.files, "print.css": sheet + WHOLE + contents})
    apart, starts = pdf.paginated(book(tag), STYLE)
    whole, whole_starts = pdf.paginated(book(tag), style)
    assert starts == whole_starts
    assert len(starts) > 6
    for command in ("pdftotext -layout {} -", "pdftoppm -r 50 -gray {}"):
        assert told(command, apart, tmp_path) == told(command, whole, tmp_path)


def test_a_part_that_did_not_change_is_not_laid_out_again(
    laid_out: list[str], tmp_path: Path
) -> None:
    shelf = Shelf(Store(tmp_path), "1")
    once = pdf.render(book(), STYLE, shelf)
    parts_of_a_book = ["pub-contents", "part-1", "part-2", "part-3", "part-4", "pub-colophon"]
    assert laid_out == [*parts_of_a_book, "pub-contents"]  # once for its length, once for numbers
    laid_out.clear()
    assert pdf.render(book(), STYLE, shelf) == once == pdf.render(book(), STYLE)
    assert laid_out == [*parts_of_a_book, "pub-contents"]  # those of the rendering without a shelf

    laid_out.clear()
    changed = book()
    second = replace(changed.chapters[1], html=changed.chapters[1].html.replace("Note.", "Other."))
    changed = replace(changed, chapters=(changed.chapters[0], second, *changed.chapters[2:]))
    data = pdf.render(changed, STYLE, shelf)
    assert laid_out == ["part-2"]
    assert data == pdf.render(changed, STYLE)


def test_a_chapter_that_gets_longer_moves_those_behind_it(
    laid_out: list[str], tmp_path: Path
) -> None:
    shelf = Shelf(Store(tmp_path), "1")
    pdf.render(book(lengths=(4, 1, 7, 1)), STYLE, shelf)
    laid_out.clear()
    longer = book(lengths=(4, 1, 14, 1))
    data = pdf.render(longer, STYLE, shelf)
    assert laid_out == ["part-3", "part-4", "pub-colophon", "pub-contents"]
    assert data == pdf.render(longer, STYLE)


@pytest.mark.parametrize("what", ["damaged", "another typeface", "other programs"])
def test_what_cannot_be_trusted_is_laid_out_again(
    what: str, laid_out: list[str], tmp_path: Path
) -> None:
    store = Store(tmp_path)
    data = pdf.render(book(), STYLE, Shelf(store, "1"))
    laid_out.clear()
    for path in (tmp_path / ".cache" / "artefacts").iterdir():
        seal, _, kept = path.read_bytes().partition(b"\n")
        if what == "damaged":
            path.write_bytes(seal + b"\n" + kept[:-9])
        elif what == "another typeface":
            part = parts.read(kept)
            if part is None:  # the name of one
                continue
            leaves = [
                replaced(leaf, faces=[replaced(face, file=b"another") for face in leaf.faces])
                for leaf in part.leaves
            ]
            store.keep([Made(parts.written(replaced(part, leaves=leaves)), path.name)])
    stamp = "2" if what == "other programs" else "1"
    assert pdf.render(book(), STYLE, Shelf(store, stamp)) == data
    assert len(laid_out) == 7


def test_bytes_that_are_no_part_are_none() -> None:
    assert parts.read(b"") is None
    assert parts.read(b"\x81\xa6leaves\x90") is None
    assert parts.read(b"\x91" * 100_000) is None


@given(st.binary(max_size=200))
def test_strange_bytes_are_no_part(data: bytes) -> None:
    assert parts.read(data) is None


texts = st.text(max_size=8)
numbers = st.integers(0, 9)
kids = st.recursive(
    numbers | st.builds(ObjectReference, numbers),
    lambda inner: st.builds(
        Piece,
        key=st.tuples(numbers, numbers),
        tag=texts,
        facts=st.dictionaries(texts, texts),
        kids=st.lists(inner),
        box=st.none() | st.just((0.0, 1.0, 2.5, 3.0)),
    ),
    max_leaves=12,
)
stands = st.builds(
    Stand,
    path=st.lists(numbers, min_size=1),
    block=numbers,
    following=st.dictionaries(texts, texts | st.none()),
    right=st.booleans(),
    state=st.tuples(
        st.lists(numbers), st.dictionaries(texts, st.lists(numbers)), st.lists(st.lists(texts))
    ),
    strings=st.dictionaries(texts, texts),
)


def leaf(*pieces: Piece | ObjectReference | int) -> Leaf:
    face = Face("Serif", 10.5, b"x", {3: 500}, {3: "a"})
    resources = Dictionary({"ExtGState": Dictionary({"a1": b"<<>>"})})
    anchors = {"a": (0.0, 1.0, 2.0, 3.0)}
    bleed = {"top": 0.0}
    return Leaf(
        10.0,
        20.0,
        bleed,
        b"q Q",
        "",
        [],
        anchors,
        [],
        resources,
        [face],
        [*pieces],
        ["a", 3],
        "abc",
    )


@given(st.lists(kids), st.lists(st.none() | stands), st.lists(st.binary()))
def test_a_part_is_read_as_it_was_written(
    pieces: list[Piece | ObjectReference | int], known: list[Stand | None], blocks: list[bytes]
) -> None:
    part = Part([leaf(*pieces)], {"lang": "en", "authors": ["A"]}, blocks, known)
    assert parts.read(parts.written(part)) == part


def test_parts_have_one_text_and_pages_that_go_on() -> None:
    def piece(tag: str, *kids: Piece | ObjectReference | int) -> Piece:
        return Piece((0, 0), tag, {}, [*kids])

    text = piece("main", 0, ObjectReference(1))
    pages = [
        [piece("div", 0), piece("div", 1)],
        [piece("hr"), text, piece("hr")],
        [text],
        [piece("div", 0)],
    ]
    found = tags.tree([Part([leaf(*each), leaf()], {"lang": "en"}) for each in pages])
    nodes = [kid for kid in found.kids if isinstance(kid, Node)]
    assert [node.role for node in nodes] == ["Div", "Part", "Div"]
    first, middle, last = map(told_kids, nodes)
    assert first == [Mark(0, 0), Mark(0, 1)]
    assert middle == [Mark(2, 0), Area(2, 1), Mark(4, 0), Area(4, 1)]
    assert last == [Mark(6, 0)]


def told_kids(node: Node) -> list[Mark | Area]:
    """The content in a node, in order."""
    inner = [told_kids(kid) if isinstance(kid, Node) else [kid] for kid in node.kids]
    return [each for kids in inner for each in kids]


def test_a_drawing_in_a_part_keeps_its_shades(tmp_path: Path) -> None:
    data = pdf.render(book(), STYLE)
    page = pytest.importorskip("page", reason="page-validation is not installed")
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert [(each.rule_id, each.message) for each in report.failures] == []
    listed = tool("pdfimages -list {}", data, tmp_path)
    assert listed.count(" smask ") == 4  # one to each chapter


def test_a_picture_that_a_sheet_asks_for_counts_too(tmp_path: Path) -> None:
    sheet = STYLE.files["print.css"] + "main p { background: url(figures/paper.png) }"
    style = STYLE._replace(files={**STYLE.files, "print.css": sheet})
    shelf, whole = Shelf(Store(tmp_path), "1"), book(lengths=(1, 1, 1, 1))
    grey, other = (
        replace(whole, resources={**whole.resources, "figures/paper.png": picture(shade)})
        for shade in (200, 90)
    )
    first = pdf.render(grey, style, shelf)
    second = pdf.render(other, style, shelf)
    assert first != second == pdf.render(other, style)


def test_a_link_between_chapters_that_leads_nowhere_is_told() -> None:
    with pytest.raises(PublishError, match="No anchor #part-2"):
        pdf.render(book(lengths=(1,)), STYLE)
