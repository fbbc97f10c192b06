"""Commands in fresh processes: what each takes, and the memory of the processes it starts."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = (sys.executable, "-c", "pass")
PUBLISH = (sys.executable, "-m", "publish", "build")
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
BYTES = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss


@dataclass(frozen=True)
class Run:
    """What one command took: wall-clock seconds, and the memory of its largest process in MB."""

    seconds: float
    megabytes: float = 0


def run(command: Sequence[str], folder: Path) -> Run:
    """Runs a command in a fresh process; waits for it, then for what it leaves behind."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{output.read().decode()}")
    peak = max(usage.ru_maxrss, *orphans())
    return Run(seconds, peak * BYTES / 1e6)


@cache
def environment() -> dict[str, str]:
    """The same Python, WeasyPrint and pandoc for everybody."""
    tools = (str(Path(sys.executable).parent), str(pandoc().parent), os.environ["PATH"])
    found = os.environ | {"PATH": os.pathsep.join(tools)}
    found.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as wherever one works
    return found


def adopt() -> None:
    """Makes this process the parent of all orphans below it, so that their memory counts too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def orphans() -> Iterator[int]:
    """The peak memory of each process that a command left behind, as they end."""
    yield 0
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-1, 0)[2].ru_maxrss


def pandoc() -> Path:
    """The pandoc that publish uses: its rivals use it too."""
    spec = find_spec("pypandoc")
    if spec is None or spec.origin is None:
        sys.exit("There is no pandoc here; run `make bench`.")
    return Path(spec.origin).parent / "files" / "pandoc"


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
