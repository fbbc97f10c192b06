"""The translator's round trip as a whole (issue 3, "Done when"), with this publication.

Twenty changes in the manuscript; the Korean part goes out as XLIFF, DOCX and PO, comes back from
three desks, and every word is found where it belongs. Here translate-toolkit and an editor of
Word's XML touch the files; with `make test-partners` also OmegaT, LibreOffice and GNU gettext.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html

from exchange.desks import DESKS, XLIFF
from exchange.samples import ROOT
from exchange.test_partners import libreoffice, omegat, run
from exchange.twenty import MAJOR, MINOR, WORK, expected
from publications import CATALOGUE, EDITION, append, replace, told
from publish import cli
from publish.catalogues import Catalogue
from publish.pipeline import keeping
from publish.project import Project

Tool = Callable[[bytes, Path], bytes]
BLOCKS = "p h1 h2 h3 h4 th td figcaption caption dt dd li text title desc".split()
PAGE = "build/ko/borrowed-strength.html"
HAND = "Kim Ha-na <hana@example.org>"
PARTS = {
    "xliff": ("--chapter", "article"),
    "docx": ("--changed-since", "2026-01-02"),
    "po": ("--fuzzy",),
}
MEMORY = [
    ("deterrence", "억제력"),
    ("The treaty enters into force", "조약 발효"),
    ("The region after the treaty", "조약 이후 지역에 미치는 영향"),
]
TAGGED_SOURCE = (  # codes as OmegaT shows them, but the last, which it keeps to itself
    "Whether the partners see it so is another matter. Official statements speak of brotherhood "
    "<g0><x1/>, art. 1</g0>, and they speak of it on both sides."
)
TAGGED_TARGET = (
    "당사국들도 그렇게 보는지는 별개의 문제이다. 공식 성명은 형제애를 말하며<g0><x1/>, 제1조</g0>, "
    "양쪽이 모두 그렇게 말한다."
)
TAGGED = (TAGGED_SOURCE, TAGGED_TARGET)


def same(data: bytes, _folder: Path) -> bytes:
    """No further tool."""
    return data


def gettext(data: bytes, folder: Path) -> bytes:
    """As msgcat wraps and writes it."""
    folder.mkdir()
    (folder / "a.po").write_bytes(data)
    run("msgcat", str(folder / "a.po"), "-o", str(folder / "b.po"))
    return (folder / "b.po").read_bytes()


def through_omegat(data: bytes, folder: Path) -> bytes:
    """XLIFF 2.1 is nothing that OmegaT 3.6 knows; what it does not know it keeps."""
    folder.mkdir()
    return omegat("a.xlf", data, folder, language="KO")


def through_libreoffice(data: bytes, folder: Path) -> bytes:
    folder.mkdir()
    return libreoffice(data, folder)


LIGHT: dict[str, Tool] = dict.fromkeys(PARTS, same)
HEAVY: dict[str, Tool] = {"xliff": through_omegat, "docx": through_libreoffice, "po": gettext}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """This publication, with a history that begins on the first of January."""
    made = tmp_path / "publication"
    for name in ("manuscript", "translations"):
        shutil.copytree(ROOT / name, made / name, ignore=shutil.ignore_patterns(".*"))
    # A keyword in other words stands elsewhere in the alphabet: here each keeps its place.
    append("manuscript/metadata.yaml", "\nkeyword_order: author\n")(made)
    day = {"GIT_COMMITTER_DATE": "2026-01-01T12:00:00Z"}
    me = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*me, "commit", "-q", "-m", "As it was")):
        subprocess.run(["git", *words], cwd=made, check=True, env=os.environ | day)
    return made


def do(folder: Path, *words: str) -> int:
    return cli.main(["--project", str(folder), *words])


def page(folder: Path) -> list[str]:
    """All that a reader is told, block by block, with [] for each call of a note."""
    tree = html.fromstring((folder / PAGE).read_bytes())
    for number, call in enumerate(tree.xpath('//a[@role="doc-noteref"]'), 1):
        assert call.text == str(number)
        call.text = "[]"
    for back in tree.xpath('//a[@role="doc-backlink"]'):
        back.text = ""
    leaves = (e for e in tree.iter(*BLOCKS) if next(e.iterdescendants(*BLOCKS), None) is None)
    texts = [*(e.text_content() for e in leaves), *tree.xpath("//svg/@aria-label|//img/@alt")]
    texts += tree.xpath('//meta[@name="description" or @name="keywords"]/@content')
    return [" ".join(text.replace("\u2060", "").split()) for text in texts]


def korean(folder: Path) -> Catalogue:
    return keeping.read(Project(folder), "ko")


def counts(folder: Path) -> tuple[int, int]:
    """How many are fuzzy, and how many missing."""
    found = korean(folder).messages
    return sum(e.fuzzy for e in found), sum(not e.translation for e in found)


@pytest.mark.parametrize(
    "tools",
    [pytest.param(LIGHT, id="light"), pytest.param(HEAVY, id="heavy", marks=pytest.mark.partners)],
)
def test_every_word_is_where_it_belongs(
    tools: dict[str, Tool], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(EDITION, "release: approved\n")(folder)
    assert do(folder, "review", "ko", "--as", "approved", "--by", HAND) == 0
    assert do(folder, "build", "-l", "ko", "-f", "html", "--release") == 0
    before = page(folder)

    _change(folder, capsys)
    assert do(folder, "build", "-l", "ko", "-f", "html", "--release") == 1
    files = _files(folder, tools)
    _refused(folder, files["xliff"], capsys)
    _conflicting(folder, files["docx"], capsys)
    if tools is HEAVY:
        _by_omegat(folder)
    for name, more in (("xliff", ()), ("docx", ("--prefer", "file")), ("po", ())):
        assert do(folder, "exchange", "import", str(files[name]), "--by", HAND, *more) == 0
    assert counts(folder) == (0, 0)

    assert do(folder, "build", "-l", "ko", "-f", "html", "--release") == 1
    assert do(folder, "review", "ko", "--as", "approved", "--by", HAND) == 0
    assert do(folder, "build", "-l", "ko", "-f", "html", "--release") == 0
    assert page(folder) == expected(before)
    had = _kept(folder)
    for path in files.values():  # read once more, they change nothing
        assert do(folder, "exchange", "import", str(path), "--by", HAND) == 0
        assert _kept(folder) == had


def _kept(folder: Path) -> list[bytes]:
    """The catalogue, and who approved what."""
    return [(folder / name).read_bytes() for name in (CATALOGUE, "translations/ko/reviews.csv")]


def _change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty changes; the minor ones cost nobody work, an update can be taken back."""
    for change in MINOR.values():
        change(folder)
    assert do(folder, "update", "--minor") == 0
    assert counts(folder) == (0, 0)
    for change in MAJOR.values():
        change(folder)
    had = (folder / CATALOGUE).read_bytes()
    assert do(folder, "update", "ko") == 0
    done = (folder / CATALOGUE).read_bytes()
    assert do(folder, "update", "--undo") == 0
    assert (folder / CATALOGUE).read_bytes() == had
    assert do(folder, "update") == 0
    assert (folder / CATALOGUE).read_bytes() == done
    assert counts(folder) == (13, 7)
    capsys.readouterr()
    assert do(folder, "status") == 0
    assert "13        7" in capsys.readouterr().out


def _files(folder: Path, tools: dict[str, Tool]) -> dict[str, Path]:
    """What comes back from the three desks."""
    files = {}
    for form, part in PARTS.items():
        path = files[form] = folder.parent / f"{form}.{form}"
        assert do(folder, "exchange", "export", "ko", "--as", form, *part, "-o", str(path)) == 0
        data = DESKS[form](path.read_bytes(), WORK[form])
        path.write_bytes(tools[form](data, folder.parent / f"desk-{form}"))
    return files


def _by_omegat(folder: Path) -> None:
    """Some of it OmegaT has translated sooner, out of its memory, from XLIFF 1.2."""
    path, desk = folder.parent / "omegat.xlf", folder.parent / "desk-omegat"
    desk.mkdir()
    part = ("--changed-since", "2026-01-02")
    assert do(folder, "exchange", "export", "ko", "--as", "xliff1", *part, "-o", str(path)) == 0
    path.write_bytes(omegat("a.xlf", path.read_bytes(), desk, *MEMORY, TAGGED, language="KO"))
    assert do(folder, "exchange", "import", str(path), "--by", HAND) == 0
    done = {entry.text: entry.translation for entry in korean(folder).messages}
    assert [done[one] for one, _ in MEMORY] == [other for _, other in MEMORY]
    assert counts(folder) == (13, 7 - len(MEMORY) - 1)


def _refused(folder: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A note's call is lost: nothing of the file comes in."""
    had, tree = (folder / CATALOGUE).read_bytes(), etree.parse(file)
    (segment,) = tree.xpath('//*[local-name()="target"][contains(., "1만 1,000명")]')
    etree.strip_elements(segment, f"{XLIFF}ph", with_tail=False)
    broken = file.with_name("broken.xliff")
    tree.write(broken)
    capsys.readouterr()
    assert do(folder, "exchange", "import", str(broken), "--by", HAND) == 1
    assert "[^1]" in "".join(each.what for each in told(capsys.readouterr().err))
    assert (folder / CATALOGUE).read_bytes() == had


def _conflicting(folder: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody mended the caption here meanwhile: nothing comes in unless one says who wins."""
    replace(CATALOGUE, '"이 글에서 다루는 사건의 연표"', '"이 글에서 살펴본 사건의 연표"')(folder)
    had = (folder / CATALOGUE).read_bytes()
    capsys.readouterr()
    assert do(folder, "exchange", "import", str(file), "--by", HAND) == 1
    assert [each.code for each in told(capsys.readouterr().err)] == ["exchange-conflict"]
    assert (folder / CATALOGUE).read_bytes() == had
