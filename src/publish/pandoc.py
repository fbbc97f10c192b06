"""Pandoc: where it is, and a process of it, which can begin before half of us is imported."""

from __future__ import annotations

import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from publish.problems import Location, Problem, PublishError

SCRIPT = Path(__file__).with_name("documents") / "server.lua"  # what it answers by
_MEMORY = "-M2g"  # its heap; with more it ends itself (GHC's user guide, “RTS options”)


def start() -> subprocess.Popen[bytes]:
    """A pandoc that answers until nobody asks any more (`documents.serving`).

    Errors: PublishError `pandoc-missing`.
    """
    return subprocess.Popen(  # our own program and script
        [program(), "+RTS", _MEMORY, "-RTS", "lua", str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is not for it to hear
    )


def about() -> str:
    """What an answer depends on beside the question: pandoc, and what we have it do."""
    path = Path(program())
    return f"{path} {path.stat().st_mtime_ns} {path.stat().st_size} {SCRIPT.read_text('utf-8')}"


@cache
def program() -> str:
    """Path of pandoc: the one that pypandoc_binary brought, else the one on the PATH."""
    found = find_spec("pypandoc")  # found, not imported: that alone takes 80 ms
    if found and found.origin:
        bundled = Path(found.origin).with_name("files") / "pandoc"
        if bundled.exists():
            return str(bundled)
    if path := which("pandoc"):
        return path
    raise PublishError(
        Problem(
            "pandoc-missing",
            "pandoc is not installed",
            Location("publish"),
            hint="Run `pip install pypandoc_binary` in the environment that publish runs in.",
        )
    )
