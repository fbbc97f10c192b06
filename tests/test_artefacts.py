"""Artefacts are put on disk whole or not at all, whatever comes in between."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit
from zipfile import ZipFile

import pytest

from publications import ARTICLE, METADATA, append, files, made, publish, replace, told, write
from publish import artefacts, replacing, styles
from publish.artefacts import Made, State, Store
from publish.problems import PublishError


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication")


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "publication"))


def temporary(folder: Path) -> list[Path]:
    ours = {".state.json", ".gitignore", ".cache", ".schemas"}
    return [path for path in folder.rglob(".*") if path.name not in ours]


def test_what_is_written_is_there_whole_and_nothing_beside_it(tmp_path: Path) -> None:
    artefacts.write(tmp_path / "new/folder/file", b"abc", "shown")
    assert (tmp_path / "new/folder/file").read_bytes() == b"abc"
    assert [path.name for path in (tmp_path / "new/folder").iterdir()] == ["file"]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "file").chmod(0o664)
    artefacts.write(tmp_path / "file", b"abc", "shown")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o664


def test_a_new_file_is_for_all_to_read(tmp_path: Path) -> None:
    artefacts.write(tmp_path / "file", b"abc", "shown")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o644


def test_a_write_that_is_interrupted_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replacing.replace(tmp_path / "file", b"new", synced=True)
    assert (tmp_path / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("there", ["folder", "folder/file"])
def test_what_stands_in_the_way_is_told_and_stays(there: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    if there == "folder":
        (tmp_path / "folder/file").mkdir()
        (tmp_path / "folder/file/inside").touch()
    else:
        (tmp_path / "folder").rmdir()
        (tmp_path / "folder").touch()
    with pytest.raises(PublishError) as caught:
        artefacts.write(tmp_path / "folder/file", b"abc", "build/file")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.location)) == ("file-unwritable", "build/file")
    assert "Move away" in problem.hint
    assert (tmp_path / "folder").exists()
    assert not temporary(tmp_path)


def test_parts_of_a_digest_have_borders() -> None:
    assert artefacts.digest(b"ab", b"c") != artefacts.digest(b"a", b"bc")


def test_an_artefact_is_fresh_only_as_it_was_made(tmp_path: Path) -> None:
    (tmp_path / "ko").mkdir()
    (tmp_path / "ko/a.html").write_bytes(b"page")
    State(tmp_path).keep({"ko/a.html": Made(b"page", "inputs")})
    assert State(tmp_path).fresh("ko/a.html", "inputs")
    assert not State(tmp_path).fresh("ko/a.html", "other inputs")
    (tmp_path / "ko/a.html").write_bytes(b"page, changed by hand")
    assert not State(tmp_path).fresh("ko/a.html", "inputs")
    (tmp_path / "ko/a.html").unlink()
    assert not State(tmp_path).fresh("ko/a.html", "inputs")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '{"ko/a.html": 3}', '{"ko/a.html": {}}', "\0", "[" * 99_999],
    ids=lambda text: text[:20],
)
def test_a_state_that_makes_no_sense_is_an_empty_one(text: str, tmp_path: Path) -> None:
    (tmp_path / ".state.json").write_text(text)
    assert not State(tmp_path).fresh("ko/a.html", "inputs")
    State(tmp_path).keep({"ko/b.html": Made(b"", "inputs")})
    assert "ko/b.html" in json.loads((tmp_path / ".state.json").read_text())


def test_a_former_artefact_is_found_by_what_went_into_it(tmp_path: Path) -> None:
    Store(tmp_path).keep([Made(b"page\nof two lines", "one"), Made(b"", "none")])
    assert Store(tmp_path).find("one") == b"page\nof two lines"
    assert Store(tmp_path).find("none") == b""
    assert Store(tmp_path).find("other") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"page", b"\n", b"\xff\xfe\npage"])
def test_a_damaged_one_is_none(damage: bytes, tmp_path: Path) -> None:
    Store(tmp_path).keep([Made(b"page", "one")])
    (tmp_path / ".cache/artefacts/one").write_bytes(damage)
    assert Store(tmp_path).find("one") is None


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    for n, name in enumerate("abc"):
        Store(tmp_path).keep([Made(bytes(1_000), name)])
        os.utime(tmp_path / ".cache/artefacts" / name, (n, n))
    store = Store(tmp_path, most=2_500)
    store.find("a")  # whoever is asked for is young again
    store.keep([Made(bytes(1_000), "d")])
    there = {name for name in "abcd" if store.find(name) is not None}
    assert there == {"a", "d"}


def test_a_store_that_is_looked_through_now_and_then_keeps_its_bounds(tmp_path: Path) -> None:
    store, folder = Store(tmp_path, most=16_000), tmp_path / ".cache/artefacts"
    for n in range(200):
        store.keep([Made(bytes(300), f"{n:03}")])
        assert sum(path.stat().st_size for path in folder.iterdir()) < 16_000 + 1_000 + 400
    assert store.find("199") is not None
    assert store.find("000") is None


def test_what_is_changed_back_is_not_made_again(folder: Path) -> None:
    before = files(folder)
    text = (folder / ARTICLE).read_bytes()
    append(ARTICLE, "One more.\n")(folder)
    assert publish("build", "-f", "html", cwd=folder).returncode == 0
    assert files(folder) != before
    (folder / ARTICLE).write_bytes(text)
    done = publish("build", "-f", "html", cwd=folder)
    assert "2 files are as they once were" in done.stderr
    assert "build/ko" not in done.stderr
    made_of = {name: data for name, data in files(folder).items() if name.endswith(".html")}
    assert made_of == {name: data for name, data in before.items() if name.endswith(".html")}


def test_a_build_explains_itself(folder: Path) -> None:
    def explained(*more: str) -> dict[str, str]:
        done = publish("build", "--explain", "-f", "html", *more, cwd=folder)
        assert done.returncode == 0, done.stderr
        lines = [line.partition(": ") for line in done.stdout.splitlines()]
        return {name.split("/")[1]: why for name, _, why in lines}

    assert all(why.startswith("kept") for why in explained().values())
    append("translations/ko/LC_MESSAGES/manuscript.po", "# a remark\n")(folder)
    why = explained()
    assert why["en"].startswith("kept")
    assert why["ko"] == "made, since the catalogue changed"
    write("styles/print.css", "/* of the PDF alone */")(folder)
    assert all(why.startswith("kept") for why in explained().values())
    write("styles/web.css", "body { color: #111 }")(folder)
    assert set(explained().values()) == {"made, since the style changed"}
    next(folder.glob("build/ko/*.html")).write_bytes(b"x")
    assert explained()["ko"] == "made, since the file itself changed"
    next(folder.glob("build/ko/*.html")).unlink()
    assert explained("-l", "ko") == {"ko": "made, since it is not there yet"}


def test_a_release_is_refused_though_its_files_are_there(folder: Path) -> None:
    """They are those of a draft; what was released once and is as it was is not asked for again."""
    release = ("build", "--release", "-l", "ko", "-f", "html")
    for _ in range(2):
        done = publish(*release, cwd=folder)
        assert done.returncode == 1
        assert {one.code for one in told(done.stderr)} == {"edition-incomplete"}
        assert all(line[:1] != ":" for line in done.stderr.splitlines())
    append("translations/ko/edition.yaml", "release: {translated: 0}\n")(folder)
    assert [publish(*release, cwd=folder).stderr.count("up to date") for _ in range(2)] == [0, 1]
    write("translations/ko/reviews.csv", "key,text,state,by,date\n")(folder)
    assert "up to date" not in publish(*release, cwd=folder).stderr
    assert publish("build", "--release", "-l", "en", "-f", "html", cwd=folder).returncode == 0


IDLE = """
import sys
from publish.cli import main
assert main(["build", "-f", "html"]) == 0
heavy = {"babel", "dataclasses", "inspect", "msgspec", "publish.editions", "publish.manuscripts"}
print(*(heavy | {"yaml"}) & {*sys.modules})
"""


def test_a_build_with_nothing_to_do_reads_no_manuscript_and_imports_little(folder: Path) -> None:
    def imported() -> list[str]:
        return subprocess.check_output([sys.executable, "-c", IDLE], cwd=folder, text=True).split()

    assert imported() == []
    append(ARTICLE, "One more.\n")(folder)
    assert "publish.manuscripts" in imported()
    style = styles.DEFAULTS / "citations.csl"
    write("styles/citations.csl", style.read_bytes())(folder)  # a file that is not the manuscript's
    assert "publish.manuscripts" in imported()
    assert imported() == []
    append("styles/citations.csl", "\n")(folder)
    assert "publish.editions" in imported()


def test_what_is_known_of_a_manuscript_holds_only_until_it_is_changed(folder: Path) -> None:
    replace(METADATA, "title: A Publication", "title: Our Publication")(folder)
    assert publish("build", "-f", "html", cwd=folder).returncode == 0
    assert [*folder.glob("build/en/our-publication*.html")]
    replace(METADATA, "language: en", "language: nowhere")(folder)
    for _ in range(2):  # what is wrong is told each time
        done = publish("build", "-f", "html", cwd=folder)
        assert [one.code for one in told(done.stderr)] == ["language-unknown"]


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    "note", [b'["../..", "x", []]', b'["en", "x", ["../secret"]]', b'["en", "x", ["/secret"]]']
)
def test_a_note_of_a_manuscript_that_is_damaged_or_leads_elsewhere_is_none(
    note: bytes, sealed: bool, folder: Path
) -> None:
    (folder.parent / "secret").write_text("would change the digest")
    for path in (folder / "build/.cache/artefacts").iterdir():
        path.write_bytes((artefacts.digest(note).encode() if sealed else b"") + b"\n" + note)
    done = publish("build", "-f", "html", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "nothing to do: 2 files are up to date\n")


def test_a_quiet_build_says_nothing(folder: Path) -> None:
    append(ARTICLE, "One more.\n")(folder)
    done = publish("build", "--quiet", "-f", "html", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_file_where_build_should_be_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path / "publication", built=False)
    write("build", "x")(folder)
    done = publish("build", "-f", "html", "-l", "en", cwd=folder)
    assert {one.code for one in told(done.stderr)} == {"file-unwritable"}
    assert done.returncode == 1
    assert (folder / "build").read_text() == "x"


def without_right_to_override() -> list[str]:
    """A beginning of a command in which permissions count for root, too."""
    if os.getuid():
        return []
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if not shutil.which("setpriv") or subprocess.run([*drop, "true"], check=False).returncode:
        pytest.skip("root may write everywhere, and cannot give that right away here")
    return drop


@pytest.mark.parametrize("place", ["build/en", "translations"])
def test_a_folder_that_may_not_be_written_in_is_told(place: str, folder: Path) -> None:
    append(ARTICLE, "\nMore.\n")(folder)
    before = files(folder)
    (folder / place).chmod(0o555)
    command = ["build", "-f", "html", "-l", "en"] if place == "build/en" else ["extract"]
    done = subprocess.run(
        [*without_right_to_override(), sys.executable, "-m", "publish", *command],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (folder / place).chmod(0o755)
    assert [one.code for one in told(done.stderr)] == ["file-unwritable"]
    assert "writable" in done.stderr
    assert done.returncode == 1
    assert files(folder).items() >= {(k, v) for k, v in before.items() if k != "build/.state.json"}
    assert not temporary(folder)


def test_a_full_disk_is_told_and_the_old_file_is_there(folder: Path) -> None:
    append(ARTICLE, "\nMore.\n")(folder)
    before = files(folder)

    def small_files_only() -> None:
        setrlimit(RLIMIT_FSIZE, (2000, 2000))

    command = [sys.executable, "-m", "publish", "extract"]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},  # Python's own would be cut short too
        preexec_fn=small_files_only,
    )
    assert [one.code for one in told(done.stderr)] == ["file-unwritable"]
    assert "Make room" in done.stderr
    assert files(folder) == before
    assert not temporary(folder)


def processes_of(session: int) -> list[str]:
    """The processes of a session that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        state, _, _, own, *_ = rest.split()
        if int(own) == session and state != "Z":
            found.append(path.parent.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
@pytest.mark.parametrize("all_of_them", [True, False], ids=["in a terminal", "to it alone"])
@pytest.mark.parametrize("moment", [0.5, 1.2])
def test_a_build_that_is_stopped_ends_at_once_and_leaves_whole_files(
    number: signal.Signals, all_of_them: bool, moment: float, folder: Path
) -> None:
    append(ARTICLE, "\nMore.\n")(folder)
    old = files(folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "publish", "build"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    time.sleep(moment)
    begin = time.monotonic()
    (os.killpg if all_of_them else os.kill)(process.pid, number)
    _, said = process.communicate(timeout=20)
    took = time.monotonic() - begin
    time.sleep(0.1)
    assert process.returncode in {128 + number, 0}  # a quick machine may have been ready
    assert process.returncode == 0 or said.endswith("is whole\n")
    assert "Traceback" not in said
    assert took < 5, "a second, and some more for a busy machine"
    assert not processes_of(process.pid)
    assert not temporary(folder)
    for name, data in files(folder).items():
        assert data == old.get(name) or name == "build/.state.json" or whole(name, data)


def whole(name: str, data: bytes) -> bool:
    end = {".html": b"</html>", ".epub": b"PK\x05\x06", ".pdf": b"%%EOF"}[Path(name).suffix]
    return end in data[-4096:]


def test_an_epub_made_with_the_pdf_has_its_pages_and_does_for_one_alone(folder: Path) -> None:
    def built(*formats: str) -> str:
        options = [part for format in formats for part in ("-f", format)]
        done = publish("build", "-l", "en", *options, cwd=folder)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def book() -> bytes:
        (path,) = (folder / "build" / "en").glob("*.epub")
        with ZipFile(path) as content:
            return content.read("EPUB/contents.xhtml")

    built("epub")
    assert b"doc-pagelist" not in book()
    built("epub", "pdf")
    assert b"doc-pagelist" in book()
    assert "nothing to do" in built("epub")
    assert "nothing to do" in built("epub", "pdf")
    (path,) = (folder / "build" / "en").glob("*.epub")
    path.unlink()
    built("epub", "pdf")
    assert b"doc-pagelist" in book()


def test_a_chapter_that_lies_elsewhere_in_the_publication_is_looked_at_too(folder: Path) -> None:
    write("shared/more.md", "# More\n\nWords from elsewhere.\n")(folder)
    append(METADATA, "chapters: [article.md, ../shared/more.md]\n")(folder)
    assert publish("build", "-f", "html", "-l", "en", cwd=folder).returncode == 0
    done = publish("build", "-f", "html", "-l", "en", cwd=folder)
    assert "nothing to do" in done.stderr
    write("shared/more.md", "# More\n\nOther words.\n")(folder)
    assert publish("build", "-f", "html", "-l", "en", cwd=folder).returncode == 0
    assert "Other words." in next((folder / "build/en").glob("*.html")).read_text()
    (folder / "shared/more.md").unlink()
    done = publish("build", "-f", "html", "-l", "en", cwd=folder)
    assert [one.code for one in told(done.stderr)] == ["file-missing"]
