"""The lower bound: pandoc and WeasyPrint, asked exactly what a build of publish asks them.

    python benchmarks/floor.py record FOLDER CALLS     keeps in CALLS what a build of FOLDER asks
    python benchmarks/floor.py replay CALLS [--as-is]  asks it again, and nothing else, on all cores

WeasyPrint is asked with what publish changes in it to hasten it, or `--as-is`.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path
from typing import Any

VARIANT = "pdf/a-3a"  # as publish asks for it: with tags
READING = "reading"  # what is asked before there is any edition


def record(folder: Path, calls: Path) -> None:
    """Writes NAME.pandoc for each edition, and `documents`: HTML and files of each PDF."""
    from publish import project, styles
    from publish.documents import pandoc
    from publish.pipeline import naming
    from publish.pipeline.editing import Editing
    from publish.renderers import pdf

    class Heard(pandoc.Pandoc):
        """A pandoc whose questions are kept."""

        def __init__(self) -> None:
            self.questions: list[bytes] = []
            super().__init__()

        def _answer(self, request: bytes) -> tuple[bytes, list[bytes]]:
            self.questions.append(request)
            return super()._answer(request)

        def keep(self, name: str) -> None:
            (calls / f"{name}.pandoc").write_bytes(b"".join(self.questions))
            self.questions.clear()

    calls.mkdir()
    publication = project.find(folder)
    style = styles.read(publication.styles)
    documents = []
    with Editing(publication) as editing:
        editing.pandoc.__exit__(None, None, None)
        editing.pandoc = heard = Heard()
        source = editing.read().manuscript.metadata.language
        heard.keep(READING)
        for name in naming.asked(publication, (), source):
            edition = editing.edition(name)
            heard.keep(name)
            html, files = pdf.compose(edition, style.with_tokens(edition.tokens))
            documents.append((html, files, pdf.engine.BASE))
    documents.sort(key=lambda document: -len(document[0]))  # the longest first
    (calls / "documents").write_bytes(pickle.dumps(documents))


def replay(calls: Path, *, as_is: bool) -> None:
    """Asks the same again: a pandoc for each edition, and a process a core for the PDFs."""
    from publish.documents import pandoc

    server = Path(pandoc.__file__).with_name("server.lua")
    pandocs = []
    for questions in sorted(calls.glob("*.pandoc")):
        with questions.open("rb") as asked:
            command = [pandoc.program(), "lua", str(server)]
            pandocs.append(subprocess.Popen(command, stdin=asked, stdout=subprocess.DEVNULL))
    documents = pickle.loads((calls / "documents").read_bytes())  # noqa: S301  # we wrote it
    load(as_is=as_is)
    gc.disable()
    with get_context("fork").Pool(os.cpu_count()) as pool:
        sizes = pool.starmap(lay_out, documents, chunksize=1)
    failed = [process for process in pandocs if process.wait()]
    if failed or not all(sizes):
        sys.exit("an engine did not do what it was asked")


def load(*, as_is: bool) -> None:
    """Imports WeasyPrint, once for all processes."""
    if as_is:
        import weasyprint  # noqa: F401  # so that it is there when the processes are forked
    else:
        from publish.renderers.pdf import engine

        engine.load()


def lay_out(html: str, files: Mapping[str, bytes], base: str) -> int:
    """A document as PDF; its size. Nothing of publish is imported here: it would hasten all."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Resources(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, _headers: object = None) -> Any:
            return URLFetcherResponse(url, files[url], {"Content-Type": "image/svg+xml"})

    page = HTML(string=html, base_url=base, url_fetcher=Resources())
    return len(page.write_pdf(pdf_variant=VARIANT))


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        replay(Path(sys.argv[2]), as_is="--as-is" in sys.argv)
