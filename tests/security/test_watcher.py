"""Whatever a publication asks for, nothing outside it is touched and no network is used."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from publications import made, publish, told
from security.hostile import HOSTILE, PRINTED, SECRET, outside
from security.watching import Access, watch

SOURCES = Path(__file__).parents[2]
WRITTEN = ("/dev/null", "/dev/shm")  # noqa: S108  # semaphores
LISTED = (  # what a program needs of a system, with its libraries and typefaces
    *WRITTEN, "/bin", "/dev/urandom", "/etc/fonts", "/etc/ld.so.cache",
    "/etc/ld.so.preload", "/etc/locale.alias", "/etc/localtime", "/etc/mime.types", "/etc/ssl",
    "/lib", "/lib64", "/proc/filesystems", "/proc/meminfo", "/proc/self", "/proc/sys/vm",
    "/sys/devices/system/cpu", "/sys/fs/cgroup", "/usr", "/var/cache/fontconfig",
)  # fmt: skip
LOOKED_AT = "a link"  # a symbolic link cannot be judged without looking where it leads


class Watched(NamedTuple):
    """What was touched in each publication's turn, and what its commands said."""

    base: Path
    accesses: Mapping[str, list[Access]]
    said: Mapping[str, str]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    if sys.platform != "linux" or not shutil.which("strace"):
        pytest.skip("strace watches what is touched, and it is not here (apt install strace)")
    base = tmp_path_factory.mktemp("watched")
    outside(base / "outside")
    for name in ("home", "temp"):
        (base / name).mkdir()
    model = made(base / "model", built=False)
    folders = {name: base / folder(name) for name in HOSTILE}
    for name, path in folders.items():
        shutil.copytree(model, path)
        HOSTILE[name](path)
    environment = {"HOME": str(base / "home"), "TMPDIR": str(base / "temp"), "LANG": "C.UTF-8"}
    driver = str(Path(__file__).with_name("driving.py"))
    subprocess.run(["fc-list"], capture_output=True, check=True)  # fontconfig writes its cache
    found = watch([driver, *map(str, folders.values())], base, environment)
    return Watched(
        base,
        {name: found[path.name] for name, path in folders.items()},
        {name: path.with_suffix(".said").read_text() for name, path in folders.items()},
    )


def folder(name: str) -> str:
    return f"{[*HOSTILE].index(name):03}-{'printed' if name in PRINTED else 'shown'}"


def below(path: str, roots: Iterable[str | Path]) -> bool:
    return any(path == str(root) or path.startswith(f"{root}/") for root in roots)


def strange(access: Access, base: Path, name: str) -> bool:
    """Whether nobody needs what was done for building a publication."""
    own = (base / "home", base / "temp", base / folder(name), base / f"{folder(name)}.said")
    if access.kind == "look":
        beside = (base / "outside", "/etc/hosts", "/etc/passwd", "/127.0.0.1:9")
        return LOOKED_AT not in name and below(access.path, beside)
    if access.kind == "write":
        return not below(access.path, (*own, *WRITTEN))
    ours = (sys.prefix, sys.base_prefix, SOURCES / "src", SOURCES / "styles", SOURCES / "tests")
    if access.kind == "run":  # a program is looked for in each folder of the PATH
        return Path(access.path).name not in {"pandoc", "fc-list", Path(sys.executable).name}
    return access.kind == "network" or not (
        access.path == str(base) or below(access.path, (*own, *ours, *LISTED))
    )


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 140


@pytest.mark.xdist_group("watcher")
def test_nothing_outside_is_touched(watched: Watched) -> None:
    touched = {
        name: [access for access in accesses if strange(access, watched.base, name)]
        for name, accesses in watched.accesses.items()
    }
    assert {name: accesses[:3] for name, accesses in touched.items() if accesses} == {}
    for name, accesses in watched.accesses.items():
        assert any(access.kind == "read" for access in accesses), name  # the watcher was awake


@pytest.mark.xdist_group("watcher")
def test_no_secret_comes_out_and_nothing_breaks(watched: Watched) -> None:
    for name, said in watched.said.items():
        assert "Traceback" not in said, f"{name}: {said}"
        assert SECRET not in said, name
        files = [path for path in (watched.base / folder(name)).rglob("*") if path.is_file()]
        texts = (path.read_bytes() for path in files if not path.is_symlink())
        assert not any(SECRET.encode() in text for text in texts), name


def test_the_watcher_sees_what_is_touched(tmp_path: Path) -> None:
    if sys.platform != "linux" or not shutil.which("strace"):
        pytest.skip("strace watches what is touched, and it is not here (apt install strace)")
    outside(tmp_path / "outside")
    (tmp_path / "link").symlink_to("outside")
    script = tmp_path / "script.py"
    script.write_text(
        "import os, socket, subprocess\nos.path.exists('/watched/me')\n"
        "open('link/secret.txt').read()\nopen('link/new', 'w')\nsubprocess.run(['/bin/true'])\n"
        "os.rename('link/new', 'newer')\ns = socket.socket()\ns.connect_ex(('127.0.0.1', 9))\n"
    )
    found = {(each.kind, each.path) for each in watch([str(script)], tmp_path, {})["me"]}
    assert found >= {
        ("read", f"{tmp_path}/outside/secret.txt"),
        ("write", f"{tmp_path}/outside/new"),
        ("write", f"{tmp_path}/newer"),
        ("run", "/bin/true"),
        ("network", ""),
    }


MODULES = "json lxml multiprocessing publish re selectors signal socket threading weasyprint yaml"


def test_no_program_is_taken_from_a_publication(tmp_path: Path) -> None:
    own = made(tmp_path / "publication", built=False)
    for name in MODULES.split():
        (own / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    command = [str(Path(sys.executable).with_name("publish")), "build", "-l", "en"]
    done = subprocess.run(command, cwd=own, check=False, capture_output=True, timeout=300)
    assert done.returncode == 0
    assert not (tmp_path / "ran").exists()


def test_settings_of_git_run_nothing(tmp_path: Path) -> None:
    own = made(tmp_path / "publication", built=False)
    ran = tmp_path / "ran"
    run = ["git", "-C", str(own), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "A", "--no-gpg-sign"]):
        subprocess.run([*run, *command], check=True)
    hook = own / "run"
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n")
    hook.chmod(0o755)
    names = "core.fsmonitor core.pager core.sshCommand diff.external core.editor"
    for name in names.split():
        subprocess.run([*run, "config", name, str(hook)], check=True)
    for setting in (
        f"remote.origin.url ext::{hook}",
        "remote.origin.promisor true",
        "protocol.ext.allow always",
        "core.repositoryformatversion 1",
        "extensions.partialclone origin",
    ):
        subprocess.run([*run, "config", *setting.split()], check=True)
    for thing in (own / ".git/objects").glob("??/*"):
        if b"msgid" in zlib.decompress(thing.read_bytes()):
            thing.unlink()  # so that it would have to be fetched
    command = ["exchange", "export", "ko", "--as", "po", "--changed-since", "2099-01-01"]
    done = publish(*command, cwd=own)
    assert [one.code for one in told(done.stderr)] == ["exchange-history"]
    assert not ran.exists()
