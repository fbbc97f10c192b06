"""Rebuilding: a release made once more from the sources that go with it, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from publish import locks
from publish.distribution import manifests
from publish.distribution.manifests import Entry, Manifest
from publish.distribution.signatures import PublicKey
from publish.pipeline.handover import noting, releasing
from publish.pipeline.making.building import Notice
from publish.problems import Location, Problem, PublishError, Severity
from publish.project import files


def verify(
    folder: Path, key: PublicKey | None, jobs: int, notice: Notice, *, rebuilt: bool = True
) -> list[Problem]:
    """What is wrong with a release: its signature, its files, or that it cannot be built so again.

    PublishError `manifest-missing`, `manifest-syntax`.
    """
    path = folder.as_posix().rstrip("/")
    raw, signature = _read(folder / manifests.NAME), _read(folder / manifests.SIGNATURE)
    if raw is None:
        what, place = "there is no release here", Location(f"{path}/{manifests.NAME}")
        hint = "Name a folder that `publish release` made."
        raise PublishError(Problem("manifest-missing", what, place, hint=hint))
    manifest = manifests.read(raw, f"{path}/{manifests.NAME}")
    names = {each.relative_to(folder).as_posix(): each for each in files(folder)}
    found = {name: manifests.entry(name, each.read_bytes()) for name, each in names.items()}
    problems = [
        *manifests.authentic(raw, signature, key, path),
        *manifests.compared(manifest, found, path),
    ]
    if rebuilt and not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _rebuilt(folder, manifest, jobs, notice)
    return problems


def _rebuilt(folder: Path, manifest: Manifest, jobs: int, notice: Notice) -> Iterator[Problem]:
    """In what a release built anew is another; Problems `release-differs`, `release-tools`."""
    packed = _read(folder / releasing.SOURCES)
    if packed is None:
        what, source = "there are no sources here to build from", folder / releasing.SOURCES
        hint = "Ask for the whole release, or verify its files alone with --no-rebuild."
        yield Problem("manifest-missing", what, Location(source.as_posix()), hint=hint)
        return
    with locks.workplace() as other:
        place = noting.unpacked(packed, other)
        made, about = releasing.built(place, jobs, notice)
    yield from _tools(manifest.about, about, folder)
    listed = {one.name: one for one in manifest.files}
    for name, data in sorted(made.items()):
        if listed.get(name) != manifests.entry(name, data):
            what = f"built once more it is another: {_listed(listed.get(name))}"
            hint = "If other tools or typefaces made it, that is why; if not, report it to us."
            place_ = Location(f"{folder.as_posix()}/{name}")
            yield Problem("release-differs", what, place_, hint=hint)


def _listed(entry: Entry | None) -> str:
    return f"SHA-256 {entry.sha256[:16]}… was released" if entry else "there was no such file"


def _tools(then: Mapping[str, Any], now: Mapping[str, Any], folder: Path) -> Iterator[Problem]:
    """Which tools and typefaces are others than those that made the release."""
    for kind in ("tools", "fonts"):
        former, own = then.get(kind), now[kind]
        former = former if isinstance(former, dict) else {}
        for name in sorted(own.keys() | former.keys()):
            if own.get(name) != former.get(name):
                what = f"{name} is {own.get(name, 'not here')}; then {former.get(name, 'not used')}"
                place = Location(f"{folder.as_posix()}/{manifests.NAME}")
                hint = "With other tools or typefaces other bytes come out; install the same."
                yield Problem("release-tools", what, place, Severity.WARNING, hint)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
