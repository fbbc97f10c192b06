"""Manifests: what a bundle or a release consists of, and whether it is still what it was.

`manifest.json` lists every file beside it with size and SHA-256; its signature, in a file of
minisign's, stands for all of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from publish.distribution import signatures
from publish.distribution.signatures import PublicKey, SecretKey
from publish.problems import Location, Problem, PublishError, Severity

NAME = "manifest.json"
SIGNATURE = NAME + signatures.SUFFIX
SUMS = "SHA256SUMS"

_HEX = re.compile("[0-9a-f]{64}")
_RESEND = "Ask whoever sent it to send it again, and use nothing of it."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file by its name, with forward slashes, and what is in it."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is said of a delivery as a whole, and its files in the order of their names."""

    about: Mapping[str, Any]
    files: tuple[Entry, ...]

    @property
    def text(self) -> bytes:
        """The manifest as a file: the same bytes for the same delivery."""
        files = [{"name": f.name, "sha256": f.sha256, "size": f.size} for f in self.files]
        whole = {**self.about, "files": files}
        return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def entry(name: str, data: bytes) -> Entry:
    """A file as a manifest lists it."""
    return Entry(name, len(data), hashlib.sha256(data).hexdigest())


def sealed(
    about: Mapping[str, Any], files: Mapping[str, bytes], key: SecretKey | None, comment: str
) -> dict[str, bytes]:
    """A delivery: its files, their sums, the manifest and, with a key, its signature."""
    made = {name: files[name] for name in sorted(files)}
    made[SUMS] = sums(entry(name, data) for name, data in made.items())
    manifest = Manifest(about, tuple(entry(name, made[name]) for name in sorted(made)))
    made[NAME] = manifest.text
    if key:
        made[SIGNATURE] = key.sign(manifest.text, comment).encode()
    return made


def sums(entries: Iterator[Entry]) -> bytes:
    """The sums of some files as sha256sum reads them."""
    return "".join(f"{one.sha256}  {one.name}\n" for one in entries).encode()


def read(data: bytes, path: str) -> Manifest:
    """A manifest from its file; PublishError `manifest-syntax`."""
    try:
        about = json.loads(data)
        files = tuple(Entry(str(f["name"]), int(f["size"]), f["sha256"]) for f in about["files"])
        fine = all(_HEX.fullmatch(one.sha256) for one in files)
    except (ArithmeticError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _broken(path) from error
    if not fine or len({one.name for one in files}) < len(files):
        raise _broken(path)
    return Manifest({key: value for key, value in about.items() if key != "files"}, files)


def compared(manifest: Manifest, found: Mapping[str, Entry], path: str) -> Iterator[Problem]:
    """In which the files that are there are not those of a manifest.

    Problems `manifest-missing`, `manifest-extra`, `manifest-altered`.
    """
    listed = {one.name: one for one in manifest.files}
    for name in sorted(listed.keys() - found.keys()):
        place = Location(f"{path}/{name}")
        yield Problem("manifest-missing", "this file is not there", place, hint=_RESEND)
    for name in sorted(found.keys() - listed.keys() - {NAME, SIGNATURE}):
        what = "this file is not listed in the manifest"
        yield Problem("manifest-extra", what, Location(f"{path}/{name}"), hint=_RESEND)
    for name in sorted(listed.keys() & found.keys()):
        if listed[name] != found[name]:
            what = f"this file is another than was listed: {_difference(listed[name], found[name])}"
            yield Problem("manifest-altered", what, Location(f"{path}/{name}"), hint=_RESEND)


def authentic(
    manifest: bytes, signature: bytes | None, key: PublicKey | None, path: str
) -> Iterator[Problem]:
    """Whether a manifest is signed, and with the key that was asked for.

    Problems `signature-missing`, `signature-syntax`, `signature-forged`, `signature-unchecked`.
    """
    place = Location(f"{path}/{SIGNATURE}")
    if signature is None:
        severity = Severity.ERROR if key else Severity.WARNING
        what = "it is not signed: anybody may have made it"
        hint = "Ask for a signed one, or make sure in another way that it is whose you think."
        yield Problem("signature-missing", what, place, severity, hint)
        return
    found = signatures.read(signature.decode("utf-8", "replace"), str(place))
    if key is None:
        what = f"it says that it is signed with the key {found.name}; that was not checked"
        hint = "Name the sender's public key with --public-key FILE."
        yield Problem("signature-unchecked", what, place, Severity.WARNING, hint)
    elif not found.fits(manifest, key):
        what = f"the signature is none of the key {key.name}"
        if found.id == key.id:
            what = f"what was signed with the key {key.name} is not this manifest"
        else:
            what += f"; it says that it is one of {found.name}"
        yield Problem("signature-forged", what, place, hint=_RESEND)


def _difference(listed: Entry, found: Entry) -> str:
    if listed.size != found.size:
        return f"{found.size} bytes in place of {listed.size}"
    return f"SHA-256 {found.sha256[:16]}… in place of {listed.sha256[:16]}…"


def _broken(path: str) -> PublishError:
    what = "this is no manifest, or a broken one"
    return PublishError(Problem("manifest-syntax", what, Location(path), hint=_RESEND))
