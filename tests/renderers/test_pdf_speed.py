from __future__ import annotations

import inspect
import os
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import Mock

import pyphen
import pytest

from publish.renderers import compiled, pages
from publish.renderers.pdf import declarations, engine, hyphens, lines, patching, rules, sheets
from publish.styles import Style
from renderers.pdf_samples import STYLE, call, notes, section

WORDS = 600
GERMAN = section(
    "<p>"
    + "Die völkerrechtswissenschaftliche Auseinandersetzung über Beistandspflichten dauert an. " * 9
    + f"{call(1)} <em>Sicherheits\u00adratsmitglieder</em> (שלום עולם) stimmten ab.</p>"
    + "<table><tbody><tr><td>Ratifikationsurkunde</td><td>Vertragsbestandteile aller Art</td></tr>"
    + "</tbody></table>"
) + notes("<p>Anmerkungsapparatsbestandteile stehen in einer Fußnote von einiger Länge hier.</p>")


@pytest.mark.parametrize(
    "language", "de_DE en_GB en_US fr hu_HU nb_NO nl_NL pl_PL ru_RU uk_UA".split()
)
def test_a_dictionary_divides_words_as_pyphen_does(language: str) -> None:
    path = Path(pyphen.__file__).with_name("dictionaries") / f"hyph_{language}.dic"
    theirs, ours = hyphens.Eager(path), hyphens.Patterns(path)
    divided = {word: places(theirs, word) for word in words(sorted(theirs.patterns))}
    assert {word: places(ours, word) for word in divided} == divided
    assert sum(map(bool, divided.values())) > WORDS / 3


def words(patterns: list[str]) -> set[str]:
    """Words put together from what patterns speak of, in small and capital letters."""
    chance, found = random.Random(7), set[str]()
    while len(found) < WORDS:
        parts = chance.choices(patterns, k=chance.randint(1, 5))
        word = "".join(part.strip(".") for part in parts)
        found.add(chance.choice((word, word, word.upper(), word.title())))
    return found


def places(patterns: Any, word: str) -> list[tuple[int, Any]]:
    return [(int(place), place.data) for place in patterns.positions(word)]


def test_what_comes_twice_in_a_dictionary_or_says_nothing_counts_as_it_does_for_pyphen(
    tmp_path: Any,
) -> None:
    path = tmp_path / "hyph_xx.dic"
    path.write_text("UTF-8\nLEFTHYPHENMIN 2\n% a1b\na1b\na2b\na0b\n\nc1^^64\nff1f/ff=f,2,1\n.a3c\n")
    theirs, ours = hyphens.Eager(path), hyphens.Patterns(path)
    for word in ("abab", "acdc", "stafffe", "acab", "ab", ""):
        assert places(ours, word) == places(theirs, word)


def test_pyphen_is_the_one_that_is_known() -> None:
    assert hyphens.hasten()
    assert pyphen.HyphDict is hyphens.Patterns


def test_another_pyphen_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hyphens, "KNOWN", {words: "not in its text"})
    assert not hyphens.hasten.__wrapped__()


def test_the_breaking_of_lines_is_the_one_that_is_hastened() -> None:
    engine.load()
    assert lines.mend(sys.modules["weasyprint.text.line_break"])
    another = ModuleType("another")
    setattr(another, "split_first_line", words)  # noqa: B010  # mypy knows no such name of a module
    assert not lines.mend(another)


def test_texts_go_to_pango_without_a_copy() -> None:
    engine.load()
    for name in ("text.ffi", "text.fonts", "text.line_break"):
        convert = vars(sys.modules[f"weasyprint.{name}"])["unicode_to_char_p"]
        assert convert("Wörter\0") == ("Wörter".encode(), "Wörter".encode())


def test_the_text_of_a_function_is_what_inspect_says() -> None:
    engine.load()
    for name in ("layout.block", "layout.inline", "draw.text"):
        module = sys.modules[f"weasyprint.{name}"]
        functions = [
            each
            for each in vars(module).values()
            if inspect.isfunction(each)
            and each.__module__ == module.__name__
            and each.__code__.co_firstlineno > 1  # else it has been changed
            and inspect.getsource(each).startswith("def ")  # no decorator
        ]
        assert functions
        for each in functions:
            assert patching.source(each).rstrip() == inspect.getsource(each).rstrip()
    method = inspect.getsource(hyphens.Eager.positions)
    assert patching.source(hyphens.Eager.positions).rstrip() == method.rstrip()


SHEET = (
    "p { padding: 5px } em { padding: 0 4px; vertical-align: 3px; border-left: 2px solid }"
    "p::first-letter { color: red; font-size: 3em; float: left; margin: 2px }"
    "p::first-line { font-weight: bold; letter-spacing: 1px; line-height: 2 }"
    "em { text-decoration: underline; line-height: 1.7 } b { font-variant-caps: small-caps }"
    "i::before { content: '§'; border-left: 3px solid; padding-inline-start: 4px }"
)


def test_styles_are_the_same_with_and_without_shortcuts() -> None:
    body = "<p>Some <em>words with <b>others</b> in</em> them, <i>and these</i> at the end. " * 9
    program = (
        "from publish.renderers.pdf import engine\n"
        f"html = {f'<style>{SHEET}</style><body lang=de>{body}'!r}\n"
        "page = engine.load().HTML(string=html).render().pages[0]\n"
        "def tell(box):\n"
        "    yield type(box).__name__, box.position_x, box.position_y, box.width, box.height\n"
        "    yield [box.style[name] for name in ('color', 'margin_top', 'padding_left', 'float')]\n"
        "    for child in getattr(box, 'children', ()): yield from tell(child)\n"
        "all = list(tell(page._page_box))\n"
        "print(len(all), hashlib.sha256(repr(all).encode()).hexdigest())"
    )
    start = "import hashlib, sys; from unittest import mock\n"
    without = "sys.modules['publish.renderers.pdf.shortcuts'] = mock.MagicMock()\n"
    assert told(start + program) == told(start + without + program)


def test_pages_are_the_same_bytes_with_and_without_shortcuts() -> None:
    program = (
        "import hashlib, sys; from importlib import import_module\n"
        "from unittest import mock; {}\n"
        "from renderers import pdf_samples as s; from renderers.test_pdf_speed import GERMAN\n"
        "print(hashlib.sha256(s.rendered(GERMAN, 'de')).hexdigest())"
    )
    without = (
        "import publish.fonts, publish.renderers\n"
        "for name in 'shortcuts backgrounds lengths likeness lines'.split():\n"
        "    sys.modules[f'publish.renderers.pdf.{name}'] = mock.MagicMock()\n"
        "import pyphen; eager = pyphen.HyphDict\n"
        "from publish.renderers.pdf import hyphens as h\n"
        "def read(path):\n"
        "    encoding, lines = h._contents(path)\n"
        "    return eager(h._Excerpt(encoding, [lines.decode(encoding)]))\n"
        "pyphen.HyphDict = read"
    )
    assert told(program.format("")) == told(program.format(without))


def told(program: str, **variables: str) -> str:
    environment = os.environ | {"PYTHONPATH": ":".join(sys.path)} | variables
    command = [sys.executable, "-c", program]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, timeout=120
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_a_process_forked_after_a_rendering_renders_the_same() -> None:
    program = (
        "import hashlib, os; from renderers import pdf_samples as s\n"
        "from renderers.test_pdf_speed import GERMAN\n"
        "before = s.rendered.__wrapped__(GERMAN, 'de')\n"
        "child = os.fork()\n"
        "if not child: os._exit(before != s.rendered.__wrapped__(GERMAN + ' ', 'de'))\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    assert told(program) == "0\n"


def test_fonttools_cuts_no_fonts_and_is_not_imported_for_it() -> None:
    program = (
        "import sys; from publish.renderers.pdf import engine; engine.load()\n"
        "print([name for name in engine.LATER if name in sys.modules])\n"
        "from weasyprint.pdf import fonts; print(type(fonts.subset.Options()).__module__)"
    )
    assert told(program) == "[]\nfontTools.subset\n"


def test_weasyprint_has_the_place_for_tags_that_is_taken() -> None:
    engine.load()
    tags, pdf = sys.modules["weasyprint.pdf.tags"], sys.modules["weasyprint.pdf"]
    assert len(inspect.signature(tags.add_tags).parameters) == 4
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in inspect.getsource(pdf)
    assert vars(pdf)["add_tags"] is tags.add_tags, "another user of WeasyPrint has its own tags"


def test_types_of_c_are_known_without_reading_c(tmp_path: Path) -> None:
    program = (
        "from publish.renderers.pdf import engine; engine.load()\n"
        "from weasyprint.text.line_break import ffi\n"
        "print(list(ffi.new('hb_codepoint_t[3]', (1, 2, 3))), ffi.new('unsigned int *', 9)[0])\n"
        "import sys; print(type(ffi).__module__, 'pycparser' in sys.modules)"
    )
    for reading in (True, False):  # what the first process reads, the next one finds
        said = told(program, PYTHONPYCACHEPREFIX=str(tmp_path))
        assert said.endswith(f"[1, 2, 3] 9\n_cffi_backend {reading}\n")


READING = (
    "import hashlib, sys, tinycss2; read, count = tinycss2.parse_stylesheet, []\n"
    "tinycss2.parse_stylesheet = lambda text, **more: count.append(1) or read(text, **more)\n"
    "from renderers import pdf_samples as s; from renderers.test_pdf_speed import GERMAN\n"
    "import publish.renderers.pdf; print(len(count))\n"
    "print(hashlib.sha256(s.rendered(GERMAN, 'de')).hexdigest())"
)


def test_sheets_are_read_once_and_say_the_same_when_they_were_kept(tmp_path: Path) -> None:
    first, again = (told(READING, PYTHONPYCACHEPREFIX=str(tmp_path)).split() for _ in range(2))
    never = told(READING, PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX="/nowhere").split()
    assert (first[0], again[0], never[0]) == ("4", "0", "4")  # three of WeasyPrint's, and ours
    assert first[1] == again[1] == never[1]


def test_a_sheet_with_a_fault_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    engine.load()
    monkeypatch.setattr(compiled, "_place", lambda name: tmp_path / name)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for sheet, count in (("p { colour: red }", 0), ("p { color: red }", 1)):
        for _ in range(2):
            with rules.kept():
                (*_, said) = sheets._parse(sheet, None)
            assert (len(said), len(list(tmp_path.iterdir()))) == (1 - count, count)


def test_what_we_call_is_declared_though_another_imported_weasyprint_first() -> None:
    program = (
        "import weasyprint\nfrom publish.renderers.pdf import engine; engine.load()\n"
        "from weasyprint.text.ffi import pango; print(pango.pango_layout_copy is not None)"
    )
    assert told(program) == "True\n"


def test_declarations_are_kept_and_read_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = Mock(wraps=declarations._made)
    monkeypatch.setattr(declarations, "_made", made)
    monkeypatch.setattr(compiled, "_place", lambda name: tmp_path / name)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for _ in range(2):
        assert declarations._functions("int abs(int x);").typeof("int(*)(int)")
    assert made.call_count == 1
    (tmp_path / "declarations").write_bytes(b"\n raise SystemExit")
    assert declarations._functions("int abs(int x);")
    assert made.call_count == 2


def test_where_no_code_may_be_written_none_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiled, "_place", lambda name: tmp_path / name)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled.keep("a", "source", b"data")
    assert not any(tmp_path.iterdir())
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled, "_place", lambda name: Path("/dev/null/no", name))
    compiled.keep("a", "source", b"data")
    assert compiled.find("a", "source") is None


def test_a_publications_own_template_is_not_kept_beside_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiled, "_place", lambda name: tmp_path / name)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    pages.prepare(Style({"templates/own.html": "<p>{{ 1 + 1 }}</p>"}))
    assert not any(tmp_path.iterdir())
    pages._environment.cache_clear()
    pages.prepare(STYLE)
    count = len(list(tmp_path.iterdir()))
    assert count == len([name for name in STYLE.files if name.startswith("templates/")])


def test_a_program_that_has_set_pages_ends_well() -> None:
    program = "from renderers import pdf_samples as s; print(len(s.rendered('<p>x</p>')) > 0)"
    assert told(program) == "True\n"
