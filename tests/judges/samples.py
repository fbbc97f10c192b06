"""Small artefacts, one good and others each with one fault, to see that the judges bite."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from weasyprint import HTML

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A sample</title>
<style>
:root { color-scheme: light dark }
body { color: #222; background: #fff }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #222 } }
</style>
</head>
<body>
<main>
<h1 id="top">A sample of some words</h1>
<p>It stands here to be judged; see <a href="#top">its beginning</a>.</p>
</main>
</body>
</html>
"""

MIMETYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:3f1c7f0e-55a1-4c0e-9d57-2d7a4f0c9b11</dc:identifier>
<dc:title>A sample</dc:title>
<dc:language>en</dc:language>
<meta property="dcterms:modified">2026-11-22T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Text alone.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine><itemref idref="text"/></spine>
</package>
"""
XHTML = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="en" xml:lang="en">
<head><title>A sample</title></head>
<body>{body}</body>
</html>
"""
BOOK = {
    "mimetype": MIMETYPE,
    "META-INF/container.xml": CONTAINER,
    "package.opf": PACKAGE,
    "nav.xhtml": XHTML.format(
        body='<nav epub:type="toc" role="doc-toc"><h1>Contents</h1>'
        '<ol><li><a href="text.xhtml#one">One</a></li></ol></nav>'
    ),
    "text.xhtml": XHTML.format(body='<section id="one"><h1>One</h1><p>Words.</p></section>'),
}

CATALOGUE = r"""msgid ""
msgstr ""
"Project-Id-Version: sample\n"
"PO-Revision-Date: 2026-11-22 12:00+0000\n"
"Last-Translator: A. Nother <another@example.org>\n"
"Language-Team: German <de@example.org>\n"
"Language: de\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"

msgid "One\n"
msgstr "Eins\n"
"""


def page(folder: Path, name: str = "good", old: str = "", new: str = "") -> Path:
    """A web page, with the first `old` put as `new`."""
    return written(folder / f"{name}.html", changed(PAGE, old, new))


def catalogue(folder: Path, name: str = "good", old: str = "", new: str = "") -> Path:
    """A catalogue, with the first `old` put as `new`."""
    return written(folder / f"{name}.po", changed(CATALOGUE, old, new))


def book(folder: Path, name: str = "good", part: str = "", old: str = "", new: str = "") -> Path:
    """An EPUB, with the first `old` in one of its parts put as `new`."""
    parts = BOOK | ({part: changed(BOOK[part], old, new)} if part else {})
    path = folder / f"{name}.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for at, text in parts.items():
            archive.writestr(at, text)
    return path


def document(folder: Path, name: str = "good", old: str = "", new: str = "", **more: Any) -> Path:
    """A PDF of the web page, with the first `old` put as `new`."""
    path = folder / f"{name}.pdf"
    options = {"pdf_variant": "pdf/ua-1", "uncompressed_pdf": True} | more
    HTML(string=changed(PAGE, old, new)).write_pdf(path, **options)
    return path


def changed(text: str, old: str, new: str) -> str:
    """The text with one fault; a fault that does not fit would prove nothing."""
    assert old in text
    return text.replace(old, new, 1) if old else text


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
