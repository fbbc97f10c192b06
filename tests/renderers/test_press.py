"""Press: PDF/X-4 for the print shop, as far as it can be looked at without a preflight."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publications import append, made, publish, told
from publish.editions import Press
from publish.problems import PublishError
from publish.renderers.pdf import press
from renderers.pdf_samples import STYLE, call, edition, notes, section, tool

METADATA = "manuscript/metadata.yaml"
HTML = section(
    '<p>A <a href="https://example.org/">link</a>, a <a href="#one">place</a> and a note'
    f'{call(1)}.</p><p><img src="figures/line.svg" alt="A line." /></p>'
) + notes("<p>It.</p>")


def profile(kind: bytes = b"prtr", space: bytes = b"CMYK") -> bytes:
    """A colour profile with a description and no colours, which is enough to be named."""
    text = b"desc\0\0\0\0\0\0\0\x05Test\0" + bytes(78)
    text += bytes(-len(text) % 4)
    tags = (
        (1).to_bytes(4, "big") + b"desc" + (144).to_bytes(4, "big") + len(text).to_bytes(4, "big")
    )
    head = bytes(4) + bytes(4) + b"\x02\x10\0\0" + kind + space + b"Lab " + bytes(12) + b"acsp"
    head = head.ljust(68, b"\0") + bytes.fromhex("0000f6d6000100000000d32d")
    data = head.ljust(128, b"\0") + tags + text
    return len(data).to_bytes(4, "big") + data[4:]


def printed(**changes: Any) -> bytes:
    changes.setdefault("press", Press(profile(), "FOGRA39"))
    return press.render(edition(HTML, **changes), STYLE)


@pytest.fixture(scope="module")
def data() -> bytes:
    return printed()


@pytest.fixture
def pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def test_it_says_what_it_is_and_for_which_printing(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFX"
    assert intent.OutputConditionIdentifier == "FOGRA39"
    assert intent.RegistryName == "http://www.color.org"
    assert intent.DestOutputProfile.read_bytes()[12:20] == b"prtrCMYK"
    packet = pdf.Root.Metadata.read_bytes().decode()
    parts = "<pdfxid:GTS_PDFXVersion>PDF/X-4< <pdf:Trapped>False< xmpMM:DocumentID xmpMM:VersionID"
    for part in (*parts.split(), "xmpMM:RenditionClass", "xmp:ModifyDate", "dc:title"):
        assert part in packet
    assert pdf.pdf_version == "1.6"
    assert str(pdf.docinfo["/Trapped"]) == "/False"
    assert "pdfuaid" not in packet
    assert "pdfaid" not in packet


def test_each_page_has_bleed_and_marks_around_what_is_trimmed(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        media, bleed, trim = (
            [float(x) for x in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        assert media[0] < bleed[0] < trim[0] < trim[2] < bleed[2] < media[2]
        assert media[1] < bleed[1] < trim[1] < trim[3] < bleed[3] < media[3]
        assert trim[2:] == pytest.approx([595.28, 841.89], abs=0.01)


def test_there_is_nothing_to_be_clicked(pdf: pikepdf.Pdf) -> None:
    assert not any("/Annots" in page for page in pdf.pages)
    assert not {"/Names", "/Outlines", "/OpenAction", "/AcroForm"} & set(pdf.Root.keys())
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary):
            assert each.get("/Type") != "/Annot"
            assert "/URI" not in each


def test_text_is_in_black_alone_and_rgb_has_a_profile(pdf: pikepdf.Pdf) -> None:
    (page, *_) = pdf.pages
    inks = set(re.findall(rb"([\d. ]+) scn\nBT", page.Contents.read_bytes()))
    assert b"0 0 0 1" in inks
    spaces = page.Resources.ColorSpace
    assert spaces.DefaultRGB[0] == "/ICCBased"
    assert spaces.DefaultRGB[1].N == 3
    for each in pdf.objects:  # drawings have the same resources
        if isinstance(each, pikepdf.Stream) and "/Resources" in each:
            assert "/DefaultRGB" in each.Resources.get("/ColorSpace", spaces)


def test_the_file_is_whole_with_its_fonts_and_the_same_every_time(
    data: bytes, tmp_path: Path
) -> None:
    assert "No syntax or stream encoding errors" in tool("qpdf --check {}", data, tmp_path)
    _, _, *rows = tool("pdffonts {}", data, tmp_path).splitlines()
    assert rows
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    assert printed() == data


@pytest.mark.parametrize("given", [b"", b"no profile", profile(b"mntr", b"RGB ")])
def test_without_a_profile_of_printing_there_is_no_pdf_x(given: bytes) -> None:
    with pytest.raises(PublishError) as caught:
        printed(press=Press(given, ""))
    assert [one.code for one in caught.value.problems] == ["press-profile"]


def test_it_is_made_only_if_it_is_asked_for_and_nobody_promises_too_much(tmp_path: Path) -> None:
    folder = made(tmp_path / "model", built=False)
    (folder / "manuscript/print.icc").write_bytes(profile())
    append(METADATA, "press:\n  profile: print.icc\n")(folder)
    done = publish("build", "-f", "press", "-l", "en", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.glob("build/en/*")] == [
        "a-publication-to-start-from.press.pdf"
    ]
    assert "no independent judge" in done.stderr
    append(METADATA, "  condition: [1]\n")(folder)
    done = publish("build", "-f", "press", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["metadata-value"]
