"""Where WeasyPrint spends its time on our pages.

    python benchmarks/profiling.py [FOLDER] [-l LANG]

The PDF of one edition of a publication (this repository's article) is made once to have fonts and
dictionaries open, and once more under Python's own profiler. Seconds are those of the processor,
and more than without it; their shares are what counts.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from commands import ROOT

TOP = 30
Function = tuple[str, int, str]  # file, line, name
Row = tuple[int, int, float, float, dict[Function, object]]  # calls twice, own and whole seconds


def main() -> None:
    """Profiles, and prints two tables."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", nargs="?", type=Path, default=ROOT)
    options.add_argument("-l", "--language", default="", help="whose edition (default: the source)")
    chosen = options.parse_args()
    stats = profiled(chosen.folder, chosen.language)
    print("\n".join(tables(stats)))


def profiled(folder: Path, language: str) -> dict[Function, Row]:
    """What a profiler saw of the PDF of an edition being made."""
    from publish import project, styles
    from publish.pipeline.editing import Editing
    from publish.renderers import render

    publication = project.find(folder)
    style = styles.read(publication.styles)
    with Editing(publication) as editing:
        source = editing.read().manuscript.metadata.language
        edition = editing.edition(language or source)
    render("pdf", edition, style)
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(render, "pdf", edition, style)
    return pstats.Stats(profiler).stats  # type: ignore[attr-defined,no-any-return]  # typeshed lacks it


def tables(stats: dict[Function, Row]) -> Iterator[str]:
    """Time by module, then the functions that take most of it."""
    whole = sum(row[2] for row in stats.values())
    modules: Counter[str] = Counter()
    for (file, _, _), row in stats.items():
        modules[module(file)] += row[2]  # type: ignore[assignment]  # Counter counts seconds here
    yield f"{'seconds':>8} {'share':>6}  module (its own time)"
    for name, seconds in modules.most_common(TOP):
        yield f"{seconds:8.2f} {seconds / whole:6.1%}  {name}"
    yield f"\n{'seconds':>8} {'with all':>8} {'calls':>9}  function"
    for (file, line, name), row in sorted(stats.items(), key=lambda item: -item[1][2])[:TOP]:
        yield f"{row[2]:8.2f} {row[3]:8.2f} {row[1]:9,}  {module(file)}:{line} {name}"


def module(file: str) -> str:
    """A file as what is imported: the path below site-packages or src, '~' is C."""
    for root in ("site-packages/", "/src/", f"python{ROOT.anchor}", "/lib/"):
        if root in file:
            return file.rpartition(root)[2].removesuffix(".py").replace("/", ".")
    return "C" if file == "~" else Path(file).stem


if __name__ == "__main__":
    main()
