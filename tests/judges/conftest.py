"""What the judges judge: everything that the real pipeline makes of this publication."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from judges.jury import Built

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def built() -> Built:
    """Everything in build/, up to date."""
    command = [sys.executable, "-m", "publish", "build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.fail(f"publish build: {done.stderr}{done.stdout}", pytrace=False)
    build, translations = ROOT / "build", ROOT / "translations"

    def files(suffix: str) -> list[Path]:
        """Those for readers; the site and copies for review have tests of their own."""
        found = build.glob(f"*/*{suffix}")
        return sorted(p for p in found if p.parent.name != "site" and ".review." not in p.name)

    pages = files(".html")
    return Built(
        editions=sorted({path.parent.name for path in pages}),
        pages=pages,
        books=files(".epub"),
        documents=files(".pdf"),
        catalogues=sorted(translations.glob("*/LC_MESSAGES/*.po")),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All judges in one worker: they build into the same folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.judge)
            item.add_marker(pytest.mark.xdist_group("judges"))
