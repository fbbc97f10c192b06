"""Web pages: axe-core in a real Chromium, and the Nu HTML checker."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

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
    with tempfile.TemporaryDirectory() as home:
        done = run(
            "node",
            SCRIPT,
            *files,
            NODE_PATH=str(modules),
            PUPPETEER_EXECUTABLE_PATH=browser,
            XDG_CONFIG_HOME=home,  # Ace keeps a log there
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
        if kind != "info":  # a remark, on the slash in <br /> for one
            text = f"{kind} line {message.get('lastLine')}: {message['message']}"
            path = Path(unquote(message["url"].removeprefix("file:")))
            findings[by_name[path.resolve()]].append(text)
    return findings
