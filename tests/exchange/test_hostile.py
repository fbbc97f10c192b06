"""Files of strangers: refused with one clear word, and fast."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest

from exchange.samples import FORMS, small, written
from publish.catalogues import Catalogue
from publish.documents.pandoc import Pandoc
from publish.exchange import glossaries, plans, recognition, safety, xliff1
from publish.exchange.plans import Change
from publish.exchange.values import Code
from publish.problems import PublishError

XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="de">'
)
PASSWORDS = '<!ENTITY a SYSTEM "file:///etc/passwd">'
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(*files: tuple[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", way) as target:
        for name, data in files:
            target.writestr(name, data)
    return made.getvalue()


def document(body: str) -> bytes:
    return f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()


HOSTILE = {
    "entity bomb": (f'<!DOCTYPE x [<!ENTITY a0 "ha">{BOMB}]>{XLIFF}&a11;</xliff>', "unsafe"),
    "external entity": (f"<!DOCTYPE x [{PASSWORDS}]>{XLIFF}&a;</xliff>", "unsafe"),
    "external DTD": (f'<!DOCTYPE a SYSTEM "http://example.org/x.dtd">{XLIFF}</xliff>', "unsafe"),
    "parameter entity": ('<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY % a "b">]><tmx/>', "unsafe"),
    "nested deep": (XLIFF + "<group>" * 5000, "unsafe"),
    "truncated": (XLIFF + '<file id="f1"><unit id="u1">', "broken"),
    "no XML": ("<xliff", "broken"),
    "XML of another kind": ("<html><body>Ha</body></html>", "type"),
    "XLIFF of another time": (XLIFF.replace("2.1", "3.0") + "</xliff>", "type"),
    "empty TMX": ("<tmx version='1.4'/>", "broken"),
    "XLIFF 1.2 without a file": (f'<xliff xmlns="{xliff1.CORE}"/>', "broken"),
    "unknown encoding": ('<?xml version="1.0" encoding="x-none"?><tmx/>', "broken"),
    "undefined entity": (XLIFF + "&nbsp;</xliff>", "broken"),
    "empty": ("", "broken"),
    "zeros": ("\0" * 1000, "broken"),
    "words": ("Dear editor, I have no time.", "type"),
    "binary": (b"\x7fELF" + bytes(range(256)), "type"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "type"),
    "too large": (b"<" + b" " * (safety.LARGEST + 1), "too-large"),
    "zip that is none": (b"PK\x03\x04nothing", "broken"),
    "no document": (archive(("a.txt", b"a")), "type"),
    "ODT": (archive(("content.xml", b"<a/>"), ("mimetype", b"x")), "type"),
    "leads out": (archive(("../../etc/passwd", b"a"), ("word/document.xml", b"<a/>")), "unsafe"),
    "absolute": (archive(("/etc/passwd", b"a"), ("word/document.xml", b"<a/>")), "unsafe"),
    "drive": (archive(("C:\\a", b"a"), ("word/document.xml", b"<a/>")), "unsafe"),
    "zip bomb": (archive(("word/document.xml", b"\0" * 40_000_000)), "too-large"),
    "large zip bomb": (archive(*((f"{n}.xml", b"\0" * 10**7) for n in range(14))), "too-large"),
    "many files": (archive(*((f"{n}", b"") for n in range(3000))), "too-large"),
    "bomb in the document": (
        archive(("word/document.xml", b'<!DOCTYPE w [<!ENTITY a "b">]>' + document("&a;"))),
        "unsafe",
    ),
    "packed by another way": (
        archive(("word/document.xml", document("<w:p/>")), way=zipfile.ZIP_LZMA),
        "broken",
    ),
    "another document": (archive(("word/document.xml", document("<w:p/>"))), "type"),
    "deep document": (archive(("word/document.xml", document("<w:p>" * 5000))), "unsafe"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_is_refused(data: str | bytes, code: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(PublishError) as caught:
        recognition.read(data.encode() if isinstance(data, str) else data, "file")
    assert time.perf_counter() - begun < 2
    (problem,) = caught.value.problems
    assert problem.code == f"exchange-{code}"
    assert problem.message
    assert problem.hint
    assert len(str(problem)) < 400


def outcome(data: bytes, here: Catalogue, pandoc: Pandoc) -> tuple[list[str], Sequence[Change]]:
    """What was wrong with a file, and what it would change; no other exception comes."""
    try:
        found = plans.plan(recognition.read(data, "f"), here, pandoc)
    except PublishError as error:
        return [problem.code for problem in error.problems], []
    return [problem.code for problem in found.errors], found.changes


def test_broken_off_anywhere(form: str, pandoc: Pandoc) -> None:
    """Half a file is refused, or says no more than its first half."""
    here = small(("One *two*. Three.", "Eins *zwei*. Drei."), ("Four", "Vier"))
    data = written(form, here, "de", pandoc)
    for end in range(0, len(data) - 1, max(1, len(data) // 60)):
        codes, changes = outcome(data[:end], here, pandoc)
        assert all(code.startswith(("exchange-", "catalogue-")) for code in codes)
        assert codes or form == "po"
        assert len(changes) <= 1


@pytest.mark.parametrize("form", FORMS)
def test_spoilt_bytes_are_no_mistake_of_ours(form: str, pandoc: Pandoc) -> None:
    here = small(("One *two*. Three.", "Eins *zwei*. Drei."), ("Four", "Vier"))
    data = written(form, here, "de", pandoc)
    dice = random.Random(form)  # noqa: S311  # dice, not keys
    for _ in range(60):
        spoilt = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            spoilt[dice.randrange(len(data))] = dice.randrange(256)
        outcome(bytes(spoilt), here, pandoc)


def test_megabytes_in_one_message(form: str, pandoc: Pandoc) -> None:
    here = small(("Four", "Vier"))
    data = written(form, small(("Four", "Vier" * 500_000)), "de", pandoc)
    begun = time.perf_counter()
    codes, _ = outcome(data, here, pandoc)
    assert codes == ["exchange-too-large"]  # in an archive one word a million times is a bomb
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize(
    "text", ["[" * 90_000, "'a " * 30_000, '"a ' * 30_000, "⟦1⟧" * 20_000, "a\n\n# b"]
)
def test_words_that_take_long(text: str, pandoc: Pandoc) -> None:
    here = small(("Four *x*", "Vier *x*"))
    delivery = recognition.read(written("xliff", here, "de", pandoc), "f")
    (one,) = delivery.returned
    delivery = replace(delivery, returned=[replace(one, target=(text, *one.target))])
    begun = time.perf_counter()
    found = plans.plan(delivery, here, pandoc)
    assert time.perf_counter() - begun < 30
    for change in found.changes:
        assert "# b" not in change.after.translation.splitlines()


def test_codes_nested_without_end(pandoc: Pandoc) -> None:
    here = small(("Four *x*", "Vier *x*"))
    delivery = recognition.read(written("xliff", here, "de", pandoc), "f")
    (one,) = delivery.returned
    target = (Code("1", "open"),) * 5000 + ("x",) + (Code("1", "close"),) * 5000
    found = plans.plan(replace(delivery, returned=[replace(one, target=target)]), here, pandoc)
    assert [problem.code for problem in found.errors] == ["exchange-codes"]


@pytest.mark.parametrize(
    "data",
    [b"term,translation\n\xff\xfe", b"a,b\n1,2", b"", b'term;translation\n"' + b"x" * 200_000],
)
def test_glossaries_that_are_none(data: bytes) -> None:
    with pytest.raises(PublishError) as caught:
        glossaries.read(data, "g.csv")
    assert caught.value.problems[0].code in {"glossary-table", "glossary-header"}
