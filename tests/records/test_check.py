"""`publish check` sees where the files of an edition do not name it alike."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from publications import publish, told
from publish import languages, styles
from publish.checks import records, stating
from publish.distribution.records import Subject, Work, crossref, opds
from publish.editions import Edition, Series, Text
from publish.editions.archiving import Archive
from publish.pipeline.editing import Editing
from publish.pipeline.judgement import checking
from publish.project import Project
from publish.records import replace

pytestmark = pytest.mark.xdist_group("records")

Files = dict[str, bytes]
BIBLIOGRAPHIC = {"citation.bib", "citation.json", "citation.ris"}
EVERY = {
    "CITATION.cff", "citation.bib", "citation.json", "citation.ris", "crossref.xml",
    "dublin-core.xml", "jats.xml", "onix.xml", "opds.json", "opds.xml",
    "treaties.epub", "treaties.html", "treaties.pdf",
}  # fmt: skip
# What the edition is changed in, and which files do not say it at all.
CHANGES = {
    "record-title": ({"title": Text("Other", "Other")}, set[str]()),
    "record-date": ({"date": date(2020, 1, 1)}, set[str]()),
    "record-identifier": ({"identifiers": {"doi": "10.5555/other"}}, set[str]()),
    "record-language": (
        {"language": languages.read("fr", styles.DEFAULTS / "languages.toml")},
        set[str](),
    ),
    "record-licence": (
        {"licence": "CC0-1.0", "licence_url": "https://example.org/licence"},
        BIBLIOGRAPHIC,
    ),
}


@pytest.fixture(scope="module")
def built(article: Path) -> tuple[Edition, Files]:
    """An edition and its files, those for readers too."""
    assert publish("build", "-l", "en", cwd=article).returncode == 0
    project = Project(article)
    with Editing(project) as editing:
        edition = editing.edition("en")
    return edition, checking.built(project, "en", edition.slug)


def found(edition: Edition, files: Files) -> dict[str, set[str]]:
    """Codes of the problems, each with the files that it was found in."""
    codes = defaultdict[str, set[str]](set)
    for problem in records.check(edition, files):
        codes[problem.code].add(problem.location.path.rpartition("/")[2])
        assert problem.hint
    return dict(codes)


def test_all_files_of_an_edition_name_it_alike(built: tuple[Edition, Files]) -> None:
    edition, files = built
    assert found(edition, files) == {}
    stated = {name for name, data in files.items() if stating.said(name, data, "")}
    assert {name.rpartition("/")[2] for name in stated} == EVERY


@pytest.mark.parametrize("code", CHANGES)
def test_each_file_that_says_something_else_is_told(
    built: tuple[Edition, Files], code: str
) -> None:
    edition, files = built
    changed, silent = CHANGES[code]
    assert found(replace(edition, **changed), files) == {code: EVERY - silent}  # type: ignore[arg-type]  # values of several types


def in_zip(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        target = io.BytesIO()
        with ZipFile(io.BytesIO(data)) as file, ZipFile(target, "w") as other:
            for name in file.namelist():
                other.writestr(name, file.read(name).replace(old.encode(), new.encode()))
        return target.getvalue()

    return change


SEEDS: dict[str, tuple[str, object, str]] = {
    "a title in JATS": (
        "metadata/jats.xml",
        ("<article-title>Treaties", "<article-title>Treatises"),
        "record-title",
    ),
    "a title in RIS": ("metadata/citation.ris", ("TI  - Treaties", "TI  - "), "record-title"),
    "a DOI in a deposit": (
        "metadata/crossref.xml",
        ("<doi>10.5555/12345678", "<doi>10.5555/1"),
        "record-identifier",
    ),
    "a date in the EPUB": (
        "treaties.epub",
        in_zip("<dc:date>2026-05-03", "<dc:date>2025-05-03"),
        "record-date",
    ),
    "a date in ONIX": (
        "metadata/onix.xml",
        ('<Date dateformat="00">20260503', '<Date dateformat="00">20260504'),
        "record-date",
    ),
    "a language in the page": (
        "treaties.html",
        ('<html lang="en"', '<html lang="de"'),
        "record-language",
    ),
    "a licence in the PDF": (
        "treaties.pdf",
        ("creativecommons.org/licenses/by/4.0/<", "creativecommons.org/licenses/nc/4.0/<"),
        "record-licence",
    ),
    "no licence in OPDS": (
        "metadata/opds.xml",
        ('rel="license"', 'rel="related"'),
        "record-licence",
    ),
    "half a file": ("metadata/opds.json", ('"publications"', '"publ'), "record-unreadable"),
    "no packet": ("treaties.pdf", ("<x:xmpmeta", "<x:nothing"), "record-unreadable"),
    "no book": ("treaties.epub", ("PK\x03\x04", "XX\x03\x04"), "record-unreadable"),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seeded_difference_is_told(built: tuple[Edition, Files], seed: str) -> None:
    edition, files = built
    name, change, code = SEEDS[seed]
    if isinstance(change, tuple):
        old, new = (text.encode() for text in change)
        assert old in files[name]
        spoilt = files[name].replace(old, new)
    else:
        assert callable(change)
        spoilt = change(files[name])
    assert spoilt != files[name]
    assert found(edition, {**files, name: spoilt}) == {code: {name.rpartition("/")[2]}}


def packed(container: str = "<a full-path='b'/>", book: bytes = b"<b/>", way: int = 8) -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w", way) as file:
        file.writestr("META-INF/container.xml", container)
        file.writestr("b", book)
    return target.getvalue()


DAMAGED = {
    "a.epub": (
        packed("<a/>"),
        packed("<a full-path='c'/>"),
        packed(way=14),
        packed(book=b"<b/>" * 99).replace(b"\xb3", b"\xff"),
        packed()[:-9],
    ),
    "metadata/citation.json": (
        b"[]",
        b"[{}]",
        b'[{"issued": {"date-parts": []}}]',
        b'[{"issued": []}]',
        b"[" * 99_999,
    ),
    "metadata/opds.json": (b"[]", b'{"publications": [{"metadata": []}]}', b"[" * 99_999),
    "metadata/onix.xml": (b"", b"<a" * 999, b"\xff"),
    "metadata/citation.bib": (b"\xff",),
    "a.pdf": (b"", b"<x:xmpmeta></x:xmpmeta>"),
    "a.html": (b"",),
}


@pytest.mark.parametrize(("name", "data"), [(n, data) for n in DAMAGED for data in DAMAGED[n]])
def test_what_is_damaged_cannot_be_read_and_nothing_worse(name: str, data: bytes) -> None:
    with pytest.raises(stating.UnreadableError):
        stating.said(name, data, "")


def test_numbers_without_end_are_the_largest_or_none(built: tuple[Edition, Files]) -> None:
    edition = replace(built[0], version=f"1.{'9' * 5000}", series=Series("T", "9" * 5000))
    assert crossref.timestamp(edition).endswith("019900")
    subject = Subject(edition, Work((edition,)), Archive("", "", {}), {}, b"")
    assert b'"position"' not in opds.render(subject)


def test_on_the_command_line(article: Path) -> None:
    """Records without the files that they name are worth a warning, an old title an error."""
    done = publish("check", "--no-judges", "-l", "ko", cwd=article)
    assert "record-file-missing" in {one.code for one in told(done.stderr)}
    assert not [one for one in told(done.stderr) if one.code == "record-title"]
    path = article / "build/ko/metadata/dublin-core.xml"
    good = path.read_text("utf-8")
    path.write_text(re.sub("<dc:title[^>]*>", r"\g<0>X", good, count=1), "utf-8")
    done = publish("check", "--no-judges", "-l", "ko", cwd=article)
    path.write_text(good, "utf-8")
    assert done.returncode == 1
    (problem,) = [one for one in told(done.stderr) if one.code == "record-title"]
    assert problem.place == "build/ko/metadata/dublin-core.xml"
    assert problem.remedy
