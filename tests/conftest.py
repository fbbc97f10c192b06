"""How all tests run."""

from __future__ import annotations

import os
import sys

import pytest
from _pytest.nodeid import coerce_node_id
from hypothesis import HealthCheck, settings

# On a busy machine nothing is too slow; in CI every run tries the same examples.
settings.register_profile(
    "publish",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("publish")

# What is started here compiles its modules once, as it does wherever one works.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let groups of tests stay together, and begin: they take longest.

    xdist 3.8 names them where pytest 9.2 never looks.
    """
    for item in items:
        if grouped := vars(item).get("_nodeid"):
            item._id = coerce_node_id(grouped)
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
