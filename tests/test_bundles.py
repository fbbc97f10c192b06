"""Bundles: three example institutes get theirs, verify it, and one comes back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from publications import publish, told
from publish.cli import delivering
from publish.distribution import bundles, manifests, signatures
from publish.distribution.signatures import SecretKey
from publish.pipeline.making.wishes import Job
from publish.problems import PublishError

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.xdist_group("bundles")  # they are made once

PARTNERS = ("de+ifr", "ko+kips", "ru+imo")
KEY = SecretKey(b"testtest", bytes(32))
OTHER = SecretKey(b"testtest", bytes(31) + b"1")

Files = dict[str, bytes]


def copied(folder: Path) -> Path:
    """This repository's article with three partners."""
    for name in ("manuscript", "translations"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tests/partners", folder / "translations", dirs_exist_ok=True)
    (folder.parent / "our.key").write_text(KEY.text())
    (folder.parent / "our.pub").write_text(KEY.public.text)
    return folder


def bundled(folder: Path, *editions: str) -> Path:
    key = str(folder.parent / "our.key")
    done = publish("bundle", *editions, "--key", key, "--no-judges", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "build/bundles/borrowed-strength.ko+kips.zip"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(tmp_path_factory.mktemp("bundles") / "pub")
    bundled(folder)
    return folder


def unpacked(path: Path | BytesIO) -> Files:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def kips(folder: Path) -> Files:
    return unpacked(folder / "build/bundles/borrowed-strength.ko+kips.zip")


@pytest.mark.parametrize("edition", PARTNERS)
def test_a_partner_gets_everything_and_public_tools_verify_it(
    edition: str, folder: Path, tmp_path: Path
) -> None:
    path = folder / f"build/bundles/borrowed-strength.{edition}.zip"
    files = unpacked(path)
    ends = {name.rpartition(".")[2] for name in files}
    assert {"pdf", "epub", "html", "png", "po", "xlf", "csv", "json", "txt", "bib"} <= ends
    about = json.loads(files[manifests.NAME])
    assert (about["edition"], about["untranslated"]) == (edition, 0)
    assert about["tools"]["weasyprint"]
    assert about["fonts"]
    assert about["checks"][0]["errors"] == 0
    book = unpacked(BytesIO(files["borrowed-strength.epub"]))
    assert files["cover.png"] == book["EPUB/cover.png"]
    assert "manuscript/article.md" in about["sources"]
    shutil.unpack_archive(path, tmp_path)
    tools = [["sha256sum", "--quiet", "--strict", "-c", manifests.SUMS]]
    if shutil.which("minisign"):
        key = str(folder.parent / "our.pub")
        tools.append(["minisign", "-Vm", manifests.NAME, "-p", key])
    for tool in tools:
        done = subprocess.run(tool, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    verified = publish(
        "bundle", "--verify", str(path), "--public-key", str(folder.parent / "our.pub"),
        cwd=tmp_path,
    )  # fmt: skip
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_same_edition_is_the_same_zip(folder: Path, tmp_path: Path) -> None:
    other = copied(tmp_path / "elsewhere")
    again = bundled(other, "ko+kips")
    first = folder / "build/bundles/borrowed-strength.ko+kips.zip"
    assert again.read_bytes() == first.read_bytes()


def test_without_a_key_that_must_be_said(folder: Path) -> None:
    done = publish("bundle", "ko+kips", "--no-judges", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["signature-wanted"]
    assert done.returncode == 1


def test_no_file_is_claimed_that_is_not_there_yet(capsys: pytest.CaptureFixture[str]) -> None:
    delivering._told(Job("ko/a.pdf", "ko", "pdf", ""))  # a bundle takes minutes
    assert capsys.readouterr().err == "rendered ko/a.pdf\n"


def codes(data: bytes, key: signatures.PublicKey | None = KEY.public) -> list[str]:
    try:
        return [p.code for p in bundles.verified(bundles.read(data, "b.zip"), key, "b.zip")]
    except PublishError as error:
        return [problem.code for problem in error.problems]


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Files], Files]:
    return lambda files: files | {name: change(files[name])}


def without(name: str) -> Callable[[Files], Files]:
    return lambda files: {key: data for key, data in files.items() if key != name}


def resigned(files: Files) -> Files:
    """A forger's own manifest and key."""
    files = changed("borrowed-strength.pdf", lambda data: data + b"!")(files)
    made = without(manifests.SIGNATURE)(without(manifests.NAME)(files))
    about = json.loads(files[manifests.NAME])
    return manifests.sealed(about, without(manifests.SUMS)(made), OTHER, "x")


PDF = "borrowed-strength.pdf"


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda files: files, []),
        (lambda files: {f"bundle/{name}": data for name, data in files.items()}, []),
        (
            lambda files: (
                {f"b c/{name}": data for name, data in files.items()}
                | {"__MACOSX/b c/._x.pdf": b"x", "b c/.DS_Store": b"x"}
            ),
            [],
        ),
        (
            lambda files: {f"b/{name}": data for name, data in files.items()} | {"x": b""},
            ["manifest-missing"],
        ),
        (changed(PDF, lambda data: data[:-1] + b"x"), ["manifest-altered"]),
        (changed(PDF, lambda data: data + b"x"), ["manifest-altered"]),
        (without(PDF), ["manifest-missing"]),
        (lambda files: files | {"run-me.exe": b"MZ"}, ["manifest-extra"]),
        (changed(manifests.NAME, lambda data: data + b" "), ["signature-forged"]),
        (without(manifests.SIGNATURE), ["signature-missing"]),
        (changed(manifests.SIGNATURE, lambda _: b"me"), ["signature-syntax"]),
        (without(manifests.NAME), ["manifest-missing"]),
        (changed(manifests.NAME, lambda _: b"[]"), ["manifest-syntax"]),
        (changed(manifests.NAME, lambda _: b"[" * 100_000), ["manifest-syntax"]),
        (resigned, ["signature-forged"]),
        (lambda files: files | {"../out": b""}, ["exchange-unsafe"]),
        (lambda files: files | {"/out": b""}, ["exchange-unsafe"]),
        (lambda files: files | {"bomb": bytes(2**25)}, ["exchange-too-large"]),
    ],
)
def test_what_was_tampered_with_is_refused(
    tamper: Callable[[Files], Files], found: list[str], kips: Files
) -> None:
    assert codes(bundles.pack(tamper(kips))) == found


def test_a_zip_that_is_cut_or_holds_a_name_twice_is_refused(kips: Files) -> None:
    whole = bundles.pack(kips)
    assert codes(whole[: len(whole) // 2]) == ["exchange-broken"]
    target = BytesIO(whole)
    with ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(PDF, b"another")
    assert codes(target.getvalue()) == ["exchange-unsafe"]


def test_whose_it_is_is_not_believed_unasked(kips: Files) -> None:
    assert codes(bundles.pack(kips), None) == ["signature-unchecked"]
    assert codes(bundles.pack(resigned(kips)), None) == ["signature-unchecked"]
    assert codes(bundles.pack(kips), OTHER.public) == ["signature-forged"]


PO = "translation/borrowed-strength.ko+kips.po"
XLIFF = "translation/borrowed-strength.ko+kips.xlf"
CATALOGUE = "translations/ko/LC_MESSAGES/manuscript.po"


def returned(folder: Path, files: Files, *more: str) -> subprocess.CompletedProcess[str]:
    path = folder.parent / "back.zip"
    path.write_bytes(bundles.pack(files))
    key = str(folder.parent / "our.pub")
    return publish("exchange", "import", str(path), "--public-key", key, *more, cwd=folder)


def other_title(data: bytes) -> bytes:
    assert b"\xeb\xb9\x8c\xeb\xa6\xb0 \xed\x9e\x98" in data
    return data.replace("빌린 힘".encode(), "빌려 온 힘".encode())


@pytest.mark.parametrize("name", [PO, XLIFF])
def test_a_bundle_comes_back_with_changes(name: str, kips: Files, tmp_path: Path) -> None:
    folder = copied(tmp_path / "pub")
    before = (folder / CATALOGUE).read_text("utf-8")
    done = returned(folder, changed(name, other_title)(kips), "--by", "김하나")
    assert done.returncode == 0, done.stderr
    assert "changed" in done.stdout
    after = (folder / CATALOGUE).read_text("utf-8")
    assert 'msgstr "빌려 온 힘"' in after
    assert 'msgstr "빌려 온 힘"' not in before
    assert not (folder / "translations/ko+kips/LC_MESSAGES").exists()


def test_what_comes_back_with_a_conflict_or_forged_changes_nothing(
    kips: Files, tmp_path: Path
) -> None:
    folder = copied(tmp_path / "pub")
    mine = (folder / CATALOGUE).read_text("utf-8").replace('"빌린 힘"', '"꾼 힘"')
    (folder / CATALOGUE).write_text(mine, "utf-8")
    cases = [
        (changed(PO, other_title)(kips), "exchange-conflict"),
        (changed(PO, other_title)(changed(XLIFF, other_title)(kips)), "bundle-ambiguous"),
        (resigned(changed(PO, other_title)(kips)), "signature-forged"),
    ]
    for files, code in cases:
        done = returned(folder, files)
        assert done.returncode == 1
        assert code in {one.code for one in told(done.stderr)}, done.stderr
        assert (folder / CATALOGUE).read_text("utf-8") == mine


def test_other_files_that_come_back_changed_are_told_and_left(kips: Files, tmp_path: Path) -> None:
    folder = copied(tmp_path / "pub")
    files = changed(PDF, lambda data: data + b"x")(without("cover.png")(kips))
    done = returned(folder, files)
    assert done.returncode == 0
    assert {one.code for one in told(done.stderr)} == {"manifest-altered", "manifest-missing"}
    assert "nothing was changed" in done.stderr


def test_a_secret_key_is_not_made_in_the_publication(folder: Path, tmp_path: Path) -> None:
    done = publish("key", "our.key", "--no-password", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["key-place"]
    path = tmp_path / "our.key"
    assert publish("key", str(path), "--no-password", cwd=folder).returncode == 0
    assert path.stat().st_mode & 0o777 == 0o600
    done = publish("key", str(path), "--no-password", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["key-exists"]


GLOSSARY = "translation/glossary.csv"
TERMS = "translations/ko/glossary.csv"


def another_term(data: bytes) -> bytes:
    return data.rstrip() + "\r\nmockery,조롱,,\r\n".encode()


def test_text_and_glossary_come_back_as_one_step(kips: Files, tmp_path: Path) -> None:
    folder = copied(tmp_path / "pub")
    paths = [folder / CATALOGUE, folder / TERMS]
    before = [path.read_bytes() for path in paths]
    files = changed(PO, other_title)(changed(GLOSSARY, another_term)(kips))
    assert returned(folder, files, "--by", "김하나", "--dry-run").returncode == 0
    assert [path.read_bytes() for path in paths] == before
    done = returned(folder, files, "--by", "김하나")
    assert (done.returncode, "mockery: 조롱" in done.stdout) == (0, True), done.stderr
    assert "조롱" in paths[1].read_text("utf-8")
    assert "빌려 온 힘" in paths[0].read_text("utf-8")
    paths[0].write_bytes(before[0])  # as if it had been killed between the two files
    assert publish("update", "--undo", cwd=folder).returncode == 0
    assert [path.read_bytes() for path in paths] == before


def test_what_is_wrong_in_one_file_keeps_the_others_out(kips: Files, tmp_path: Path) -> None:
    folder = copied(tmp_path / "pub")
    mine = (folder / CATALOGUE).read_text("utf-8").replace('"빌린 힘"', '"꾼 힘"')
    (folder / CATALOGUE).write_text(mine, "utf-8")
    terms = (folder / TERMS).read_bytes()
    done = returned(folder, changed(PO, other_title)(changed(GLOSSARY, another_term)(kips)))
    assert [one.code for one in told(done.stderr)] == ["exchange-conflict"]
    assert ((folder / CATALOGUE).read_text("utf-8"), (folder / TERMS).read_bytes()) == (mine, terms)


def test_the_licence_has_its_text_or_says_where_it_stands(kips: Files, tmp_path: Path) -> None:
    assert "전문은 이 파일에 들어 있지 않으며" in kips["LICENCE.txt"].decode()
    assert b"https://creativecommons.org/licenses/by/4.0/" in kips["LICENCE.txt"]
    folder = copied(tmp_path / "pub")
    for place, text in (("manuscript", "In English"), ("translations/ko", "우리말로 된 전문")):
        path = folder / place / "licences" / "CC-BY-4.0.txt"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
    bundled(folder, "ko+kips", "de+ifr")
    zips = {each: folder / f"build/bundles/borrowed-strength.{each}.zip" for each in PARTNERS[:2]}
    files = {each: unpacked(path) for each, path in zips.items()}
    ends = {each: files[each]["LICENCE.txt"].decode().splitlines()[-1] for each in files}
    assert ends == {"de+ifr": "In English", "ko+kips": "우리말로 된 전문"}
