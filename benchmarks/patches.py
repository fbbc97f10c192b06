"""What each change that publish makes to WeasyPrint and pydyf is worth.

    python benchmarks/patches.py [--rounds N] [--write]

One edition of this repository's article is made into a PDF in fresh processes, with all changes and
without one of them after the other: seconds of the processor for the import of the engine, and for
the PDF (the second one, with fonts and dictionaries open). With --write the table goes into
docs/engines.md.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from commands import ROOT, environment

PAGE = ROOT / "docs/engines.md"
LANGUAGE = "de"  # its words are divided, its lines are justified
# What is changed, and a statement that leaves it as it comes.
PATCHES = {
    "C declarations are read once and kept": "declarations.kept = nullcontext",
    "libraries are not searched for with ldconfig and gcc": "engine._quick_libraries = nullcontext",
    "sheets are kept as they were read": "engine.rules.kept = nullcontext",
    "fontTools cuts no fonts, and is imported where it does": (
        "engine._later = lambda *names: nullcontext()"
    ),
    "a print document is read as XML": (
        "engine._parsed = lambda html, source, **options: html.parse(source, **options)"
    ),
    "hyphenation patterns are read when a word asks": "hyphens.hasten = lambda: None",
    "Pango's layouts of a style are copies of its first": "shortcuts._layouts = lambda: None",
    "heights of lines are kept with the style": "shortcuts._struts = lambda: None",
    "plain properties are not computed": "shortcuts._properties = lambda: None",
    "elements that are alike have one style": "likeness._elements = lambda: None",
    "a part that is not drawn has no style": "likeness._parts = lambda: None",
    "boxes without lengths of their own have the initial ones": "lengths._bare_ones = lambda: None",
    "boxes in the flow are told by two properties": "shortcuts._flow = lambda: None",
    "colours are compared with colours": "shortcuts._colours = lambda: None",
    "where a text breaks is kept": "shortcuts._breaks = lambda: None",
    "boxes without a background are passed over": "backgrounds._bare_ones = lambda: None",
    "what cannot fit on a line is not tried": "lines.mend = lambda module: None",
    "a text is set once for all of its lines": "breaking.read = lambda module: None",
    "lines are painted as they were measured": "glyphs.keep = lambda: None",
    "notes stay as they were laid out": "again.spare = lambda module: None",
    "the narrowest lines of cells are laid out once": "narrow.hasten = lambda module: None",
    "plain values of a PDF are written straight": "streams.hasten = lambda: None",
    "no garbage collection during layout": "garbage.uncollected = nullcontext",
}
TIMED = """
import importlib, json, pickle, sys, types
from contextlib import nullcontext
from pathlib import Path
from time import process_time
name = "publish.renderers.pdf"
import publish.renderers
stand_in = types.ModuleType(name)
stand_in.__path__ = [str(Path(publish.renderers.__file__).with_name("pdf"))]
sys.modules[name] = stand_in
names = "engine declarations hyphens streams".split()
engine, declarations, hyphens, streams = (importlib.import_module(f"{name}.{n}") for n in names)
garbage = importlib.import_module("publish.garbage")
class Later:  # modules that need WeasyPrint are changed as soon as they are there
    def __init__(self, module): self.__dict__["module"] = module
    def __setattr__(self, attribute, value): late.append((self.module, attribute, value))
late = []
shortcuts, backgrounds, lines, glyphs, breaking, again, narrow, likeness, lengths = map(
    Later, "shortcuts backgrounds lines glyphs breaking again narrow likeness lengths".split()
)
exec(sys.argv[1])
theirs = engine.import_module
def adapted(module):
    found = theirs(module)
    for where, attribute, value in late:
        if module == f"{name}.{where}": setattr(found, attribute, value)
    return found
engine.import_module = adapted
del sys.modules[name]
begin = process_time()
pdf = importlib.import_module(name)
imported = process_time() - begin
edition, style = pickle.loads(Path(sys.argv[2]).read_bytes())
pdf.render(edition, style)
begin = process_time()
pdf.render(edition, style)
print(json.dumps([imported, process_time() - begin]))
"""
Seconds = tuple[float, float]


def main() -> None:
    """Measures, and prints or writes a table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--write", action="store_true", help="into docs/engines.md")
    chosen = options.parse_args()
    table = "\n".join(lines(measured(chosen.rounds)))
    print(table)
    if chosen.write:
        former = re.compile(r"^\| what is changed.*?(?=\n\n)", re.MULTILINE | re.DOTALL)
        PAGE.write_text(former.sub(lambda _: table, PAGE.read_text()))


def measured(rounds: int) -> Mapping[str, Seconds]:
    """Medians by what is left out, '' for nothing, in turns."""
    found: dict[str, list[Seconds]] = {name: [] for name in ("", *PATCHES)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "edition")
        path.write_bytes(pickle.dumps(edition()))
        for _ in range(rounds + 1):
            for name, runs in found.items():
                runs.append(timed(PATCHES.get(name, "pass"), path))
    return {name: middle(each[1:]) for name, each in found.items()}  # the first filled caches


def edition() -> object:
    """What is rendered, and its style."""
    from publish import project, styles
    from publish.pipeline.editing import Editing

    publication = project.find(ROOT)
    with Editing(publication) as editing:
        return editing.edition(LANGUAGE), styles.read(publication.styles)


def timed(statement: str, path: Path) -> Seconds:
    """Seconds for the import and for the PDF with one change left out."""
    command = [sys.executable, "-c", TIMED, statement, str(path)]
    run = subprocess.run(command, check=True, capture_output=True, env=environment())
    imported, rendered = json.loads(run.stdout)
    return imported, rendered


def middle(runs: Sequence[Seconds]) -> Seconds:
    """The medians of both."""
    imports, renderings = zip(*runs, strict=True)
    return statistics.median(imports), statistics.median(renderings)


def lines(found: Mapping[str, Seconds]) -> Iterator[str]:
    """The table: what both take longer without each change."""
    imported, rendered = found[""]
    yield "| what is changed | import without it | PDF without it |"
    yield "|---|---:|---:|"
    yield f"| (with all changes: {imported:.2f} s, {rendered:.2f} s) | 100 % | 100 % |"
    for name, (own, pages) in found.items():
        if name:
            yield f"| {name} | {own / imported:.0%} | {pages / rendered:.0%} |".replace("%", " %")


if __name__ == "__main__":
    main()
