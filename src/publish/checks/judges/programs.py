"""Programs: how judges are found, run with a time limit, and stopped.

Nothing is looked for in a publication's own folder: a stranger's publication brings no judges.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

JAVA = ("java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # for short runs
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 300  # seconds

Findings = dict[Path, list[str]]

_CHECKOUT = Path(__file__).parents[4] / "tests" / "judges" / "node_modules"  # `make judges`
_GUARD = Path(__file__).with_name("guard.py")
_running: set[subprocess.Popen[str]] = set()


class NoVerdictError(Exception):
    """A judge broke down, or was stopped, before it had judged."""


class AbsentError(NoVerdictError):
    """A judge is not on this machine; the words say how to get it."""


def program(*names: str, get: str = "") -> str:
    """The first of these programs that is on this machine; AbsentError if none is."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise AbsentError(get or f"install {names[0]}")


def package(name: str, distribution: str) -> Path:
    """The folder of a Python package beside publish; AbsentError if it is not there."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise AbsentError(f"pip install {distribution}")
    return Path(spec.origin).parent


def node_package(name: str) -> Path:
    """The folder of a package for Node; AbsentError if it is not there."""
    for folder in (*map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep)), _CHECKOUT):
        if folder.is_absolute() and (folder / name).is_dir():
            return folder / name
    raise AbsentError(f"npm install {name}, and name its node_modules in NODE_PATH")


def run(
    name: str, *arguments: str | Path, fine: Collection[int] = (0,), **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a judge; NoVerdictError for an exit status that is no verdict, or no end in time."""
    command = [program(name), *map(str, arguments)]
    watched, held = os.pipe()  # held by this process alone, and closed however it ends
    with (
        os.fdopen(held, "wb"),
        os.fdopen(watched, "rb"),
        subprocess.Popen(
            [sys.executable, "-P", _GUARD, str(watched), *command],
            pass_fds=[watched],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, **env},
            process_group=0,  # so that a browser which it has started ends with it
        ) as process,
    ):
        _running.add(process)
        try:
            out, said = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise NoVerdictError(f"{name} took more than {PATIENCE} seconds") from error
        finally:
            _end(process)
    if process.returncode not in fine:
        raise NoVerdictError(f"{name} ended with {process.returncode}: {(said or out)[-2000:]}")
    return subprocess.CompletedProcess(command, process.returncode, out, said)


def python(module: str, *arguments: str | Path) -> Any:
    """What one of our own modules, run by itself, prints as JSON."""
    return parse(run(sys.executable, "-P", "-m", f"{__package__}.{module}", *arguments).stdout)


def stop() -> None:
    """End all judges that are running."""
    for process in list(_running):
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    _running.discard(process)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def parse(text: str) -> Any:
    """JSON, or no verdict."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NoVerdictError(f"no verdict but: {text[:2000]}") from error


def each(judge: Callable[[Path], list[str]], files: Sequence[Path]) -> Findings:
    """The judge's findings on every file, as many files at a time as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(files, pool.map(judge, files), strict=True))
