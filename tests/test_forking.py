"""The server of the workers: forked from the program, and a program of its own for others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from publications import made, publish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="others start it anew")

SCRIPT = """
import os, signal, sys, tempfile, threading, time
from multiprocessing import forkserver
from pathlib import Path
from publish.pipeline.making import forking, workers

def line(process):
    return Path(f"/proc/{process}/cmdline").read_bytes()

def files(process):
    return {each.resolve() for each in Path(f"/proc/{process}/fd").iterdir()}

if __name__ == "__main__":
    held = tempfile.NamedTemporaryFile()
    sys.stdout.write("once ")
    BEFORE
    with workers.pool(1, {"html"}) as pool:
        assert pool.submit(abs, -1).result() == 1
        server = forkserver._forkserver._forkserver_pid
        print("forked" if line(server) == line("self") else "started")
        print(Path(held.name) in files("self"), Path(held.name) in files(server))
    os.kill(server, signal.SIGTERM)
    print(os.waitstatus_to_exitcode(os.waitpid(server, 0)[1]))
"""
THREAD = "forking.allow(); threading.Thread(target=time.sleep, args=[9], daemon=True).start()"


def said(tmp_path: Path, before: str) -> list[str]:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.replace("BEFORE", before), "utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert not done.stderr
    return done.stdout.split()


def test_the_program_forks_it_and_it_has_no_file_of_the_program(tmp_path: Path) -> None:
    assert said(tmp_path, "forking.allow()") == ["once", "forked", "True", "False", "-15"]


@pytest.mark.parametrize("before", ["pass", THREAD], ids=["called", "threaded"])
def test_it_is_a_program_of_its_own_where_forking_is_not_safe(tmp_path: Path, before: str) -> None:
    assert said(tmp_path, before) == ["once", "started", "True", "False", "-15"]


def test_it_imports_nothing_from_the_publication_s_folder(tmp_path: Path) -> None:
    folder = made(tmp_path / "publication", built=False)
    (folder / "uharfbuzz.py").write_text("open('imported', 'w')", "utf-8")  # workers need it first
    publish("build", "-f", "html", cwd=folder)
    assert not (folder / "imported").exists()


def test_what_was_said_before_is_said_once(tmp_path: Path) -> None:
    folder = made(tmp_path / "publication", built=False)
    done = publish("build", "-f", "html", "--explain", cwd=folder)
    lines = done.stdout.splitlines()
    assert len(lines) == len(set(lines)) == 2
