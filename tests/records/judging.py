"""What each record is judged by: the official schema where a package has it, else one of ours.

Of JATS 1.3 packages have only its last draft, 1.3d2, in the Publishing Tag Set. What is declared
is the Archiving set, which includes it but does not ask for a journal and its ISSN; both are put
in here, and then the stricter set must be content.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import jsonschema
import yaml
from lxml import etree
from onixcheck import validate

OFFICIAL = Path(sys.prefix) / "schemas" / "commonmeta" / "resources"
OWN = Path(__file__).with_name("schemas")
_JATS = "{http://www.ncbi.nlm.nih.gov/JATS1}"
# Where the schemas name addresses, the files beside them.
_LOCAL = {
    r"https?://www\.w3\.org/Math/XMLSchema/mathml3/": "standard-modules/mathml3/",
    r"https?://www\.w3\.org/(2001|2009/01)/": "",
}

Faults = list[str]


@cache
def crossref_and_jats() -> etree.XMLSchema:
    """One schema for both, since Crossref's has all of JATS in it; it takes some seconds."""
    folder = Path(mkdtemp()) / "crossref"
    shutil.copytree(OFFICIAL / "crossref", folder)
    for path in folder.glob("*5.4.0.xsd"):
        text = path.read_text("utf-8")
        for address, name in _LOCAL.items():
            text = re.sub(f'schemaLocation="{address}', f'schemaLocation="{name}', text)
        path.write_text(text, "utf-8")
    try:
        return etree.XMLSchema(etree.parse(str(folder / "crossref5.4.0.xsd")))
    finally:
        shutil.rmtree(folder.parent)


def crossref(data: bytes) -> Faults:
    return _faults(crossref_and_jats(), etree.fromstring(data))


def jats(data: bytes) -> Faults:
    root = etree.fromstring(data)
    assert root.get("dtd-version") == "1.3"
    root.set("dtd-version", "1.3d2")
    journal = root.find("front/journal-meta")
    assert journal is not None
    for name, place in (("journal-id", 0), ("issn", len(journal))):
        if journal.find(name) is None:
            missing = etree.Element(name)
            missing.text = "1234-5679"
            journal.insert(place, missing)
    for element in root.iter(etree.Element):
        if not str(element.tag).startswith("{"):
            element.tag = _JATS + str(element.tag)
    return _faults(crossref_and_jats(), root)


def onix(data: bytes) -> Faults:
    folder = Path(mkdtemp())
    path = folder / "onix.xml"
    path.write_bytes(data)
    try:
        found = [*validate(str(path), schemas=("xsd",)), *validate(str(path), schemas=("rng",))]
        return [message.short for message in found]
    finally:
        shutil.rmtree(folder)


def dublin_core(data: bytes) -> Faults:
    schema = etree.XMLSchema(etree.parse(str(OWN / "oai_dc.xsd")))
    root = etree.fromstring(data)
    root.attrib.pop("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    return _faults(schema, root)


def sitemap(data: bytes) -> Faults:
    schema = etree.XMLSchema(etree.parse(str(OWN / "sitemap.xsd")))
    return _faults(schema, etree.fromstring(data))


def opds_1(data: bytes) -> Faults:
    return _faults(etree.RelaxNG(etree.parse(str(OWN / "opds-1.2.rng"))), etree.fromstring(data))


def opds_2(data: bytes) -> Faults:
    return _json(OWN / "opds-2.0.json", json.loads(data))


def csl_json(data: bytes) -> Faults:
    return _json(OFFICIAL / "csl-data.json", json.loads(data))


def cff(data: bytes) -> Faults:
    return _json(OFFICIAL / "cff_v1.2.0.json", yaml.safe_load(data))


def _json(schema: Path, value: Any) -> Faults:
    rules = json.loads(schema.read_text("utf-8"))
    judge = jsonschema.validators.validator_for(rules)(rules)
    return [error.message for error in judge.iter_errors(value)]


def _faults(schema: etree.XMLSchema | etree.RelaxNG, root: etree._Element) -> Faults:
    return [] if schema.validate(root) else [str(entry) for entry in schema.error_log]


JUDGES: dict[str, Callable[[bytes], Faults]] = {
    "CITATION.cff": cff,
    "citation.json": csl_json,
    "crossref.xml": crossref,
    "dublin-core.xml": dublin_core,
    "jats.xml": jats,
    "onix.xml": onix,
    "opds.json": opds_2,
    "opds.xml": opds_1,
    "sitemap.xml": sitemap,
}
