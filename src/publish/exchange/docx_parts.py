"""The parts of a Word document that say nothing of its contents (ISO/IEC 29500-2)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from publish.exchange.values import Parcel

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def fixed(parcel: Parcel) -> dict[str, bytes]:
    """All parts but the document itself, by name."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _STYLED,
        "word/styles.xml": _STYLES,
        "docProps/core.xml": _core(parcel),
    }
    return {name: (_HEAD + text).encode() for name, text in parts.items()}


def _core(parcel: Parcel) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(parcel.title)}</dc:title>"
        f"<dc:identifier>publish:{escape(parcel.edition)}</dc:identifier>"
        f"<dc:language>{escape(parcel.language)}</dc:language></cp:coreProperties>"
    )


_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" '
    'Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_STYLED = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>'
    "</Relationships>"
)


def _style(kind: str, id: str, name: str, rest: str = "", *, default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}"{first} w:styleId="{id}"><w:name w:val="{name}"/>{rest}</w:style>'
    )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/>'
    '<w:szCs w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style("paragraph", "Normal", "Normal", default=True)
    + _style("paragraph", "Title", "Title", '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>')
    + _style(
        "paragraph",
        "Id",
        "publish id",
        '<w:rPr><w:noProof/><w:color w:val="BBBBBB"/><w:sz w:val="8"/></w:rPr>',
    )
    + _style(
        "character",
        "PublishCode",
        "publish code",
        '<w:rPr><w:noProof/><w:color w:val="808080"/></w:rPr>',
    )
    + _style(
        "table",
        "TableGrid",
        "Table Grid",
        f'<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar><w:left w:w="80" '
        'w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    )
    + "</w:styles>"
)
