"""Noting: what changed since the last release, in the source and in each translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from publish import locks
from publish.distribution import manifests
from publish.exchange.safety import Archive, refused
from publish.pipeline import preparing
from publish.pipeline.editing import Editing
from publish.pipeline.naming import tag_of
from publish.problems import PublishError, short
from publish.project import Project
from publish.replacing import replace

Texts = Mapping[tuple[str | None, str], str]

LARGEST = 2**29
_FOLDERS = ("manuscript/", "styles/", "translations/")
_SHOWN = 90  # signs of a passage in a line about it
_MOST = 40  # passages in a list; the others are counted


def last(project: Project, version: str) -> Path | None:
    """The folder of the release before one, by the numbers in their names."""
    folder = project.build / "release"
    found = [path.parent for path in folder.glob(f"*/{manifests.NAME}")]
    before = [path for path in found if _order(path.name) < _order(version)]
    return max(before, key=lambda path: _order(path.name), default=None)


def notes(place: Project, former: Path | None, version: str) -> dict[str, bytes]:
    """The notes of each edition, by their names in the release."""
    now = _texts(place)
    before = _former(former) if former else {}
    since = former.name if former else ""
    return {
        f"{edition}/NOTES.md": "".join(
            f"{line}\n" for line in _note(edition, version, since, now, before)
        ).encode()
        for edition in now
    }


def unpacked(data: bytes, folder: Path) -> Project:
    """The sources of a release in a folder; PublishError for an archive that is dangerous."""
    archive = Archive(data, "sources.zip", LARGEST)
    for name in sorted(archive.names):
        if name.startswith(_FOLDERS) and not name.endswith("/"):
            try:
                replace(folder / name, archive.read(name))
            except (OSError, ValueError) as error:  # a file where a folder is to be; odd names
                what = f"“{name[:60]}” in it cannot be unpacked: {error}"
                raise refused("exchange-broken", what, "sources.zip") from error
    return Project(folder)


def _former(release: Path) -> dict[str, Texts]:
    """The texts of a release, as far as they can be read still."""
    with locks.workplace() as folder:
        try:
            return _texts(unpacked((release / "sources.zip").read_bytes(), folder))
        except (OSError, PublishError):
            return {}


def _texts(project: Project) -> dict[str, Texts]:
    """What each edition says, by message; the source says its messages themselves."""
    with Editing(project) as editing:
        prepared = editing.read()
        keys = [message.key for message in prepared.every_message]
    source = prepared.manuscript.metadata.language
    found: dict[str, Texts] = {source: {key: key[1] for key in keys}}
    for edition in project.editions():
        if tag_of(edition) == source:
            found[edition] = found[source]
            continue
        known = preparing.catalogue(project, edition).by_key
        entries = {key: known.get(key) for key in keys}
        found[edition] = {k: e.translation for k, e in entries.items() if e and e.translated}
    return found


def _note(
    edition: str, version: str, since: str, now: Mapping[str, Texts], before: Mapping[str, Texts]
) -> Iterator[str]:
    yield f"# {version}: {edition}"
    yield ""
    source = next(iter(now))
    if not {source, edition} <= before.keys():  # the manuscript may have changed its language
        yield f"New since {since}." if since else "The first release."
        return
    yield from _compared(f"The source since {since}", now[source], before[source])
    if now[edition] is not now[source]:
        yield from _compared(f"This translation since {since}", now[edition], before[edition])


def _compared(title: str, now: Texts, before: Texts) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    added = [text for key, text in now.items() if key not in before]
    gone = [text for key, text in before.items() if key not in now]
    other = [
        f"{short(before[key], _SHOWN)} → {short(text, _SHOWN)}"
        for key, text in now.items()
        if key in before and before[key] != text
    ]
    same = {*added} & {*gone}  # of a message whose source is another now
    added, gone = ([text for text in texts if text not in same] for texts in (added, gone))
    if not (added or gone or other):
        yield "Nothing changed."
        yield ""
    for word, found in (("Changed", other), ("New", added), ("No longer there", gone)):
        yield from _listed(word, found)


def _listed(word: str, found: Sequence[str]) -> Iterator[str]:
    if found:
        yield f"{word} ({len(found)}):"
        yield ""
        yield from (f"- {short(text, 2 * _SHOWN)}" for text in found[:_MOST])
        if len(found) > _MOST:
            yield f"- and {len(found) - _MOST} more"
        yield ""


def _order(name: str) -> list[tuple[int, int, str]]:
    """How versions are sorted: 1.10 after 1.9, 1.0-rc1 before 1.0 and that before 1.0.1."""
    return [*map(_rank, re.findall(r"\d+|\D+", name)), (1, 0, "")]


def _rank(part: str) -> tuple[int, int, str]:
    """Where a part of a version stands beside others, the end (1) among them."""
    if part.isdecimal():
        return 2, int(part), ""
    is_before = any(map(str.isalpha, part)) and not part.startswith("+")
    return 0 if is_before else 2, -1, part
