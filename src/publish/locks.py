"""Locks: one command at a time writes in a publication, and what a killed one left is cleared.

The locks are the kernel's, on folders: they make no file, and end with their process however
that ends. Where a disk knows no locks (some network drives) there is none, and nothing is cleared.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

from publish.bounds import FOLDERS
from publish.replacing import PART

_TEMPORARY = "publish-"
_LONGEST = 60  # bytes of a folder's name: a socket's has 104 at most (unix(7); macOS), with ours


@contextmanager
def alone(folder: Path, waiting: Callable[[], object]) -> Iterator[None]:
    """Nobody else writes in a publication meanwhile; `waiting` is called if somebody does now."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if _is_held(handle):
            waiting()
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
            _clear(folder)
            _clear_temporary()
        with _tidied(folder, handle):
            yield
    finally:
        os.close(handle)


@contextmanager
def _tidied(folder: Path, handle: int) -> Iterator[None]:
    """Clear what is on its way when we are stopped, which may have been while that was cleared."""
    try:
        yield
    except KeyboardInterrupt:
        with suppress(OSError):
            if _taken(handle):
                _clear(folder)
        raise


def temporary() -> Path:
    """A folder for as long as this process runs; those of processes that were killed go."""
    _clear_temporary()
    while True:
        made = Path(mkdtemp(prefix=_TEMPORARY, dir=_place()))
        if _ours(made):
            return made


def _ours(made: Path) -> bool:
    """Whether a new folder is locked and still there: another process may clear it before."""
    try:
        handle = os.open(made, os.O_RDONLY)
    except FileNotFoundError:
        return False
    if _taken(handle) and made.exists():
        return True  # left open: the lock ends with the process
    os.close(handle)
    return False


def _clear_temporary() -> None:
    """Away with temporary folders of processes that were killed."""
    for place in {_place(), Path(gettempdir())}:
        for path in place.glob(f"{_TEMPORARY}*"):
            with suppress(OSError):
                _remove_left(path)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder for a while, which a later run clears if this one is killed."""
    folder = temporary()
    try:
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


def _place() -> Path:
    """Where temporary files go; not to a folder whose name leaves no room for a socket's."""
    usual, short = Path(gettempdir()), Path("/tmp")  # noqa: S108  # made in it is a folder of ours
    return short if len(os.fsencode(usual)) > _LONGEST and os.access(short, os.W_OK) else usual


def _remove_left(path: Path) -> None:
    if path.is_symlink() or path.stat().st_uid != os.getuid():
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _taken(handle):
            rmtree(path, ignore_errors=True)
    finally:
        os.close(handle)


def _is_held(handle: int) -> bool:
    """Whether somebody else has the lock on an open folder; where there are no locks nobody has."""
    try:
        return not _taken(handle)
    except OSError:
        return False


def _taken(handle: int) -> bool:
    """Whether the lock on an open folder is ours now."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _clear(folder: Path) -> None:
    """Away with files, and with folders in `build/`, that were on their way to their place."""
    for place in (folder / name for name in FOLDERS):
        if place.is_symlink():  # it may lead anywhere, and has not been judged yet
            continue
        for path in [*place.rglob(f".*{PART}")]:
            if path.is_dir() and not path.is_symlink() and place.name == "build":
                rmtree(path, ignore_errors=True)
            elif path.is_file() and not path.is_symlink():
                path.unlink()
