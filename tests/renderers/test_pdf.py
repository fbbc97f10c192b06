from __future__ import annotations

import hashlib
import logging
import os
import random
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pydyf
import pytest
import tinyhtml5

from publish import fonts
from publish.editions import Text
from publish.problems import PublishError
from publish.records import replace
from publish.renderers import pdf
from publish.renderers.pdf import engine, joiners, markup, repairs, streams
from publish.styles import Style
from renderers import pdf_samples as samples
from renderers.pdf_samples import STYLE, TEXT, Objects, call, notes, section

EVERYTHING = section(
    f"<p>Some text{call(1)} <a href='#one'><em>here</em></a> and <code>code()</code>.{TEXT}</p>"
    '<figure><img src="figures/line.svg" alt="A line" /><figcaption>Caption</figcaption></figure>'
    "<ul class='task-list'><li><label><input type='checkbox' checked='' />done</label></li></ul>"
    "<dl><dt>Term</dt><dd><p>Meaning</p></dd></dl><div class='line-block'>a<br />b</div><hr />"
    "<table><caption>Table</caption><thead><tr><th>A</th><th colspan='2'>B</th></tr></thead>"
    f"<tbody><tr><td>1</td><td>2{call(2)}</td><td></td></tr></tbody></table>"
    f"<section class='level2'><h3>Below</h3><blockquote><p>{TEXT}</p></blockquote></section>"
    '<p><span lang="ko">주체</span> <span class="untranslated" lang="de">Noch nicht</span>'
    ' <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> <img src="figures/line.svg" alt="" /></p>'
) + notes("<p>One.</p><p>Two.</p>", "<p>A list:</p><ol><li>x</li></ol>")
KOREAN = section(
    "<p>두 나라의 <em>관계</em>를 새로운 <strong>차원</strong>으로 끌어올렸다. "
    + "조선민주주의인민공화국과 러시아연방 사이의 조약은 2024년에 체결되었다. " * 12
    + "</p>"
)
RUSSIAN = section(f"<p>{'Договор вступил в силу. ' * 30}</p>")
EDITIONS = [
    pytest.param(EVERYTHING, "en", "article", id="en"),
    pytest.param(EVERYTHING, "de", "book", id="de-book"),
    pytest.param(KOREAN, "ko", "article", id="ko"),
    pytest.param(RUSSIAN, "ru", "article", id="ru"),
    pytest.param(section("<p>المعاهدة بين الدولتين 2024</p>"), "ar", "article", id="ar"),
    pytest.param(EVERYTHING, "he", "article", id="he"),  # digits are another family's there
]


@pytest.mark.parametrize(("html", "tag", "kind"), EDITIONS)
def test_a_judge_finds_no_fault_by_pdf_ua_and_pdf_a(html: str, tag: str, kind: str) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    for profile in ("ua1", "3a"):
        report = page.validate_pdf_bytes(samples.rendered(html, tag, kind), profile=profile)
        assert [(each.rule_id, each.message) for each in report.failures] == []


@pytest.mark.parametrize(("html", "tag", "kind"), EDITIONS)
def test_the_file_is_sound(html: str, tag: str, kind: str, tmp_path: Path) -> None:
    told = samples.tool("qpdf --check {}", samples.rendered(html, tag, kind), tmp_path)
    assert "No syntax or stream encoding errors found" in told


def test_the_same_edition_is_the_same_bytes_in_any_process_folder_and_year(tmp_path: Path) -> None:
    program = (
        "import hashlib, time; time.time = lambda: 4e9; from renderers import pdf_samples as s;"
        "from renderers.test_pdf import EVERYTHING;"
        "print(hashlib.sha256(s.rendered(EVERYTHING)).hexdigest())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert set(told) == {hashlib.sha256(samples.rendered(EVERYTHING)).hexdigest()}


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    objects = Objects(samples.rendered(EVERYTHING), tmp_path)
    facts = objects.read(objects.read("trailer")["/Info"])
    assert facts["/Title"] == "u:Borrowed Strength: A subtitle"
    assert facts["/Author"] == "u:Ada Author"
    assert facts["/Subject"] == "u:What it says."
    assert facts["/Keywords"] == "u:treaty, law"
    assert facts["/CreationDate"] == "u:D:20261122"
    assert objects.catalog["/Lang"] == "u:en"
    assert objects.catalog["/ViewerPreferences"]["/DisplayDocTitle"] is True


def test_the_metadata_can_be_read_without_a_pdf_reader() -> None:
    data = samples.rendered(EVERYTHING)
    for fact in (
        b"<pdfuaid:part>1<",
        b'pdfaid:part="3"',
        b"<rdf:li>en<",
        b"&amp; later",
        b"The House",
    ):
        assert fact in data


def test_headings_are_bookmarks_with_their_numbers_and_without_notes(tmp_path: Path) -> None:
    html = section("<p>x</p>", title=f"Law{call(1)} and order") + notes("<p>A note.</p>")
    objects = Objects(samples.rendered(html), tmp_path)
    titles = [each["/Title"] for each in objects.having("/Title", "/Dest")]
    assert titles[:3] == ["u:Borrowed Strength", "u:Abstract", "u:1 Law and order"]


def test_korean_lines_break_between_words_only(tmp_path: Path) -> None:
    text = samples.tool("pdftotext -layout {} -", samples.rendered(KOREAN, "ko"), tmp_path)
    words = set("조선민주주의인민공화국과 러시아연방 사이의 조약은 2024년에 체결되었다.".split())
    body = [line for line in text.splitlines() if "조약은" in line or "러시아연방" in line]
    assert len(body) > 5
    assert set(" ".join(body[1:-1]).split()) <= words


def test_korean_text_is_found_by_a_search(tmp_path: Path) -> None:
    text = samples.tool("pdftotext {} -", samples.rendered(KOREAN, "ko"), tmp_path)
    assert "관계를 새로운 차원으로" in text
    assert joiners.JOINER not in text


def test_emphasis_in_korean_is_by_weight_and_no_slant_is_faked(tmp_path: Path) -> None:
    told = samples.tool("pdffonts {}", samples.rendered(KOREAN, "ko"), tmp_path)
    assert "NanumMyeongjo-Bold" in told
    assert not re.search("NanumMyeongjo.*Italic", told)


def test_all_fonts_are_embedded_in_part(tmp_path: Path) -> None:
    lines = samples.tool("pdffonts {}", samples.rendered(EVERYTHING), tmp_path).splitlines()[2:]
    assert lines
    assert all(re.search(r"\+.* yes yes yes", line) for line in lines)


def test_words_in_a_drawing_are_words_in_the_text_face(tmp_path: Path) -> None:
    data = samples.rendered(EVERYTHING)
    assert "1961" in samples.tool("pdftotext {} -", data, tmp_path)
    assert "Comic" not in samples.tool("pdffonts {}", data, tmp_path)


def test_contents_name_the_page_of_each_chapter(tmp_path: Path) -> None:
    data = samples.rendered(EVERYTHING, "de", "book")
    text = samples.tool("pdftotext -layout -f 2 -l 2 {} -", data, tmp_path)
    assert re.search(r"1\s+First\s+3\n", text)


def test_a_note_stands_at_the_foot_of_the_page_of_its_call(tmp_path: Path) -> None:
    text = samples.tool("pdftotext -layout -l 1 {} -", samples.rendered(EVERYTHING), tmp_path)
    assert re.search(r"1\s+One\.\n\s+Two\.", text)
    assert "↩" not in text
    assert "Notes" not in text


def test_notes_are_of_one_size_wherever_they_are_called() -> None:
    text = f"<h3>Head{call(1)}</h3><p>Text{call(2)}</p><table><tr><td>{call(3)}</td></tr></table>"
    whole = samples.edition(section(text) + notes("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>"))
    boxes = samples.laid_out(whole).pages[0]._page_box.descendants(placeholders=True)
    found = [box for box in boxes if getattr(box, "element_tag", "") == "span"]
    sizes = [b.style["font_size"] for b in found if b.element.get("role") == "doc-footnote"]
    assert len(set(sizes)) == 1, sizes


def test_no_code_leaves_its_box_and_its_digits_are_those_of_the_typeface() -> None:
    whole = samples.edition(section(f"<pre><code>{'very10' * 40}</code></pre>"))
    boxes = samples.laid_out(whole).pages[0]._page_box.descendants()
    lines = [box for box in boxes if "very10" in getattr(box, "text", "")]
    assert len(lines) > 1
    assert {box.style["font_variant_numeric"] for box in lines} == {"normal"}


@pytest.mark.parametrize("seed", range(4))
def test_every_note_stands_on_the_page_of_its_call(seed: int) -> None:
    chance = random.Random(seed)
    texts = [f"<p>{TEXT[: chance.randint(10, 450)]}</p>" for _ in range(30)]
    body = "".join(
        f"<p>{TEXT[: chance.randint(5, 450)]}{call(number)} {TEXT[: chance.randint(0, 450)]}</p>"
        for number in range(1, 31)
    )
    edition = samples.edition(section(body) + notes(*texts))
    places = repairs.places(samples.laid_out(edition))
    assert len(places) == 30
    assert all(note == at for at, note in places.values())


def test_the_fault_that_loses_notes_is_still_the_one_that_is_mended() -> None:
    engine.load()
    block = sys.modules["weasyprint.layout.block"]
    assert repairs.mend(block)
    another = ModuleType("another")
    setattr(another, "_linebox_layout", call)  # noqa: B010  # mypy knows no such name of a module
    assert not repairs.mend(another)


def test_a_lost_note_stops_the_build() -> None:
    weasyprint = engine.load()
    document = weasyprint.HTML(string=f"<p>A call without its note{call(7)}.").render()
    with pytest.raises(PublishError) as raised:
        repairs.check(document)
    assert raised.value.problems[0].code == "pdf-note-lost"


@pytest.mark.parametrize("source", ["/etc/hostname", "file:///etc/hostname", "https://a.example/b"])
def test_nothing_is_read_but_the_edition_s_own_files(source: str) -> None:
    with pytest.raises(PublishError) as raised:
        samples.rendered(section(f'<p><img src="{source}" alt="x" /></p>'))
    problem = raised.value.problems[0]
    assert problem.code == "pdf-layout"
    assert "is not a file of this edition" in problem.message


def test_a_style_sheet_that_is_not_understood_is_told() -> None:
    sheet = STYLE.files["print.css"] + "\np { colour: blue }"
    style = Style({**STYLE.files, "print.css": sheet})
    with pytest.raises(PublishError, match="colour"):
        pdf.render(samples.edition(section("<p>x</p>")), style)


def test_a_character_that_no_font_has_stops_the_build() -> None:
    with pytest.raises(PublishError) as raised:
        samples.rendered(section("<p>A rare sign: 𐀀.</p>"))
    problem = raised.value.problems[0]
    assert problem.code == "font-glyph-missing"
    assert "U+10000" in problem.message
    assert "A rare sign: 𐀀." in problem.message


def test_a_character_in_a_drawing_counts_too() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text>𐀀</text></svg>'.encode()
    edition = samples.edition(section("<p>x</p>"), resources={"a.svg": drawing})
    with pytest.raises(PublishError, match=r"U\+10000"):
        pdf.render(edition, STYLE)


def test_a_font_that_is_not_there_is_named_with_its_package() -> None:
    edition = samples.edition(section("<p>x</p>"), "ko")
    language = replace(edition.language, fonts=("Nanum Nobody",))
    assert fonts.package("Nanum Nobody") == "fonts-nanum"
    with pytest.raises(PublishError) as raised:
        pdf.render(replace(edition, language=language), STYLE)
    assert raised.value.problems[0].code == "font-missing"


def test_a_face_that_would_be_faked_stops_the_build() -> None:
    style = Style({**STYLE.files, "print.css": STYLE.files["print.css"] + "p{font-style:italic}"})
    with pytest.raises(PublishError) as raised:
        pdf.render(samples.edition(KOREAN, "ko"), style)
    assert raised.value.problems[0].code == "font-missing"


def test_without_pango_there_is_a_line_to_run(monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    def no_library(name: str) -> ModuleType:
        print("WeasyPrint could not import some external libraries.")  # noqa: T201  # as WeasyPrint does
        raise OSError(f"cannot load library 'libpango': {name}\nand more")

    monkeypatch.setattr(engine, "import_module", no_library)
    with pytest.raises(PublishError) as raised:
        samples.rendered(section("<p>No Pango.</p>"))
    assert raised.value.problems[0].code == "pango-missing"
    assert "install" in raised.value.problems[0].hint
    assert capfd.readouterr().out == ""


def test_a_rendering_says_nothing_and_leaves_the_loggers_as_they_were(capfd: Any) -> None:
    before = list(logging.getLogger("weasyprint").handlers)
    samples.rendered(section("<p>Quiet.</p>"))
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("weasyprint").handlers == before


def test_a_book_opens_each_chapter_on_a_new_page(tmp_path: Path) -> None:
    edition = samples.edition(section("<p>One.</p>"), kind="book")
    second = replace(edition.chapters[0], id="b", html=section("<p>Two.</p>", "two", "Second"))
    data = pdf.render(replace(edition, chapters=(*edition.chapters, second)), STYLE)
    text = samples.tool("pdftotext -layout {} -", data, tmp_path).split("\f")
    assert "One." in text[2]
    assert "Two." in text[3]


def test_from_right_to_left_the_running_heads_change_sides(tmp_path: Path) -> None:
    html = section(f"<p>{TEXT}</p>" * 12)
    first, second = (
        samples.tool("pdftotext -layout -f 2 -l 2 {} -", samples.rendered(html, tag), tmp_path)
        for tag in ("en", "he")
    )
    assert first.split("\n")[0].split("  ")[0] == "Borrowed Strength"
    assert second.split("\n")[0].rstrip().endswith("Borrowed Strength")


def test_markup_in_a_title_does_no_harm(tmp_path: Path) -> None:
    edition = samples.edition(section("<p>x</p>"), kind="book")
    odd = replace(edition, title=Text("A &amp; B &lt;c&gt;", 'A & B <c> "d"'))
    text = samples.tool("pdftotext {} -", pdf.render(odd, STYLE), tmp_path)
    assert "A & B <c>" in text


def test_no_stream_ends_in_what_looks_like_a_line_end() -> None:
    document = pydyf.PDF()
    bad = next(
        data
        for data in (b"q %d Q" % number for number in range(10_000, 99_999))
        if streams.BAD_END in pydyf.Stream([data], compress=True).data
    )
    document.add_object(pydyf.Stream([bad], compress=True))
    document.add_object(pydyf.Stream([b"q Q"], compress=True))
    streams.settle(document)
    packed = [b"/FlateDecode" in each.data for each in document.objects[-2:]]
    assert packed == [False, True]
    assert streams.BAD_END not in samples.rendered(EVERYTHING)


def test_a_file_is_written_anew_until_no_stream_ends_badly(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = []

    def write(document: pydyf.PDF, output: BytesIO) -> None:
        lengths.append(len(document.objects))
        document.add_object(pydyf.Dictionary())
        output.write(b"bad" + streams.BAD_END if len(lengths) < 3 else b"good")

    document, output = pydyf.PDF(), BytesIO()
    before = len(document.objects)
    monkeypatch.setattr(pydyf.PDF, "write", write)
    streams.settle(document)
    document.write(output)
    assert output.getvalue() == b"good"
    assert lengths == [before, before + 1, before + 2]


def test_a_document_says_the_same_to_the_parsers_of_html_and_of_xml() -> None:
    raw = (
        "<TABLE><tr><td>1</td><td></td></tr><tr><td>2</td></tr></TABLE><pre>\nx &lt; y</pre>"
        '<p>a<br/>b <EM></EM><img src="figures/line.svg" alt="&quot;A&quot; &amp; B"/></p><p></p>'
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mspace/></math>'
        "<table><caption>C</caption><thead><tr><th>A</th></tr></thead></table>"
    )
    whole = samples.edition(
        section(raw + f"<p>{call(1)}</p>") + notes("<p>A</p><ul><li>B</li></ul>")
    )
    text = markup.text(markup.document(whole, STYLE, markup.families(whole)))
    html = tinyhtml5.parse(text, namespace_html_elements=False)
    assert told_of(html) == told_of(ET.fromstring(text))
    assert "TABLE" not in text


def told_of(element: Any) -> tuple[Any, ...]:
    """An element with all that is in it; space around the parts of a page does not count."""
    text, tail = element.text or "", element.tail or ""
    if element.tag in {"html", "head", "body"}:
        text, tail = text.strip(), ""
    inner = [told_of(child) for child in element]
    tail = tail if tail.strip() else " " * bool(tail)
    facts = {name: value for name, value in element.items() if "xmlns" not in name}
    return element.tag, facts, text if text.strip() else "", tail, *inner
