"""Releases: all of it or nothing, the same bytes anywhere and at any time, and provably so."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from publications import append, made, publish, replace, told, write
from publish.distribution.signatures import SecretKey
from publish.pipeline.handover import noting
from publish.project import Project

pytestmark = pytest.mark.xdist_group("releases")  # one is made for most of them

KEY = SecretKey(b"testtest", bytes(32))
RELEASE = "release: {translated: 0}\n"


def source(folder: Path) -> Path:
    """The model publication; its Korean edition need not be complete, and a partner has one."""
    made(folder, built=False)
    write("translations/ko/edition.yaml", RELEASE)(folder)
    write("translations/ko+kips/edition.yaml", f"partner: {{name: KIPS (예시)}}\n{RELEASE}")(folder)
    (folder.parent / "our.key").write_text(KEY.text())
    (folder.parent / "our.pub").write_text(KEY.public.text)
    return folder


def release(folder: Path, *more: str, **environment: str) -> list[str]:
    """Make a release; the codes of what was said against it."""
    key = ("--key", str(folder.parent / "our.key"))
    done = publish("release", *more, *key, "--no-judges", cwd=folder, environment=environment)
    assert "Traceback" not in done.stderr
    return sorted({one.code for one in told(done.stderr)}) if done.returncode else []


def digests(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = source(tmp_path_factory.mktemp("releases") / "pub")
    (folder / "build/.release.killed.part").mkdir(parents=True)
    assert release(folder, "0.1", "--jobs", "2") == []
    return folder


def test_the_same_sources_give_the_same_bytes_anywhere_and_at_any_time(
    folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "another folder, ünïcode" / "and deeper"
    other.parent.mkdir()
    for name in ("manuscript", "translations", ".schemas"):
        shutil.copytree(folder / name, other / name)
    shutil.copy(folder.parent / "our.key", other.parent)
    conditions = {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "HOME": str(tmp_path),
        "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1",
    }  # fmt: skip
    library = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
    if library:
        conditions |= {"LD_PRELOAD": str(library), "FAKETIME": "@2031-02-03 04:05:06"}
    assert release(other, "0.1", "--jobs", "1", **conditions) == []
    first, second = digests(folder / "build/release/0.1"), digests(other / "build/release/0.1")
    assert {name.rpartition(".")[2] for name in first} >= {"pdf", "epub", "html", "xml", "json"}
    assert {name for name in first if first[name] != second.get(name)} == set()
    assert first.keys() == second.keys()


def test_a_release_has_every_edition_and_says_of_what_it_is_made(folder: Path) -> None:
    place = folder / "build/release/0.1"
    about = json.loads((place / "manifest.json").read_text("utf-8"))
    assert list(about["editions"]) == ["en", "ko", "ko+kips"]
    for edition in about["editions"]:
        assert (place / edition / "NOTES.md").read_text("utf-8").endswith("The first release.\n")
        assert list((place / edition).glob("*.pdf"))
        assert (place / edition / "LICENCE.txt").read_bytes()
    assert about["version"] == "0.1"
    assert "sources.zip" in {each["name"] for each in about["files"]}
    assert not list((folder / "build").glob(".release*"))


def test_a_release_is_verified_by_its_signature_and_its_sums(folder: Path) -> None:
    place = str(folder / "build/release/0.1")
    key = ("--public-key", str(folder.parent / "our.pub"))
    done = publish("release", "--verify", place, *key, "--no-rebuild", cwd=folder.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert "whole, signed with that key" in done.stdout


def test_what_was_changed_in_a_release_is_told(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "release"
    shutil.copytree(folder / "build/release/0.1", place)
    pdf = next((place / "ko").glob("*.pdf"))
    pdf.write_bytes(pdf.read_bytes() + b"x")
    (place / "en" / "more.txt").write_text("more")
    (place / "ko" / "NOTES.md").unlink()
    key = ("--public-key", str(folder.parent / "our.pub"), "--no-rebuild")
    done = publish("release", "--verify", str(place), *key, cwd=tmp_path)
    assert sorted(one.code for one in told(done.stderr)) == [
        "manifest-altered", "manifest-extra", "manifest-missing",
    ]  # fmt: skip
    assert done.returncode == 1


def test_a_release_is_verified_by_building_it_once_more(folder: Path, tmp_path: Path) -> None:
    """Its own signer put one file into it that the sources do not give: that one is told."""
    from publish.distribution import manifests

    place = tmp_path / "release"
    shutil.copytree(folder / "build/release/0.1", place)
    names = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.*")
             if path.is_file()}  # fmt: skip
    about = json.loads(names.pop("manifest.json"))
    names.pop("manifest.json.minisig")
    page = next(name for name in names if name.startswith("en/") and name.endswith(".html"))
    names[page] += b"<!-- -->"
    del about["files"]
    for name, data in manifests.sealed(about, names, KEY, "").items():
        (place / name).write_bytes(data)
    key = ("--public-key", str(folder.parent / "our.pub"))
    done = publish("release", "--verify", str(place), *key, cwd=tmp_path)
    found = [(one.place, one.code) for one in told(done.stderr)]
    assert found == [(f"{place}/{page}", "release-differs")]


def test_nothing_is_released_if_anything_stands_in_the_way(folder: Path, tmp_path: Path) -> None:
    assert release(folder, "0.1") == ["release-exists"]
    assert release(folder, "../0.2") == ["release-name"]
    spoilt = tmp_path / "pub"
    shutil.copytree(folder, spoilt)
    shutil.copy(folder.parent / "our.key", tmp_path)
    write("translations/ko+kips/edition.yaml", "release: {translated: 100}\n")(spoilt)
    write("translations/ko/glossary.csv", "term,translation\n")(spoilt)
    assert release(spoilt, "0.2") == ["edition-incomplete"]
    append("manuscript/article.md", "\n\nAs [@nobody] says.\n")(spoilt)
    assert set(release(spoilt, "0.2")) == {"citation-unknown"}
    assert not (spoilt / "build/release/0.2").exists()
    assert not list(spoilt.glob("build/**/.release*"))


def test_the_release_before_is_that_of_the_next_lower_number(tmp_path: Path) -> None:
    versions = ["0.9", "1.0-rc1", "1.0-rc2", "1.0", "1.0.1", "1.9", "1.10", "2026", "2026-11"]
    for version in versions:
        write(f"build/release/{version}/manifest.json", "{}")(tmp_path)
    before = [noting.last(Project(tmp_path), version) for version in versions]
    assert [path and path.name for path in before] == [None, *versions[:-1]]


def test_notes_after_the_manuscript_has_changed_its_language() -> None:
    texts: noting.Texts = {(None, "One"): "One"}
    # a release takes minutes
    note = noting._note("ko", "2", "1", {"en": texts, "ko": texts}, {"de": texts, "ko": texts})
    assert "New since 1." in [*note]


def test_a_translation_whose_source_alone_was_mended_has_not_changed() -> None:
    old, new = (None, "Teh end"), (None, "The end")
    before: dict[str, noting.Texts] = {"en": {old: "Teh end"}, "ko": {old: "끝"}}
    now: dict[str, noting.Texts] = {"en": {new: "The end"}, "ko": {new: "끝"}}
    note = "\n".join(noting._note("ko", "2", "1", now, before))  # a release takes minutes
    assert "The source since 1\n\nNew (1):\n\n- The end\n\nNo longer there (1)" in note
    assert "This translation since 1\n\nNothing changed." in note


def test_notes_say_what_changed_since_the_last_release(folder: Path, tmp_path: Path) -> None:
    later = tmp_path / "pub"
    shutil.copytree(folder, later)
    shutil.copy(folder.parent / "our.key", tmp_path)
    append("manuscript/article.md", "\n\nAnother paragraph.\n")(later)
    path = "translations/ko/LC_MESSAGES/manuscript.po"
    replace(path, 'msgid "A Publication to Start From"\nmsgstr ""',
            'msgid "A Publication to Start From"\nmsgstr "시작"')(later)  # fmt: skip
    assert release(later, "0.10") == []
    english = (later / "build/release/0.10/en/NOTES.md").read_text("utf-8")
    korean = (later / "build/release/0.10/ko+kips/NOTES.md").read_text("utf-8")
    assert "## The source since 0.1\n\nNew (1):\n\n- Another paragraph.\n" in english
    assert "This translation" not in english
    assert "## This translation since 0.1\n\nNew (1):\n\n- 시작\n" in korean
