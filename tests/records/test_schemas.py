"""Every record passes its schema, and every schema sees faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from records.judging import JUDGES

pytestmark = pytest.mark.xdist_group("records")


@pytest.mark.parametrize("publication", ["article", "book", "own", "sample"])
def test_every_record_of_every_edition_is_valid(
    publication: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(publication)
    judged = 0
    for path in sorted(folder.glob("build/*/metadata/*")):
        if judge := JUDGES.get(path.name):
            assert judge(path.read_bytes()) == [], path
            judged += 1
    editions = len(list(folder.glob("build/*/metadata")))
    assert judged >= editions * (len(JUDGES) - 2)


# A fault for each record: what is put in place of what.
FAULTS = {
    "CITATION.cff": ("cff-version: ", "cff-varsion: "),
    "citation.json": ('"type": "report"', '"type": "rapport"'),
    "crossref.xml": ("<doi>10.5555/", "<doi>11.5555/"),
    "dublin-core.xml": ("<dc:type>Text</dc:type>", "<dc:kind>Text</dc:kind>"),
    "jats.xml": ("<title-group>", "<title-group><p>No</p>"),
    "onix.xml": (
        "<ContributorRole>A01</ContributorRole>",
        "<ContributorRole>A00</ContributorRole>",
    ),
    "opds.json": ("http://opds-spec.org/acquisition/open-access", "download"),
    "sitemap.xml": ("<lastmod>2026-05-03", "<lastmod>May"),
    "opds.xml": ("<updated>2026-05-03T00:00:00Z</updated>", "<updated>yesterday</updated>"),
}


@pytest.mark.parametrize("name", JUDGES)
def test_a_fault_is_seen(article: Path, name: str) -> None:
    good = (article / "build/en/metadata" / name).read_text("utf-8")
    before, after = FAULTS[name]
    assert before in good
    assert JUDGES[name](re.sub(re.escape(before), after, good).encode())
