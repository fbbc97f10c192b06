"""What is too much is refused in good time, with one clear word."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from publications import (
    ARTICLE,
    FIGURE,
    METADATA,
    Change,
    all_of,
    append,
    made,
    publish,
    told,
    write,
)
from publications import replace as swap
from publish import project as projects
from publish.pipeline.editing import Editing
from publish.pipeline.making import limits
from publish.records import replace
from publish.renderers import Rendered
from security.hostile import SVG

LIMITED = (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE)

USES = "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
REFUSED: Mapping[str, tuple[Change, str]] = {
    "quotations within each other": (append(ARTICLE, f"\n{'> ' * 2000}x\n"), "manuscript-limit"),
    "boxes within each other": (append(ARTICLE, "\n" + "<div>\n\n" * 5000), "manuscript-limit"),
    "a drawing that uses itself a billion times": (
        write(FIGURE, f'<svg {SVG}><g id="a0"><rect width="1"/></g>{USES}</svg>'),
        "figure-limit",
    ),
    "a logo that uses itself a billion times": (
        all_of(
            write("manuscript/l.svg", f'<svg {SVG}><g id="a0"><rect width="1"/></g>{USES}</svg>'),
            swap(METADATA, "publisher:\n", "publisher:\n  logo: l.svg\n"),
        ),
        "figure-limit",
    ),
    "a drawing of too many shapes": (
        write(FIGURE, f"<svg {SVG}>{'<rect/>' * 300_000}</svg>"),
        "figure-limit",
    ),
    "a billion laughs": (
        write(
            FIGURE, f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><svg {SVG}><text>&a9;</text></svg>'
        ),
        "figure-syntax",
    ),
    "a drawing in a drawing in …": (
        write(FIGURE, f"<svg {SVG}>{'<g>' * 100_000}{'</g>' * 100_000}</svg>"),
        "figure-syntax",
    ),
    "a file without end": (
        write("manuscript/more.md", "a" * 2**25),
        "file-too-large",
    ),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("model") / "publication", built=False)


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_in_good_time(name: str, model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    change, code = REFUSED[name]
    change(folder)
    begun = time.monotonic()
    done = publish("build", "-l", "en", "-f", "html", cwd=folder)
    assert time.monotonic() - begun < 60
    assert {one.code for one in told(done.stderr)} == {code}, done.stderr
    assert all(one.remedy for one in told(done.stderr))


def test_what_is_deep_but_honest_is_built(model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    append(ARTICLE, f"\n{'> ' * 100}x\n\n{'<span>' * 60}y{'</span>' * 60}\n")(folder)
    done = publish("build", "-l", "en", cwd=folder)
    assert done.returncode == 0, done.stderr


def test_long_words_and_many_notes_are_built(model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    notes = "\n\n".join(f"Word[^n{n}].\n\n[^n{n}]: Note {n}." for n in range(1000))
    append(ARTICLE, f"\n{'w' * 20_000} {'word ' * 5000}\n\n{notes}\n")(folder)
    append(METADATA, f"funding: {'x ' * 5000}\n")(folder)
    done = publish("build", "-l", "en", "-f", "html", cwd=folder)
    assert done.returncode == 0, done.stderr


SHEET = "styles/tokens.css"
GROWING = "".join(f"--a{n}: {f'var(--a{n - 1}) ' * 10};" for n in range(1, 12))
ENDLESS: Mapping[str, tuple[Change, str]] = {
    "columns without number": (write(SHEET, "body { column-count: 100000000 }"), "seconds"),
    "colours without number": (
        write(SHEET, "p { background: repeating-linear-gradient(red 0, blue 0.0000001px) }"),
        "seconds",
    ),
    "values of values of …": (
        write(SHEET, f":root {{ --a0: x x x x x; {GROWING} }} p {{ font-family: var(--a11) }}"),
        "seconds",
    ),
    "a word without end": (write(SHEET, f"p::before {{ content: '{'x' * 10**7}' }}"), "seconds"),
    "a drawing's colours without number": (
        write(
            FIGURE,
            f"<svg {SVG} viewBox='0 0 9 9'><title>A</title><linearGradient id='a' x2='0.00000001'"
            " spreadMethod='repeat'><stop offset='0' stop-color='red'/><stop offset='1'/>"
            "</linearGradient><rect width='9' height='9' fill='url(#a)'/></svg>",
        ),
        "seconds",
    ),
    "a table of two milliards of columns": (
        append(ARTICLE, '\n<table><tr><td colspan="2000000000">x</td></tr></table>\n'),
        "memory",
    ),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_layout_without_end_is_ended(name: str, model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    change, what = ENDLESS[name]
    change(folder)
    environment = {limits.PATIENCE: "0.03"}
    done = publish("build", "-l", "en", "-f", "pdf", cwd=folder, environment=environment)
    (one,) = told(done.stderr)
    assert (one.code, one.place, one.remedy) == ("build-limit", one.place, True), done.stderr
    assert what in one.what
    assert one.place.startswith("build/en/")
    assert not list(folder.rglob("core*"))


@pytest.mark.parametrize(
    "sheet",
    [
        "body { font-size: 1e9px }",
        "p { letter-spacing: 1e12px }",
        f"{'p:has(~ ' * 99}p{')' * 99} {{}}",
    ],
)
def test_an_engine_that_breaks_down_is_told(sheet: str, model: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model, tmp_path / "publication"))
    write(SHEET, sheet)(folder)
    done = publish("build", "-l", "en", "-f", "pdf", cwd=folder)
    assert "Traceback" not in done.stderr
    assert [(one.code, one.remedy) for one in told(done.stderr)] == [("pdf-layout", True)]


def test_who_allows_more_must_say_a_number(model: Path) -> None:
    for text in ("much", "0", "-1", "nan", "inf"):
        environment = {limits.PATIENCE: text}
        done = publish("build", "-l", "en", "-f", "html", cwd=model, environment=environment)
        assert {(one.place, one.code) for one in told(done.stderr)} == {
            (limits.PATIENCE, "build-patience")
        }, done.stderr


EDITION = """
from publish.pipeline.making import limits
from types import SimpleNamespace
limits.of = lambda *_: limits.Limits(0.2, 1 << 30)
edition = SimpleNamespace(id="en", slug="a")
def render():
    WORK
print([str(each) for each in limits.within(["pdf"], edition, render).values()])
"""


@pytest.mark.parametrize(
    ("work", "said"),
    [
        ("while True: pass", "seconds"),
        ("try:\n        while True: pass\n    except BaseException: return {}", "seconds"),
        ("bytearray(2 << 30)", "memory"),
    ],
)  # fmt: skip
def test_a_limit_is_heard_whatever_is_at_work(work: str, said: str) -> None:
    script = [sys.executable, "-c", EDITION.replace("WORK", work)]
    done = subprocess.run(script, capture_output=True, text=True, check=False, timeout=60)
    assert f"build-limit: it took {'more' if said == 'memory' else 'longer'}" in done.stdout, done
    assert said in done.stdout


def test_what_hears_nothing_is_ended_by_the_system(tmp_path: Path) -> None:
    script = [sys.executable, "-c", EDITION.replace("WORK", "sum(range(10**12))")]
    done = subprocess.run(script, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGXCPU
    assert not list(tmp_path.iterdir())


def test_limits_grow_with_what_is_rendered_and_are_gone_afterwards(model: Path) -> None:
    with Editing(projects.find(model)) as editing:
        edition = editing.edition("en")
    book = [replace(edition.chapters[0], html=f"{n}" * 10**6, id=str(n)) for n in range(2)]
    small = limits.of(edition, 1)
    large = limits.of(replace(edition, chapters=(*edition.chapters, *book)), 1)
    assert large.seconds > small.seconds + 200
    assert large.room > small.room + 10**9
    assert limits.of(edition, 2, 3) == limits.Limits(6 * small.seconds, 3 * small.room)
    before = [resource.getrlimit(each) for each in LIMITED]
    assert limits.within(["pdf"], edition, lambda: Rendered(pdf=b"x")) == {"pdf": b"x"}
    assert [resource.getrlimit(each) for each in LIMITED] == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be told when to end another")
def test_a_pandoc_at_work_without_end_ends_though_nobody_is_left_to_end_it() -> None:
    script = (
        "from publish.documents import pandoc, serving; pandoc._READING, serving._MARGIN = 2, 0\n"
        "with pandoc.Pandoc() as one:\n"
        "    print(one._running().pid, flush=True)\n"
        "    one.read(b'[' * 40_000, 'markdown')"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout
    pid = int(process.stdout.readline())
    time.sleep(0.5)  # it is asked
    process.kill()
    process.communicate()
    for _ in range(300):
        time.sleep(0.1)
        if not Path(f"/proc/{pid}").exists():
            return
    os.kill(pid, signal.SIGKILL)
    pytest.fail("pandoc went on")
