"""Metadata: what a PDF says about itself beyond what WeasyPrint writes.

One file is PDF/A-3a, which WeasyPrint declares, and PDF/UA-1, which is declared here; PDF/A
wants a description of each schema that is not its own (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

from html import escape
from typing import Any

from publish.editions import Edition, identifiers

UNIVERSAL_ACCESS = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def complete(edition: Edition, pdf: Any) -> None:
    """Add identifier, language, rights, publisher and the claim of PDF/UA-1 to the file's XMP.

    In: pydyf's PDF, complete but not yet written; it is changed in place. The packet is left
    uncompressed, so that a program that knows no PDF can find it.
    """
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    text = b"\n".join(packet.stream).decode()
    head, mark, tail = text.rpartition("</rdf:RDF>")
    more = UNIVERSAL_ACCESS + _facts(edition)
    packet.stream = [f"{head}{more}{mark}{tail}".encode()]
    packet.compress = False


def _facts(edition: Edition) -> str:
    """Dublin Core and the rights schema (XMP specification, part 1, 8.3 and 8.4)."""
    facts = [
        f"<dc:identifier>{escape(identifiers.main(edition), quote=False)}</dc:identifier>",
        _list("dc:language", "Bag", edition.language.tag),
    ]
    if edition.rights:
        facts.append(_list("dc:rights", "Alt", edition.rights, ' xml:lang="x-default"'))
    if edition.publisher.name:
        facts.append(_list("dc:publisher", "Bag", edition.publisher.name))
    if edition.translation_note:
        facts.append(f"<dc:source>{escape(edition.translation_note, quote=False)}</dc:source>")
    if edition.disclaimer:
        terms = _list("xmpRights:UsageTerms", "Alt", edition.disclaimer, ' xml:lang="x-default"')
        facts.append(terms)
    if edition.licence_url:
        url = escape(edition.licence_url, quote=False)
        facts.append(f"<xmpRights:WebStatement>{url}</xmpRights:WebStatement>")
    return (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">{"".join(facts)}'
        "</rdf:Description>\n"
    )


def _list(name: str, kind: str, value: str, attribute: str = "") -> str:
    item = f"<rdf:li{attribute}>{escape(value, quote=False)}</rdf:li>"
    return f"<{name}><rdf:{kind}>{item}</rdf:{kind}></{name}>"
