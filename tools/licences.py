"""docs/licences.md: what publish is made of, and under which licences, as the packages say it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HEAD = """# Licences

publish is free software under the [AGPL, version 3 or later](../LICENSE). What you make with it is
your own. It stands on these packages, which `pip` installs in the versions that `requirements.txt`
pins with their hashes. (`make licences` writes this page.)

| package | version | licence |
|---|---|---|
"""
TAIL = """
The wheel `pypandoc_binary` brings [pandoc](https://pandoc.org), which is under the GPL, version 2
or later, and is run as a program of its own. Pango, HarfBuzz and fontconfig come from the system.
Typefaces are those of the machine; Gentium, Noto and Nanum are under the SIL Open Font License,
which allows them in documents.
"""
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Affero General Public License": "AGPL-3.0-or-later",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def licence(package: Distribution) -> str:
    """A package's licence: its expression, else what its classifiers or its field say."""
    about = package.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    said = [each for each in about.get_all("Classifier", []) if each.startswith("License")]
    names = [each.rpartition(" :: ")[2] for each in said if each.count(" :: ") > 1]
    names = names or [about["License"].partition("\n")[0] if "License" in about else "unknown"]
    return " OR ".join(SPELLINGS.get(name, name) for name in names)


def needed(name: str, seen: set[str], extras: Iterable[str] = ()) -> Iterator[Distribution]:
    """A package's requirements and theirs, each once."""
    wanted = [{"extra": each} for each in ("", *extras)]
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        known = canonicalize_name(requirement.name)
        marker = requirement.marker
        if known in seen or (marker and not any(map(marker.evaluate, wanted))):
            continue
        seen.add(known)
        yield distribution(known)
        yield from needed(known, seen, requirement.extras)


def page() -> str:
    """The page's text."""
    packages = sorted(needed("publish-toolchain", set()), key=lambda each: each.name.lower())
    lines = (f"| {each.name} | {each.version} | {licence(each)} |\n" for each in packages)
    return f"{HEAD}{''.join(lines)}{TAIL}"


def allowed(text: str) -> bool:
    """Whether a licence goes together with the AGPL, version 3 or later."""
    free = r"(MIT|MIT-0|MIT-CMU|HPND|BSD-\d-Clause|Apache-2\.0|ISC|PSF-2\.0|Zlib|MPL-2\.0|0BSD|"
    free += r"Unlicense|CC0-1\.0|CNRI-Python|[AL]?GPL-\d\.\d-(or-later|only))"
    choices = re.split(r" OR ", text.strip("()"))
    return any(
        all(re.fullmatch(free, part) for part in re.split(r" AND ", each)) for each in choices
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
