"""atheris at work on one target: `python tools/fuzz.py TARGET FOLDER [options of libFuzzer]`."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
with atheris.instrument_imports(include=["publish"]):
    from security import targets


def main(name: str, folder: Path) -> None:
    """Begin with the seeds; what breaks is left in the folder as `crash-…`."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(targets.seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [sys.argv[0], str(corpus), f"-artifact_prefix={folder}/{name}-", *sys.argv[3:]]
    atheris.Setup(options, lambda data: targets.survive(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
