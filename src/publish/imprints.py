"""Imprints: what the files `edition.yaml` say of an edition, with the files that they name.

An edition of a partner (`ko+kips`) has the text of its language; what its own file does not say
comes from that of the language (`ko`), but for the house's name and what goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from publish import manuscripts
from publish.manuscripts import File, Files, Manuscript
from publish.metadata import EditionFile, Organisation, Source
from publish.problems import Location, Problem, PublishError
from publish.project import Project
from publish.records import Record, field

_SIGNS = {".png": b"\x89PNG\r\n", ".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8"}  # how files begin
_LARGEST = 2**20  # a logo goes into every page and every book


class Imprint(Record, frozen=True):
    """What an edition adds: values, biographies by their names, and its logo as name and bytes."""

    values: EditionFile = field(default_factory=EditionFile)
    bios: Mapping[str, File] = field(default_factory=dict)
    logo: tuple[str, bytes] = ("", b"")


def read(project: Project, edition: str, manuscript: Manuscript) -> Imprint:
    """The imprint of an edition.

    PublishError: all that is wrong in its files, `imprint-logo`, `edition-catalogue` for a text
    of its own.
    """
    source = manuscript.metadata.language
    language = edition.partition("+")[0]
    values, bios = EditionFile(), dict[str, File]()
    for name in dict.fromkeys((language, edition)):
        if name != source:
            own, more = _one(project, name)
            values = own if name == language else own.over(values)
            bios |= more
    _check_catalogue(project, edition)
    return Imprint(values, bios, _logo(project, values, manuscript))


def house(values: EditionFile) -> Organisation | None:
    """Under whose imprint an edition appears, if it says so."""
    return values.publisher or values.partner


def partner(project: Project, edition: str) -> str:
    """The name of the institute whose edition it is, '' for an edition of no partner."""
    if "+" not in edition:
        return ""
    values, _ = manuscripts.read_edition(project, edition)
    own = values.partner or values.publisher
    return own.name if own and own.name else edition.partition("+")[2]


def _one(project: Project, edition: str) -> tuple[EditionFile, dict[str, File]]:
    """One file `edition.yaml`, and the biographies it names."""
    values, source = manuscripts.read_edition(project, edition)
    folder = project.edition_file(edition).parent
    files = Files(project, folder)
    placed = values.placed(project.name(folder))
    bios = {}
    for n, (written, named) in enumerate(
        zip(values.contributors, placed.contributors, strict=True)
    ):
        if file := files.read((written.bio, source.at(f"contributors.{n}.bio"))):
            bios[named.bio] = file
    for key in ("partner", "publisher", "on_behalf_of"):
        _find(files, values, key, source)
    files.stop()
    return placed, bios


def _find(files: Files, values: EditionFile, key: str, source: Source) -> None:
    """Whether the logo that a house names is there."""
    if (named := getattr(values, key)) and named.logo:
        with files.each():
            files.project.inside(files.folder, named.logo, source.at(f"{key}.logo"))


def _check_catalogue(project: Project, edition: str) -> None:
    language, is_partners, _ = edition.partition("+")
    own = project.translations / edition / "LC_MESSAGES"
    if is_partners and own.exists():
        what = f"the text of {edition} is that of {language}; it has no catalogue of its own"
        hint = f"Move the catalogue to translations/{language}/, or delete it if that one is newer."
        raise PublishError(
            Problem("edition-catalogue", what, Location(project.name(own)), hint=hint)
        )


def _logo(project: Project, values: EditionFile, manuscript: Manuscript) -> tuple[str, bytes]:
    """The logo of the house whose imprint it is, from the edition's files or the manuscript."""
    path: Path | None = None
    if own := house(values):
        path = project.root / own.logo if own.logo else None
    elif name := manuscript.metadata.publisher.logo:
        place = manuscript.source.at("publisher.logo")
        path = project.inside(project.manuscript, name, place)
    if path is None:
        return "", b""
    data, name = project.bytes(path), project.name(path)
    signs = _SIGNS.get(path.suffix.lower(), b"")
    if len(data) > _LARGEST or not data.startswith(signs):
        what = "this is no picture of its kind, or one of more than 1 MB"
        hint = "Save it as SVG, PNG or JPEG, as large as it is shown (some 1000 pixels wide)."
        raise PublishError(Problem("imprint-logo", what, Location(name), hint=hint))
    return name, data
