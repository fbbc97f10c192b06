"""A watcher of what a program touches: strace's lines as calls with whole paths."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_CALL = re.compile(r"\d+\s+(?:<\.\.\. )?(\w+)\((.*)")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_OPENED = re.compile(r"\d+\s+(?:<\.\.\. )?open(?:at2?)?\b.* = \d+<(/[^>]*)>$")
_NETWORK = ("accept", "bind", "connect", "get", "listen", "recv", "send", "set", "shut", "socket")
_MARK = "/watched/"
_LOOKING = {"access", "faccessat", "faccessat2", "lstat", "newfstatat", "readlink", "readlinkat",
            "stat", "statfs", "statx"}  # fmt: skip
_TWO = {"rename", "renameat", "renameat2", "link", "linkat"}
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
_CHANGING = {*_TWO, "chmod", "fchmodat", "chown", "mkdir", "mkdirat", "mknod", "rmdir", "symlink",
             "symlinkat", "truncate", "unlink", "unlinkat", "utimensat"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """What was done to a path: `look` (is it there?), `read`, `write` or `run`; or `network`."""

    kind: str
    path: str
    line: str


def watch(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> dict[str, list[Access]]:
    """Run Python under strace; accesses by whose turn it was ('' before the first)."""
    trace = folder / "trace"
    command = ["strace", "-f", "-y", "-e", "trace=%file,%network", "-e", "signal=none"]
    command += ["--seccomp-bpf", "-o", str(trace), sys.executable, *arguments]
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    path = {**kept, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(command, cwd=folder, env={**path, **environment}, check=True, timeout=1800)
    found: dict[str, list[Access]] = {"": []}
    turn = ""
    with trace.open(errors="replace") as lines:
        for line in lines:
            for access in _accesses(line, str(folder)):
                if access.path.startswith(_MARK):
                    turn = access.path.removeprefix(_MARK)
                    found[turn] = []
                else:
                    found[turn].append(access)
    return found


def _accesses(line: str, cwd: str) -> Iterator[Access]:
    if opened := _OPENED.match(line):  # where a symbolic link led to
        yield Access(_kind("open", line), re.sub(r"^/proc/\d+", "/proc/self", opened[1]), line)
    call = _CALL.match(line)
    if not call or call[1] == "getcwd":
        return
    name, rest = call.groups()
    if name.startswith(_NETWORK):
        if re.search(r"AF_(?!UNIX|UNSPEC)\w+", rest):
            yield Access("network", "", line)
        elif found := re.search(r'sun_path="([^"]*)"', rest):
            yield Access("write", found[1], line)
        return
    kind = _kind(name, rest)
    for n, (base, path) in enumerate(_PATH.findall(rest)):
        if n == 0 or (name in _TWO and n == 1):
            yield Access(kind, os.path.normpath(Path(base or cwd, path)), line)


def _kind(name: str, rest: str) -> str:
    if name in _LOOKING:
        return "look"
    if name in _CHANGING or _WRITING.search(rest):
        return "write"
    return "run" if name.startswith("exec") else "read"
