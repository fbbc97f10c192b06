"""Web pages: axe-core in a real Chromium, and the Nu HTML checker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from publish import locks
from publish.checks.judges.programs import (
    CHROMIUM,
    JAVA,
    Findings,
    node_package,
    parse,
    program,
    run,
)

SCRIPT = Path(__file__).with_name("chromium.cjs")


def axe(pages: Sequence[Path]) -> Findings:
    """Axe: accessibility, requests to elsewhere, complaints on the console, width."""
    return chromium(pages)


def chromium(files: Sequence[Path]) -> Findings:
    """What axe finds in pages and Ace in EPUBs, in one browser."""
    program("node", get="install Node, 20 or later")
    browser = program(*CHROMIUM, get="install Chromium")
    node_package("puppeteer-core")
    modules = node_package("axe-core").parent
    with locks.workplace() as home:
        done = run(
            "node",
            SCRIPT,
            *files,
            NODE_PATH=str(modules),
            PUPPETEER_EXECUTABLE_PATH=browser,
            XDG_CONFIG_HOME=str(home),  # Ace keeps a log there
        )
    verdicts = parse(done.stdout)
    return {file: verdicts[str(file)] for file in files}


def nu(pages: Sequence[Path]) -> Findings:
    """The Nu HTML checker: errors and warnings."""
    jar = node_package("vnu-jar") / "build/dist/vnu.jar"
    program("java", get="install a Java runtime, 11 or later")
    done = run(*JAVA, "-jar", jar, "--format", "json", *pages, fine=(0, 1))
    findings: Findings = {page: [] for page in pages}
    by_name = {page.resolve(): page for page in pages}
    for message in parse(done.stderr)["messages"]:
        kind = message.get("subType", message["type"])
        path = by_name[Path(unquote(message["url"].removeprefix("file:"))).resolve()]
        if kind != "info" and not _is_allowed(message["message"], path):
            text = f"{kind} line {message.get('lastLine')}: {message['message']}"
            findings[path].append(text)  # info is a remark, on the slash in <br /> for one
    return findings


def _is_allowed(said: str, page: Path) -> bool:
    """Whether Nu calls a picture blocked by the page's policy which that policy allows.

    It does not know `img-src data:`. That browsers do is seen by `axe`: they would complain.
    """
    policy = re.search(r'"Content-Security-Policy" content="([^"]*)"', page.read_text("utf-8"))
    allowed = re.search(r"img-src [^;]*\bdata:", policy[1]) if policy else None
    return bool(allowed and re.search(r"Content Security Policy.* image “data:image/", said))
