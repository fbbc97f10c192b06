"""Pandoc: where it is, and a process of it, which can begin before half of us is imported."""

from __future__ import annotations

import fcntl
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from select import PIPE_BUF
from shutil import which
from typing import IO, NamedTuple, cast

from publish.problems import Location, Problem, PublishError

SCRIPT = Path(__file__).with_name("documents") / "server.lua"  # what it answers by
_REPLIES = 1 << 20  # bytes of answers that it need not wait with until somebody reads them
_MEMORY = "-M2g"  # its heap; with more it ends itself (GHC's user guide, “RTS options”)


class Begun(NamedTuple):
    """A pandoc that runs, and requests that it has, whose replies nobody has read."""

    process: subprocess.Popen[bytes]
    asked: list[bytes]

    def ask(self, request: bytes) -> None:
        """Have it begin with a request, unless the pipe does not hold it until somebody reads."""
        to = cast("IO[bytes]", self.process.stdin)
        if request in self.asked or sum(map(len, self.asked)) + len(request) > _room(to):
            return
        with suppress(BrokenPipeError):  # whoever asks will see that it has gone
            to.write(request)
            to.flush()
        self.asked.append(request)


def _room(pipe: IO[bytes]) -> int:
    """How many bytes a pipe holds; where the system does not tell, as few as any holds."""
    if sys.platform != "linux":
        return PIPE_BUF
    return fcntl.fcntl(pipe.fileno(), fcntl.F_GETPIPE_SZ)


def start() -> subprocess.Popen[bytes]:
    """A pandoc that answers until nobody asks any more (`documents.serving`).

    Errors: PublishError `pandoc-missing`.
    """
    process = subprocess.Popen(  # our own program and script
        [program(), "+RTS", _MEMORY, "-RTS", "lua", str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is not for it to hear
    )
    if process.stdout and sys.platform == "linux":
        with suppress(OSError):  # a system may allow less
            fcntl.fcntl(process.stdout.fileno(), fcntl.F_SETPIPE_SZ, _REPLIES)
    return process


def request(word: str, parts: Sequence[bytes]) -> bytes:
    """A request as `server.lua` reads it."""
    lengths = "".join(f" {len(part)}" for part in parts)
    return f"{word}{lengths}\n".encode() + b"".join(parts)


def let_end(pid: int, seconds: float) -> None:
    """Let the system end a process that takes more of a processor's time than this in all.

    Who was killed cannot end a pandoc that is at work without end. Linux alone can be told so.
    """
    with suppress(AttributeError, OSError):
        resource.prlimit(pid, resource.RLIMIT_CPU, (int(seconds) + 1, resource.RLIM_INFINITY))


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
