"""How all tests run."""

from __future__ import annotations

import os

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
