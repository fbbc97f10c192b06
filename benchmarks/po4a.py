"""The rivals' catalogues, made from those of the publication.

po4a cuts a manuscript in its own way; the translations there are go to its messages as far as they
fit.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)
FRAME = (
    re.compile(  # what po4a leaves around the words: a note's or a caption's mark, a heading's id
        r"(?P<head>\[\^[^\]]+\]: |: )?(?P<body>.*?)(?P<tail> \{#[^}]*\})?\n?", re.DOTALL
    )
)
CALL = re.compile(r"\[\^[^\]]+\]")
MARKS = re.compile(CALL.pattern + r"|\{[^}]*\}")
BLOCK = re.compile(
    r"[|+>-]|<!|!\[|\d+\. "
)  # a table, a quotation, a list: po4a has them in one piece
FORMAT = (
    *("--format", "text", "--option", "markdown", "--option", "neverwrap"),
    *("--option", "yfm_keys=title,subtitle,abstract", "--master-charset", "UTF-8"),
)
TEMPLATE = "po/text.pot"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def write(folder: Path, translations: Path, languages: list[str]) -> float:
    """Writes po/LANG.po for the rivals; gives back the share of messages found word for word.

    Another message gets the translation nearest to it in length: text of the right script, of the
    right length, so that no format has less to do than with a translation of its own.
    """
    template(folder)
    texts = [text for text, _ in entries(folder / TEMPLATE) if text]
    shares = []
    for language in languages:
        ours = dict(entries(translations / language / "LC_MESSAGES" / "manuscript.po"))
        known = {plain(text): translation for text, translation in ours.items() if translation}
        found = [translated(text, known) for text in texts]
        body = "".join(
            f"\nmsgid {quoted(text)}\nmsgstr {quoted(translation)}\n"
            for text, (translation, _) in zip(texts, found, strict=True)
        )
        (folder / "po" / f"{language}.po").write_text(HEADER + body, encoding="utf-8")
        shares.append(sum(exact for _, exact in found) / len(found))
    return min(shares)


def template(folder: Path) -> None:
    """Writes po/text.pot: the messages as po4a sees them."""
    (folder / "po").mkdir()
    command = ["po4a-updatepo", *FORMAT, "--master", "text.md", "--po", TEMPLATE]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def translated(text: str, known: dict[str, str]) -> tuple[str, bool]:
    """A message in another language, frame and note calls kept; and whether it is its own."""
    frame = FRAME.fullmatch(text)
    if BLOCK.match(text) or frame is None:
        return text, False
    head, body, tail = (frame[part] or "" for part in ("head", "body", "tail"))
    exact = plain(body) in known
    best = plain(body) if exact else min(known, key=lambda other: abs(len(other) - len(body)))
    calls = iter(CALL.findall(body))
    words = CALL.sub(lambda _: next(calls, ""), known[best])
    end = "\n" if text.endswith("\n") else ""
    return head + words + "".join(calls) + tail + end, exact


def plain(text: str) -> str:
    """A message's words alone: both write marks, attributes and notes in their own ways."""
    return " ".join(re.findall(r"\w+", MARKS.sub(" ", text)))


def entries(path: Path) -> Iterator[tuple[str, str]]:
    """The messages of a catalogue and their translations."""
    for text, translation in ENTRY.findall(path.read_text(encoding="utf-8")):
        yield unquoted(text), unquoted(translation)


def unquoted(lines: str) -> str:
    return "".join(str(ast.literal_eval(line)) for line in lines.splitlines())


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
