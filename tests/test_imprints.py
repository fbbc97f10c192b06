"""Imprints: editions of partners, which share a text and differ in what their file says."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from publications import made, publish, told, write
from publish import metadata, project, renderers, styles
from publish.checks import imprints as imprint_checks
from publish.editions import Edition
from publish.imprints import Imprint
from publish.metadata import EditionFile
from publish.pipeline.editing import Editing
from publish.problems import PublishError

KO = """\
contributors:
  - {name: 김하나, role: trl, bio: kim.md}
source_version: "1.2"
source_date: 2026-05-03
disclaimer: 번역의 책임은 옮긴이에게 있다.
identifiers: {doi: 10.1234/ko}
series: {title: 번역 총서}
"""
KIPS = """\
partner:
  name: 한국평화연구원 (예시)
  source_name: Korea Institute for Peace Studies (an example)
  logo: logo.svg
contributors:
  - {name: 박둘, role: rev}
identifiers: {isbn-pdf: 978-3-16-148410-0}
tokens: {accent: "#1b4f72", fonts: [NanumGothic]}
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<script>alert(1)</script><rect width="9" height="9" onload="x()"/></svg>'
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("imprints") / "pub", built=False)
    write("translations/ko/edition.yaml", KO)(folder)
    write("translations/ko/kim.md", "김하나는 *번역가*이다.\n")(folder)
    write("translations/ko+kips/edition.yaml", KIPS)(folder)
    write("translations/ko+kips/logo.svg", LOGO)(folder)
    write("translations/en+maggi/edition.yaml", "partner: {name: MAGGI (an example)}\n")(folder)
    return folder


@pytest.fixture(scope="module")
def editions(folder: Path) -> Iterator[dict[str, Edition]]:
    with Editing(project.find(folder)) as editing:
        yield {name: editing.edition(name) for name in ("en", "en+maggi", "ko", "ko+kips")}


@pytest.mark.parametrize(("language", "partners"), [("ko", "ko+kips"), ("en", "en+maggi")])
def test_nothing_in_the_text_changes_for_a_partner(
    language: str, partners: str, editions: dict[str, Edition]
) -> None:
    one, other = editions[language], editions[partners]
    assert one.chapters == other.chapters
    assert (one.title, one.abstract, one.keywords) == (other.title, other.abstract, other.keywords)


def test_a_partner_has_the_translators_of_the_language_and_an_imprint_of_its_own(
    editions: dict[str, Edition],
) -> None:
    ko, kips = editions["ko"], editions["ko+kips"]
    assert [c.name for c in kips.credits if c.role in {"trl", "rev"}] == ["김하나", "박둘"]
    assert kips.credits[-2].bio == "<p>김하나는 <em>번역가</em>이다.</p>"
    assert kips.publisher.name == kips.partner.name == "한국평화연구원 (예시)"
    assert (kips.disclaimer, kips.source_version) == (ko.disclaimer, ko.source_version)
    assert ko.identifiers["doi"] == "10.1234/ko"
    assert "doi" not in kips.identifiers
    assert kips.identifiers_in("pdf")["isbn"] == "978-3-16-148410-0"
    assert "isbn" not in kips.identifiers_in("epub")
    assert ko.series.title
    assert not kips.series.title


def test_the_note_says_from_what_by_whom_for_whom_and_which_text_counts(
    editions: dict[str, Edition],
) -> None:
    assert editions["ko+kips"].translation_note.replace("\u00a0", " ") == (
        "영어 원문(버전 1.2, 2026년 5월 3일)에서 옮김. 옮긴이: 김하나. "
        "의뢰 기관: 한국평화연구원 (예시). 정본은 영어 원문이다."
    )
    assert editions["en+maggi"].translation_note == ""
    assert editions["en+maggi"].original is None


def test_a_logo_comes_along_and_does_nothing(editions: dict[str, Edition]) -> None:
    picture = editions["ko+kips"].resources[editions["ko+kips"].logo]
    assert b"<rect" in picture
    assert b"script" not in picture
    assert b"onload" not in picture


def test_looks_are_values_and_the_language_keeps_its_own(editions: dict[str, Edition]) -> None:
    assert editions["ko+kips"].tokens == {"accent": "#1b4f72"}
    assert editions["ko+kips"].language.fonts[0] == "NanumGothic"
    assert editions["ko"].tokens == {}


@pytest.mark.parametrize(
    "value",
    ['"red; } @import url(http://x/)"', '"url(x)"', '"#12"', '"#1234567"', '"#fff\\n"', "red"],
)
def test_a_colour_is_nothing_but_a_colour(value: str, folder: Path, tmp_path: Path) -> None:
    write("translations/ko+x/edition.yaml", f"tokens: {{accent: {value}}}\n")(tmp_path)
    write("manuscript/metadata.yaml", (folder / "manuscript/metadata.yaml").read_bytes())(tmp_path)
    from publish import manuscripts

    with pytest.raises(PublishError, match="metadata-value"):
        manuscripts.read_edition(project.find(tmp_path), "ko+x")


def test_every_command_knows_a_partners_edition(folder: Path) -> None:
    done = publish("status", cwd=folder)
    assert "ko+kips" in done.stdout
    assert "maggi" not in done.stdout  # nothing is translated in it
    assert publish("update", "ko+kips", cwd=folder).returncode == 0
    assert not (folder / "translations/ko+kips/LC_MESSAGES").exists()
    done = publish("exchange", "export", "ko+kips", "--as", "po", "-o", "-", cwd=folder)
    assert "Language: ko" in done.stdout


@pytest.mark.parametrize(
    ("path", "edition", "code"),
    [
        ("translations/ko+kips/LC_MESSAGES/manuscript.po", "ko+kips", "edition-catalogue"),
        ("translations/fr+x/edition.yaml", "ko", "edition-text"),
    ],
)
def test_a_partners_edition_that_cannot_be_is_told(
    path: str, edition: str, code: str, tmp_path: Path
) -> None:
    folder = made(tmp_path / "pub", built=False)
    write("translations/ko+kips/edition.yaml", "")(folder)
    write(path, "")(folder)
    with Editing(project.find(folder)) as editing, pytest.raises(PublishError, match=code):
        editing.edition(edition)


def test_editors_tools_find_the_schema(folder: Path) -> None:
    for path in ("manuscript/metadata.yaml", "translations/ko/edition.yaml"):
        text = (folder / path).read_text("utf-8")
        named = re.findall(r"^# yaml-language-server: \$schema=(\S+)", text, re.MULTILINE)
        if path.startswith("manuscript"):
            assert named
        for name in named:
            schema = json.loads(((folder / path).parent / name).read_text("utf-8"))
            assert schema["$defs"]
    done = publish("schema", "edition", cwd=folder)
    assert {"partner", "tokens", "funders"} <= set(
        json.loads(done.stdout)["$defs"]["EditionFile"]["properties"]
    )


@pytest.mark.parametrize("format", ["html", "epub"])
def test_readers_see_whose_edition_it_is(format: str, editions: dict[str, Edition]) -> None:
    edition = editions["ko+kips"]
    data = renderers.render(format, edition, styles.read())
    if format == "epub":
        with ZipFile(BytesIO(data)) as book:
            names = [name for name in book.namelist() if name.endswith(("html", "opf", "css"))]
            data = b"".join(map(book.read, names))
            assert f"EPUB/{edition.logo}" in book.namelist()
    text = data.decode()
    assert edition.translation_note in text
    assert edition.disclaimer in text
    assert "한국평화연구원 (예시)" in text
    assert "#1b4f72" in text
    assert "<dt>ISBN (PDF)</dt>" in text


@pytest.mark.parametrize(
    ("own", "codes"),
    [
        ("partner: {name: X}\nidentifiers: {isbn: 978-3-16-148410-0}\n", []),
        ("partner: {name: X}\nidentifiers: {isbn-pdf: 978-3-16-148410-1}\n", ["imprint-number"]),
        ("partner: {name: X}\nidentifiers: {isbn: 3-16-148410-X}\n", []),
        ("partner: {name: X}\nseries: {title: S, issn: 2049-3631}\n", ["imprint-number"]),
        ("partner: {name: X}\nseries: {title: S, issn: 2049-3630}\n", []),
        ("partner: {name: X}\ncontributors: [{name: A, orcid: 0000-0002-1825-0097}]\n", []),
        (
            "partner: {name: X}\ncontributors: [{name: A, orcid: 0000-0002-1825-0096}]\n",
            ["imprint-number"],
        ),
        ('partner: {name: X}\ntokens: {accent: "#ddd"}\n', ["imprint-contrast"]),
        ('partner: {name: X}\ntokens: {accent: "#111111", accent-night: "#eee"}\n', []),
        ('partner: {name: X}\ntokens: {paper-night: "#fff"}\n', ["imprint-contrast"] * 3),
        ("disclaimer: Nobody said whose it is.\n", ["imprint-partner"]),
    ],
)
def test_what_is_odd_in_an_imprint_is_told(own: str, codes: list[str]) -> None:
    values, source = metadata.parse(own, "edition.yaml", EditionFile)
    found = imprint_checks.check("ko+kips", Imprint(values), values, source)
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg"])
def test_a_logo_that_is_no_picture_is_told(name: str, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "pub")
    write("translations/ko+kips/edition.yaml", f"partner: {{name: X, logo: {name}}}\n")(
        tmp_path / "pub"
    )
    write(f"translations/ko+kips/{name}", "GIF89a")(tmp_path / "pub")
    done = publish("build", "-l", "ko+kips", "-f", "html", cwd=tmp_path / "pub")
    assert [(one.place, one.code) for one in told(done.stderr)] == [
        (f"translations/ko+kips/{name}", "imprint-logo")
    ]


def test_the_example_in_the_docs_is_one() -> None:
    text = (Path(__file__).parents[1] / "docs/partners.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    values, source = metadata.parse(example, "edition.yaml", EditionFile)
    assert values.partner
    assert not list(imprint_checks.check("ko+kips", Imprint(values), values, source))


def test_the_examples_of_workflows_use_commands_that_there_are() -> None:
    folder = Path(__file__).parents[1] / "docs/examples"
    said = "".join(path.read_text("utf-8") for path in folder.iterdir())
    used = set(re.findall(r"(?:- |run: )publish ([a-z]+)", said))
    assert used == {"build", "check", "release", "bundle"}
    for command in used:
        assert publish(command, "--help", cwd=folder).returncode == 0
