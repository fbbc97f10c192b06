"""Publications that ask for what is not theirs: a file outside, or something on a network.

Each is the model publication with one change. What they want lies in a folder `outside`
beside them (`OUT` stands for its path) or at an address (`NET`) where nobody answers.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from publications import (
    ARTICLE,
    CATALOGUE,
    EDITION,
    FIGURE,
    METADATA,
    REFERENCES,
    Change,
    all_of,
    append,
    remove,
    replace,
    translate,
)

SECRET = "the secret of the house"  # noqa: S105  # looked for in all that is written
NET = "http://127.0.0.1:9"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
OWN_WORKS = "translations/ko/references.yaml"
GLOSSARY = "translations/ko/glossary.csv"


def outside(folder: Path) -> None:
    """What nobody may look at, in every form that is asked for."""
    folder.mkdir()
    for suffix in "txt md tex rst org typ html css toml csv yaml json bib csl po dtd ent".split():
        (folder / f"secret.{suffix}").write_text(f"{SECRET}\n")
    (folder / "secret.svg").write_text(f"<svg {SVG}><text>{SECRET}</text></svg>")
    (folder / "secret.png").write_bytes(PIXEL)


def put(path: str, text: str) -> Change:
    """A file of the publication, OUT in it replaced by the path of what is outside."""

    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text.replace("OUT", str(folder.parent / "outside")), "utf-8")

    return change


def say(text: str, path: str = ARTICLE) -> Change:
    """Something more at the end of a file."""

    def change(folder: Path) -> None:
        append(path, f"\n{text}\n".replace("OUT", str(folder.parent / "outside")))(folder)

    return change


def lead(path: str, target: str) -> Change:
    """A symbolic link out of the publication, in place of what there is."""

    def change(folder: Path) -> None:
        if (folder / path).exists():
            remove(path)(folder)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).symlink_to(target.replace("OUT", str(folder.parent / "outside")))

    return change


def drawn(inside: str, before: str = "", attributes: str = "") -> Change:
    """The drawing of the model with other contents."""
    return put(FIGURE, f"{before}<svg {SVG} {attributes} viewBox='0 0 9 9'>{inside}</svg>")


def pipe(path: str) -> Change:
    """Something that never ends, in place of a file."""

    def change(folder: Path) -> None:
        (folder / path).unlink(missing_ok=True)
        os.mkfifo(folder / path)

    return change


def named(key: str, value: str) -> Change:
    """A file named in the metadata."""
    return say(f"{key}: {value}", METADATA)


def works(value: str) -> Change:
    """Another bibliography."""

    def change(folder: Path) -> None:
        text = value.replace("OUT", str(folder.parent / "outside"))
        replace(METADATA, "references: references.yaml", f"references: {text}")(folder)

    return change


def chapter(suffix: str, text: str) -> Change:
    """One chapter more, in another format."""
    return put(f"manuscript/more.{suffix}", text)


def styled(name: str, text: str) -> Change:
    """A style sheet or a template of the publication's own."""
    return put(f"styles/{name}", text)


def packed(name: str, **files: str) -> Change:
    """A zip of XML files; `__` stands for a slash in their names."""

    def change(folder: Path) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as target:
            for path, text in files.items():
                name_in_it = path.replace("__", "/").replace("_dot_", ".")
                target.writestr(name_in_it, text.replace("OUT", str(folder.parent / "outside")))
        (folder / name).write_bytes(data.getvalue())

    return change


def linked(name: str) -> Change:
    """A zip in which a file is a symbolic link out of it."""

    def change(folder: Path) -> None:
        info = zipfile.ZipInfo("translation/manuscript.ko.po")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        with zipfile.ZipFile(folder / name, "w") as target:
            target.writestr(info, str(folder.parent / "outside/secret.po"))
            target.writestr("manifest.json", "{}")

    return change


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOC = f"<?xml version='1.0'?>%s<w:document {W} xmlns:r='{R}'><w:body><w:p><w:r>%s</w:r></w:p></w:body></w:document>"  # noqa: E501  # one document
BLIP = (
    "<w:drawing><wp:inline xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/"
    "wordprocessingDrawing'><a:graphic xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/"
    "main'><a:graphicData><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/"
    "picture'><pic:blipFill><a:blip r:%s='rId1'/></pic:blipFill></pic:pic></a:graphicData>"
    "</a:graphic></wp:inline></w:drawing>"
)
TYPES = (
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
    "<Default Extension='xml' ContentType='application/xml'/></Types>"
)


def relations(*each: str) -> str:
    return (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"{''.join(each)}</Relationships>"
    )


MAIN = relations(f"<Relationship Id='r' Type='{R}/officeDocument' Target='word/document.xml'/>")


def word(document: str, *links: str, head: str = "") -> Change:
    """A chapter in a Word file with links to other things."""
    return packed(
        "manuscript/more.docx",
        **{
            "[Content_Types]_dot_xml": TYPES,
            "_rels__.rels": MAIN,
            "word__document_dot_xml": DOC % (head, document),
            "word___rels__document_dot_xml_dot_rels": relations(*links),
        },
    )


EXTERNAL = f"<Relationship Id='rId1' Type='{R}/image' Target='%s' TargetMode='External'/>"
INTERNAL = f"<Relationship Id='rId1' Type='{R}/image' Target='%s'/>"
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file://OUT/secret.txt">]>'

PICTURES: Mapping[str, Change] = {
    "an absolute picture": say("![x](OUT/secret.png)"),
    "a picture by file:": say("![x](file://OUT/secret.png)"),
    "a picture by File: of a host": say("![x](FILE://localhost/OUT/secret.png)"),
    "a picture on the web": say(f"![x]({NET}/secret.png)"),
    "a picture without a scheme": say("![x](//127.0.0.1:9/secret.png)"),
    "a picture on a share": say(r"![x](\\\\127.0.0.1\\share\\secret.png)"),
    "a picture on FTP": say("![x](ftp://127.0.0.1/secret.png)"),
    "a picture above": say("![x](../../outside/secret.png)"),
    "a picture above, in code": say("![x](%2e%2e/%2e%2e/outside/secret.png)"),
    "a picture behind a link": all_of(
        lead("manuscript/x.png", "OUT/secret.png"), say("![x](x.png)")
    ),
    "a picture behind a folder that is a link": all_of(
        lead("manuscript/all", "OUT"), say("![x](all/secret.png)")
    ),
    "a picture behind a link to a link": all_of(
        lead("manuscript/a.png", "b.png"),
        lead("manuscript/b.png", "../../outside/secret.png"),
        say("![x](a.png)"),
    ),
    "a device for a picture": say("![x](/dev/zero)"),
    "a picture with a drawing in its address": say(
        "![x](data:image/svg+xml,%3Csvg%3E%3Cimage%20href='file://OUT/secret.png'/%3E%3C/svg%3E)"
    ),
    "a picture whose attributes fetch": say(
        "![x](figures/line.svg){srcset='OUT/secret.png' style='background: url(OUT/secret.png)'}"
    ),
    "a link to a file": say("[x](file://OUT/secret.txt) and [y](OUT/secret.txt)"),
    "a link to a relation on the web": say(f"[x]({NET}/){{rel=stylesheet}}"),
    "a picture in a title": replace(METADATA, "title: A Publ", "title: ![x](/etc/hosts) A Publ"),
    "a picture in the abstract": replace(
        METADATA, "This publication", "![x](../../outside/secret.png) This publication"
    ),
    "a picture in a biography": say("![x](/etc/hosts)", "manuscript/bio/author.md"),
    "a picture in a reference": replace(
        REFERENCES, "title: Examples", "title: '![x](/etc/hosts) Examples'#"
    ),
}

RAW: Mapping[str, Change] = {
    f"raw {name}": say(text)
    for name, text in {
        "img": "<img src='file://OUT/secret.png' alt=''>",
        "iframe": "<iframe src='file://OUT/secret.html'></iframe>",
        "object": "<object data='OUT/secret.svg'></object><embed src='OUT/secret.svg'>",
        "link": "<link rel=stylesheet href='file://OUT/secret.css'>",
        "attachment": "<link rel=attachment href='file://OUT/secret.txt'>",
        "base": "<base href='file://OUT/'><img src=secret.png alt=''>",
        "style": "<style>@import 'file://OUT/secret.css';</style>",
        "style of an element": "<p style='background: url(file://OUT/secret.png)'>x</p>",
        "video": f"<video src='{NET}/v' poster='OUT/secret.png'><track src='OUT/a.txt'></video>",
        "meta": f"<meta http-equiv=refresh content='0; {NET}'>",
        "svg": "<svg><image href='file://OUT/secret.png'/><use href='OUT/secret.svg#a'/></svg>",
        "block of HTML": "```{=html}\n<img src='file://OUT/secret.png'>\n```",
        "block of TeX": "```{=latex}\n\\input{OUT/secret.tex}\n```\n\n\\input{OUT/secret.tex}",
        "entity": "<!DOCTYPE p [<!ENTITY a SYSTEM 'file://OUT/secret.txt'>]>\n<p>&a;</p>",
        "XInclude": "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='OUT/secret.txt' parse='text'/>",  # noqa: E501  # one element
        "span with a style": "[x]{style='background-image: url(file://OUT/secret.png)'}",
        "settings of pandoc": "---\nbibliography: OUT/secret.bib\ncsl: OUT/secret.csl\n"
        "citation-abbreviations: OUT/secret.json\nresource-path: [OUT]\n"
        "include-before: OUT/secret.md\ntemplate: OUT/secret.html\n---",
    }.items()
}  # fmt: skip

DRAWINGS: Mapping[str, Change] = {
    "a drawing with a picture": drawn("<image href='file://OUT/secret.png' width='9' height='9'/>"),
    "a drawing with a picture by XLink": drawn(f"<image xlink:href='{NET}/x' width='9'/>"),
    "a drawing with a picture beside it": drawn("<image href='../../../outside/secret.png'/>"),
    "a drawing that uses another": drawn("<use href='file://OUT/secret.svg#a'/>"),
    "a drawing that uses another by XLink": drawn("<use xlink:href='OUT/secret.svg#a'/>"),
    "a drawing that imports": drawn("<style>@import 'file://OUT/secret.css';</style><text>a</text>"),
    "a drawing that imports in disguise": drawn(
        r"<style>@\69mport 'file://OUT/secret.css'; @IMPORT/**/'OUT/secret.css'</style>"
    ),
    "a drawing with a typeface": drawn(
        "<style>@font-face { font-family: X; src: url(file://OUT/secret.txt) }</style>"
    ),
    "a drawing with paint from elsewhere": drawn(
        f"<rect fill='url({NET}/#a)' style='filter: url(file://OUT/secret.svg#a)' width='9'/>"
    ),
    "a drawing with paint in disguise": drawn(
        r"<rect style='fill: u\72l(file://OUT/secret.svg#a)' width='9' height='9'/>"
    ),
    "a drawing with a filter": drawn("<filter id='f'><feImage href='OUT/secret.png'/></filter>"),
    "a drawing with an entity": drawn("<text>&a;</text>", ENTITY),
    "a drawing with a parameter entity": drawn(
        "<text>x</text>", "<!DOCTYPE svg [<!ENTITY % a SYSTEM 'file://OUT/secret.ent'> %a;]>"
    ),
    "a drawing with a DTD": drawn("<text>x</text>", "<!DOCTYPE svg SYSTEM 'file://OUT/secret.dtd'>"),
    "a drawing with a public DTD": drawn(
        "<text>x</text>", f"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' '{NET}/svg11.dtd'>"
    ),
    "a drawing with a style sheet": drawn(
        "<text>x</text>", "<?xml-stylesheet href='file://OUT/secret.css'?>"
    ),
    "a drawing with a page in it": drawn(
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='OUT/secret.html'/>"
        "</foreignObject>"
    ),
    "a drawing with a script": drawn(f"<script href='{NET}/x.js'/>"),
    "a drawing with a base": drawn(
        "<image href='secret.png' width='9'/>", attributes="xml:base='file://OUT/'"
    ),
    "a drawing with a typeface of SVG": drawn(
        "<font><font-face><font-face-src><font-face-uri xlink:href='OUT/secret.txt'/>"
        "</font-face-src></font-face></font>"
    ),
    "a drawing within a drawing": drawn(
        "<image width='9' height='9' href=\"data:image/png,%3Csvg xmlns='http://www.w3.org/2000/svg'"
        "%3E%3Cimage href='file://OUT/secret.png'/%3E%3C/svg%3E\"/>"
    ),
    "a drawing with XInclude": drawn(
        "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='OUT/secret.txt'/>"
    ),
}  # fmt: skip

CHAPTERS: Mapping[str, Change] = {
    "reStructuredText that includes": chapter("rst", "A\n=\n\n.. include:: OUT/secret.rst\n"),
    "reStructuredText with a table of a file": chapter(
        "rst", "A\n=\n\n.. csv-table::\n   :file: OUT/secret.csv\n"
    ),
    "reStructuredText with raw files": chapter(
        "rst",
        f"A\n=\n\n.. raw:: html\n   :file: OUT/secret.html\n\n.. raw:: html\n   :url: {NET}\n",
    ),
    "reStructuredText with a figure": chapter("rst", "A\n=\n\n.. figure:: OUT/secret.png\n"),
    "TeX that inputs": chapter("tex", "\\input{OUT/secret.tex}\\include{OUT/secret} Words.\n"),
    "TeX with listings": chapter("tex", "\\lstinputlisting{OUT/secret.txt} Words.\n"),
    "TeX with a package": chapter("tex", "\\usepackage{OUT/secret}\n\\section{A}\nWords.\n"),
    "TeX with a picture": chapter("tex", "Words. \\includegraphics{OUT/secret.png}\n"),
    "TeX with a bibliography": chapter("tex", "Words.\n\\bibliography{OUT/secret}\n"),
    "Org that includes": chapter(
        "org", '* A\n#+INCLUDE: "OUT/secret.org"\n[[file:OUT/secret.png]]\n'
    ),
    "Typst that includes": chapter(
        "typ",
        '#include "OUT/secret.typ"\n#read("OUT/secret.txt")\n#image("OUT/secret.png")\nWords.\n',
    ),
    "HTML with pages in it": chapter(
        "html", "<base href='file://OUT/'><h1>A</h1><iframe src='secret.html'></iframe>"
        f"<iframe src='{NET}'></iframe><img src='secret.png'><object data='secret.svg'></object>"
    ),
    "a Word file with a linked picture": word(BLIP % "link", EXTERNAL % "file://OUT/secret.png"),
    "a Word file with a picture on the web": word(BLIP % "embed", EXTERNAL % f"{NET}/x.png"),
    "a Word file with a picture above": word(
        BLIP % "embed", INTERNAL % "../../../../../../OUT/secret.png"
    ),
    "a Word file with an entity": word("<w:t>&a;</w:t>", head=ENTITY),
    "an OpenDocument file with pictures": packed(
        "manuscript/more.odt",
        mimetype="application/vnd.oasis.opendocument.text",
        content_dot_xml="<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:"
        "xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' xmlns:draw="
        "'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' xmlns:xlink='http://www.w3.org/1999/"
        "xlink'><office:body><office:text><text:p>Words <draw:frame><draw:image xlink:href='file://"
        "OUT/secret.png'/></draw:frame></text:p></office:text></office:body>"
        "</office:document-content>",
        styles_dot_xml="<x/>",
    ),
}  # fmt: skip

NAMES: Mapping[str, Change] = {
    "an absolute chapter": named("chapters", "[article.md, OUT/secret.md]"),
    "a chapter above": named("chapters", "[article.md, ../../outside/secret.md]"),
    "a chapter behind a link": lead("manuscript/more.md", "OUT/secret.md"),
    "a chapter in a folder behind a link": all_of(
        lead("manuscript/part", "OUT"), named("chapters", "[article.md, part/secret.md]")
    ),
    "something else behind a link": lead("manuscript/notes.txt", "OUT/secret.txt"),
    "an absolute biography": replace(METADATA, "bio/author.md", "/etc/hosts"),
    "a bibliography above": works("../../outside/secret.bib"),
    "an absolute bibliography": works("OUT/secret.json"),
    "a bibliography on the web": works(f"{NET}/secret.bib"),
    "a bibliography behind a link": lead(REFERENCES, "OUT/secret.yaml"),
    "a bibliography that is a program": all_of(
        works("works.bib"),
        put(
            "manuscript/works.bib",
            "@book{example-2020, title = {\\input{OUT/secret.tex}}, author = {A, B}, year = 2020,"
            " file = {OUT/secret.txt}, crossref = {OUT/secret.bib}}\n",
        ),
    ),
    "an absolute citation style": named("csl", "OUT/secret.csl"),
    "a citation style on the web": named("csl", f"{NET}/apa.csl"),
    "a citation style with an entity": all_of(
        put(
            "manuscript/own.csl",
            f"{ENTITY}<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0' class='note'>"
            "<info><title>&a;</title><id>x</id></info><citation><layout><text value='&a;'/>"
            "</layout></citation></style>",
        ),
        named("csl", "own.csl"),
    ),
    "a citation style that names another": all_of(
        put(
            "manuscript/own.csl",
            "<style xmlns='http://purl.org/net/xbiblio/csl' version='1.0'><info><title>T</title>"
            f"<id>x</id><link href='{NET}/apa' rel='independent-parent'/></info></style>",
        ),
        named("csl", "own.csl"),
    ),
    "metadata behind a link": lead(METADATA, "OUT/secret.yaml"),
    "a language that is a path": replace(METADATA, "language: en", "language: ../../secret"),
    "a language that ends in a path": replace(
        METADATA, "language: en", "language: en./../../../outside"
    ),
    "a manuscript behind a link": lead("manuscript", "OUT"),
    "a catalogue behind a link": lead(CATALOGUE, "OUT/secret.po"),
    "an edition's file behind a link": lead(EDITION, "OUT/secret.yaml"),
    "an edition's references behind a link": lead(OWN_WORKS, "OUT/secret.yaml"),
    "an edition's references with a picture": put(
        OWN_WORKS, "- id: example-2020\n  title: '![x](OUT/secret.png)'\n"
    ),
    "a glossary behind a link": lead(GLOSSARY, "OUT/secret.csv"),
    "an edition behind a link": lead("translations/fr", "OUT"),
    "translations behind a link": lead("translations", "OUT"),
    "an edition with a picture in its words": say("funding: '![x](OUT/secret.png)'", EDITION),
    "a catalogue with a picture": translate("A first", "![x](/etc/hosts)"),
    "a catalogue with raw HTML": translate("A first", "<img src='file:///etc/hosts'>"),
    "a build folder behind a link": lead("build", "OUT"),
    "a build folder of an edition behind a link": lead("build/en", "OUT"),
    "a state behind a link": lead("build/.state.json", "OUT/secret.json"),
    "a memory behind a link": lead("build/.cache/messages.json", "OUT/secret.json"),
    "a cache behind a link": lead("build/.cache", "OUT"),
    "a template of messages behind a link": lead("translations/manuscript.pot", "OUT/secret.po"),
    "a pipe for a figure": pipe(FIGURE),
    "a pipe for a catalogue": pipe(CATALOGUE),
    "a name that writes on the terminal": put("manuscript/a\x1b]0;b\x07\x1b[31m.md", "Words.\n"),
    "a name of two lines": put("manuscript/a\nb.md: error forged: c.md", "Words.\n"),
    "a name that is not UTF-8": put("manuscript/a\udcff.md", "Words.\n"),
    "a licence that is a path": replace(METADATA, "CC-BY-4.0", "../../outside/secret"),
}  # fmt: skip

STYLES: Mapping[str, Change] = {
    "a sheet with a sheet in its address": styled(
        "tokens.css", "@import 'data:text/css,@import%20%22file://OUT/secret.css%22;';"
    ),
    "a sheet with a broken typeface": all_of(
        styled("x.woff2", "wOF2 and no more"),
        styled("tokens.css", "@font-face { font-family: X; src: url(x.woff2) }"),
    ),
    "a sheet on a share": styled("tokens.css", r"p { background: url('\\\\127.0.0.1\\a\\b.png') }"),
    "a template that fills the memory": styled("templates/web.html", "{{ 'x' * 10000000000 }}"),
    "a sheet that imports": styled("tokens.css", "@import 'file://OUT/secret.css';"),
    "a sheet that imports from the web": styled("tokens.css", f"@import url({NET}/secret.css);"),
    "a sheet with pictures": styled(
        "tokens.css", "p { background: url(file://OUT/secret.png), url(../../outside/secret.png) }"
    ),
    "a sheet with contents": styled("tokens.css", "p::before { content: url(OUT/secret.png) }"),
    "a sheet with a typeface": styled(
        "tokens.css",
        f"@font-face {{ font-family: X; src: url({NET}/x.woff), url(OUT/secret.txt) }}"
        " body { font-family: X }",
    ),
    "a sheet with colours": styled(
        "tokens.css", "@color-profile --x { src: url(file://OUT/secret.txt) }"
    ),
    "a sheet behind a link": lead("styles/web.css", "OUT/secret.css"),
    "rules behind a link": lead("styles/languages.toml", "OUT/secret.toml"),
    "a citation style behind a link": lead("styles/citations.csl", "OUT/secret.csl"),
    "styles behind a link": lead("styles", "OUT"),
    "rules that name a file as a typeface": styled(
        "languages.toml", '[default]\nfonts = ["OUT/secret.txt"]\n'
    ),
    "a template that includes": styled("templates/web.html", "{% include 'OUT/secret.txt' %}"),
    "a template that fetches": styled(
        "templates/print.html", "<link rel=stylesheet href='file://OUT/secret.css'>"
        "<link rel=attachment href='file://OUT/secret.txt'><img src='OUT/secret.png'>"
        f"<object data='{NET}'></object><embed src='OUT/secret.svg'>"
    ),
    "a template that runs": styled(
        "templates/web.html", "{{ cycler.__init__.__globals__.os.popen('cat OUT/secret.txt') }}"
    ),
}  # fmt: skip

XLIFF = (
    "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.1' srcLang='en' trgLang='ko'>"
    "&a;</xliff>"
)
DELIVERIES: Mapping[str, Change] = {
    "XLIFF with an entity": put("delivery.xlf", f"{ENTITY}{XLIFF}"),
    "XLIFF with a DTD": put("delivery.xlf", f"<!DOCTYPE xliff SYSTEM '{NET}/x.dtd'>{XLIFF}"),
    "TMX with a DTD": put(
        "delivery.tmx", "<!DOCTYPE tmx SYSTEM 'file://OUT/secret.dtd'><tmx version='1.4'><header/>"
        "<body/></tmx>"
    ),
    "a Word file with an entity delivered": packed(
        "delivery.docx", word__document_dot_xml=DOC % (ENTITY, "<w:t>&a;</w:t>")
    ),
    "XLIFF that includes": put(
        "delivery.xlf",
        f"<xliff xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{NET}/x'/></xliff>",
    ),
    "TMX with an entity": put("delivery.tmx", f"{ENTITY}<tmx version='1.4'><body>&a;</body></tmx>"),
    "a zip with a link in it": linked("delivery.zip"),
    "a Word file that leads out": packed("delivery.docx", ______outside__new_dot_txt="x"),
}  # fmt: skip

PRINTED: Mapping[str, Change] = {**PICTURES, **RAW, **DRAWINGS, **STYLES}
HOSTILE: Mapping[str, Change] = {**PRINTED, **CHAPTERS, **NAMES, **DELIVERIES}
