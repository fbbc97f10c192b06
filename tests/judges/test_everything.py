"""Everything that Markdown can do, in six languages, in every format: no judge finds a fault.

English (the source), German, Russian, Korean, Arabic (from right to left) and Thai (without
spaces between words); see `tests/everything/`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html

from judges import reading
from publications import publish
from publish.checks import judges

SOURCE = Path(__file__).parents[1] / "everything"
EDITIONS = ["ar", "de", "en", "ko", "ru", "th"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("everything") / "publication"
    shutil.copytree(SOURCE, folder)
    done = publish("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert sorted(path.parent.name for path in folder.glob("build/*/everything.pdf")) == EDITIONS
    return folder


def test_nothing_is_left_untranslated(built: Path) -> None:
    states = json.loads(publish("status", "--json", cwd=built).stdout)
    own = {state["edition"]: state for state in states}
    assert sorted(own) == [name for name in EDITIONS if name != "en"]
    for state in own.values():  # fixed words that are younger than these catalogues may lack
        assert state["fuzzy"] == 0
        assert state["translated"] > 100


def test_no_judge_finds_a_fault(built: Path) -> None:
    files = [*(built / "build").glob("*/everything.*"), *built.glob("translations/*/*/*.po")]
    found = list(judges.verdicts(sorted(files)))
    assert [verdict.judge for verdict in found] == list(judges.JUDGES)
    for verdict in found:
        assert not verdict.absent, verdict.absent
        assert not verdict.failed, verdict.failed
        assert len(verdict.files) == (5 if verdict.judge.suffixes == (".po",) else 6)
    lines = [
        f"{path.parent.name}/{path.name}: {verdict.judge.name}: {finding}"
        for verdict in found
        for path, findings in verdict.findings.items()
        for finding in findings
    ]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_link_leads_somewhere_and_every_word_is_in_each_format(
    edition: str, built: Path
) -> None:
    page = built / "build" / edition / "everything.html"
    for path in (page, page.with_suffix(".epub")):
        assert not reading.dead_ends(path)
    assert not reading.missing_words(page, page.with_suffix(".epub"))
    if edition not in {"ar", "th"}:  # of these pdftotext gives signs in the order of the page
        assert not reading.missing_words(page, page.with_suffix(".pdf"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_language_of_words_is_in_the_structure_of_the_pdf(edition: str, built: Path) -> None:
    """No judge asks for it (WCAG 2.2, 3.1.2)."""
    page = html.parse(built / "build" / edition / "everything.html").getroot()
    (main,) = page.xpath("//main")
    said = {each.get("lang") for each in main.xpath(".//*[@lang]")}
    assert len(said - {edition}) > 3
    with pikepdf.open(built / "build" / edition / "everything.pdf") as pdf:
        tree = {str(each["/Lang"]) for each in _elements(pdf) if "/Lang" in each}
        assert said <= tree | {str(pdf.Root.Lang)}
        heads = sum(each["/S"] == "/TH" for each in _elements(pdf))
    assert heads == len(main.xpath(".//th"))


def _elements(pdf: pikepdf.Pdf) -> list[Any]:
    found = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in found if each.get("/Type") == "/StructElem"]


def test_words_of_thai_are_copied_as_they_are_written(built: Path) -> None:
    """But that a sara am (U+0E33) is two signs to every font."""
    path = built / "build/th/everything.pdf"
    done = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    for words in ("ตัวหนา", "ทั้งสองอย่าง", "ย่อหน้าที่สองของมัน", "คำธรรมดา".replace("ำ", "ํา")):
        assert words in done.stdout
