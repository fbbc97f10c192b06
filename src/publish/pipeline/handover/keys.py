"""Keys: files of keys, which are kept outside the publication."""

from __future__ import annotations

from pathlib import Path

from publish import artefacts
from publish.distribution import signatures
from publish.distribution.signatures import PublicKey
from publish.problems import Location, Problem, PublishError
from publish.replacing import replace

_LARGEST = 4096  # a key has some 200 bytes


def public_path(path: Path) -> Path:
    """Where the public key stands that goes with a secret one."""
    return path.with_name(f"{path.name.removesuffix('.key')}.pub")


def check(path: Path, folder: Path) -> None:
    """Whether a key may be made there; PublishError `key-place`, `key-exists`."""
    if path.resolve().is_relative_to(folder.resolve()) and (folder / "manuscript").is_dir():
        what = "this is in the publication, where others would get the secret key too"
        hint = "Name a file elsewhere, such as ~/.config/publish/our.key."
        raise PublishError(Problem("key-place", what, Location(str(path)), hint=hint))
    for each in (path, public_path(path)):
        if each.exists():
            what = "there is a file of this name, perhaps a key that is still in use"
            hint = "Name another file."
            raise PublishError(Problem("key-exists", what, Location(str(each)), hint=hint))


def write(path: Path, password: str) -> PublicKey:
    """Make a pair of keys; the public one. The secret one can be read by its owner only."""
    key = signatures.new()
    try:
        replace(path, key.text(password).encode(), mode=0o600)
    except OSError as error:
        raise PublishError(artefacts.unwritable(error, str(path))) from error
    public = public_path(path)
    artefacts.write(public, key.public.text.encode(), str(public))
    return key.public


def text(path: Path) -> str:
    """A key's file as text; PublishError `key-unreadable`."""
    try:
        if path.stat().st_size <= _LARGEST:
            return path.read_text("utf-8")
        what = "this file is too large for a key"
    except UnicodeDecodeError:
        what = "this file is no text"
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
    hint = "Name a key that `publish key` or minisign has made."
    raise PublishError(Problem("key-unreadable", what, Location(str(path)), hint=hint))
