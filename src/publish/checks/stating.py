"""Stating: what a file says of title, identifier, date, language and licence, read from its bytes.

Each format has its own place for them; one that has none for a statement is not asked for it. The
kinds are those of `checks.records`: `language` is a whole tag, `code` one of two or three letters,
`licence` an address, `spdx` an identifier, `doi` an identifier where only a DOI has a place.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree, html

Said = dict[str, tuple[str, ...]]

_NAMES = {
    "ali": "http://www.niso.org/schemas/ali/1.0/",
    "ai": "http://www.crossref.org/AccessIndicators.xsd",
    "atom": "http://www.w3.org/2005/Atom",
    "c": "http://www.crossref.org/schema/5.4.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "o": "http://ns.editeur.org/onix/3.0/reference",
    "opf": "http://www.idpf.org/2007/opf",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
_JATS = {
    "title": "front/article-meta/title-group/article-title",
    "identifier": "front/article-meta/article-id",
    "date": "front/article-meta/pub-date/@iso-8601-date",
    "language": "@xml:lang",
    "licence": "front/article-meta/permissions//ali:license_ref",
}
_CROSSREF = {
    "title": "//c:titles/c:title",
    "identifier": "//c:doi_data/c:doi",
    "date": "concat(//c:publication_date/c:year, //c:publication_date/c:month,"
    " //c:publication_date/c:day)",
    "code": "//c:report-paper_metadata/@language | //c:book_metadata/@language",
    "licence": "//ai:license_ref",
}
_ONIX = {
    "title": "//o:DescriptiveDetail/o:TitleDetail[o:TitleType='01']//o:TitleText",
    "identifier": "o:Product/o:ProductIdentifier/o:IDValue",
    "date": "//o:PublishingDate[o:PublishingDateRole='01']/o:Date",
    "code": "//o:Language[o:LanguageRole='01']/o:LanguageCode",
    "licence": "//o:EpubLicenseExpressionLink",
}
_DUBLIN_CORE = {
    "title": "dc:title[1]",
    "identifier": "dc:identifier",
    "date": "dc:date",
    "language": "dc:language",
    "licence": "dc:rights[starts-with(., 'https://')]",
}
_ENTRY = {
    "title": "atom:title",
    "identifier": "dcterms:identifier",
    "date": "dcterms:issued",
    "language": "dcterms:language",
    "licence": "atom:link[@rel='license']/@href",
}
_BOOK = {
    "title": "opf:metadata/dc:title[1]",
    "identifier": "opf:metadata/dc:identifier",
    "date": "opf:metadata/dc:date",
    "language": "opf:metadata/dc:language",
    "licence": "opf:metadata/opf:meta[@property='dcterms:license']",
}
_XMP = {
    "title": "//dc:title//rdf:li",
    "identifier": "//dc:identifier",
    "date": "//xmp:CreateDate",
    "language": "//dc:language//rdf:li",
    "licence": "//xmpRights:WebStatement",
}
_PAGE = {
    "title": "//head/title | //meta[@name='citation_title' or @name='DC.title']/@content",
    "identifier": "//meta[@name='DC.identifier']/@content",
    "date": "//meta[@name='DC.date' or @name='citation_publication_date']/@content",
    "language": "/html/@lang | //meta[@name='DC.language']/@content",
    "licence": "//link[@rel='license']/@href | //meta[@name='DC.rights']/@content",
}
# BibTeX, RIS and CITATION.cff are lines of one statement each.
_BIBTEX = {
    "title": r"^  title = \{\{(.*)\}\}",
    "doi": r"^  doi = \{(.*)\}",
    "date": r"^  date = \{(.*)\}",
    "language": r"^  language = \{(.*)\}",
}
_RIS = {
    "title": r"^TI  - (.*)",
    "doi": r"^DO  - (.*)",
    "date": r"^DA  - (.*)",
    "language": r"^LA  - (.*)",
}
_CFF = {
    "title": r'^ *title: "(.*)"',
    "doi": r'^ *doi: "(.*)"',
    "date": r'^ *date-released: "(.*)"',
    "code": r'languages:\n *- "(.*)"',
    "spdx": r'^ *license: "(.*)"',
}


class UnreadableError(Exception):
    """A file is not in the format that its name says."""


def said(name: str, data: bytes, urn: str) -> Said:
    """What a file says, by the kind of statement; nothing of a file that states nothing.

    In: its name in the edition's folder, its bytes, the edition's URN, by which it is found in
    a catalogue of several. UnreadableError if it is damaged.
    """
    suffix = name.rpartition(".")[2]
    reader = _READERS.get(name.rpartition("/")[2]) or _READERS.get(suffix)
    if reader is None or ("/" in name) != (suffix not in _FOR_READERS):
        return {}
    try:
        found = reader(data, urn)
    except _UNREADABLE as error:
        why = " ".join(str(error).split())[:120]
        raise UnreadableError(why or type(error).__name__) from error
    return {kind: _clean(kind, values) for kind, values in found.items()}


_FOR_READERS = {"pdf", "epub", "html"}
# What zip, XML and JSON raise that are damaged, and what looks for something that is not in them.
_UNREADABLE = (
    *(ValueError, LookupError, TypeError, AttributeError, RuntimeError),
    *(EOFError, BadZipFile, zlib.error, etree.LxmlError),
)


def _clean(kind: str, values: Iterable[str]) -> tuple[str, ...]:
    """Values without white space round them, each once; dates as 2026-11-22."""
    texts = dict.fromkeys(" ".join(value.split()) for value in values)
    if kind != "date":
        return tuple(text for text in texts if text)
    days = [re.sub(r"\D", "", text)[:8] for text in texts]
    return tuple(dict.fromkeys(f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in days if day))


def _tree(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(data, parser)


def _at(root: etree._Element, paths: Mapping[str, str]) -> Said:
    return {
        kind: tuple(_texts(root.xpath(path, namespaces=_NAMES))) for kind, path in paths.items()
    }


def _texts(found: Any) -> Iterable[str]:
    if isinstance(found, str):
        return [found]
    return ["".join(one.itertext()) if etree.iselement(one) else str(one) for one in found]


def _xml(paths: Mapping[str, str]) -> Callable[[bytes, str], Said]:
    return lambda data, _: _at(_tree(data), paths)


def _lines(patterns: Mapping[str, str]) -> Callable[[bytes, str], Said]:
    def read(data: bytes, _: str) -> Said:
        text = data.decode().replace("\r\n", "\n")
        return {
            kind: tuple(_unquoted(value) for value in re.findall(pattern, text, re.MULTILINE))
            for kind, pattern in patterns.items()
        }

    return read


def _unquoted(text: str) -> str:
    r"""A string of JSON or TeX without its escapes: `\&` is an ampersand."""
    return re.sub(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\(.)", _sign, text)


def _sign(found: re.Match[str]) -> str:
    named = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}
    return named[found[1]] if found[1] else str(found[2])


def _book(data: bytes, _: str) -> Said:
    with ZipFile(BytesIO(data)) as file:
        if {each.compress_type for each in file.infolist()} - {ZIP_STORED, ZIP_DEFLATED}:
            raise ValueError("it is packed in another way than books are")  # OCF, 4.2
        container = _tree(file.read("META-INF/container.xml"))
        path = next(iter(_texts(container.xpath("//@full-path"))), "")
        return _at(_tree(file.read(path)), _BOOK)


def _pdf(data: bytes, _: str) -> Said:
    """The XMP packet, which our PDFs leave uncompressed for just such readers."""
    start, end = data.find(b"<x:xmpmeta"), data.find(b"</x:xmpmeta>")
    if start < 0 or end < 0:
        raise ValueError("it has no XMP packet")
    return _at(_tree(data[start : end + len(b"</x:xmpmeta>")]), _XMP)


def _page(data: bytes, _: str) -> Said:
    return _at(html.document_fromstring(data), _PAGE)


def _entry(data: bytes, urn: str) -> Said:
    for entry in _tree(data).iterfind("atom:entry", _NAMES):
        if entry.findtext("atom:id", "", _NAMES) == urn:
            return _at(entry, _ENTRY)
    return dict.fromkeys(_ENTRY, ())


def _publication(data: bytes, urn: str) -> Said:
    for each in json.loads(data)["publications"]:
        known = each["metadata"]
        if urn in {known.get("identifier"), *known.get("altIdentifier", ())}:
            links = [link["href"] for link in each["links"] if link["rel"] == "license"]
            return {
                "title": (known["title"],),
                "identifier": (known["identifier"],),
                "date": (known["published"],),
                "language": (known["language"],),
                "licence": tuple(links),
            }
    return dict.fromkeys(_ENTRY, ())


def _csl(data: bytes, _: str) -> Said:
    (item,) = json.loads(data)
    year, *others = item["issued"]["date-parts"][0]
    return {
        "title": (item["title"],),
        "doi": (item["DOI"],) if "DOI" in item else (),
        "date": (f"{year}{''.join(f'{number:02}' for number in others)}",),
        "language": (item["language"],),
    }


_READERS: dict[str, Callable[[bytes, str], Said]] = {
    "CITATION.cff": _lines(_CFF),
    "citation.bib": _lines(_BIBTEX),
    "citation.json": _csl,
    "citation.ris": _lines(_RIS),
    "crossref.xml": _xml(_CROSSREF),
    "dublin-core.xml": _xml(_DUBLIN_CORE),
    "epub": _book,
    "html": _page,
    "jats.xml": _xml(_JATS),
    "onix.xml": _xml(_ONIX),
    "opds.json": _publication,
    "opds.xml": _entry,
    "pdf": _pdf,
}
