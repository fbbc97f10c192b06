"""What a file is, by what is in it: a name says little, and mail changes it."""

from __future__ import annotations

import re

from publish.exchange import safety
from publish.exchange.values import Delivery

_XML = re.compile(rb"\s*<|\xff\xfe<|\xfe\xff\x00<")
_PO = re.compile(rb'^(?:#~ )?msgid[ \t]+"', re.MULTILINE)
_TABLE = re.compile(rb'\s*"?term"?[,;\t]"?translation"?', re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"
_HINT = "XLIFF (1.2, 2.0, 2.1), DOCX, TMX, PO and a glossary's CSV can be imported."


def is_glossary(data: bytes) -> bool:
    """Whether a file is a table of terms."""
    return bool(_TABLE.match(data.removeprefix(_BOM)))


def read(data: bytes, path: str) -> Delivery:
    """The translations in a file; PublishError `exchange-type` and what its format can say."""
    safety.sized(data, path)
    if not data.strip(b"\0 \r\n\t"):
        raise safety.refused("exchange-broken", "the file is empty", path)
    if data.startswith(b"PK"):
        return _archive(data, path)
    if _XML.match(data.removeprefix(_BOM)):
        return _xml(data, path)
    if _PO.search(data):
        from publish.exchange import portions

        return portions.read(data, path)
    raise safety.refused("exchange-type", "nobody knows what this file is", path, _HINT)


def _archive(data: bytes, path: str) -> Delivery:
    from publish.exchange import docx_reading

    archive = safety.Archive(data, path)
    if docx_reading.DOCUMENT not in archive.names:
        hint = "Save it as DOCX." if "content.xml" in archive.names else _HINT
        raise safety.refused("exchange-type", "this archive is no Word document", path, hint)
    return docx_reading.read(archive, path)


def _xml(data: bytes, path: str) -> Delivery:
    from publish.exchange import tmx, xliff, xliff1, xliff_reading

    root = safety.xml(data, path)
    if root.tag == f"{{{xliff1.CORE}}}xliff":
        return xliff1.read(root, path)
    if root.tag == f"{{{xliff.CORE}}}xliff":
        return xliff_reading.read(root, path)
    if root.tag == "tmx":
        return tmx.read(root, path)
    raise safety.refused(
        "exchange-type", f"this is XML of another kind: <{str(root.tag)[:60]}>", path, _HINT
    )
