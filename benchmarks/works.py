"""What is published: this repository's article and a book, for publish and for its rivals."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import book
import po4a
import translating
from commands import ROOT, environment

RIVALS = ("weasyprint", "typst")
FAMILIES = ("Gentium Book Plus", "NanumMyeongjo")
CHANGED = "ko"
CATALOGUE = f"translations/{CHANGED}/LC_MESSAGES/manuscript.po"


@dataclass(frozen=True)
class Work:
    """A publication in a folder for publish and one for each rival.

    `share` is that of the rivals' messages that have translations of their own, if not all have.
    """

    name: str
    ours: Path
    rivals: dict[str, Path]
    share: float | None = None

    def begin(self) -> None:
        """Forgets all that was built."""
        for folder in (self.ours, *self.rivals.values()):
            shutil.rmtree(folder / "build", ignore_errors=True)

    def change(self) -> None:
        """Changes one message of one catalogue, for everybody."""
        change(self.ours / CATALOGUE)
        for folder in self.rivals.values():
            change(folder / "po" / f"{CHANGED}.po")


def article(folder: Path) -> Work:
    """The article of this repository, with its own translations."""
    ours, rival = folder / "publish", folder / RIVALS[0]
    for part in ("manuscript", "translations"):
        shutil.copytree(ROOT / part, ours / part)
    begun(rival, "article.yaml", (ROOT / "manuscript" / "article.md").read_text("utf-8"))
    shutil.copytree(ROOT / "manuscript" / "figures", rival / "figures")
    shutil.copy(ROOT / "manuscript" / "references.yaml", rival)
    share = po4a.write(rival, ROOT / "translations", list(translating.LANGUAGES))
    return Work("article", ours, doubled(rival), share)


def long(folder: Path, chapters: int) -> Work:
    """A book of so many chapters, translated word for word."""
    ours, rival = folder / "publish", folder / RIVALS[0]
    book.write(ours, chapters)
    texts = [path.read_text("utf-8") for path in sorted(ours.glob("manuscript/*.md"))]
    begun(rival, "book.yaml", "\n".join(texts))
    po4a.template(rival)
    for language in translating.LANGUAGES:
        catalogue = Path("translations", language, "LC_MESSAGES", "manuscript.po")
        words = translating.vocabulary(ROOT / catalogue, language)
        add = [sys.executable, "-m", "publish", "add", language]
        subprocess.run(add, cwd=ours, env=environment(), check=True, capture_output=True)
        translating.fill(ours / catalogue, words)
        theirs = rival / "po" / f"{language}.po"
        shutil.copy(rival / po4a.TEMPLATE, theirs)
        translating.fill(theirs, words)
    return Work(f"book of {chapters} chapters", ours, doubled(rival))


def begun(rival: Path, front: str, text: str) -> None:
    """A rival's folder: its Makefile and styles, the text in one file, the fonts it needs."""
    shutil.copytree(ROOT / "benchmarks" / "rivals", rival)
    front = (rival / front).read_text("utf-8")
    (rival / "text.md").write_text(f"---\n{front}---\n\n{text}", encoding="utf-8")
    (rival / "fonts").mkdir()
    for family in FAMILIES:
        found = subprocess.check_output(["fc-list", "--format", "%{file}\n", family], text=True)
        for file in map(Path, found.split("\n")[:-1]):
            (rival / "fonts" / file.name).symlink_to(file)


def doubled(rival: Path) -> dict[str, Path]:
    """The same folder for each rival."""
    for name in RIVALS[1:]:
        shutil.copytree(rival, rival.with_name(name), symlinks=True)
    return {name: rival.with_name(name) for name in RIVALS}


def change(catalogue: Path) -> None:
    """One more full stop in the message in the middle of a catalogue."""
    text = catalogue.read_text(encoding="utf-8")
    ends = [found.start() for found in re.finditer(r'\.(\\n)?"\n\n', text)]
    at = ends[len(ends) // 2]
    catalogue.write_text(f"{text[:at]}.{text[at:]}", encoding="utf-8")
