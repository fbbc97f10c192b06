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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

VARIANT = "pdf/a-3a"  # as publish asks for it: with tags
READING = "reading"  # what is asked before there is any edition


@dataclass(frozen=True)
class Call:
    """A document that WeasyPrint is asked for: its text, its sheets, the files it refers to."""

    html: str
    base: str
    sheets: Sequence[str]
    files: dict[str, tuple[bytes, Mapping[str, str]]] = field(default_factory=dict)


def record(folder: Path, calls: Path) -> None:
    """Writes NAME.pandoc for each edition, and `documents`: what is asked for the PDF of each."""
    from publish import project, styles
    from publish.documents import pandoc
    from publish.pipeline import naming
    from publish.pipeline.editing import Editing
    from publish.renderers import render
    from publish.shelves import BARE

    class Heard(pandoc.Pandoc):
        """A pandoc whose questions are kept."""

        def __init__(self) -> None:
            self.questions: list[bytes] = []
            super().__init__()

        def _asked(self, request: bytes) -> tuple[bytes, list[bytes]]:
            self.questions.append(request)
            return super()._asked(request)

        def keep(self, name: str) -> None:
            (calls / f"{name}.pandoc").write_bytes(b"".join(self.questions))
            self.questions.clear()

    calls.mkdir()
    publication = project.find(folder)
    style = styles.read(publication.styles)
    documents, pages = [], listen()
    with Editing(publication) as editing:
        editing.shelf = BARE
        editing.pandoc.__exit__(None, None, None)
        editing.pandoc = heard = Heard()
        source = editing.read().manuscript.metadata.language
        heard.keep(READING)
        for name in naming.asked(publication, (), source):
            edition = editing.edition(name)
            heard.keep(name)
            render("pdf", edition, style)
            documents.append(pages[:])
            pages.clear()
    documents.sort(key=lambda each: -sum(len(call.html) for call in each))  # the longest first
    (calls / "documents").write_bytes(pickle.dumps(documents))


def listen() -> list[Call]:
    """Has WeasyPrint tell what it is asked for, in this list."""
    load(as_is=False)
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from publish.renderers.pdf import sheets as read

    heard: list[Call] = []

    class Sheet(weasyprint.CSS):  # type: ignore[misc]  # WeasyPrint is untyped
        def __init__(self, string: str, **options: Any) -> None:
            super().__init__(string=string, **options)
            self.asked = string

    class Fetcher(URLFetcher):  # type: ignore[misc]  # see above
        def __init__(self, asked: Any) -> None:
            super().__init__()
            self.asked, self.files = asked, dict[str, tuple[bytes, Mapping[str, str]]]()

        def fetch(self, url: str, _headers: object = None) -> Any:
            found = self.asked.fetch(url)
            self.files[url] = found.read(), {"Content-Type": found.content_type}
            return URLFetcherResponse(url, *self.files[url])

    class Page(weasyprint.HTML):  # type: ignore[misc]  # see above
        def __init__(self, string: str, base_url: str, url_fetcher: Any) -> None:
            self.fetcher = Fetcher(url_fetcher)
            self.asked = string, base_url
            super().__init__(string=string, base_url=base_url, url_fetcher=self.fetcher)

        def render(self, **options: Any) -> Any:
            sheets = [sheet.asked for sheet in options.get("stylesheets", ())]
            heard.append(Call(*self.asked, sheets, self.fetcher.files))
            return super().render(**options)

    read._parsed.cache_clear()  # noqa: SLF001  # else it has sheets that nobody heard of
    weasyprint.CSS, weasyprint.HTML = Sheet, Page
    return heard


def replay(calls: Path, *, as_is: bool) -> None:
    """Asks the same again: a pandoc for each edition, and a process a core for the PDFs."""
    from publish import pandoc

    pandocs = []
    for questions in sorted(calls.glob("*.pandoc")):
        with questions.open("rb") as asked:
            command = [pandoc.program(), "lua", str(pandoc.SCRIPT)]
            pandocs.append(subprocess.Popen(command, stdin=asked, stdout=subprocess.DEVNULL))
    documents = pickle.loads((calls / "documents").read_bytes())  # noqa: S301  # we wrote it
    load(as_is=as_is)
    gc.disable()
    with get_context("fork").Pool(os.cpu_count()) as pool:
        sizes = pool.map(lay_out, documents, chunksize=1)
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


def lay_out(calls: Sequence[Call]) -> int:
    """The PDF of an edition, made of all that was asked for it; its size.

    Nothing of publish is imported here: it would hasten WeasyPrint. What was laid out twice for
    the sake of its page numbers is written twice, too: some pages of hundreds.
    """
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    first, *rest = [rendered(call, config) for call in calls]
    pages = [page for document in (first, *rest) for page in document.pages]
    return len(first.copy(pages).write_pdf(pdf_variant=VARIANT))


def rendered(call: Call, config: Any) -> Any:
    """A document, laid out."""
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Resources(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def fetch(self, url: str, _headers: object = None) -> Any:
            return URLFetcherResponse(url, *call.files[url])

    counters = CounterStyle()
    shared = {"font_config": config, "counter_style": counters}
    sheets = [CSS(string=sheet, base_url=call.base, **shared) for sheet in call.sheets]
    page = HTML(string=call.html, base_url=call.base, url_fetcher=Resources())
    return page.render(stylesheets=sheets, pdf_variant=VARIANT, **shared)


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        replay(Path(sys.argv[2]), as_is="--as-is" in sys.argv)
