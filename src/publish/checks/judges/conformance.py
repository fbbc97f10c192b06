"""Asks `page` about PDFs: `python -m … PROFILE,PROFILE FILE…` prints findings as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence


def main(profiles: str, *paths: str) -> None:
    """Print what is found in each file."""
    found = {path: list(findings(path, profiles.split(","))) for path in paths}
    print(json.dumps(found))  # noqa: T201  # to the process that has asked


def findings(path: str, profiles: Sequence[str]) -> Iterator[str]:
    """The rules that a file breaks, of each profile."""
    import page

    for profile in profiles:
        report = page.validate_pdf(path, profile=profile)
        if bool(report.failures) == report.is_compliant or not report.rules.total:
            raise SystemExit(f"page contradicts itself on {path}")
        for fault in report.failures:
            yield f"{profile} {fault.rule_id}: {fault.message}"


if __name__ == "__main__":
    main(*sys.argv[1:])
