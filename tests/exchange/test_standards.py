"""Our files as others read them: translate-toolkit, python-docx if there, and OASIS's schemas.

The schemas come with no package. With PUBLISH_XLIFF_SCHEMAS naming the folder of xliff-21/schemas
from OASIS's repository (oasis-tcs/xliff-xliff-22) they judge; without it only what is said there
about structure is looked at.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from exchange.samples import FORMS, of_language, small, written
from publish.catalogues import Catalogue
from publish.documents.pandoc import Pandoc
from publish.exchange import plans, recognition

SCHEMAS = os.environ.get("PUBLISH_XLIFF_SCHEMAS", "")
CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
XML = "http://www.w3.org/XML/1998/namespace"
STATES = {"initial", "translated", "reviewed", "final"}


@pytest.mark.skipif(not SCHEMAS, reason="PUBLISH_XLIFF_SCHEMAS names no folder of OASIS's schemas")
def test_valid_by_the_schema(catalogue: Catalogue, language: str, pandoc: Pandoc) -> None:
    root = etree.fromstring(written("xliff", catalogue, language, pandoc))
    _schema().assertValid(root)


def _schema() -> etree.XMLSchema:
    folder = Path(SCHEMAS).absolute()

    names = {"document": "xliff_core_2.0", "glossary": "glossary", "metadata": "metadata"}
    imports = "".join(
        f'<xs:import namespace="urn:oasis:names:tc:xliff:{name}:2.0" '
        f'schemaLocation="{(folder / file).as_uri()}.xsd"/>'
        for name, file in names.items()
    )
    copy = folder / "informativeCopiesOf3rdPartySchemas/w3c/xml.xsd"
    imports = f'<xs:import namespace="{XML}" schemaLocation="{copy.as_uri()}"/>{imports}'
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text))


def test_structure_of_xliff(catalogue: Catalogue, language: str, pandoc: Pandoc) -> None:
    """Constraints of XLIFF 2.1, 4.2 and 4.3, that no schema sees or that we cannot do without."""
    root = etree.fromstring(written("xliff", catalogue, language, pandoc))
    ids = [file.get("id") for file in root.iter(f"{CORE}file")]
    assert len(ids) == len(set(ids))
    units = list(root.iter(f"{CORE}unit"))
    assert len({unit.get("id") for unit in units}) == len(units) == len(catalogue.messages)
    for unit in units:
        _look_at_unit(unit)


def _look_at_unit(unit: etree._Element) -> None:
    data = {each.get("id") for each in unit.iter(f"{CORE}data")}
    for side in ("source", "target"):
        codes = [
            e for part in unit.iter(f"{CORE}{side}") for e in part.iter(f"{CORE}pc", f"{CORE}ph")
        ]
        assert len({code.get("id") for code in codes}) == len(codes)
        for code in codes:
            wanted = {code.get(name) for name in ("dataRef", "dataRefStart", "dataRefEnd")} - {None}
            assert wanted <= data
    for segment in unit.iter(f"{CORE}segment"):
        assert segment.get("state") in STATES
        assert segment.find(f"{CORE}source") is not None
        assert (segment.find(f"{CORE}target") is None) == (segment.get("state") == "initial")


def test_translate_toolkit_reads_xliff(language: str, catalogue: Catalogue, pandoc: Pandoc) -> None:
    xliff = pytest.importorskip("translate.storage.xliff")
    store = xliff.xlifffile.parsestring(written("xliff1", catalogue, language, pandoc))
    units = [unit for unit in store.units if unit.istranslatable()]
    assert len(units) == len(catalogue.messages)
    assert all(unit.istranslated() for unit in units)
    plain = [e for e in catalogue.messages if e.text.replace(" ", "").isalpha()]
    found = {unit.source: unit.target for unit in units}
    assert plain
    assert all(found[entry.text] == entry.translation for entry in plain)


def test_translate_toolkit_reads_xliff_2(
    language: str, catalogue: Catalogue, pandoc: Pandoc
) -> None:
    xliff2 = pytest.importorskip("translate.storage.xliff2")
    store = xliff2.Xliff2File.parsestring(written("xliff", catalogue, language, pandoc))
    found = {unit.source: unit.target for unit in store.units}
    plain = [e for e in catalogue.messages if e.text.replace(" ", "").isalpha()]
    assert plain
    assert all(found[entry.text] == entry.translation for entry in plain)


def test_translate_toolkit_reads_tmx(language: str, catalogue: Catalogue, pandoc: Pandoc) -> None:
    tmx = pytest.importorskip("translate.storage.tmx")
    store = tmx.tmxfile.parsestring(written("tmx", catalogue, language, pandoc))
    assert len(store.units) == sum(e.translated for e in catalogue.messages)
    plain = [e for e in catalogue.messages if e.text.replace(" ", "").isalpha()]
    assert all(store.translate(entry.text, "en", language) == entry.translation for entry in plain)


def test_what_pofilter_remarks_comes_back_without_a_change(
    language: str, catalogue: Catalogue, pandoc: Pandoc, tmp_path: Path
) -> None:
    """It leaves those messages that it doubts, each with a comment, in a layout of its own."""
    (tmp_path / "a.po").write_bytes(written("po", catalogue, language, pandoc))
    filter_ = (sys.executable, "-m", "translate.filters.pofilter", "--progress=none")
    subprocess.run([*filter_, tmp_path / "a.po", tmp_path / "b.po"], check=True, timeout=60)
    data = (tmp_path / "b.po").read_bytes()
    found = plans.plan(recognition.read(data, "b.po"), catalogue, pandoc)
    assert b"# (pofilter) " in data
    assert (found.errors, found.warnings, found.changes) == ([], [], [])
    assert found.unchanged > 20


def test_word_documents_are_whole(pandoc: Pandoc) -> None:
    data = written("docx", small(("One *two*.[^1]", "Eins *zwei*.[^1]")), "de", pandoc)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    document, styles = roots["word/document.xml"], roots["word/styles.xml"]
    named = {style.get(f"{w}styleId") for style in styles.iter(f"{w}style")}
    used = {
        e.get(f"{w}val") for tag in ("pStyle", "rStyle", "tblStyle") for e in document.iter(w + tag)
    }
    assert used <= named
    assert {row.tag for row in document.iter(f"{w}tr")}
    languages = {e.get(f"{w}val") for e in document.iter(f"{w}lang")}
    assert languages == {"en", "de"}


@pytest.mark.parametrize("language", ["ar", "he"])
def test_right_to_left_is_marked(language: str, pandoc: Pandoc) -> None:
    data = written("docx", small(("One", "واحد")), language, pandoc)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    assert text.count("<w:bidi/>") == 2 - 1
    assert "<w:rtl/>" in text


@pytest.mark.parametrize("form", FORMS)
def test_no_name_of_this_machine_in_a_file(form: str, pandoc: Pandoc) -> None:
    data = written(form, of_language("de"), "de", pandoc)
    assert str(Path.home()).encode() not in data
    assert os.uname().nodename.encode() not in data
