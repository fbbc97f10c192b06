"""The page of licences is as `make licences` writes it, and none of them forbids what we do."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "tools/licences.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform != "linux", reason="other systems need other packages")
def test_the_page_is_current(licences: ModuleType) -> None:
    hint = "run `make licences`"
    assert (ROOT / "docs/licences.md").read_text("utf-8") == licences.page(), hint


def test_each_licence_goes_together_with_ours(licences: ModuleType) -> None:
    packages = list(licences.needed("publish-toolchain", set()))
    assert len(packages) > 10
    found = {each.name: licences.licence(each) for each in packages}
    assert {name: text for name, text in found.items() if not licences.allowed(text)} == {}
    assert not licences.allowed("Proprietary")


def test_every_version_is_pinned_with_its_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        starts = [n for n, line in enumerate(lines) if line[:1].isalnum()]
        assert len(starts) > 10
        for n in starts:
            assert "==" in lines[n]
            assert "--hash=sha256:" in lines[n + 1]
