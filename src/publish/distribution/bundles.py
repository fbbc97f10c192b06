"""Bundles: all that a partner gets of an edition, in one zip that can be verified.

https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT: the entries stand in the order of
their names and bear no day, so that the same edition is the same zip.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from publish.distribution import manifests
from publish.distribution.manifests import Manifest
from publish.distribution.signatures import PublicKey
from publish.exchange.safety import Archive
from publish.problems import Location, Problem, PublishError

LARGEST = 2**29
"""A zip with more bytes is no bundle."""

_WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
# Folders themselves, and what file managers put beside files unasked.
_OTHERS = re.compile(r"/$|^__MACOSX/|(?:^|/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$")
_KIND = "publish-bundle-1"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was opened: its files without manifest and signature, which stand apart."""

    manifest: Manifest
    files: Mapping[str, bytes]
    raw: bytes
    signature: bytes | None


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip: the same bytes for the same files."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = ZipInfo(name, _WHEN)
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, files[name], compresslevel=9)
    return target.getvalue()


def about(values: Mapping[str, object]) -> dict[str, object]:
    """What a bundle's manifest says, marked as one."""
    return {"kind": _KIND, **values}


def is_bundle(data: bytes) -> bool:
    """Whether a file is a zip with a manifest in it, which need not be whole."""
    return data.startswith(b"PK") and f"{manifests.NAME}".encode() in data


def read(data: bytes, path: str) -> Bundle:
    """A bundle opened.

    PublishError `manifest-syntax`, `manifest-missing`, and for an archive that is dangerous or
    broken `exchange-unsafe`, `exchange-too-large`, `exchange-broken`.
    """
    archive = Archive(data, path, LARGEST)
    names = [name for name in sorted(archive.names) if not _OTHERS.search(name)]
    folder = _folder(names)
    if f"{folder}{manifests.NAME}" not in names:
        what, hint = "there is no manifest in it", "Send the whole bundle, packed as it was."
        place = Location(f"{path}/{manifests.NAME}")
        raise PublishError(Problem("manifest-missing", what, place, hint=hint))
    files = {name.removeprefix(folder): archive.read(name) for name in names}
    raw, signature = files.pop(manifests.NAME), files.pop(manifests.SIGNATURE, None)
    manifest = manifests.read(raw, f"{path}/{manifests.NAME}")
    if manifest.about.get("kind") != _KIND:
        what = f"it is no bundle of an edition, but “{str(manifest.about.get('kind'))[:40]}”"
        hint = "Name a file that `publish bundle` made."
        raise PublishError(Problem("manifest-syntax", what, Location(path), hint=hint))
    return Bundle(manifest, files, raw, signature)


def _folder(names: Sequence[str]) -> str:
    """The folder that holds all of a bundle, if somebody packed the folder and not the files."""
    top = names[0].partition("/")[0] + "/" if names else ""
    return top if all(name.startswith(top) for name in names) else ""


def verified(bundle: Bundle, key: PublicKey | None, path: str) -> list[Problem]:
    """All that is wrong with a bundle; nothing, if it is as it was sent by the key's owner."""
    found = {name: manifests.entry(name, data) for name, data in bundle.files.items()}
    return [
        *manifests.authentic(bundle.raw, bundle.signature, key, path),
        *manifests.compared(bundle.manifest, found, path),
    ]
