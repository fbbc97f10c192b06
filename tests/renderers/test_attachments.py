"""The archive copy: source, catalogue and metadata within the PDF/A-3."""

from __future__ import annotations

from pathlib import Path, PurePath

import page
import pikepdf
import pytest

from publications import ARTICLE, METADATA, append, files, made, publish, write

MAP = "manuscript/figures/my map.svg"
KINDS = {
    ".md": "/text/markdown",
    ".po": "/text/x-gettext-translation",
    ".svg": "/image/svg+xml",
    ".yaml": "/application/yaml",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("archive") / "model", built=False)
    append(METADATA, "attach: true\n")(folder)
    append(ARTICLE, '\n![A map](figures/my%20map.svg){alt="A map"}\n')(folder)
    write(MAP, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')(folder)
    done = publish("build", "-f", "pdf", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("edition", ["en", "ko"])
def test_what_an_edition_was_made_from_is_in_its_pdf(folder: Path, edition: str) -> None:
    (path,) = folder.glob(f"build/{edition}/*.pdf")
    with pikepdf.open(path) as pdf:
        held = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        assert list(held) == sorted(held)
        for name, data in held.items():
            assert (folder / name).read_bytes() == data
        specs = {name: spec.obj for name, spec in pdf.attachments.items()}
        relationships = {name: str(spec["/AFRelationship"]) for name, spec in specs.items()}
        assert len(pdf.Root.AF) == len(held)
        kinds = {name: str(spec.EF.F["/Subtype"]) for name, spec in specs.items()}
        assert kinds == {name: KINDS[PurePath(name).suffix] for name in held}
        assert bool(pdf.Root.MarkInfo.Marked)
    assert relationships[ARTICLE] == relationships[MAP] == "/Source"
    assert relationships[METADATA] == "/Data"
    catalogue = f"translations/{edition}/LC_MESSAGES/manuscript.po"
    assert relationships.get(catalogue) == (None if edition == "en" else "/Source")
    for profile in ("ua1", "3a"):
        report = page.validate_pdf(path, profile=profile)
        assert report.is_compliant, [fault.message for fault in report.failures]


def test_it_is_the_same_every_time_and_nothing_is_attached_unasked(folder: Path) -> None:
    before = files(folder)
    for path in folder.glob("build/*/*.pdf"):
        path.unlink()
    assert publish("build", "-f", "pdf", "-l", "ko", cwd=folder).returncode == 0
    (path,) = folder.glob("build/ko/*.pdf")
    assert path.read_bytes() == before[path.relative_to(folder).as_posix()]
    metadata = folder / METADATA
    metadata.write_text(metadata.read_text("utf-8").replace("attach: true\n", ""), "utf-8")
    assert publish("build", "-f", "pdf", "-l", "ko", cwd=folder).returncode == 0
    with pikepdf.open(path) as pdf:
        assert not pdf.attachments
        assert "/AF" not in pdf.Root
