"""Opening files of strangers: XML without entities, archives without surprises, all of a size.

Source of the dangers: the OWASP XML External Entity and Zip Bomb notes. A document type with
anything in it is refused before a parser sees an entity; a bare one (TMX has it) is not opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from publish.problems import Location, Problem, PublishError

if TYPE_CHECKING:
    from lxml import etree

LARGEST = 64 * 2**20
"""A file with more bytes is no translation."""

_DEEPEST = 100
_MOST_FILES = 2_000
_TIGHTEST = 150  # so many times smaller a document of words never gets
_NOT_JUDGED = 2**20  # what is small may be tight

_RESEND = "Ask for the file again, saved anew by the tool it was translated with."


def refused(
    code: str, what: str, path: str, hint: str = _RESEND, line: int | None = None
) -> PublishError:
    """The problem that ends an import."""
    return PublishError(Problem(code, what, Location(path, line), hint=hint))


def sized(data: bytes, path: str, largest: int = LARGEST) -> None:
    """PublishError `exchange-too-large` for more than anybody translates."""
    if len(data) > largest:
        what = (
            f"the file has {len(data) // 2**20} MB; no translation has more than {largest // 2**20}"
        )
        raise refused("exchange-too-large", what, path)


def xml(data: bytes, path: str) -> etree._Element:
    """The root of an XML document.

    PublishError `exchange-unsafe` (entities, nested too deep), `exchange-broken`.
    """
    from lxml import etree

    sized(data, path)
    _scan(data, path)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        what = f"the XML is broken: {error.msg}"
        raise refused("exchange-broken", what, path, line=error.lineno) from error


class _Scan:
    """What is looked for before a tree is made of a document."""

    def __init__(self, path: str) -> None:
        self.path, self.depth = path, 0

    def doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        bare = name == "tmx" and (system or "").endswith(("tmx14.dtd", "tmx13.dtd", "tmx11.dtd"))
        if internal or not (
            bare or public == "-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN"
        ):
            what = (
                "the XML declares a document type, which can make a parser open or build anything"
            )
            raise refused(
                "exchange-unsafe",
                what,
                self.path,
                "Delete its <!DOCTYPE …>, or ask for the file again.",
            )

    def start(self, *_: object) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise refused(
                "exchange-unsafe", f"the XML is nested more than {_DEEPEST} deep", self.path
            )

    def end(self, _: str) -> None:
        self.depth -= 1


def _scan(data: bytes, path: str) -> None:
    scan, parser = _Scan(path), expat.ParserCreate()
    parser.StartDoctypeDeclHandler = scan.doctype
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat has no names for its arguments
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = error.lineno if isinstance(error, expat.ExpatError) else None
        said = str(error).partition(":")[0]
        what = f"the XML is broken: {said}"
        raise refused("exchange-broken", what, path, line=line) from error


class Archive:
    """A zip whose table of contents was looked through; PublishError before anything is unpacked.

    Problems: `exchange-broken`, `exchange-unsafe` (paths that lead out, encryption),
    `exchange-too-large` (a bomb). `largest` is how many bytes it may have; twice as many unpacked.
    """

    def __init__(self, data: bytes, path: str, largest: int = LARGEST) -> None:
        sized(data, path, largest)
        self._path, self._largest = path, 2 * largest
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            what = f"the file is no whole zip archive: {error}"
            raise refused("exchange-broken", what, path) from error
        self.names = frozenset(info.filename for info in self._zip.infolist())
        self._judge()

    def _judge(self) -> None:
        found = self._zip.infolist()
        whole = sum(info.file_size for info in found)
        if len(found) > _MOST_FILES or whole > self._largest:
            what = f"unpacked it would be {len(found)} files with {whole // 2**20} MB"
            raise refused("exchange-too-large", what, self._path)
        if len(self.names) < len(found):
            raise refused("exchange-unsafe", "a file stands in it twice", self._path)
        for info in found:
            self._judge_one(info)

    def _judge_one(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            what = f"“{name[:60]}” in it leads out of the archive"
            raise refused("exchange-unsafe", what, self._path)
        if info.flag_bits & 1:
            hint = "Ask for it without a password."
            raise refused("exchange-unsafe", "it is encrypted", self._path, hint)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            what = f"“{name[:60]}” in it is packed in a way that documents are not"
            raise refused("exchange-broken", what, self._path)
        if info.file_size > max(_NOT_JUDGED, _TIGHTEST * info.compress_size):
            raise refused("exchange-too-large", f"“{name[:60]}” in it is a zip bomb", self._path)

    def read(self, name: str) -> bytes:
        """A file in it."""
        try:
            return self._zip.read(name)
        except (
            zipfile.BadZipFile,
            KeyError,
            EOFError,
            NotImplementedError,
            OSError,
            zlib.error,
        ) as error:
            what = f"“{name}” cannot be unpacked: {error}"
            raise refused("exchange-broken", what, self._path) from error
